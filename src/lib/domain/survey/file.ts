import * as v from 'valibot';
import { clean } from '../shared/text.ts';
import { CRITERIA } from './criterion.ts';
import { DEMOGRAPHICS, type DemographicId } from './demographics.ts';
import { LANGUAGE, LIMITS } from './publishing.ts';
import type { QuestionnaireContent } from './questionnaire.ts';
import { SCALES, type ScaleId } from './scale.ts';

/** The largest file that is read, bytes. */
export const LARGEST_FILE_BYTES = 512 * 1024;
/** What a file of ours says it is. */
const FORMAT = 'lang-nghe-questionnaire-1';

const text = (longest: number) =>
	v.pipe(
		v.string('not-text'),
		v.transform((said) => clean(said)),
		v.maxLength(longest, 'too-long')
	);
const language = v.pipe(v.string('not-text'), v.regex(LANGUAGE, 'language-malformed'));
const texts = (longest: number) =>
	v.intersect([
		v.object({ vi: v.pipe(text(longest), v.minLength(1, 'vietnamese-missing')) }, 'not-texts'),
		v.record(language, text(longest), 'not-texts')
	]);
const criterion = v.nullable(v.picklist(CRITERIA, 'criterion-unknown'));
const id = text(64);
const list = <Schema extends v.GenericSchema>(of: Schema, most: number) =>
	v.pipe(v.array(of, 'not-list'), v.maxLength(most, 'too-many'));

/** All that a version says, as it comes from elsewhere. */
export const contentSchema = v.object(
	{
		title: texts(LIMITS.title),
		introduction: v.optional(texts(LIMITS.introduction)),
		languages: v.optional(list(language, LIMITS.languages)),
		items: list(
			v.object(
				{
					id,
					criterion,
					text: texts(LIMITS.item),
					scale: v.optional(v.picklist(Object.keys(SCALES) as ScaleId[], 'scale-unknown')),
					notApplicable: v.optional(v.boolean('not-yes-or-no'))
				},
				'not-object'
			),
			LIMITS.items
		),
		reasons: v.optional(
			list(v.object({ code: id, criterion, text: texts(LIMITS.reason) }, 'not-object'), LIMITS.reasons),
			[]
		),
		reasonsUpTo: v.optional(v.picklist([0, 1, 2, 3, 4, 5], 'score-unknown')),
		comment: v.optional(v.boolean('not-yes-or-no')),
		gates: v.optional(
			list(v.object({ id, text: texts(LIMITS.gate), skips: list(id, LIMITS.items) }, 'not-object'), LIMITS.gates)
		),
		demographics: v.optional(
			list(v.picklist(Object.keys(DEMOGRAPHICS) as DemographicId[], 'demographic-unknown'), LIMITS.items)
		)
	},
	'not-object'
);
const fileSchema = v.object(
	{ format: v.literal(FORMAT, 'not-ours'), name: v.optional(text(LIMITS.name), ''), content: contentSchema },
	'not-object'
);

/** Where in a file something is wrong ('content.items.3.text.vi', '' for the whole), and what. */
export interface FileProblem {
	path: string;
	code: string;
}

/** What a file holds, or all that is wrong with it; whether it can be published is judged later. */
export function readQuestionnaireFile(
	content: string
): { ok: true; value: { name: string; content: QuestionnaireContent } } | { ok: false; problems: FileProblem[] } {
	let json: unknown;
	try {
		json = JSON.parse(content.replace(/^\uFEFF/, ''));
	} catch {
		return { ok: false, problems: [{ path: '', code: 'not-json' }] };
	}
	const parsed = v.safeParse(fileSchema, json);
	if (parsed.success) return { ok: true, value: { name: parsed.output.name, content: parsed.output.content } };
	const problems = parsed.issues.map(({ path, received, message }) => ({
		path: path?.map(({ key }) => String(key)).join('.') ?? '',
		code: received === 'undefined' ? 'missing' : message
	}));
	return {
		ok: false,
		problems: problems.filter((one, i) => problems.findIndex(({ path }) => path === one.path) === i)
	};
}

/** The file of a questionnaire. No text in it can end a script or begin a tag, wherever somebody pastes it. */
export function questionnaireFile(name: string, content: QuestionnaireContent): string {
	return JSON.stringify({ format: FORMAT, name, content }, null, '\t').replaceAll('<', String.raw`\u003c`) + '\n';
}
