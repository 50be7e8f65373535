import type { QuestionCounts, QuestionState } from './question.ts';

/** A question as everybody may read it. */
export interface ListedQuestion {
	id: string;
	text: string;
	/** The field it is about; '' where nobody said. */
	field: string;
	state: QuestionState;
	reason: string;
	/** What was answered in writing; '' where nothing was. */
	answer: string;
	/** How many people stand behind it. */
	votes: number;
	/** How many others were merged into it. */
	merged: number;
}

/** The list for everybody. Nothing in it that nobody has read and let through. */
export interface QuestionList {
	/** That of the frame with which it is asked for anew. */
	version: number;
	open: boolean;
	hidden: boolean;
	counts: QuestionCounts;
	/** On the screen first, then by votes, then what is dealt with. */
	questions: ListedQuestion[];
}

const PLACES: Partial<Record<QuestionState, number>> = { answering: 0, shown: 1, answered: 2, deferred: 3 };

export const byUrgency = (a: ListedQuestion, b: ListedQuestion) =>
	PLACES[a.state]! - PLACES[b.state]! || b.votes - a.votes || (a.id < b.id ? -1 : 1);

/** A promise as the room's screen shows it. */
export interface ScreenPromise {
	text: string;
	unit: string;
	dueDay: string;
}

/** What the room's screen shows of the questions. */
export interface ScreenQuestions {
	version: number;
	/** The one that is being answered. */
	question: { text: string; votes: number } | null;
	/** What was promised in answer to it. */
	promises: ScreenPromise[];
	/** What was promised just now without a question, and how long it still stands there. */
	fresh: (ScreenPromise & { forMs: number }) | null;
}
