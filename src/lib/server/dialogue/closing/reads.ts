import { createHmac, hash } from 'node:crypto';
import {
	agreesWith,
	correctedRounds,
	standingOf,
	type RoundOutcome,
	type SheetsMade,
	type Standing
} from '../../../domain/dialogue/closing.ts';
import { BALLOT_CHANNELS, type BallotChannel } from '../../../domain/dialogue/dialogue.ts';
import {
	asksCriterion,
	draftSheets,
	ownItemId,
	ownQuestionnaire,
	type DraftSheet
} from '../../../domain/dialogue/sheets.ts';
import { startOfLocalDay, HOUR_MS, MINUTE_MS } from '../../../domain/shared/time.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import type { QuestionnaireVersion } from '../../../domain/survey/questionnaire.ts';
import type { Db, Tx } from '../../db/db.ts';
import type { Secret } from '../../secret/secret.ts';
import { knowVersions } from '../../survey/reads.ts';
import { readHeld, readPacksOut } from '../hall/reads.ts';
import { readOpenBatches } from '../paper/reads.ts';
import {
	countBallots,
	isOnline,
	readBallots,
	readRounds,
	receiptOf,
	type StoredBallot,
	type StoredDialogue,
	type StoredRound
} from '../reads.ts';

/** What keeps a dialogue from being closed, but for a recount that differs: that is found by `prepareClosing`. */
export async function whatStillStands(db: Db | Tx, dialogue: StoredDialogue): Promise<Standing[]> {
	const standing = standingOf(dialogue.state, await readRounds(db, dialogue.id));
	const open = dialogue.state === 'closed' ? [] : await readOpenBatches(db, dialogue.id);
	const batches = open.map(({ number }): Standing => ({ reason: 'batches-open', about: String(number) }));
	const out = dialogue.state === 'closed' ? [] : await readPacksOut(db, dialogue.id);
	const halls = out.map(({ hall }): Standing => ({ reason: 'halls-out', about: dialogue.halls[hall] ?? '' }));
	const copy: Standing[] = (await readHeld(db, dialogue.id)) ? [{ reason: 'hall-copy', about: '' }] : [];
	return [...copy, ...(standing ? [standing] : []), ...batches, ...halls];
}

/** A round that somebody answered or that became final, recounted. */
export interface CountedRound {
	round: StoredRound;
	ballots: StoredBallot[];
	outcome: RoundOutcome;
}

/** All that a closing would do now. Nothing of it is written. */
export interface Closing {
	standing: Standing[];
	counted: CountedRound[];
	/** The questionnaire of the dialogue's own 1–5 questions; null where none was answered. */
	own: QuestionnaireVersion | null;
	drafts: DraftSheet[];
	/** Which rounds' answers become sheets: of each the criterion it counts in, or its questionnaire. */
	enters: Map<string, string>;
}

/** Recounts every round and drafts its sheets, inside the transaction that closes or for whoever looks beforehand. */
export async function prepareClosing(db: Db | Tx, secret: Secret, dialogue: StoredDialogue): Promise<Closing> {
	const agenda = await readRounds(db, dialogue.id);
	const standing = await whatStillStands(db, dialogue);
	if (!openSecretOf(secret, dialogue)) standing.push({ reason: 'secret-lost', about: '' });
	const counted: CountedRound[] = [];
	for (const round of agenda) {
		const own = await readBallots(db, round);
		if (round.phase !== 'final' && own.length === 0) continue;
		const halls = dialogue.halls.length;
		const differs = round.result && !agreesWith(round.result, countBallots(round, own.filter(isOnline), halls));
		if (differs) standing.push({ reason: 'recount-differs', about: round.text });
		counted.push({ round, ballots: own, outcome: outcomeOf(round, own, halls) });
	}
	const corrected = correctedRounds(agenda);
	const answering = dialogue.rehearsal ? [] : counted.filter(({ round }) => !corrected.has(round.id));
	await knowVersions(
		db,
		answering.flatMap(({ round }) => round.versionId ?? [])
	);
	const own = ownVersion(
		dialogue,
		answering.map(({ round }) => round)
	);
	const enters = answering.flatMap(({ round: { id, kind, criterion, versionId } }) => {
		const where = kind === 'questionnaire' ? versionId : kind === 'scale' ? criterion : null;
		return where ? [[id, where] as const] : [];
	});
	const drafts = draftSheets(answeringRounds(dialogue, answering, own));
	return { standing, counted, own, drafts, enters: new Map(enters) };
}

