import * as v from 'valibot';
import { needed } from '../place/entry.ts';
import type { Outcome } from '../shared/outcome.ts';
import { clean } from '../shared/text.ts';
import type { LocalText } from '../survey/criterion.ts';

/**
 * Something that one citizen or a figure has told the centre, with a clock on it. `waiting`: for the citizen, the only time that the clock
 * stands still; `published`: its answer is in the public register.
 */
export const CASE_STATES = ['new', 'forwarded', 'processing', 'waiting', 'answered', 'published', 'refused'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_STATE_NAMES: Record<CaseState, LocalText> = {
	new: { vi: 'Mới', en: 'New' },
	forwarded: { vi: 'Đã chuyển', en: 'Forwarded' },
	processing: { vi: 'Đang xử lý', en: 'In progress' },
	waiting: { vi: 'Chờ bổ sung', en: 'Waiting for the citizen' },
	answered: { vi: 'Đã trả lời', en: 'Answered' },
	published: { vi: 'Đã công khai', en: 'Published' },
	refused: { vi: 'Từ chối', en: 'Refused' }
};

/** States in which somebody still owes the citizen an answer. */
export const OPEN_CASES = ['new', 'forwarded', 'processing', 'waiting'] as const satisfies CaseState[];

/** Where a case came from; `sheet`: from released counts, never from one sheet (decision 0057). */
export const CASE_SOURCES = ['request', 'sheet', 'comment', 'question', 'hand'] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

export const CASE_SOURCE_NAMES: Record<CaseSource, LocalText> = {
	request: { vi: 'Phản ánh, kiến nghị', en: 'Request of a citizen' },
	sheet: { vi: 'Phiếu chấm thấp', en: 'Low ratings' },
	comment: { vi: 'Góp ý', en: 'Comment' },
	question: { vi: 'Câu hỏi tại đối thoại', en: 'Question of a dialogue' },
	hand: { vi: 'Ghi tay', en: 'By hand' }
};

/** The two classes that decision 766/QĐ-TTg counts apart. */
export const CASE_CLASSES = ['rules', 'behaviour'] as const;
export type CaseClass = (typeof CASE_CLASSES)[number];

export const CASE_CLASS_NAMES: Record<CaseClass, LocalText> = {
	rules: { vi: 'Quy định, thủ tục', en: 'Rules and procedures' },
	behaviour: { vi: 'Hành vi của cán bộ, công chức', en: 'Behaviour of officials' }
};

export const REFUSAL_REASONS = {
	elsewhere: {
		vi: 'Không thuộc thẩm quyền, đã chỉ nơi giải quyết',
		en: 'Not ours to decide; the right office was named'
	},
	repeated: { vi: 'Đã trả lời cùng nội dung', en: 'The same was answered before' },
	unclear: { vi: 'Không đủ nội dung để xử lý', en: 'Too little to work on' },
	insult: { vi: 'Lăng mạ, vu khống', en: 'Insults' }
} as const satisfies Record<string, LocalText>;
export type RefusalReason = keyof typeof REFUSAL_REASONS;

/** What may be done with a case, from which states, and what it becomes; null: it stays as it is. */
export const MOVES = {
	forward: { from: ['new', 'forwarded', 'processing'], to: 'forwarded' },
	take: { from: ['forwarded'], to: 'processing' },
	ask: { from: ['forwarded', 'processing'], to: 'waiting' },
	supplement: { from: ['waiting'], to: 'processing' },
	answer: { from: ['forwarded', 'processing'], to: 'answered' },
	publish: { from: ['answered'], to: 'published' },
	/** Answered, and not for the register: one person's own matter. */
	'keep-private': { from: ['answered'], to: 'answered' },
	unpublish: { from: ['published'], to: 'answered' },
	refuse: { from: ['new', 'forwarded', 'processing', 'waiting'], to: 'refused' },
	reopen: { from: ['answered', 'published', 'refused'], to: 'processing' },
	note: { from: CASE_STATES, to: null },
	'call-back': { from: CASE_STATES, to: null },
	classify: { from: CASE_STATES, to: null }
} as const satisfies Record<string, { from: readonly CaseState[]; to: CaseState | null }>;
export type Move = keyof typeof MOVES;
export const MOVE_NAMES = Object.keys(MOVES) as Move[];

/** What the history of a case tells of: what was done with it, by whomever. */
export const CASE_DEEDS = ['open', 'rate', 'attach', 'detach', ...MOVE_NAMES] as const;
export type CaseDeed = (typeof CASE_DEEDS)[number];

export const mayMove = (state: CaseState, move: Move) => (MOVES[move].from as readonly CaseState[]).includes(state);

export const LONGEST_ANSWER = 4000;
const text = (longest: number) =>
	v.pipe(v.string(), v.transform(clean), v.minLength(1, 'required'), v.maxLength(longest, 'too-long'));

/** What staff type into the forms of a case. A failed check's message is a code that the page has a sentence for. */
export const MOVE_ENTRIES = {
	forward: v.object({ unit: needed(120), assigneeId: v.optional(v.string(), '') }),
	take: v.object({}),
	ask: v.object({ text: text(1000) }),
	supplement: v.object({ text: text(2000) }),
	answer: v.object({ text: text(LONGEST_ANSWER) }),
	/** As everybody reads it, after a person has looked for names. */
	publish: v.object({
		question: text(1000),
		answer: text(LONGEST_ANSWER),
		looked: v.literal('yes', 'required')
	}),
	'keep-private': v.object({ text: text(300) }),
	unpublish: v.object({ text: text(300) }),
	refuse: v.object({
		reason: v.picklist(Object.keys(REFUSAL_REASONS) as RefusalReason[], 'required'),
		text: text(1000)
	}),
	reopen: v.object({ text: text(300) }),
	note: v.object({ text: text(2000) }),
	'call-back': v.object({ reached: v.picklist(['yes', 'no'], 'required'), text: text(1000) }),
	classify: v.object({
		class: v.picklist(CASE_CLASSES, 'required'),
		toHead: v.optional(v.picklist(['yes', '']), '')
	})
} as const satisfies Record<Move, unknown>;
export type MoveEntry<M extends Move = Move> = v.InferOutput<(typeof MOVE_ENTRIES)[M]>;

/** What everybody who may open one by hand types. */
export const caseEntry = v.object({
	subject: needed(160),
	text: text(2000),
	class: v.picklist(CASE_CLASSES, 'required'),
	toHead: v.optional(v.picklist(['yes', '']), ''),
	siteId: v.optional(v.string(), ''),
	counterId: v.optional(v.string(), ''),
	fieldId: v.optional(v.string(), '')
});

/** How satisfied the citizen is with the answer. */
export const SCORES = [1, 2, 3, 4, 5] as const;
/** Below it somebody is not satisfied, and the case is taken up again, once (the rule of the plan: nobody is left dissatisfied). */
const SATISFIED_FROM = 3;

/** What a citizen's rating makes of an answered case. */
export function judgeRating(
	{ state, rating, reopened }: { state: CaseState; rating: number | null; reopened: number },
	score: number
): Outcome<{ reopens: boolean }, 'not-answered' | 'rated-already' | 'score-wrong'> {
	if (!(SCORES as readonly number[]).includes(score)) return { ok: false, reason: 'score-wrong' };
	if (state !== 'answered' && state !== 'published') return { ok: false, reason: 'not-answered' };
	if (rating !== null) return { ok: false, reason: 'rated-already' };
	return { ok: true, value: { reopens: score < SATISFIED_FROM && reopened === 0 } };
}

/** '2026-0012': as it is said and written. */
export const showCaseNumber = ({ year, seq }: { year: number; seq: number }) =>
	`${year}-${String(seq).padStart(4, '0')}`;
