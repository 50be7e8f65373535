import * as v from 'valibot';
import { findPersonalData, isSure, maskParts } from '../submission/comment/personal-data.ts';
import { clean } from '../shared/text.ts';
import type { Criterion } from '../survey/criterion.ts';
import { SCORES, type CaseDeed, type CaseSource, type CaseState, type RefusalReason } from './case.ts';
import type { Clock, Due } from './clock.ts';

/** A case as the person reads it who has its code: what it is about is said by where it came from, never by what staff call it. */
export interface FollowedCase {
	number: string;
	organization: { id: string; name: string };
	source: CaseSource;
	criterion: '' | Criterion;
	/** '' where it is about none. */
	counter: string;
	state: CaseState;
	/** Who answers it: a unit, never a person; '' before it was forwarded. */
	unit: string;
	receivedAt: number;
	due: Due & { clock: Clock };
	/** What is asked of whoever sent it, while it waits for them. */
	asked: string;
	/** The answer that stands; of a refused one why, in words of its own. */
	answer: string;
	refusal: '' | RefusalReason;
	/** Its words were deleted, as it was over long ago. */
	forgotten: boolean;
	/** Of the answer that stands. */
	rating: number | null;
	/** Whether the answer can be rated now, and whether a low rating takes the case up again. */
	mayRate: boolean;
	reopens: boolean;
	/** The oldest first. */
	history: ToldStep[];
}

/**
 * What the person who follows a case by its code reads of what was done with it: never who did it, and nothing that staff write to
 * one another. Beside each whether its words were written for that person, or by them.
 */
const TOLD = {
	open: false,
	forward: true,
	ask: true,
	supplement: true,
	answer: true,
	publish: false,
	refuse: true,
	reopen: false,
	rate: true
} as const satisfies Partial<Record<CaseDeed, boolean>>;
export type ToldDeed = keyof typeof TOLD;

export interface ToldStep {
	deed: ToldDeed;
	/** '' where its words are not for the citizen, or stand elsewhere on the page. */
	text: string;
	at: number;
	/** What the case was after it. */
	state: CaseState;
}

export function tellSteps(
	steps: readonly { deed: CaseDeed; text: string; at: number; state: CaseState }[]
): ToldStep[] {
	return steps.flatMap(({ deed, text, at, state }) =>
		deed in TOLD ? [{ deed: deed as ToldDeed, text: TOLD[deed as ToldDeed] ? text : '', at, state }] : []
	);
}

export const LONGEST_RATING = 500;

const scores = SCORES.map(String);
/** How satisfied somebody is with an answer, with a word of why where they like. */
export const ratingEntry = v.object({
	score: v.pipe(v.string(), v.picklist(scores, 'score-wrong'), v.transform(Number)),
	text: v.optional(v.pipe(v.string(), v.transform(clean), v.maxLength(LONGEST_RATING, 'too-long')), '')
});

/** What somebody without a name adds to a case is kept like a comment: what is sure to be personal is masked before. */
export const masked = (text: string) => maskParts(text, findPersonalData(text).filter(isSure));
