import type { Score } from './scale.ts';

/** What a citizen has said so far on a page of ours, before it becomes a sheet. */
export interface SurveyAnswers {
	/** The sheet's id, made with the form: however often it is sent, it is one sheet. */
	sheetId: string;
	/** Item id → what was chosen; null is "not applicable". What was not answered is not there. */
	items: Record<string, Score | null>;
	/** Gate id → whether the answer was yes. */
	gates: Record<string, boolean>;
	reasons: string[];
	comment: string;
	/** Demographic id → place of the chosen band. */
	bands: Record<string, number>;
	/** Whether they said to be 18 or older; asked only where bands are. */
	adult: boolean;
	language: string;
}
