import { and, eq } from 'drizzle-orm';
import type { Standing, StandingReason } from '../../../domain/dialogue/closing.ts';
import { turnoutOf } from '../../../domain/dialogue/tally.ts';
import { learnVersions } from '../../../domain/survey/catalogue.ts';
import type { QuestionnaireVersion } from '../../../domain/survey/questionnaire.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { insertNew, lock } from '../../db/bulk.ts';
import type { Db, Tx } from '../../db/db.ts';
import { dialogues, rounds } from '../../db/schema/dialogue.ts';
import { questionnaireVersions } from '../../db/schema/survey.ts';
import { announce } from '../../live/announce.ts';
import type { Secret } from '../../secret/secret.ts';
import { checkDirect } from '../../submission/direct/check.ts';
import { commitSheets, storeDirect } from '../../submission/direct/writes.ts';
import { forgetKeyed } from '../paper/writes.ts';
import { readDialogue, type StoredDialogue } from '../reads.ts';
import { dialogueLock } from '../votes/writes.ts';
import { openSecretOf, prepareClosing, sheetIdOf, sheetsMade, type Closing, type CountedRound } from './reads.ts';

export interface ClosingAsked {
	dialogueId: string;
	/** The version that was looked at beforehand. */
	expected: number;
	userId: string;
	now: number;
}

export type ClosingRefused = { reason: 'stale' | 'dialogue-unknown' } | { reason: StandingReason; about: string };

const SHEETS_AT_ONCE = 1000;

/**
 * Closes a dialogue for good, in one transaction: every round is counted anew and must say what it said when it became final, its
 * answers become sheets, and the secret that marked its voters is destroyed. A recount that differs is remembered and changes nothing.
 */
export function closeDialogue(
	{ db, secret }: { db: Db; secret: Secret },
	asked: ClosingAsked
): Promise<{ ok: true; sheets: number } | { ok: false; refused: ClosingRefused }> {
	return commitSheets(db, async (tx, afterCommit) => {
		await lock(tx, [dialogueLock(asked.dialogueId)]);
		const dialogue = await readDialogue(tx, asked.dialogueId);
		if (!dialogue) return { ok: false, refused: { reason: 'dialogue-unknown' } };
		// Whoever comes second learns what happened, not merely that it did.
		if (dialogue.version !== asked.expected && dialogue.state !== 'closed') {
			return { ok: false, refused: { reason: 'stale' } };
		}
		const closing = await prepareClosing(tx, secret, dialogue);
		const [standing] = closing.standing;
		if (standing) {
			await noteDifferences(tx, dialogue, closing.standing, asked);
			return { ok: false, refused: standing };
		}
		await storeSheets(tx, { dialogue, closing, key: openSecretOf(secret, dialogue)! }, asked);
		await storeOutcome(tx, dialogue, closing, asked);
		afterCommit(() => announce(dialogue.id));
		return { ok: true, sheets: closing.drafts.length };
	});
}

async function noteDifferences(tx: Tx, dialogue: StoredDialogue, standing: Standing[], { userId, now }: ClosingAsked) {
	const differing = standing.filter(({ reason }) => reason === 'recount-differs').map(({ about }) => about);
	if (differing.length === 0) return;
	const { organizationId, id: object } = dialogue;
	const line = { organizationId, actorId: userId, object, detail: differing.join('; '), now };
	await writeAuditLine(tx, { ...line, action: 'dialogue-close-refused' });
}

/** The one way in: checked as any sheet is, and counted with it. */
async function storeSheets(
	tx: Tx,
	{ dialogue, closing, key }: { dialogue: StoredDialogue; closing: Closing; key: string },
	{ now }: ClosingAsked
) {
	const { own, drafts } = closing;
	const { organizationId } = dialogue;
	if (own) await publishOwn(tx, dialogue, own, now);
	const nowhere = { siteId: '', counterId: '', fieldId: '', officerId: '' };
	const checked = drafts.map((draft) => {
		const { versionId, channel, at, suspect, answers } = draft;
		const outcome = checkDirect({
			...{ organizationId, channel, versionId, at, id: sheetIdOf(key, draft), place: nowhere, locale: 'vi' },
			...{ flags: suspect ? ['burst'] : [], reasons: [], comment: null, bands: '', ticketHash: null },
			answers: [...answers].map(([itemId, value]) => ({ itemId, value }))
		});
		if (!outcome.ok) throw new Error(`A ballot of dialogue ${dialogue.room} makes no sheet: ${outcome.reason}`);
		return outcome.value;
	});
	for (let from = 0; from < checked.length; from += SHEETS_AT_ONCE) {
		await storeDirect(tx, checked.slice(from, from + SHEETS_AT_ONCE), now);
	}
}

/** Published and retired at once: its answers are counted like any other's, and no poster is ever offered it. */
async function publishOwn(tx: Tx, dialogue: StoredDialogue, own: QuestionnaireVersion, now: number) {
	const { id, ...content } = own;
	const { organizationId, title } = dialogue;
	const at = { createdAt: now, changedAt: now, publishedAt: now, retiredAt: now };
	const name = title.slice(0, 80);
	const version = { id, organizationId, questionnaireId: id, number: 1, name, content, continuesTrend: false };
	await insertNew(tx, questionnaireVersions, [{ ...version, state: 'retired' as const, ...at }]);
	learnVersions([own]);
}

async function storeOutcome(tx: Tx, dialogue: StoredDialogue, closing: Closing, { userId, now }: ClosingAsked) {
	for (const { round, outcome } of closing.counted) {
		await tx.update(rounds).set({ outcome }).where(eq(rounds.id, round.id));
	}
	const { id, organizationId, version } = dialogue;
	await forgetKeyed(tx, id);
	await tx
		.update(dialogues)
		.set({
			...{ state: 'closed', closedAt: now, version: version + 1, questionsOpen: false },
			...{ sealedSecret: null, outcome: { sheets: sheetsMade(closing.drafts) } }
		})
		.where(and(eq(dialogues.id, id), eq(dialogues.version, version)));
	const detail = [dialogue.title, ...closing.counted.map(sayRound), `${closing.drafts.length} phiếu vào chỉ số`];
	const line = { organizationId, actorId: userId, object: id, detail: detail.join('; '), now };
	await writeAuditLine(tx, { ...line, action: 'dialogue-closed' });
}

function sayRound({ round, outcome }: CountedRound): string {
	const ballots = turnoutOf(outcome.tally);
	const each = `${ballots['live-hall']} / ${ballots['live-stream']} / ${ballots['live-paper']}`;
	return `${round.text}: ${each}, SHA-256 ${outcome.hash}`;
}
