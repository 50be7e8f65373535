import type { Criterion, LocalText } from './criterion.ts';

/** One question. Its id is unique within its version and is what an answer names. */
export interface Item {
	id: string;
	criterion: Criterion;
	text: LocalText;
}

/** Why somebody was not satisfied; `criterion` is null where it fits any. */
export interface Reason {
	code: string;
	criterion: Criterion | null;
	text: LocalText;
}

/** A published questionnaire never changes; a change is a new version with a new id. */
export interface QuestionnaireVersion {
	id: string;
	title: LocalText;
	items: readonly Item[];
	reasons: readonly Reason[];
}

/** At most this many reasons are offered at once, and the last is always "another reason". */
export const REASONS_OFFERED = 6;

/** Codes that stand among the reasons of a sheet but say how the visit ended instead of why it displeased. */
export const OUTCOME_NOT_SERVED = 'X01';
