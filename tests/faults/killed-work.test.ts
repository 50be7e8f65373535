import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeKey, openSealed } from '../../src/lib/server/backup/seal.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { keepDraft } from '../../src/lib/server/place/import/writes.ts';
import { aFullHall } from '../factories/hall.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';
import { FULL } from '../lane.ts';
import { aFolder, PATIENCE_MS } from './history.ts';
import { STORAGE_CALLS, TRACES } from './strace.ts';

if (!TRACES)
	console.log('SKIPPED: killed-work.test.ts has to trace what it kills, which needs strace and the right to it.');

const WORK = fileURLToPath(new URL('killed/work.ts', import.meta.url));
/** Of each work, evenly over all calls it makes; its control is held to a few. */
const KILLS = FULL ? 12 : 2;
const KILLS_OF_CONTROL = FULL ? 4 : 2;
/** Each kill starts two processes under strace. */
const timeout = FULL ? 1_200_000 : PATIENCE_MS;

/** Runs a work under strace; with `at` it is killed at that call by which the storage writes. Says how many it made and whether it ended. */
function run(folder: string, args: readonly string[], { at, preload }: { at?: number; preload?: string } = {}) {
	const trace = `${folder}/trace`;
	const fault = at === undefined ? [] : ['-e', `inject=${STORAGE_CALLS}:signal=KILL:when=${at}`];
	const node = [process.execPath, '--disable-warning=ExperimentalWarning', ...(preload ? ['--import', preload] : [])];
	const all = ['-f', '-qq', '-o', trace, '-e', `trace=${STORAGE_CALLS}`, ...fault, ...node, WORK, ...args];
	const { status, stderr } = spawnSync('strace', all, { encoding: 'utf8', timeout: 120_000 });
	if (status !== 0 && at === undefined) throw new Error(`The work did not end well:\n${stderr}`);
	const calls = readFileSync(trace, 'utf8')
		.split('\n')
		.filter((line) => /\b\w+\(/.test(line)).length;
	return { calls, ended: status === 0 };
}

/** How much stands in each table, but for when the file was opened; and whether it is sound. */
function contentOf(path: string): Record<string, number> {
	const client = new Sqlite(path);
	expect(client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
	const names = client.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite%'`);
	const counts = (names.pluck().all() as string[]).map((name) => [
		name,
		client.prepare(`select count(*) from "${name}"`).pluck().get() as number
	]);
	const closed = client.prepare(`select count(*) from dialogue where state = 'closed'`).pluck().get() as number;
	client.close();
	return { ...(Object.fromEntries(counts) as Record<string, number>), closed };
}

/** The points of a work at which it is killed: evenly over all of its calls. */
const pointsOf = (calls: number, most = KILLS) => {
	const kills = Math.min(most, calls);
	return Array.from({ length: kills }, (_, i) => 1 + Math.floor(((i + 0.5) * calls) / kills));
};

async function saved(db: Db, path: string) {
	const { reader } = db.store;
	if (reader.engine === 'sqlite') reader.client.exec(`vacuum into '${path}'`);
	await Promise.resolve();
}

/** Kills a work at its points, each on a copy of the same file; what is half done after one of them, and what doing it again ends in. */
function killAt(work: 'closing' | 'import', base: string, preload?: string) {
	const folder = aFolder();
	let copies = 0;
	const copy = () => {
		const own = `${folder}/${copies++}`;
		mkdirSync(own);
		copyFileSync(base, `${own}/ward.db`);
		return `${own}/ward.db`;
	};
	const whole = copy();
	const { calls } = run(folder, [work, whole], { preload });
	const [before, after] = [contentOf(copy()), contentOf(whole)];
	expect(after).not.toEqual(before);
	const found = { calls, killed: 0, done: 0, half: [] as number[], again: [] as number[] };
	for (const at of pointsOf(calls, preload ? KILLS_OF_CONTROL : KILLS)) {
		const path = copy();
		const { ended } = run(folder, [work, path], { at, preload });
		if (!ended) found.killed++;
		const content = contentOf(path);
		const isDone = JSON.stringify(content) === JSON.stringify(after);
		if (isDone) found.done++;
		else if (JSON.stringify(content) !== JSON.stringify(before)) found.half.push(at);
		if (preload) continue;
		run(folder, [work, path]);
		if (JSON.stringify(contentOf(path)) !== JSON.stringify(after)) found.again.push(at);
	}
	console.log(
		`${work}: ${calls} calls, killed at ${found.killed}, ${found.done} done by then, ${found.half.length} half`
	);
	return found;
}

async function anImport(): Promise<string> {
	const path = `${aFolder()}/base.db`;
	const db = await openDb(`file:${path}`);
	await aWard(db);
	const rows = Array.from({ length: 300 }, (_, i) => `CC${i};Công Chức Thử ${i};Chuyên viên`);
	const bytes = new TextEncoder().encode(['Mã;Họ và tên;Chức danh', ...rows].join('\n'));
	const draft = { organizationId: 'w1', userId: 'u1', id: 'draft00001', kind: 'officers', fileName: 'ds.csv' } as const;
	expect(await keepDraft(db, { ...draft, bytes, now: NOON })).toEqual({ ok: true });
	await db.store.close();
	return path;
}

async function aClosing(): Promise<string> {
	const { serving } = await aFullHall();
	const path = `${aFolder()}/base.db`;
	await saved(serving.db, path);
	return path;
}

test.skipIf(!TRACES)(
	'killed at a call by which the storage writes, a closing and an import are done or not begun, and done again they are done once',
	{ timeout },
	async () => {
		for (const found of [killAt('closing', await aClosing()), killAt('import', await anImport())]) {
			expect(found.half).toEqual([]);
			expect(found.again).toEqual([]);
			expect(found.killed).toBeGreaterThan(0);
		}
	}
);

test.skipIf(!TRACES)('a closing that is not one transaction is found half done', { timeout }, async () => {
	const preload = fileURLToPath(new URL('remove/one-transaction.ts', import.meta.url));
	expect(killAt('closing', await aClosing(), preload).half).not.toEqual([]);
});

test.skipIf(!TRACES)(
	'killed at a call, a backup is whole or not there, its source is untouched, and the next one leaves nothing readable behind',
	{ timeout },
	async () => {
		const base = await anImport();
		const folder = aFolder();
		const { identity, recipient } = await makeKey();
		const target = `${folder}/night.age`;
		const args = (to: string) => ['backup', base, to, recipient];
		const { calls } = run(folder, args(`${folder}/first.age`));
		const before = contentOf(base);
		let [killed, made] = [0, 0];
		for (const at of pointsOf(calls)) {
			const own = `${target}.${at}`;
			if (!run(folder, args(own), { at }).ended) killed++;
			if (existsSync(own)) {
				made++;
				const opened = `${folder}/opened.${at}.db`;
				expect(await openSealed(own, opened, { identities: [identity] })).toMatchObject({ ok: true });
				expect(contentOf(opened)).toEqual(before);
			}
			expect(contentOf(base)).toEqual(before);
		}
		run(folder, args(`${folder}/last.age`));
		expect(existsSync(`${folder}/last.age`)).toBe(true);
		expect(readdirSync(base.replace(/\/[^/]+$/, '')).filter((name) => /copying/.test(name))).toEqual([]);
		console.log(`backup: ${calls} calls, killed at ${killed}, ${made} there by then`);
		expect(killed).toBeGreaterThan(0);
	}
);
