import type { Criterion } from '../survey/criterion.ts';
import type { Item, QuestionnaireContent } from '../survey/questionnaire.ts';
import type { BallotChannel } from './dialogue.ts';
import { BLANK, SPOILED, type Choice } from './choice.ts';
import type { RoundKind } from './round.ts';

/** A round whose ballots are answers to a questionnaire: which items each sign of a choice answers, in order. */
export interface AnsweringRound {
	versionId: string;
	itemIds: readonly string[];
	/** When it was asked: the day and shift of its sheets. */
	at: number;
}

export interface AnsweringBallot {
	voter: string;
	channel: BallotChannel;
	suspect: boolean;
	choice: Choice;
}

/** The answers of one voter to one questionnaire through one channel. */
export interface DraftSheet {
	voter: string;
	versionId: string;
	channel: BallotChannel;
	suspect: boolean;
	at: number;
	answers: Map<string, number | null>;
}

/**
 * One sheet a voter, questionnaire version and channel, so that a criterion's number of a channel is the round's own. Blank and spoiled
 * ballots answer nothing; a sheet on which nothing is answered is none. Rounds in the order of the agenda: of two that ask one item the
 * later counts.
 */
export function draftSheets(
	rounds: readonly (AnsweringRound & { ballots: readonly AnsweringBallot[] })[]
): DraftSheet[] {
	const drafts = new Map<string, DraftSheet>();
	for (const { versionId, itemIds, at, ballots } of rounds) {
		for (const { voter, channel, suspect, choice } of ballots) {
			if (choice === BLANK || choice === SPOILED) continue;
			const key = `${voter} ${channel} ${versionId}`;
			let draft = drafts.get(key);
			if (!draft) drafts.set(key, (draft = { voter, versionId, channel, suspect, at, answers: new Map() }));
			draft.suspect ||= suspect;
			for (const [i, sign] of [...choice].entries()) {
				if (sign !== '-') draft.answers.set(itemIds[i]!, sign === '0' ? null : Number(sign));
			}
		}
	}
	return [...drafts.values()].filter(({ answers }) => [...answers.values()].some((value) => value !== null));
}

/** A 1–5 question of a criterion, as the dialogue's own questionnaire asks it. */
interface CriterionRound {
	id: string;
	kind: RoundKind;
	criterion: Criterion | null;
	text: string;
}

/** Which rounds are questions of the dialogue's own questionnaire. */
export const asksCriterion = ({ kind, criterion }: Pick<CriterionRound, 'kind' | 'criterion'>) =>
	kind === 'scale' && criterion !== null;

/**
 * The questionnaire that a dialogue's own 1–5 questions make; null where it has none. Ids of its items are C1, C2 … in the order of
 * the agenda.
 */
export function ownQuestionnaire(title: string, agenda: readonly CriterionRound[]): QuestionnaireContent | null {
	const items = agenda.filter(asksCriterion).map(({ criterion, text }, i): Item => ({
		id: ownItemId(i),
		criterion,
		text: { vi: text }
	}));
	if (items.length === 0) return null;
	return { title: { vi: title }, languages: ['vi'], items, reasons: [], reasonsUpTo: 0, comment: false };
}

export const ownItemId = (index: number) => `C${index + 1}`;
