import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backupName } from '../../src/lib/domain/backup/nights.ts';
import { addDays, DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { noteEvent } from '../../src/lib/server/account/audit/writes.ts';
import { readChainHeads } from '../../src/lib/server/account/audit/verify/reads.ts';
import { makeKey } from '../../src/lib/server/backup/seal.ts';
import { backupNight, backupSealed } from '../../src/lib/server/backup/writes.ts';
import { backupSqlite } from '../../src/lib/server/db/backup.ts';
import { readFingerprint } from '../../src/lib/server/db/content.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { copyBeside, sweepCopies } from '../../src/lib/server/db/leftovers.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { checkSqlite, restoreSqlite } from '../../src/lib/server/db/restore.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { randomFrom } from '../../terminals/simulator/random.ts';
import { FULL } from '../lane.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

/** The embedded database; PostgreSQL is backed up with its own tools. */
const once = engine === 'sqlite';
const LATER = new Date(NOON);

/** A ward with sheets in a file of its own, open. */
async function aWardFile() {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-backup-'));
	const file = join(folder, 'ward.db');
	const db = await openDb(`file:${file}`);
	let open = true;
	const close = async () => {
		if (open) await db.store.close();
		open = false;
	};
	onTestFinished(async () => {
		await close();
		rmSync(folder, { recursive: true });
	});
	const { sender } = await aWard(db);
	let sequence = 0;
	const send = (count: number) => {
		const sheets = Array.from({ length: count }, () => aSheet({ sequence: ++sequence }));
		return acceptSheets(db, sender, sheets, NOON);
	};
	await send(40);
	await releaseCounts(db);
	const key = await makeKey();
	return { folder, file, db, close, send, key, by: { identities: [key.identity] } };
}

async function opened<T>(file: string, work: (db: Db) => Promise<T>): Promise<T> {
	const db = await openDb(`file:${file}`);
	return work(db).finally(() => db.store.close());
}

const EVENT = { organizationId: 'w1', actorId: 'u1', action: 'exported', object: 'x', now: NOON } as const;

test.runIf(once)('a backup made while sheets arrive is sealed, restored it verifies, and nothing differs', async () => {
	const { folder, file, db, send, key, by } = await aWardFile();
	const sealed = join(folder, 'sealed.age');
	let backing = true;
	const arriving = (async () => {
		let sent = 0;
		for (; backing || sent < 20; sent += 20) await send(20);
		return sent;
	})();
	const made = await backupSealed(file, sealed, { recipients: [key.recipient] });
	backing = false;
	const arrived = await arriving;
	if (!made.ok) throw new Error(made.reason);
	expect(readFileSync(sealed).includes('SQLite format 3')).toBe(false);
	expect(readdirSync(folder).filter((name) => /copying|part|restoring/.test(name))).toEqual([]);

	const clean = join(folder, 'elsewhere', 'ward.db');
	const restored = await restoreSqlite(sealed, clean, LATER, { by });
	expect(restored).toMatchObject({ ok: true, value: { keptAs: null, fingerprint: made.value.fingerprint, log: [] } });
	const { sheets, differences } = await opened(clean, verifyCounts);
	expect(differences).toEqual([]);
	expect(sheets).toBeGreaterThanOrEqual(40);
	expect(sheets).toBeLessThanOrEqual(40 + arrived);
	expect(readFingerprint(clean)).toBe(made.value.fingerprint);
	// The fingerprint is of the figures: one more sheet is another one.
	await send(1);
	expect(readFingerprint(file)).not.toBe(made.value.fingerprint);
	expect((await verifyCounts(db)).sheets).toBe(41 + arrived);
});

test.runIf(once)('each of thirty nights comes back as it was, and more leave what the rotation keeps', async () => {
	const { folder, file, send, key, by } = await aWardFile();
	const nights = join(folder, 'nights');
	const figures = new Map<string, { fingerprint: string; sheets: number }>();
	for (let night = 0; night < (FULL ? 45 : 33); night++) {
		await send(1);
		const made = await backupNight(file, { folder: nights, recipients: [key.recipient] }, NOON + night * DAY_MS);
		if (!made.ok) throw new Error(made.reason);
		figures.set(backupName(made.value.night), { fingerprint: made.value.fingerprint, sheets: 41 + night });
	}
	const [last, ...monthly] = FULL ? ['2027-01-06', '2026-12-07', '2026-11-30'] : ['2026-12-25', '2026-11-25'];
	const kept = [...Array.from({ length: 30 }, (_, i) => addDays(last!, -i)), ...monthly];
	expect(readdirSync(nights).sort()).toEqual(kept.map(backupName).sort());
	const again = await backupNight(
		file,
		{ folder: nights, recipients: [key.recipient] },
		NOON + (FULL ? 44 : 32) * DAY_MS
	);
	expect(again).toEqual({ ok: false, reason: 'target-exists' });
	for (const name of readdirSync(nights).filter((_, i) => FULL || i % 6 === 0)) {
		const target = join(folder, 'restored', `${name}.db`);
		const restored = await restoreSqlite(join(nights, name), target, LATER, { by });
		const { fingerprint, sheets } = figures.get(name)!;
		expect(restored).toMatchObject({ ok: true, value: { fingerprint } });
		expect(readFingerprint(target)).toBe(fingerprint);
		expect(await opened(target, verifyCounts)).toMatchObject({ sheets, differences: [] });
	}
});

test.runIf(once)('a night that fails throws nothing away, and says why', async () => {
	const { folder, file, key } = await aWardFile();
	const nights = join(folder, 'nights');
	const make = (source: string, day: number) =>
		backupNight(source, { folder: nights, recipients: [key.recipient] }, NOON + day * DAY_MS);
	for (let day = 0; day < 3; day++) expect(await make(file, day)).toMatchObject({ ok: true });
	const before = readdirSync(nights);
	const torn = join(folder, 'torn.db');
	backupSqlite(file, torn);
	writeFileSync(torn, readFileSync(torn).fill(0x5a, 8192, 30_000));
	expect(await make(torn, 60).catch((problem: Error) => problem.name)).toSatisfy((made: unknown) => {
		return made === 'SqliteError' || (made as { ok: boolean }).ok === false;
	});
	expect(readdirSync(nights)).toEqual(before);
	expect(readdirSync(folder).filter((name) => /copying/.test(name))).toEqual([]);
	await expect(
		make(file, 4).then(() =>
			backupNight(file, { folder: join(folder, 'no', 'disk'), recipients: [key.recipient] }, NOON)
		)
	).rejects.toThrow();
});

test.runIf(once)('no changed bit of a backup becomes a database that shows other figures without a word', async () => {
	const { folder, file, key, by, close } = await aWardFile();
	const [sealed, plain] = [join(folder, 'sealed.age'), join(folder, 'plain.db')];
	await backupSealed(file, sealed, { recipients: [key.recipient] });
	const made = backupSqlite(file, plain);
	if (!made.ok) throw new Error(made.reason);
	await close();
	const random = randomFrom('bits');
	for (const path of [sealed, plain]) {
		const bytes = readFileSync(path);
		for (let flip = 0; flip < (FULL ? 150 : 12); flip++) {
			const changed = Buffer.from(bytes);
			changed[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
			writeFileSync(`${path}.changed`, changed);
			const target = join(folder, 'target', `${flip}.db`);
			const restored = await restoreSqlite(`${path}.changed`, target, LATER, { by });
			if (!restored.ok) {
				expect(existsSync(target)).toBe(false);
				continue;
			}
			expect(path).toBe(plain);
			const { differences } = await opened(target, verifyCounts);
			expect(restored.value.fingerprint === made.value.fingerprint || differences.length > 0).toBe(true);
			rmSync(target);
		}
	}
});

test.runIf(once)(
	'a copy without its log, one beside its log, and a log of another file are never taken for the database',
	async () => {
		const { folder, file, send, key, by } = await aWardFile();
		await send(3);
		// Copied while it is open: what stands in the log alone is missing, and nothing in the file says so.
		const copied = join(folder, 'copied.db');
		copyFileSync(file, copied);
		const target = join(folder, 'new', 'ward.db');
		expect(await restoreSqlite(copied, target, LATER)).toEqual({ ok: false, reason: 'backup-raw' });
		copyFileSync(`${file}-wal`, `${copied}-wal`);
		expect(await restoreSqlite(copied, target, LATER)).toEqual({ ok: false, reason: 'backup-unfinished' });
		expect(existsSync(target)).toBe(false);

		const sealed = join(folder, 'sealed.age');
		const made = await backupSealed(file, sealed, { recipients: [key.recipient] });
		if (!made.ok) throw new Error(made.reason);
		await send(5);
		// The database is gone, its log is still there and would be played over whatever takes its place.
		expect(await restoreSqlite(sealed, target, LATER, { by })).toMatchObject({ ok: true });
		for (const suffix of ['-wal', '-shm']) copyFileSync(file + suffix, target + suffix);
		rmSync(target);
		const restored = await restoreSqlite(sealed, target, LATER, { by });
		expect(restored).toMatchObject({ ok: true, value: { keptAs: expect.stringContaining('.before-') } });
		expect(readFingerprint(target)).toBe(made.value.fingerprint);
		expect(await opened(target, verifyCounts)).toMatchObject({ sheets: 43, differences: [] });
		const aside = readdirSync(join(folder, 'new')).filter((name) => name.includes('.before-'));
		expect(aside.map((name) => name.slice(-4)).sort()).toEqual(['-shm', '-wal']);
	}
);

test.runIf(once)(
	'the log that was noted outside tells an older backup from a rewritten one and from another ward’s',
	async () => {
		const { folder, file, db, close } = await aWardFile();
		for (const detail of ['một', 'hai']) await noteEvent(db, { ...EVENT, detail });
		const early = (await readChainHeads(db)).map((head) => ({ ...head, at: NOON }));
		const plain = join(folder, 'plain.db');
		backupSqlite(file, plain);
		await noteEvent(db, { ...EVENT, detail: 'ba' });
		const anchors = [...early, ...(await readChainHeads(db)).map((head) => ({ ...head, at: NOON }))];
		await close();
		const check = (how: Parameters<typeof checkSqlite>[2]) =>
			checkSqlite(plain, file, how, () => Promise.resolve(null));

		expect(await check({ anchors: early })).toMatchObject({ ok: true, value: { log: [] } });
		expect(await check({ anchors })).toMatchObject({
			ok: true,
			value: { log: [{ organizationId: 'w1', seq: anchors.at(-1)!.seq, fault: 'cut' }] }
		});
		const rewritten = early.map((head) => ({ ...head, hash: head.hash.replaceAll(/[0-9a-f]/g, 'b') }));
		expect(await check({ anchors: rewritten })).toEqual({ ok: false, reason: 'log-rewritten' });
		expect(await check({ anchors: rewritten, anyLog: true })).toMatchObject({ ok: true });
		const foreign = early.map((head) => ({ ...head, organizationId: 'w9' }));
		expect(await check({ anchors: foreign })).toEqual({ ok: false, reason: 'log-foreign' });
		expect(await check({ anchors: [...early, ...foreign] })).toMatchObject({ ok: true });
		expect(readdirSync(folder).filter((name) => /restoring/.test(name))).toEqual([]);
	}
);

test.runIf(once)(
	'what a killed run left readable is removed by the next, and what a running one makes is not',
	async () => {
		const { folder, file } = await aWardFile();
		const { pid } = spawnSync('true');
		const mine = copyBeside(file, 'copying').replace(`.${process.pid}.`, '.1.');
		for (const path of [`${file}.${pid}.copying`, `${file}.${pid}.restoring`, `${file}.${pid}.restoring-wal`, mine])
			writeFileSync(path, 'SQLite format 3');
		writeFileSync(`${file}.${pid}.notes`, 'somebody’s own');
		expect(sweepCopies(file)).toBe(3);
		const left = readdirSync(folder).filter((name) => name.startsWith('ward.db.'));
		expect(left.sort()).toEqual(['ward.db.1.copying', `ward.db.${pid}.notes`].sort());
		expect(existsSync(file)).toBe(true);
	}
);
