import { hallMachines, roundResults, type DialogueResult } from '../../../domain/dialogue/result.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import { textIn } from '../../../domain/survey/questionnaire.ts';
import { readKnownOrganization } from '../../account/reads.ts';
import type { Db } from '../../db/db.ts';
import { knowVersions } from '../../survey/reads.ts';
import { receiptsOf } from '../closing/reads.ts';
import { readPacks } from '../hall/reads.ts';
import { conflictsIn, readPaperFigures } from '../paper/reads.ts';
import { readQuestionCounts } from '../questions/reads.ts';
import { readBallots, readRounds, type StoredDialogue, type StoredRound } from '../reads.ts';

/** What is published of a dialogue; null until it is closed. */
export async function readResult(db: Db, dialogue: StoredDialogue, language: string): Promise<DialogueResult | null> {
	const { room, title, place, day, time, halls, hallProof, rehearsal, closedAt, outcome } = dialogue;
	if (dialogue.state !== 'closed' || closedAt === null) return null;
	const agenda = await readRounds(db, dialogue.id);
	await knowVersions(
		db,
		agenda.flatMap(({ versionId }) => versionId ?? [])
	);
	const asksOf = ({ versionId }: StoredRound) =>
		(versionId ? (findVersion(versionId)?.items ?? []) : []).map((item) => textIn(item.text, language).text);
	const paper = await readPaperFigures(db, dialogue.id);
	const questions = await readQuestionCounts(db, dialogue.id);
	const organization = (await readKnownOrganization(db, dialogue.organizationId))?.name ?? '';
	return {
		...{ room, organization, title, place, day, time, halls, hallProof, rehearsal, closedAt },
		rounds: roundResults(agenda.map((round) => ({ ...round, asks: asksOf(round) }))),
		sheets: outcome?.sheets ?? [],
		paper: paper && { ...paper, conflicts: conflictsIn(paper.conflicts) },
		machines: hallMachines(await readPacks(db, dialogue.id), agenda, halls),
		questions: questions.received > 0 ? questions : null
	};
}

/** The receipts of a closed dialogue never change again; a page of them need not be made of all ballots each time. */
const made = new Map<string, string[]>();
const ROUNDS_KEPT = 20;

/** The sorted receipts of each counted round of a closed dialogue, by the round's id. */
export async function readReceipts(db: Db, dialogue: StoredDialogue): Promise<Map<string, string[]>> {
	const lists = new Map<string, string[]>();
	if (dialogue.state !== 'closed') return lists;
	for (const round of await readRounds(db, dialogue.id)) {
		if (!round.outcome) continue;
		const list = made.get(round.id) ?? receiptsOf(round.id, await readBallots(db, round));
		made.delete(round.id);
		made.set(round.id, list);
		if (made.size > ROUNDS_KEPT) made.delete(made.keys().next().value!);
		lists.set(round.id, list);
	}
	return lists;
}
