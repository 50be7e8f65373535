import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { backupName } from '../../src/lib/domain/backup/nights.ts';
import { HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { JOB_NAMES } from '../../src/lib/domain/status/job-names.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { CommitGroup } from '../../src/lib/server/db/group.ts';
import { letters } from '../../src/lib/server/db/schema/account.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { countReceipts, readJobs } from '../../src/lib/server/http/metrics.ts';
import { scrape } from '../../src/lib/server/http/scrape.ts';
import { watchBackups } from '../../src/lib/server/jobs/backup.ts';
import { sendAll, startJobs } from '../../src/lib/server/jobs/schedule.ts';
import { NEVER } from '../../src/lib/server/mail/reads.ts';
import { postLetter, sendLetters } from '../../src/lib/server/mail/writes.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const onSqlite = engine === 'sqlite';

/** What PromQL itself knows, as far as the files use it. */
const WORDS = new Set(['rate', 'increase', 'sum', 'time', 'histogram_quantile', 'by']);

/** The value of a sample as it is printed; undefined: there is none. */
const sample = (text: string, name: string) =>
	text
		.split('\n')
		.find((line) => line.startsWith(`${name} `))
		?.slice(name.length + 1);

/** Every series that is printed, without labels and values. */
const printed = (text: string) => new Set(text.match(/^[a-z]\w*/gm));

/** The names of series that a query asks for. */
function seriesOf(query: string): string[] {
	const bare = query.replace(/\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)/g, ' ');
	return (bare.match(/[a-z_]\w*/gi) ?? []).filter((word) => !WORDS.has(word));
}

const queriesIn = {
	'ops/alerts.yml': (text: string) => [...text.matchAll(/^ +expr: (.+)$/gm)].map(([, query]) => query),
	'ops/grafana.json': (text: string) =>
		(JSON.parse(text) as { panels: { targets: { expr: string }[] }[] }).panels.flatMap(({ targets }) =>
			targets.map(({ expr }) => expr)
		),
	'ops/alerts.test.yml': (text: string) => [...text.matchAll(/^ +- series: '?(.+?)'?$/gm)].map(([, series]) => series)
};

/** As it runs, with a folder of its own for what its jobs leave there. */
async function aServer(): Promise<Serving & { folder: string }> {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-metrics-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const serving = await aServing();
	const { reader } = serving.db.store;
	const databaseUrl = reader.engine === 'sqlite' ? `file:${reader.client.name}` : 'postgres://elsewhere/ward';
	const own = { databaseUrl, dataDir: folder, witnessFile: join(folder, 'witness.jsonl') };
	return { ...serving, environment: { ...serving.environment, ...own }, folder };
}

const sheets = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, i) => aSheet({ sequence: from + i }));

