import type { OnlineChannel } from './dialogue.ts';
import type { QuestionState } from './question.ts';

/** A question as the desk sees it. */
export interface DeskQuestion {
	id: string;
	text: string;
	field: string;
	channel: OnlineChannel;
	state: QuestionState;
	reason: string;
	version: number;
	votes: number;
	merged: number;
	/** What it was merged into; '' where it was not. */
	into: string;
	/** Of one that waits: what looks like names, the text with them masked (null where nothing does), and what it is like. */
	names?: readonly string[];
	masked?: string | null;
	similar?: readonly { id: string; text: string; votes: number }[];
}
