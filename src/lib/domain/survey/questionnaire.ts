import type { Criterion, LocalText, Texts } from './criterion.ts';
import type { DemographicId } from './demographics.ts';
import type { ScaleId, Score } from './scale.ts';

/** One question. Its id is unique within its version and is what an answer names. */
export interface Item {
	id: string;
	/** null: asked beside the five criteria, and part of none. */
	criterion: Criterion | null;
	text: Texts;
	/** Which words stand under the five points; absent: those of satisfaction. */
	scale?: ScaleId;
	/** false: the citizen can not answer "not applicable". */
	notApplicable?: boolean;
}

/** Why somebody was not satisfied; `criterion` is null where it fits any. */
export interface Reason {
	code: string;
	criterion: Criterion | null;
	text: Texts;
}

/** A question before others: whoever answers no is not asked the items it names ("the result is not back yet"). */
export interface Gate {
	id: string;
	text: Texts;
	/** Ids of items. */
	skips: readonly string[];
}

/** All that a version says. What may be absent has the default that the built-in versions have. */
export interface QuestionnaireContent {
	title: Texts;
	/** A sentence or two above the questions. */
	introduction?: Texts;
	/** ISO 639 codes; Vietnamese first. An item without a text in one of them falls back, visibly. */
	languages?: readonly string[];
	/** In the order they are asked, on every device and print. */
	items: readonly Item[];
	reasons: readonly Reason[];
	/** Reasons are offered after a score this low or lower; 0: never. */
	reasonsUpTo?: Score | 0;
	/** Whether there is room for a comment. */
	comment?: boolean;
	gates?: readonly Gate[];
	/** Off unless named; never a name or a number. */
	demographics?: readonly DemographicId[];
}

/** A published questionnaire never changes; a change is a new version with a new id. */
export interface QuestionnaireVersion extends QuestionnaireContent {
	id: string;
}

/** A text in a language, or in Vietnamese, marked as such, where there is none. */
export function textIn(texts: Texts | LocalText, language: string): { text: string; fallback: boolean } {
	const own = (texts as Texts)[language];
	return own ? { text: own, fallback: false } : { text: texts.vi, fallback: true };
}

/** At most this many reasons are offered at once, and the last is always "another reason". */
export const REASONS_OFFERED = 6;

/** Codes that stand among the reasons of a sheet but say how the visit ended instead of why it displeased. */
export const OUTCOME_NOT_SERVED = 'X01';