test.runIf(onSqlite)('whatever the rules, their tests and the dashboard ask for, the server prints', async () => {
	const serving = await aServer();
	const stop = startJobs(serving);
	const { sender } = await aWard(serving.db);
	countReceipts(await acceptSheets(serving.db, sender, sheets(1, 1), NOON));
	const text = await scrape(serving, true, NOON);
	expect(readJobs(NOON).filter(({ name }) => !(name in JOB_NAMES))).toEqual([]);
	await stop();
	const there = printed(text).add('up');
	for (const [file, queries] of Object.entries(queriesIn)) {
		const asked = queries(readFileSync(file, 'utf8')).flatMap(seriesOf);
		expect(asked.length, file).toBeGreaterThan(5);
		expect(
			asked.filter((name) => !there.has(name)),
			file
		).toEqual([]);
	}
	// What a rule counts the rise of is there before the first time.
	expect(sample(text, 'lang_nghe_refusals_total{code="storage-full"}')).toBe('0');
	// A name, an address or an answer would need a label.
	const labels = [...text.matchAll(/^lang_nghe_\w+\{(.+)\} /gm)].flatMap(([, own]) => own.match(/\w+(?==")/g));
	expect([...new Set(labels)].sort()).toEqual(['code', 'le', 'name', 'status']);
});

test('sheets are withheld until their block is full', async () => {
	const serving = await aServer();
	const { sender } = await aWard(serving.db);
	const withheld = async () => sample(await scrape(serving, true, NOON), 'lang_nghe_withheld_sheets');
	expect(await withheld()).toBe('0');
	await acceptSheets(serving.db, sender, sheets(1, 9), NOON);
	await releaseCounts(serving.db);
	expect(await withheld()).toBe('9');
	await acceptSheets(serving.db, sender, sheets(10, 12), NOON);
	await releaseCounts(serving.db);
	expect(await withheld()).toBe('0');
});

test('a letter that is due has an age until it has gone or is given up', async () => {
	const serving = await aServer();
	const { db } = serving;
	const letter = {
		organizationId: 'w1',
		to: 'hoa@phuong.example.vn',
		subject: 'Nhắc việc',
		text: 'Kính gửi',
		now: NOON
	};
	const age = async (now: number) =>
		Number(sample(await scrape(serving, true, now), 'lang_nghe_letter_oldest_seconds'));
	await commit(db, (tx) => postLetter(tx, { ...letter, dueAt: NOON + 20 * HOUR_MS }));
	expect(await age(NOON + 2 * HOUR_MS)).toBe(0);
	await commit(db, (tx) => postLetter(tx, letter));
	expect(await age(NOON + 2 * HOUR_MS)).toBe(7200);
	await sendLetters(
		db,
		() => Promise.reject(new Error('421')),
		NOON + 2 * HOUR_MS,
		() => {}
	);
	expect(await age(NOON + 2 * HOUR_MS)).toBe(7200);
	await sendLetters(
		db,
		() => Promise.resolve(),
		NOON + 3 * HOUR_MS,
		() => {}
	);
	expect(await age(NOON + 3 * HOUR_MS)).toBe(0);
	expect(await age(NOON + 21 * HOUR_MS)).toBe(75_600);
	await commit(db, async (tx) => void (await tx.update(letters).set({ nextAt: NEVER, attempts: 28 })));
	expect(await age(NOON + 21 * HOUR_MS)).toBe(0);
});

test('commits are timed and measured, and what waits for one is seen', async () => {
	const serving = await aServer();
	const { sender } = await aWard(serving.db);
	const read = async (name: string) => Number(sample(await scrape(serving, true, NOON), `lang_nghe_commit_${name}`));
	const all = () => Promise.all(['size_sum', 'size_count', 'seconds_count', 'seconds_sum'].map(read));
	const before = await all();
	await acceptSheets(serving.db, sender, sheets(1, 3), NOON);
	const after = await all();
	expect(after.slice(0, 3)).toEqual([before[0] + 3, before[1] + 1, before[2] + 1]);
	expect(after[3]).toBeGreaterThan(before[3]);

	let open = () => {};
	const shut = new Promise<void>((resolve) => (open = resolve));
	const group = new CommitGroup<null, null>(
		() => 1,
		(requests) => shut.then(() => requests.map(() => null)),
		10
	);
	const running = group.submit(null);
	await vi.waitFor(async () => expect(await read('waiting_requests')).toBe(0));
	const waiting = [group.submit(null), group.submit(null)];
	expect(await read('waiting_requests')).toBe(2);
	open();
	await Promise.all([running, ...waiting]);
	expect(await read('waiting_requests')).toBe(0);
});

test.runIf(onSqlite)('the age of the newest backup, or that there is none, or that none is to be made', async () => {
	const { folder, ...serving } = await aServer();
	const age = async (own: Serving) => sample(await scrape(own, true, NOON), 'lang_nghe_backup_age_seconds');
	expect(await age(serving)).toBe('Nan');
	const environment = { ...serving.environment, backup: { folder, recipients: ['age1…'] } };
	expect(await age({ ...serving, environment })).toBe('+Inf');
	const file = join(folder, backupName('2026-11-23'));
	writeFileSync(file, 'sealed');
	utimesSync(file, NOON / 1000 - 3600, NOON / 1000 - 3600);
	await watchBackups({ ...serving, environment }, NOON, new AbortController().signal, () =>
		Promise.reject(new Error())
	);
	expect(await age({ ...serving, environment })).toBe('3600');
});

test('a database that does not answer leaves out its own figures, and says so', async () => {
	const serving = await aServer();
	// Something is in the log, whenever the database was opened.
	await aWard(serving.db);
	const reported: unknown[] = [];
	const select = () => {
		throw new Error('the disk is gone');
	};
	const broken = { ...serving, db: { store: serving.db.store, select } as unknown as Db };
	const text = await scrape({ ...broken, report: (problem) => reported.push(problem) }, false, NOON);
	const figures = ['ready', 'live_viewers', 'withheld_sheets', 'letter_oldest_seconds', 'wal_bytes'];
	const [ready, viewers, withheld, letter, wal] = figures.map((name) => sample(text, `lang_nghe_${name}`));
	expect([ready, viewers, withheld, letter]).toEqual(['0', '0', 'Nan', 'Nan']);
	if (onSqlite) expect(Number(wal)).toBeGreaterThan(0);
	else expect(wal).toBe('Nan');
	expect(reported).toHaveLength(2);
});

test.runIf(onSqlite)('a job that fails is late from the moment it was due, until it ends well again', async () => {
	const serving = await aServer();
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOON + 1000 });
	onTestFinished(() => void vi.useRealTimers());
	let isBroken = true;
	const db = new Proxy(serving.db, {
		get(target, key, receiver) {
			if (isBroken && key === 'select') throw new Error('the disk is gone');
			return Reflect.get(target, key, receiver) as unknown;
		}
	});
	const said: unknown[] = [];
	const stop = startJobs({ ...serving, db, report: (_, about) => said.push(about?.job) });
	const failures = async () =>
		Number(sample(await scrape(serving, true, NOON), 'lang_nghe_job_failures_total{name="send-letters"}'));
	const before = await failures();
	const job = async (name: string) => {
		const text = await scrape(serving, true, Date.now());
		return ['late', 'success_timestamp'].map((what) =>
			Number(sample(text, `lang_nghe_job_${what}_seconds{name="${name}"}`))
		);
	};
	expect(await job('send-letters')).toEqual([0, NOON / 1000 + 1]);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(await job('send-letters')).toEqual([51, NOON / 1000 + 1]);
	expect(await job('watch-falls')).toEqual([0, NOON / 1000 + 1]);
	expect([await failures(), said.filter((name) => name === 'send-letters').length]).toEqual([before + 6, 6]);
	isBroken = false;
	await vi.advanceTimersByTimeAsync(10_000);
	expect(await job('send-letters')).toEqual([0, NOON / 1000 + 70]);
	await stop();
});

test.runIf(onSqlite)(
	'a backup that does not come about and a witness that cannot be written are failed jobs',
	async () => {
		const { folder, ...serving } = await aServer();
		const failures = async (name: string) =>
			Number(sample(await scrape(serving, true, NOON), `lang_nghe_job_failures_total{name="${name}"}`));
		// The folders are files.
		const environment = {
			...serving.environment,
			...{
				backup: { folder: join(folder, 'file'), recipients: ['age1…'] },
				witnessFile: join(folder, 'file', 'witness')
			}
		};
		writeFileSync(join(folder, 'file'), '');
		await aWard(serving.db);
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOON + 40 * 60_000 });
		onTestFinished(() => void vi.useRealTimers());
		const said: (string | undefined)[] = [];
		const jobs = ['watch-backups', 'watch-chains'];
		const before = await Promise.all(jobs.map(failures));
		const stop = startJobs({ ...serving, environment, report: (_, about) => said.push(about?.job) });
		await vi.advanceTimersByTimeAsync(25 * 60_000);
		await vi.waitFor(async () => expect((await failures('watch-chains')) - before[1]).toBe(1));
		expect((await failures('watch-backups')) - before[0]).toBe(2);
		expect(said).toEqual(expect.arrayContaining(jobs));
		await stop();
	}
);

test('letters that nobody takes fail their job, one bad address among others does not', async () => {
	const { db } = await aServing();
	const post = (to: string) =>
		commit(db, (tx) => postLetter(tx, { organizationId: 'w1', to, subject: 'Nhắc', text: 'Kính gửi', now: NOON }));
	const send = ({ recipient }: { recipient: string }) =>
		recipient.startsWith('bad') ? Promise.reject(new Error('550')) : Promise.resolve();
	const said: unknown[] = [];
	const serving = { db, report: (problem: unknown) => said.push(problem) };
	await post('bad@phuong.example.vn');
	await expect(sendAll(serving, send, NOON)).rejects.toThrow('None of 1 letters could be sent');
	await post('bad@phuong.example.vn');
	await post('hoa@phuong.example.vn');
	await sendAll(serving, send, NOON);
	expect(said).toHaveLength(2);
	await sendAll(serving, send, NOON);
});
