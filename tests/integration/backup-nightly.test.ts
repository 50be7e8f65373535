import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backupName } from '../../src/lib/domain/backup/nights.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { BadEnvironment, readEnvironment } from '../../src/lib/server/environment.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { backupStanding, sayBackup, watchBackups, type MakeNight } from '../../src/lib/server/jobs/backup.ts';
import { NOON } from '../factories/sheet.ts';
import { aServing } from '../factories/serving.ts';

const once = engine === 'sqlite';
const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const NEVER = new AbortController().signal;

/** An installation that is to make backups into a folder, and what its operator gets to read. */
async function aWatch() {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-nights-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const said: string[] = [];
	const { db, environment } = await aServing();
	const serving = {
		db,
		environment: { ...environment, backup: { folder, recipients: [RECIPIENT] } }
	};
	const there = (night: string, finishedAt: number) => {
		writeFileSync(join(folder, backupName(night)), 'sealed');
		utimesSync(join(folder, backupName(night)), finishedAt / 1000, finishedAt / 1000);
	};
	const look = (now: number, make: MakeNight) =>
		watchBackups(serving, now, NEVER, make).catch((problem: Error) => said.push(problem.message));
	const told = (now: number) => sayBackup(backupStanding(db), now);
	return { folder, said, there, look, told, standing: () => backupStanding(db) };
}

test.runIf(once)(
	'a night’s backup is made once; one that fails is tried again, said, and forgotten when it comes about',
	async () => {
		const { there, look, told, said, standing } = await aWatch();
		let tries = 0;
		const fails: MakeNight = () => Promise.resolve({ failure: `no room ${++tries}` });
		const works: MakeNight = () => {
			tries++;
			there('2026-11-23', NOON + 2 * HOUR_MS);
			return Promise.resolve({ failure: null });
		};
		await look(NOON, fails);
		expect([tries, told(NOON)]).toEqual([1, 'there is no backup yet']);
		await look(NOON + HOUR_MS, fails);
		expect(said).toEqual(['The nightly backup failed: no room 1', 'The nightly backup failed: no room 2']);
		await look(NOON + 2 * HOUR_MS, works);
		expect([tries, told(NOON + 2 * HOUR_MS)]).toEqual([3, null]);
		expect(standing()).toEqual({ newest: '2026-11-23', finishedAt: NOON + 2 * HOUR_MS, failure: null });
		await look(NOON + 3 * HOUR_MS, works);
		expect(tries).toBe(3);
		await look(NOON + DAY_MS, fails);
		expect([tries, told(NOON + DAY_MS)]).toEqual([4, 'the last try of a backup failed']);
	}
);

test.runIf(once)('a backup that nobody made for two nights is said to be so old, whatever the reason', async () => {
	const { folder, there, look, told } = await aWatch();
	there('2026-11-23', NOON);
	const fails: MakeNight = () => Promise.resolve({ failure: 'the key is none' });
	await look(NOON + DAY_MS, fails);
	expect(told(NOON + DAY_MS)).toBe('the last try of a backup failed');
	await look(NOON + 2 * DAY_MS, fails);
	expect(told(NOON + 2 * DAY_MS)).toBe('the last backup is 2 nights old');
	rmSync(folder, { recursive: true });
	mkdirSync(folder);
	await look(NOON + 2 * DAY_MS, fails);
	expect(told(NOON + 2 * DAY_MS)).toBe('there is no backup yet');
});

test.runIf(once)('a server that is told to stop reports nothing of the backup that it gave up', async () => {
	const { said, told } = await aWatch();
	const { db, environment } = await aServing();
	const stopping = new AbortController();
	const serving = {
		db,
		environment: { ...environment, backup: { folder: tmpdir(), recipients: [] } }
	};
	await watchBackups(serving, NOON, stopping.signal, () => {
		stopping.abort();
		return Promise.resolve({ failure: 'aborted' });
	});
	expect([backupStanding(db), said, told(NOON)]).toEqual([null, [], null]);
});

test.runIf(once)('a folder for backups needs a public key, and is for the embedded database', () => {
	const read = (env: Record<string, string>) => readEnvironment(env).backup;
	expect(read({})).toBeNull();
	expect(read({ BACKUP_RECIPIENT: RECIPIENT })).toBeNull();
	expect(read({ BACKUP_DIR: '/backups', BACKUP_RECIPIENT: `${RECIPIENT}, ${RECIPIENT}` })).toEqual({
		folder: '/backups',
		recipients: [RECIPIENT, RECIPIENT]
	});
	for (const [env, says] of [
		[{ BACKUP_DIR: '/backups' }, /needs BACKUP_RECIPIENT/],
		[{ BACKUP_DIR: '/backups', BACKUP_RECIPIENT: 'AGE-SECRET-KEY-1' }, /public keys/],
		[{ BACKUP_DIR: '/x', BACKUP_RECIPIENT: RECIPIENT, DATABASE_URL: 'postgres://localhost/x' }, /PostgreSQL/]
	] as const) {
		expect(() => read(env)).toThrow(BadEnvironment);
		expect(() => read(env)).toThrow(says);
	}
});
