import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import {
	readEnvelope,
	readHallPack,
	writeEnvelope,
	type HallPack,
	type HallReturn
} from '../../../domain/dialogue/hall-pack.ts';
import { shortId } from '../../../domain/shared/id.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import { isTicketCode, readCode, showCode, ticketCode } from '../../../domain/survey/code.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { insertNew, lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { dialogues, rounds, slips } from '../../db/schema/dialogue.ts';
import { hallPacks } from '../../db/schema/dialogue-hall.ts';
import { questionnaireVersions } from '../../db/schema/survey.ts';
import { keyOfCode, sealFile, unsealFile } from '../../secret/sealed-file.ts';
import type { Secret } from '../../secret/secret.ts';
import { knowVersions } from '../../survey/reads.ts';
import { openSecretOf } from '../closing/reads.ts';
import { finishDueRounds } from '../desk/writes.ts';
import { isOnline, readBallots, readDialogue, readRounds, type StoredRound } from '../reads.ts';
import { dialogueLock } from '../votes/writes.ts';
import { readHeld, readPack } from './reads.ts';

interface Works {
	db: Db;
	secret: Secret;
}

interface Asked {
	dialogueId: string;
	userId: string;
	now: number;
}

export type LendProblem = 'dialogue-over' | 'secret-lost' | 'hall-unknown' | 'no-round' | 'hall-copy';

const SALT_BYTES = 16;

/**
 * Lends a dialogue to a machine in a hall: a file with its agenda, its slips and its secret, sealed under a code that is shown once
 * and travels apart from the file.
 */
export async function lendDialogue(
	{ db, secret }: Works,
	{ dialogueId, userId, now }: Asked,
	hall: number
): Promise<Outcome<{ file: string; code: string; pack: HallPack }, LendProblem>> {
	const lent = await commit(db, async (tx): Promise<Outcome<HallPack, LendProblem>> => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const dialogue = (await readDialogue(tx, dialogueId))!;
		if (await readHeld(tx, dialogueId)) return { ok: false, reason: 'hall-copy' };
		if (dialogue.state === 'closed' || dialogue.state === 'counting') return { ok: false, reason: 'dialogue-over' };
		const key = openSecretOf(secret, dialogue);
		if (!key) return { ok: false, reason: 'secret-lost' };
		if (hall >= dialogue.halls.length) return { ok: false, reason: 'hall-unknown' };
		// What is final, or nearly, is not voted on elsewhere.
		const agenda = (await readRounds(tx, dialogueId)).filter(({ phase }) => phase === 'ready' || phase === 'open');
		if (agenda.length === 0) return { ok: false, reason: 'no-round' };
		const packId = shortId(randomBytes(8));
		const { organizationId } = dialogue;
		await tx.insert(hallPacks).values({
			...{ id: packId, organizationId, dialogueId, side: 'lent', hall, createdAt: now, createdBy: userId },
			roundIds: agenda.map(({ id }) => id)
		});
		const detail = `${dialogue.halls[hall]!}: ${agenda.length} câu`;
		await writeAuditLine(tx, { organizationId, actorId: userId, action: 'hall-lent', object: packId, detail, now });
		const { id, room, title, place, day, time, halls, hallProof } = dialogue;
		return {
			ok: true,
			value: {
				...{ packId, hall, secret: key },
				dialogue: { id, room, title, place, day, time, halls, hallProof },
				rounds: agenda.map(roundThatGoes),
				versions: await versionsOf(tx, agenda),
				slips: await tx
					.select({ serial: slips.serial, hall: slips.hall, mark: slips.mark })
					.from(slips)
					.where(eq(slips.dialogueId, dialogueId))
			}
		};
	});
	if (!lent.ok) return lent;
	const code = ticketCode(randomBytes(8));
	const salt = randomBytes(SALT_BYTES).toString('base64url');
	const sealed = sealFile(await keyOfCode(code, salt), JSON.stringify(lent.value));
	const file = writeEnvelope({ format: 'lang-nghe-hall-out-1', pack: lent.value.packId, salt, sealed });
	return { ok: true, value: { file, code: showCode(code), pack: lent.value } };
}

