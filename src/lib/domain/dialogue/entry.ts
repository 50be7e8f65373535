import * as v from 'valibot';
import { line, needed } from '../place/entry.ts';
import { isLocalDay } from '../shared/time.ts';
import { clean } from '../shared/text.ts';
import { CRITERIA } from '../survey/criterion.ts';
import { HALL_PROOFS } from './dialogue.ts';
import { ROUND_KINDS } from './round.ts';

/** How many "điểm cầu" one dialogue may join, and how many answers a question may offer. */
const MOST_HALLS = 12;
const MOST_OPTIONS = 8;

/** One a line, empty lines left out. */
const linesOf = (text: string) =>
	clean(text)
		.split('\n')
		.map((each) => each.trim())
		.filter(Boolean);

/** What may be typed about a dialogue; a failed check's message is a code that screens have a sentence for. */
export const dialogueEntry = v.object({
	title: needed(200),
	place: line(200),
	day: v.pipe(v.string(), v.check(isLocalDay, 'day-wrong')),
	time: v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d)?$/, 'time-wrong')),
	streamUrl: v.pipe(v.string(), v.maxLength(400, 'too-long'), v.regex(/^(https:\/\/\S+)?$/, 'stream-wrong')),
	halls: v.pipe(
		v.string(),
		v.maxLength(2000, 'too-long'),
		v.transform(linesOf),
		v.minLength(1, 'required'),
		v.maxLength(MOST_HALLS, 'too-many')
	),
	hallProof: v.picklist(HALL_PROOFS, 'required')
});

const ticked = v.optional(
	v.pipe(
		v.string(),
		v.transform((text): boolean => text !== '')
	),
	''
);

/** A question of the agenda as it is typed. */
export const roundEntry = v.pipe(
	v.object({
		kind: v.picklist(ROUND_KINDS, 'required'),
		text: needed(300),
		options: v.optional(v.pipe(v.string(), v.maxLength(2000, 'too-long'), v.transform(linesOf)), ''),
		most: v.optional(v.pipe(v.string(), v.regex(/^[1-8]$/, 'most-wrong'), v.transform(Number)), '1'),
		criterion: v.optional(v.picklist([...CRITERIA, ''], 'required'), ''),
		versionId: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
		changeable: ticked,
		onPaper: ticked
	}),
	v.forward(
		v.check(
			({ kind, options }) => !offers(kind) || (options.length >= 2 && options.length <= MOST_OPTIONS),
			'options-wrong'
		),
		['options']
	),
	v.forward(
		v.check(({ kind, versionId }) => kind !== 'questionnaire' || versionId !== '', 'required'),
		['versionId']
	)
);
/** What is asked again, and why: the kind of question stays. */
export const correctionEntry = v.object({
	round: v.pipe(v.string(), v.maxLength(40)),
	text: needed(300),
	why: needed(200),
	options: v.optional(v.pipe(v.string(), v.maxLength(2000, 'too-long'), v.transform(linesOf)), '')
});

/** Whether a question of this kind can be asked with these options: two to eight where it offers any, else none. */
export const suitsKind = (kind: string, options: readonly string[]) =>
	offers(kind) ? options.length >= 2 && options.length <= MOST_OPTIONS : options.length === 0;

export type RoundEntry = v.InferOutput<typeof roundEntry>;

const offers = (kind: string) => kind === 'single' || kind === 'multiple';

/** What a typed question becomes: only what its kind knows is kept. `items`: how many its questionnaire has. */
export function roundOf(entry: RoundEntry, items: number) {
	const { kind, text, changeable, onPaper, versionId } = entry;
	const options = offers(kind) ? entry.options : [];
	return {
		...{ kind, text, options, changeable, onPaper },
		most: kind === 'multiple' ? Math.min(entry.most, options.length) : 1,
		criterion: kind === 'scale' && entry.criterion !== '' ? entry.criterion : null,
		versionId: kind === 'questionnaire' ? versionId : null,
		items: kind === 'questionnaire' ? items : 0
	};
}
