import { expect, onTestFinished, test } from 'vitest';
import { localDay } from '../../src/lib/domain/shared/time.ts';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';
import type { Receipt } from '../../src/lib/domain/submission/sheet.ts';
import { aDistantTablet } from '../actors/distant-tablet.ts';
import { freePort } from '../actors/free-port.ts';
import { call, pairOf } from '../actors/raw-http.ts';
import { startServer } from '../actors/server.ts';
import { aSheet } from '../factories/sheet.ts';
import { FULL } from '../lane.ts';
import { wrongCounts } from './compare.ts';
import { aFolder, PATIENCE_MS } from './history.ts';
import { followClock, moveClock, MOVES_CLOCKS } from './moved-clock.ts';
import { prepareWard } from './ward.ts';

if (!MOVES_CLOCKS)
	console.log('SKIPPED: clock.test.ts moves the clock of a server, which needs Debian’s package faketime.');

const [HOUR, DAY] = [3_600, 86_400];
const JUMPS = FULL
	? [HOUR, -HOUR, 30 * DAY, -DAY, 7 * 365 * DAY, -7 * 365 * DAY, 50 * DAY, 0, -10 * 60, 10 * 60, -30 * DAY, 0]
	: [HOUR, -HOUR, 30 * DAY, 0];
const PERSON = { login: 'lan', password: 'một mật khẩu dài', name: 'Ai Đó', organizationId: 'w1' } as const;
const SUBMISSIONS = '/api/v1/submissions';

/** A server whose clock jumps while a tablet with the right time sends, and while somebody is signed in. */
async function throughJumps(preload: string[] = []) {
	const folder = aFolder();
	const databaseUrl = `file:${folder}/clock.db`;
	const [seat] = await prepareWard(databaseUrl, 1);
	const before = await openDb(databaseUrl);
	await createUser(before, { ...PERSON, role: 'supervisor', siteId: '', now: Date.now() });
	await before.store.close();
	const file = `${folder}/clock`;
	const port = await freePort();
	const server = await startServer({ databaseUrl, port, preload, env: { ...followClock(file), LOG_LEVEL: 'error' } });
	onTestFinished(() => server.kill());
	const tablet = aDistantTablet(server.origin, seat);
	const jump = async (seconds: number) => {
		moveClock(file, seconds);
		const isThere = async () => {
			const { headers } = await call(port, 'GET', '/healthz');
			return Math.abs(new Date(headers.date!).getTime() - Date.now() - seconds * 1_000) < 5_000;
		};
		await expect.poll(isThere, { timeout: 10_000, interval: 200 }).toBe(true);
	};
	const form = { login: PERSON.login, password: PERSON.password };
	const signIn = async () => pairOf(await call(port, 'POST', '/sign-in', { form, headers: { origin: server.origin } }));
	const isIn = async (cookie: string) => (await call(port, 'GET', '/account', { headers: { cookie } })).status === 200;

	const made: { id: string; day: string }[] = [];
	const send = async (sequences: number[]) => {
		const now = new Date();
		const all = sequences.map((sequence) => aSheet({ sequence, answeredAt: now.toISOString() }));
		const answer = await tablet.call('POST', SUBMISSIONS, { sheets: all });
		if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text} ${server.output()}`);
		expect((JSON.parse(answer.text) as Receipt[]).map(({ status }) => status)).toEqual(all.map(() => 'stored'));
		made.push(...all.map(({ id }) => ({ id: packUuid(id), day: localDay(now.getTime()) })));
		return all;
	};

	const first = await send([1, 2]);
	const honest = await signIn();
	expect(await isIn(honest)).toBe(true);
	const wrong: string[] = [];
	let [sequence, offset, before_] = [3, 0, honest];
	for (const seconds of JUMPS) {
		await jump(seconds);
		await send([sequence, sequence + 1]);
		sequence += 2;
		const again = JSON.parse((await tablet.call('POST', SUBMISSIONS, { sheets: first })).text) as Receipt[];
		if (again.some(({ status }) => status !== 'duplicate')) wrong.push(`at ${seconds}: taken twice`);
		// Nobody was idle for so long by their own time, and no session lives longer because a clock went back.
		if (Math.abs(seconds - offset) > 1_800 && (await isIn(before_)))
			wrong.push(`${offset} to ${seconds}: still signed in`);
		before_ = await signIn();
		if (!(await isIn(before_))) wrong.push(`at ${seconds}: cannot sign in`);
		offset = seconds;
	}
	tablet.wire.close();
	const printed = server.output().replace(/^ready \S+\n/m, '');
	expect(await server.stop()).toBe(0);

	const db = await openDb(databaseUrl);
	const stored = new Map((await db.select().from(sheets)).map((row) => [row.id, row]));
	for (const { id, day } of made) {
		const row = stored.get(id);
		if (!row) wrong.push('lost');
		else if (!/clock-/.test(row.flags) && row.day !== day) wrong.push(`of ${day}, stored on ${row.day}`);
	}
	const counts = await wrongCounts(db);
	await db.store.close();
	return { wrong, counts, stored: stored.size, made: made.length, printed };
}

test.skipIf(!MOVES_CLOCKS)(
	'whatever the clock of the server jumps to, sheets are once and of their day, and no session lives longer',
	{ timeout: PATIENCE_MS },
	async () => {
		const { wrong, counts, stored, made, printed } = await throughJumps();
		expect(wrong).toEqual([]);
		expect(counts).toEqual([]);
		expect(stored).toBe(made);
		expect(printed).toBe('');
	}
);

test.skipIf(!MOVES_CLOCKS)(
	'a server that dates sheets by its own clock puts them on wrong days',
	{ timeout: PATIENCE_MS },
	async () => {
		const { wrong } = await throughJumps(['tests/faults/remove/devices-are-believed.ts']);
		expect(wrong.filter((each) => /stored on/.test(each))).not.toEqual([]);
	}
);