const roundThatGoes = ({ id, kind, text, options, most, criterion, items, changeable, versionId }: StoredRound) => ({
	...{ id, kind, text, options, most, criterion, items, changeable, versionId }
});

async function versionsOf(tx: Tx, agenda: readonly StoredRound[]): Promise<HallPack['versions']> {
	const ids = [...new Set(agenda.flatMap(({ versionId }) => versionId ?? []))];
	await knowVersions(tx, ids);
	return ids.map((id) => {
		const { id: _, ...content } = findVersion(id)!;
		return { id, content } as HallPack['versions'][number];
	});
}

export type OpenProblem = 'file-unknown' | 'code-wrong' | 'file-changed' | 'opened-before' | 'version-differs';

/** Makes a lent dialogue on this machine, under the ids it has in the ward. */
export async function openLent(
	{ db, secret }: Works,
	{ organizationId, userId, now }: { organizationId: string; userId: string; now: number },
	{ file, code: typed }: { file: string; code: string }
): Promise<Outcome<HallPack, OpenProblem>> {
	const envelope = readEnvelope(file);
	if (envelope?.format !== 'lang-nghe-hall-out-1') return { ok: false, reason: 'file-unknown' };
	const code = readCode(typed);
	if (!isTicketCode(code)) return { ok: false, reason: 'code-wrong' };
	const unsealed = unsealFile(await keyOfCode(code, envelope.salt), envelope.sealed);
	if (unsealed === null) return { ok: false, reason: 'code-wrong' };
	const pack = readHallPack(unsealed);
	if (pack?.packId !== envelope.pack) return { ok: false, reason: 'file-changed' };
	return commit(db, async (tx) => {
		const { dialogue, packId, hall, versions } = pack;
		await lock(tx, [dialogueLock(dialogue.id)]);
		await knowVersions(
			tx,
			versions.map(({ id }) => id)
		);
		const differs = versions.some(({ id, content }) => {
			const own = findVersion(id);
			return own && own.items.map((item) => item.id).join() !== content.items.map((item) => item.id).join();
		});
		if (differs) return { ok: false, reason: 'version-differs' };
		const sealedSecret = secret.seal('live-secret', pack.secret);
		const [made] = await tx
			.insert(dialogues)
			.values({ ...dialogue, organizationId, state: 'prepared', sealedSecret, createdAt: now })
			.onConflictDoNothing()
			.returning({ id: dialogues.id });
		if (!made) return { ok: false, reason: 'opened-before' };
		await tx.insert(hallPacks).values({
			...{ id: packId, organizationId, dialogueId: dialogue.id, side: 'held', hall, createdAt: now, createdBy: userId },
			roundIds: pack.rounds.map(({ id }) => id)
		});
		await insertRest(tx, organizationId, pack, now);
		const detail = `${dialogue.title}: ${dialogue.halls[hall] ?? ''}`;
		await writeAuditLine(tx, { organizationId, actorId: userId, action: 'hall-opened', object: packId, detail, now });
		return { ok: true, value: pack };
	});
}

async function insertRest(tx: Tx, organizationId: string, pack: HallPack, now: number) {
	const dialogueId = pack.dialogue.id;
	const agenda = pack.rounds.map((round, position) => ({
		...{ ...round, organizationId, dialogueId, position, phase: 'ready' as const, onPaper: false }
	}));
	await tx.insert(rounds).values(agenda);
	await insertNew(
		tx,
		slips,
		pack.slips.map((slip) => ({ ...slip, dialogueId, organizationId }))
	);
	const at = { createdAt: now, changedAt: now, publishedAt: now, retiredAt: now };
	const unknown = pack.versions.filter(({ id }) => !findVersion(id));
	await insertNew(
		tx,
		questionnaireVersions,
		unknown.map(({ id, content }) => ({
			...{
				id,
				organizationId,
				questionnaireId: id,
				number: 1,
				name: content.title.vi.slice(0, 80),
				continuesTrend: false
			},
			...{ content, state: 'retired' as const, ...at }
		}))
	);
}

