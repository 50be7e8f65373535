import * as v from 'valibot';
import { needed } from '../../place/entry.ts';
import { isLocalDay } from '../../shared/time.ts';
import { clean } from '../../shared/text.ts';
import { CRITERIA } from '../../survey/criterion.ts';
import { DUE_KINDS, type Due } from './due.ts';
import type { TaskText } from './task.ts';

const CODE = /^[A-Za-z0-9]{1,12}$/;
/** 'R01, R02' or 'R01 R02'. */
const codes = v.pipe(
	v.string(),
	v.transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]),
	v.check((list) => list.length <= 10 && list.every((code) => CODE.test(code)), 'codes')
);
/** Several lines, as the annex has them. */
const lines = (longest: number) =>
	v.pipe(
		v.string(),
		v.transform((text) =>
			clean(text)
				.split('\n')
				.map((each) => each.replace(/\s+/g, ' ').trim())
				.filter(Boolean)
				.join('\n')
		),
		v.maxLength(longest, 'too-long')
	);
const neededLines = (longest: number) => v.pipe(lines(longest), v.minLength(1, 'required'));
const day = v.pipe(v.string(), v.check(isLocalDay, 'day-wrong'));

/** What the form of a task sends. A failed check's message is a code that the screen has a sentence for. */
export const taskEntry = v.pipe(
	v.object({
		criterion: v.picklist(CRITERIA, 'required'),
		content: neededLines(3000),
		responsibility: lines(3000),
		lead: needed(120),
		support: v.optional(v.pipe(lines(300)), ''),
		dueKind: v.picklist(DUE_KINDS, 'required'),
		dueDay: v.optional(v.string(), ''),
		weekday: v.optional(v.pipe(v.string(), v.regex(/^[1-7]?$/, 'required')), ''),
		dueText: needed(200),
		expected: lines(3000),
		reasons: v.optional(codes, ''),
		items: v.optional(codes, ''),
		site: v.optional(v.pipe(v.string(), v.maxLength(20)), '')
	}),
	v.forward(
		v.check(({ dueKind, dueDay }) => dueKind !== 'date' || isLocalDay(dueDay), 'day-wrong'),
		['dueDay']
	),
	v.forward(
		v.check(({ dueKind, weekday }) => dueKind !== 'weekly' || weekday !== '', 'required'),
		['weekday']
	),
	v.transform(({ dueKind, dueDay, weekday, site, ...text }): TaskText => ({
		...text,
		siteId: site,
		due: dueOf(dueKind, dueDay, weekday)
	}))
);

function dueOf(kind: Due['kind'], day: string, weekday: string): Due {
	if (kind === 'date') return { kind, day };
	return kind === 'weekly' ? { kind, weekday: Number(weekday) } : { kind };
}

export const noteEntry = v.object({
	text: neededLines(2000),
	/** A link, the number of a document, where to look; or nothing. */
	evidence: lines(500)
});
export const doneEntry = v.object({ evidence: neededLines(500), doneDay: day });
export const retiredEntry = v.object({ reason: needed(300) });
/** A week of a weekly task, by the day it is called by, and the day it was done on. */
export const tickEntry = v.object({ week: day, doneDay: day });
