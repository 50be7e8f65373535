import * as v from 'valibot';
import type { Outcome } from '../shared/outcome.ts';
import { clean } from '../shared/text.ts';
import type { LocalText } from '../survey/criterion.ts';

/**
 * A question from the hall or the stream. `waiting`: nobody has read it yet, and only the desk sees it; `shown`: in the list for
 * everybody; `answering`: on the room's screen; `merged`: it lives on in the question it was merged into; `declined`: never shown.
 */
export const QUESTION_STATES = [
	...(['waiting', 'shown', 'answering', 'answered', 'merged', 'deferred', 'declined'] as const)
] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/** What stands in the list for everybody. A merged one is counted with the one it went into, a declined one never leaves the desk. */
export const PUBLIC_STATES = ['shown', 'answering', 'answered', 'deferred'] as const satisfies QuestionState[];
export const isPublic = (state: QuestionState) => (PUBLIC_STATES as readonly QuestionState[]).includes(state);
/** What the conference still owes an answer. */
export const OPEN_STATES = ['waiting', 'shown', 'answering'] as const satisfies QuestionState[];
export const isOpen = (state: QuestionState) => (OPEN_STATES as readonly QuestionState[]).includes(state);

export const LONGEST_QUESTION = 500;
/** So many questions no conference reads; what comes after them is a script. */
export const MOST_QUESTIONS = 5000;

export const DECLINE_REASONS = {
	'off-topic': { vi: 'Không thuộc nội dung đối thoại', en: 'Not what the dialogue is about' },
	private: { vi: 'Việc riêng của một người, cần gửi đơn', en: 'One person’s own matter, for a request' },
	insult: { vi: 'Lăng mạ, xúc phạm', en: 'Insults' },
	unclear: { vi: 'Không hiểu được', en: 'Not understandable' },
	advertising: { vi: 'Quảng cáo', en: 'Advertising' }
} as const satisfies Record<string, LocalText>;
export const DEFER_REASONS = {
	time: { vi: 'Hết giờ, trả lời bằng văn bản', en: 'No time left, to be answered in writing' },
	check: { vi: 'Cần kiểm tra hồ sơ, thực địa', en: 'Files or the place have to be looked at' },
	elsewhere: { vi: 'Chuyển cơ quan có thẩm quyền', en: 'Passed to the office in charge' }
} as const satisfies Record<string, LocalText>;
export type DeclineReason = keyof typeof DECLINE_REASONS;
export type DeferReason = keyof typeof DEFER_REASONS;

const REASONS: Record<string, LocalText> = { ...DECLINE_REASONS, ...DEFER_REASONS };
/** The words of a reason's code; undefined where there is none. */
export const reasonWords = (code: string): LocalText | undefined => REASONS[code];

/** What may be asked, as it is stored: one paragraph. A failed check's message is a code that the page has a sentence for. */
export const questionText = v.pipe(
	v.string(),
	v.transform((text) => clean(text).replace(/\s+/g, ' ')),
	v.minLength(1, 'required'),
	v.maxLength(LONGEST_QUESTION, 'too-long'),
	v.regex(/\p{L}/u, 'required')
);

/** What of a question moves. */
export interface QuestionStanding {
	state: QuestionState;
	/** Grows with every decision; a decision says which one it was made at. */
	version: number;
	reason: string;
	mergedInto: string | null;
}

export type QuestionCommand =
	| { do: 'approve' | 'screen' | 'off-screen' | 'answered' | 'undo' }
	| { do: 'defer'; reason: DeferReason }
	| { do: 'decline'; reason: DeclineReason }
	| { do: 'merge'; into: string };

export type QuestionProblem =
	/** Somebody else was faster: look again. */
	'stale' | 'not-now' | 'reason-missing' | 'target-wrong';

/**
 * What a decision of the desk makes of a question. `before`: how it stood before its last decision, for taking that back; `target`: what
 * it is to be merged into.
 */
export function judgeQuestion(
	question: QuestionStanding & { id: string },
	command: QuestionCommand,
	{
		expected,
		before,
		target
	}: {
		expected: number;
		before?: Omit<QuestionStanding, 'version'>;
		target?: { id: string; state: QuestionState };
	}
): Outcome<QuestionStanding, QuestionProblem> {
	const { state, version } = question;
	if (expected !== version) return no('stale');
	const become = (next: QuestionState, more: Partial<QuestionStanding> = {}) =>
		({ ok: true, value: { state: next, version: version + 1, reason: '', mergedInto: null, ...more } }) as const;
	switch (command.do) {
		case 'approve':
			return state === 'waiting' ? become('shown') : no('not-now');
		case 'screen':
			return state === 'shown' ? become('answering') : no('not-now');
		case 'off-screen':
			return state === 'answering' ? become('shown') : no('not-now');
		case 'answered':
			return state === 'answering' || state === 'shown' || state === 'deferred' ? become('answered') : no('not-now');
		case 'defer':
			if (!(command.reason in DEFER_REASONS)) return no('reason-missing');
			return isOpen(state) ? become('deferred', { reason: command.reason }) : no('not-now');
		case 'decline':
			if (!(command.reason in DECLINE_REASONS)) return no('reason-missing');
			return isOpen(state) ? become('declined', { reason: command.reason }) : no('not-now');
		case 'merge': {
			if (state !== 'waiting' && state !== 'shown') return no('not-now');
			// What everybody can see must not vanish into what nobody has read yet.
			const fits = target && (isPublic(target.state) || (state === 'waiting' && target.state === 'waiting'));
			if (!fits || target.id === question.id) return no('target-wrong');
			return become('merged', { mergedInto: target.id });
		}
		case 'undo':
			// What was merged and taken back is merged by hand again: its target may have gone elsewhere meanwhile, even into it.
			if (!before || before.state === 'merged') return no('not-now');
			// Nothing goes onto the screen by being taken back.
			return become(before.state === 'answering' ? 'shown' : before.state, {
				reason: before.reason
			});
	}
}

const no = (reason: QuestionProblem) => ({ ok: false, reason }) as const;

/** The question that one lives on in: itself, unless it was merged. */
export function rootOf(id: string, parents: ReadonlyMap<string, string | null>): string {
	let root = id;
	for (let next = parents.get(root); next; next = parents.get(root)) root = next;
	return root;
}

/** What everybody may know of what became of the questions. */
export interface QuestionCounts {
	received: number;
	waiting: number;
	/** In the list, and not answered or put off. */
	shown: number;
	merged: number;
	answered: number;
	deferred: number;
	declined: number;
	/** Of those put off and declined, by reason. */
	byReason: Record<string, number>;
}

export function countQuestions(questions: readonly Pick<QuestionStanding, 'state' | 'reason'>[]): QuestionCounts {
	const counts: QuestionCounts = {
		...{ received: questions.length, waiting: 0, shown: 0, merged: 0, answered: 0, deferred: 0, declined: 0 },
		byReason: {}
	};
	for (const { state, reason } of questions) {
		counts[state === 'answering' ? 'shown' : state]++;
		if (reason) counts.byReason[reason] = (counts.byReason[reason] ?? 0) + 1;
	}
	return counts;
}