export type ReturnProblem = 'not-held' | 'round-open' | 'nothing-voted' | 'secret-lost';

/** What a hall's machine gives back: every round that is final there, with its ballots; sealed under the dialogue's own secret. */
export async function returnHeld(
	{ db, secret }: Works,
	{ dialogueId, userId, now }: Asked
): Promise<Outcome<{ file: string; returned: HallReturn }, ReturnProblem>> {
	await finishDueRounds(db, now);
	return commit(db, async (tx) => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const held = await readHeld(tx, dialogueId);
		if (!held) return { ok: false, reason: 'not-held' };
		const dialogue = (await readDialogue(tx, dialogueId))!;
		const key = openSecretOf(secret, dialogue);
		if (!key) return { ok: false, reason: 'secret-lost' };
		const agenda = await readRounds(tx, dialogueId);
		if (agenda.some(({ phase }) => phase === 'open' || phase === 'closing')) return { ok: false, reason: 'round-open' };
		const returned: HallReturn = { packId: held.id, madeAt: now, rounds: [] };
		for (const round of agenda) {
			if (!round.result) continue;
			const { byChannel } = round.result.tally;
			const own = (await readBallots(tx, round)).filter(isOnline);
			returned.rounds.push({
				...{ id: round.id, openedAt: round.openedAt, finalAt: round.result.finalAt },
				acknowledged: {
					byChannel: { 'live-hall': byChannel['live-hall'], 'live-stream': byChannel['live-stream'] },
					hash: round.result.hash
				},
				ballots: own.map(({ voter, id, turn, channel, hall, level, suspect, choice }) => ({
					...{ voter, id, turn, channel: channel as 'live-hall' | 'live-stream', hall, level, suspect, choice }
				}))
			});
		}
		if (returned.rounds.length === 0) return { ok: false, reason: 'nothing-voted' };
		const { organizationId } = held;
		const detail = returned.rounds.map(({ ballots }) => ballots.length).join(' + ');
		const line = { organizationId, actorId: userId, object: held.id, detail: `${detail} phiếu`, now };
		await writeAuditLine(tx, { ...line, action: 'hall-returned' });
		const sealed = sealFile(key, JSON.stringify(returned));
		const file = writeEnvelope({ format: 'lang-nghe-hall-back-1', pack: held.id, salt: '', sealed });
		return { ok: true, value: { file, returned } };
	});
}

/** Says, with a reason that is published, that nothing is waited for any more: the machine was not used, or is lost. */
export function dropPack(
	db: Db,
	{ packId, reason, userId, now }: { packId: string; reason: string; userId: string; now: number }
): Promise<Outcome<null, 'pack-unknown' | 'dialogue-over'>> {
	return commit(db, async (tx) => {
		const known = await readPack(tx, packId);
		if (known?.side !== 'lent') return { ok: false, reason: 'pack-unknown' };
		await lock(tx, [dialogueLock(known.dialogueId)]);
		const { organizationId, dialogueId } = known;
		const dialogue = (await readDialogue(tx, dialogueId))!;
		if (dialogue.state === 'closed') return { ok: false, reason: 'dialogue-over' };
		const [dropped] = await tx
			.update(hallPacks)
			.set({ droppedAt: now, droppedWhy: reason })
			.where(and(eq(hallPacks.id, packId), isNull(hallPacks.mergedAt), isNull(hallPacks.droppedAt)))
			.returning({ id: hallPacks.id });
		if (!dropped) return { ok: false, reason: 'pack-unknown' };
		const detail = dialogue.halls[known.hall] ?? '';
		const line = { organizationId, actorId: userId, object: packId, detail, reason, now };
		await writeAuditLine(tx, { ...line, action: 'hall-dropped' });
		return { ok: true, value: null };
	});
}
