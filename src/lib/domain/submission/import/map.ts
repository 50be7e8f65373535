import * as v from 'valibot';
import { SEPARATORS } from '../../place/import/separator.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { DATE_FORMATS } from './moment.ts';
import { FEWEST_POINTS, MOST_POINTS, type PointScale } from './points.ts';

/** A column by what heads it (marks, case and spaces aside) or by its number, from 1. */
export type ColumnName = string | number;
const column = v.union([
	v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
	v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))
]);
const words = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const score = v.picklist([1, 2, 3, 4, 5]);
const end = v.pipe(v.number(), v.integer(), v.minValue(-100), v.maxValue(100));

const scale = v.pipe(
	v.strictObject({
		from: v.optional(end, 1),
		to: v.optional(end, 5),
		reversed: v.optional(v.boolean(), false),
		table: v.optional(v.record(words, v.nullable(score)), {})
	}),
	v.check(({ from, to }) => to - from + 1 >= FEWEST_POINTS && to - from + 1 <= MOST_POINTS, 'scale')
);

/**
 * What the columns of a foreign file of answers are: the MAP.json of `lang-nghe import`, and what the mapping page makes. The source
 * and the id in it make the sheet: the same file twice under the same source stores nothing twice.
 */
export const answerMapSchema = v.strictObject({
	source: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)),
	/** Absent: the questionnaire that the organization uses. */
	version: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
	/** 'paper' counts in the official index: for forms that were handed out with serial numbers, which then are the ids. */
	channel: v.optional(v.picklist(['import', 'paper']), 'import'),
	locale: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)), 'vi'),
	separator: v.optional(v.picklist(SEPARATORS)),
	/** Whether the first row names the columns. */
	header: v.optional(v.boolean(), true),
	id: column,
	date: v.strictObject({ column, format: v.optional(v.picklist(DATE_FORMATS), 'd/M/y') }),
	items: v.record(words, v.union([column, v.strictObject({ column, scale })])),
	/** Of every item that has none of its own. */
	scale: v.optional(scale, {}),
	/** Further texts that mean "not applicable". */
	notApplicable: v.optional(v.pipe(v.array(words), v.maxLength(50)), []),
	site: v.optional(column),
	counter: v.optional(column),
	field: v.optional(column),
	officer: v.optional(column),
	/** Codes or texts of reasons, several in one cell; `table` says which code a text of the file's own means. */
	reasons: v.optional(v.strictObject({ column, table: v.optional(v.record(words, words), {}) })),
	comment: v.optional(column)
});
export type AnswerMap = v.InferOutput<typeof answerMapSchema>;
/** As somebody may write it, without what has a default. */
export type WrittenMap = v.InferInput<typeof answerMapSchema>;

/** Where a map is not one: the place ('items.TC', '' for the whole) and what stands there. */
export interface MapFault {
	place: string;
	said: string;
}

/** The map in a text, or where it is none. */
export function parseMap(text: string): Outcome<AnswerMap, 'not-json' | 'malformed'> & { faults?: MapFault[] } {
	let written: unknown;
	try {
		written = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return { ok: false, reason: 'not-json' };
	}
	const parsed = v.safeParse(answerMapSchema, written);
	if (parsed.success) return { ok: true, value: parsed.output };
	const faults = parsed.issues.slice(0, 20).map((issue) => ({
		place: v.getDotPath(issue) ?? '',
		said: issue.received.slice(0, 80)
	}));
	return { ok: false, reason: 'malformed', faults };
}

export function columnOf(item: WrittenMap['items'][string]): ColumnName {
	return typeof item === 'object' ? item.column : item;
}

export function scaleOf(map: AnswerMap, itemId: string): PointScale {
	const item = map.items[itemId];
	return typeof item === 'object' ? item.scale : map.scale;
}
