import { gzipSync } from 'node:zlib';
import { and, eq, isNull, lt, ne, or } from 'drizzle-orm';
import type { SheetRefusal } from '../../../domain/place/import/separator.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { formatCount } from '../../../domain/shared/number.ts';
import { DAY_MS } from '../../../domain/shared/time.ts';
import { CHANNEL_NAMES } from '../../../domain/submission/channel.ts';
import type { MapDraft } from '../../../domain/submission/import/draft.ts';
import { parseMap } from '../../../domain/submission/import/map.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { answerFiles } from '../../db/schema/survey.ts';
import { commitSheets, storeDirect } from '../direct/writes.ts';
import { draftDigest, readAnswerFile, readAnswerPlan, readAnswerTable, tableOf, type AnswerPlan } from './reads.ts';

const LONGEST_FILE_NAME = 120;

/** Keeps a file for the look at it; of one person's files that were not brought in the last is kept, and none longer than a day. */
export async function keepAnswerFile(
	db: Db,
	{
		bytes,
		now,
		fileName,
		...file
	}: Record<'id' | 'organizationId' | 'userId' | 'fileName', string> & {
		bytes: Uint8Array;
		now: number;
	}
): Promise<{ ok: true } | { ok: false; reason: SheetRefusal }> {
	const table = readAnswerTable(bytes);
	if (!table.ok) return table;
	const content = gzipSync(bytes).toString('base64');
	const row = { ...file, fileName: fileName.slice(0, LONGEST_FILE_NAME), content, createdAt: now };
	return commit(db, async (tx) => {
		const replaced = and(
			eq(answerFiles.userId, file.userId),
			ne(answerFiles.id, file.id),
			isNull(answerFiles.appliedAt)
		);
		await tx.delete(answerFiles).where(or(replaced, undecided(now)));
		await tx.insert(answerFiles).values(row).onConflictDoNothing();
		return { ok: true };
	});
}

/**
 * Files that nobody has decided on for a day go, with the citizens' words in them. Of those that were brought in no word is left, and
 * the map stays: the next file of the same source is read by it.
 */
export async function forgetAnswerFiles(db: Db, now: number) {
	await commit(db, async (tx) => void (await tx.delete(answerFiles).where(undecided(now))));
}

const undecided = (now: number) => and(isNull(answerFiles.appliedAt), lt(answerFiles.createdAt, now - DAY_MS));

/** Which column is what, as somebody has said it. */
export async function keepMap(
	db: Db,
	{ organizationId, userId, id, map }: Record<'organizationId' | 'userId' | 'id', string> & { map: MapDraft }
) {
	const own = and(
		eq(answerFiles.id, id),
		eq(answerFiles.organizationId, organizationId),
		eq(answerFiles.userId, userId)
	);
	await commit(
		db,
		async (tx) =>
			void (await tx
				.update(answerFiles)
				.set({ mapping: JSON.stringify(map) })
				.where(own))
	);
}

/** Brings in a kept file by its map; `seen` is the map that was looked at, for it may have been changed in another window since. */
export async function importKept(
	db: Db,
	{
		organization,
		userId,
		fileId,
		seen,
		now
	}: {
		organization: { id: string; versionId: string };
		userId: string;
		fileId: string;
		seen: string;
		now: number;
	}
): Promise<Outcome<Imported, 'file-unknown' | 'already' | 'map-changed' | 'map-unfit' | 'rows-wrong' | 'nothing-new'>> {
	const own = { organizationId: organization.id, userId, id: fileId };
	const file = await readAnswerFile(db, own);
	if (!file) return { ok: false, reason: 'file-unknown' };
	if (file.appliedAt !== null) return { ok: false, reason: 'already' };
	if (draftDigest(file) !== seen) return { ok: false, reason: 'map-changed' };
	const map = parseMap(file.mapping);
	if (!map.ok) return { ok: false, reason: 'map-unfit' };
	const plan = await readAnswerPlan(db, {
		organization,
		table: tableOf(file, map.value.separator),
		map: map.value,
		now
	});
	if (!plan.ok) return { ok: false, reason: 'map-unfit' };
	const request = { organizationId: organization.id, actorId: userId, fileName: file.fileName, fileId, now };
	return importAnswers(db, { ...request, plan: plan.value });
}

export interface Imported {
	stored: number;
	/** Stored before, with the same content. */
	known: number;
	/** Stored before, with other content; what was stored stays. */
	differs: number;
	empty: number;
}

/** Rows that go to the database at once. */
const ROWS_A_STATEMENT = 5000;

/**
 * Brings in all sheets of a plan, or none, in one transaction with their counts and the line of the audit log. There is no undo: a
 * sheet is never deleted. `fileId` names the kept file, which is used up by it; the command line has none.
 */
export async function importAnswers(
	db: Db,
	request: {
		organizationId: string;
		actorId: string;
		plan: AnswerPlan;
		fileName: string;
		fileId: string | null;
		now: number;
	}
): Promise<Outcome<Imported, 'already' | 'rows-wrong' | 'nothing-new'>> {
	const { organizationId, actorId, plan, fileName, fileId, now } = request;
	if (plan.problemCount > 0) return { ok: false, reason: 'rows-wrong' };
	return commitSheets(db, async (tx) => {
		await lock(tx, [`answers ${organizationId}`]);
		const kept = fileId === null ? null : openFile({ fileId, organizationId, actorId });
		if (kept && (await tx.select({ id: answerFiles.id }).from(answerFiles).where(kept)).length === 0)
			return { ok: false, reason: 'already' };
		const imported = { ...(await storeAll(tx, plan, now)), empty: plan.counts.empty };
		if (imported.stored === 0) return { ok: false, reason: 'nothing-new' };
		// The words of the file are of no more use; that it was brought in is.
		if (kept) await tx.update(answerFiles).set({ appliedAt: now, content: '' }).where(kept);
		const detail = sayImported(plan, fileName, imported);
		const line = { organizationId, actorId, action: 'answers-imported', object: plan.version.id, detail, now } as const;
		await writeAuditLine(tx, line);
		return { ok: true, value: imported };
	});
}

function openFile({ fileId, organizationId, actorId }: Record<'fileId' | 'organizationId' | 'actorId', string>) {
	return and(
		eq(answerFiles.id, fileId),
		eq(answerFiles.organizationId, organizationId),
		eq(answerFiles.userId, actorId),
		isNull(answerFiles.appliedAt)
	);
}

async function storeAll(tx: Tx, { sheets }: AnswerPlan, now: number) {
	const counts = { stored: 0, known: 0, differs: 0 };
	for (let from = 0; from < sheets.length; from += ROWS_A_STATEMENT) {
		for (const { status, code } of await storeDirect(tx, sheets.slice(from, from + ROWS_A_STATEMENT), now)) {
			if (status === 'stored') counts.stored++;
			else if (code === undefined) counts.known++;
			else counts.differs++;
		}
	}
	return counts;
}

function sayImported({ map, version }: AnswerPlan, fileName: string, { stored, known, differs, empty }: Imported) {
	const counts = [
		`${formatCount(stored)} phiếu mới`,
		...(known > 0 ? [`${formatCount(known)} đã có`] : []),
		...(differs > 0 ? [`${formatCount(differs)} đã có với nội dung khác, giữ bản cũ`] : []),
		...(empty > 0 ? [`${formatCount(empty)} dòng không có câu trả lời`] : [])
	];
	const about = [version.id, `kênh ${CHANNEL_NAMES[map.channel].vi}`, `nguồn “${map.source}”`, fileName];
	return `${counts.join(', ')} (${about.filter(Boolean).join('; ')})`;
}