function outcomeOf(round: StoredRound, own: StoredBallot[], halls: number): RoundOutcome {
	const zero = <T>(make: () => T) =>
		Object.fromEntries(BALLOT_CHANNELS.map((channel) => [channel, make()])) as Record<BallotChannel, T>;
	const levels: RoundOutcome['levels'] = zero(() => ({}));
	const suspects = zero(() => 0);
	for (const { channel, level, suspect } of own) {
		levels[channel][level] = (levels[channel][level] ?? 0) + 1;
		if (suspect) suspects[channel]++;
	}
	const receiptsHash = hash('sha256', receiptsOf(round.id, own).join('\n'), 'hex');
	return { ...countBallots(round, own, halls), levels, suspects, receiptsHash };
}

/** The receipts of ballots in order, as they are published: nothing else is said of a ballot. */
export const receiptsOf = (roundId: string, own: readonly Pick<StoredBallot, 'id'>[]) =>
	own.map(({ id }) => receiptOf(roundId, id)).sort();

/** Named by what it asks, so that a questionnaire of this id is never another one. */
function ownVersion({ room, title }: StoredDialogue, answering: readonly StoredRound[]): QuestionnaireVersion | null {
	const content = ownQuestionnaire(title, answering);
	if (!content) return null;
	const sign = hash('sha256', JSON.stringify(content), 'hex').slice(0, 8);
	return { id: `doi-thoai-${room}-${sign}`, ...content };
}

function answeringRounds(
	dialogue: StoredDialogue,
	answering: readonly CountedRound[],
	own: QuestionnaireVersion | null
) {
	let asked = 0;
	return answering.flatMap(({ round, ballots }) => {
		const at = round.openedAt ?? heldAt(dialogue);
		if (asksCriterion(round)) return [{ versionId: own!.id, itemIds: [ownItemId(asked++)], at, ballots }];
		if (round.kind !== 'questionnaire') return [];
		const itemIds = findVersion(round.versionId!)!.items.map(({ id }) => id);
		return [{ versionId: round.versionId!, itemIds, at, ballots }];
	});
}

/** When the dialogue was, for what was asked on paper alone. */
function heldAt({ day, time }: StoredDialogue): number {
	const [hours = 8, minutes = 0] = time ? time.split(':').map(Number) : [];
	return startOfLocalDay(day) + hours * HOUR_MS + minutes * MINUTE_MS;
}

/** The key that marks the dialogue's voters; null once it is destroyed, or where it was sealed by another installation. */
export const openSecretOf = (secret: Secret, { sealedSecret }: Pick<StoredDialogue, 'sealedSecret'>) =>
	sealedSecret && secret.unseal('live-secret', sealedSecret);

/** The id of a voter's sheet: the same however often it is made, and after the closing nobody can tell whose it is. */
export function sheetIdOf(key: string, { voter, versionId, channel }: DraftSheet): string {
	const bytes = createHmac('sha256', key).update(`sheet ${voter} ${versionId} ${channel}`).digest().subarray(0, 16);
	bytes[6] = (bytes[6]! & 0x0f) | 0x40;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** How many sheets that makes of each questionnaire and channel. */
export function sheetsMade(drafts: readonly DraftSheet[]): SheetsMade[] {
	const groups = Map.groupBy(drafts, ({ versionId, channel }) => `${versionId} ${channel}`);
	const made = [...groups.values()].map((own) => ({
		versionId: own[0]!.versionId,
		channel: own[0]!.channel,
		sheets: own.length,
		flagged: own.filter(({ suspect }) => suspect).length
	}));
	const order = ({ versionId, channel }: SheetsMade) => `${versionId} ${BALLOT_CHANNELS.indexOf(channel)}`;
	return made.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
