import * as v from 'valibot';
import { isShortId } from '../../shared/id.ts';
import { clean } from '../../shared/text.ts';
import type { LocalText } from '../../survey/criterion.ts';
import { COMMENT_CHARACTERS } from '../sheet.ts';

/** What has become of a comment: nobody has decided, it will come out with its place's next batch, or it stays in. */
export const COMMENT_STATES = ['waiting', 'ready', 'withheld'] as const;
export type CommentState = (typeof COMMENT_STATES)[number];

/** Why a comment stays in. */
export const WITHHELD_REASONS = {
	personal: { vi: 'Toàn dữ liệu cá nhân, che đi thì không còn nghĩa', en: 'Personal data throughout' },
	person: { vi: 'Chỉ nhằm vào một người nêu tên', en: 'About one named person only' },
	insult: { vi: 'Lăng mạ, xúc phạm', en: 'Insults' },
	unclear: { vi: 'Không hiểu được', en: 'Not understandable' },
	advertising: { vi: 'Quảng cáo, không liên quan', en: 'Advertising, off the subject' },
	repeated: { vi: 'Trùng với góp ý khác', en: 'The same as another' }
} as const satisfies Record<string, LocalText>;
export type WithheldReason = keyof typeof WITHHELD_REASONS;
const REASON_CODES = Object.keys(WITHHELD_REASONS) as WithheldReason[];

/** Why a released comment is taken down. */
export const LONGEST_TAKEDOWN = 300;

const flag = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => text === 'yes')
);

/** What the form of one comment sends. A failed check's message is a code that the page has a sentence for. */
export const decisionEntry = v.variant('deed', [
	v.object({
		deed: v.literal('release'),
		id: v.pipe(v.string(), v.check(isShortId, 'unknown')),
		/** A mask is longer than what it hides. */
		text: v.pipe(
			v.string(),
			v.transform(clean),
			v.minLength(1, 'required'),
			v.maxLength(2 * COMMENT_CHARACTERS, 'too-long')
		),
		topic: v.pipe(v.optional(v.string(), ''), v.maxLength(20)),
		toHead: flag,
		/** What looks like personal data was looked at and is none. */
		looked: flag
	}),
	v.object({
		deed: v.literal('withhold'),
		id: v.pipe(v.string(), v.check(isShortId, 'unknown')),
		reason: v.picklist(REASON_CODES, 'required'),
		topic: v.pipe(v.optional(v.string(), ''), v.maxLength(20)),
		toHead: flag
	})
]);
export type Decision = v.InferOutput<typeof decisionEntry>;

export const takedownEntry = v.object({
	id: v.pipe(v.string(), v.check(isShortId, 'unknown')),
	reason: v.pipe(v.string(), v.transform(clean), v.minLength(1, 'required'), v.maxLength(LONGEST_TAKEDOWN, 'too-long'))
});
