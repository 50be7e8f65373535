import type { RoundKind } from '$lib/domain/dialogue/round.ts';

/** A question as it stands on the paper ballot, in its order there. */
export interface PaperRound {
	id: string;
	kind: RoundKind;
	text: string;
	options: readonly string[];
	most: number;
	/** Of a questionnaire: its items' texts. */
	asks: readonly string[];
}

/** What is printed on every slip of a run. */
export interface SlipAbout {
	ward: string;
	title: string;
	day: string;
	time: string;
	place: string;
	hall: string;
	/** Whether the dialogue has more halls than this one. */
	several: boolean;
	/** Where a code is typed: `ORIGIN/live/ROOM`. */
	address: string;
}

export interface PrintedSlip {
	/** As it is stored. */
	code: string;
	serial: number;
	/** Of the slip's address. */
	drawing: { qr: string; size: number };
}
