import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/shared/time.ts';
import { completeProfile } from '../../../domain/terminal/profile.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { createUser } from '../../account/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { letters, users } from '../../db/schema/account.ts';
import { calendarDays, sites } from '../../db/schema/place.ts';
import { alarms, terminals } from '../../db/schema/terminal.ts';
import { readSilentTerminals } from './reads.ts';
import { watchTerminals } from './writes.ts';

/** 09:00 on Monday 23 November 2026. */
const NINE = NOON - 3 * HOUR_MS;
const ORIGIN = 'https://langnghe.example.vn';
const watch = (db: Db, now: number, listeningSince = 0) => watchTerminals(db, { now, listeningSince, origin: ORIGIN });
const heard = (db: Db, id: string, at: number) =>
	commit(db, async (tx) => void (await tx.update(terminals).set({ lastSeenAt: at }).where(eq(terminals.id, id))));
const letterTo = async (db: Db) =>
	(await db.select().from(letters)).map(({ recipient, subject }) => `${recipient}: ${subject}`).sort();

/** Ward w1 with tablet t1 heard at nine; an administrator, a supervisor of its site and one of another, each with an address. */
async function aWatchedWard() {
	const db = await freshDb();
	await aWard(db);
	await heard(db, 't1', NINE);
	const people = [
		{ login: 'quan-tri', role: 'administrator', siteId: '' },
		{ login: 'phu-trach', role: 'supervisor', siteId: 's1' },
		{ login: 'noi-khac', role: 'supervisor', siteId: 's2' },
		{ login: 'lanh-dao', role: 'leader', siteId: '' },
		{ login: 'khong-thu', role: 'administrator', siteId: '' }
	] as const;
	for (const person of people) {
		await createUser(db, { ...person, organizationId: 'w1', name: 'Ai Đó', password: 'một mật khẩu dài', now: 0 });
	}
	await commit(db, async (tx) => {
		for (const { login } of people.slice(0, 4))
			await tx
				.update(users)
				.set({ email: `${login}@example.vn` })
				.where(eq(users.login, login));
	});
	return db;
}

test('eleven minutes of silence open one alarm and write one letter to each who looks after the tablet', async () => {
	const db = await aWatchedWard();
	expect(await watch(db, NINE + 10 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
	expect(await watch(db, NINE + 11 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
	expect(await watch(db, NINE + 12 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
	const silent = { id: 't1', name: 'Máy 1', counter: 'Quầy 1', site: 'Trung tâm', since: NINE };
	expect(await readSilentTerminals(db, 'w1', null)).toEqual([silent]);
	expect(await readSilentTerminals(db, 'w1', ['s1'])).toEqual([silent]);
	expect(await readSilentTerminals(db, 'w1', ['s2'])).toEqual([]);
	expect(await readSilentTerminals(db, 'w2', null)).toEqual([]);
	expect(await letterTo(db)).toEqual([
		'phu-trach@example.vn: Máy tính bảng mất liên lạc: Máy 1, Quầy 1',
		'quan-tri@example.vn: Máy tính bảng mất liên lạc: Máy 1, Quầy 1'
	]);
	expect((await db.select().from(letters))[0].body).toContain(`${ORIGIN}/admin/w1/terminals/t1`);
});

test('the alarm is over when the tablet is heard, once, with one more letter', async () => {
	const db = await aWatchedWard();
	await watch(db, NINE + 11 * MINUTE_MS);
	await heard(db, 't1', NINE + 20 * MINUTE_MS);
	expect(await watch(db, NINE + 21 * MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
	expect(await watch(db, NINE + 22 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
	expect(await readSilentTerminals(db, 'w1', null)).toEqual([]);
	expect((await letterTo(db)).filter((line) => line.includes('Hết mất liên lạc'))).toHaveLength(2);
	const bodies = (await db.select().from(letters)).map(({ body }) => body);
	expect(bodies.filter((body) => body.includes('không gửi tín hiệu từ 09:00 23/11/2026'))).toHaveLength(2);
	expect(bodies.filter((body) => body.includes('có tín hiệu trở lại lúc 09:20 23/11/2026'))).toHaveLength(2);
	// The next silence is a new alarm.
	expect(await watch(db, NINE + 40 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
	expect(await db.select().from(alarms)).toHaveLength(2);
});

test('two nodes and a hundred looks at once open one alarm, close one, and write no letter twice', async () => {
	const db = await aWatchedWard();
	const all = (now: number) => Promise.all(Array.from({ length: 100 }, () => watch(db, now)));
	await all(NINE + 11 * MINUTE_MS);
	expect(await db.select().from(alarms)).toHaveLength(1);
	expect(await letterTo(db)).toHaveLength(2);
	await heard(db, 't1', NINE + 12 * MINUTE_MS);
	await all(NINE + 13 * MINUTE_MS);
	expect(await letterTo(db)).toHaveLength(4);
});

test('over lunch, at night, at the weekend, on a holiday and before the first ten minutes nobody is called', async () => {
	const db = await aWatchedWard();
	const profile = completeProfile({ mode: 'quick', hours: 'site' });
	await commit(db, async (tx) => void (await tx.update(terminals).set({ profile })));
	const saturday = NINE + 5 * DAY_MS;
	const holiday = NINE + DAY_MS;
	const lunch = NINE + 3 * HOUR_MS;
	const evening = NINE + 9 * HOUR_MS;
	const nextWorkingMorning = NINE + 2 * DAY_MS - 90 * MINUTE_MS;
	const closed = [lunch, evening, saturday, holiday, nextWorkingMorning, nextWorkingMorning + 10 * MINUTE_MS];
	for (const now of closed) expect(await watch(db, now), new Date(now).toISOString()).toEqual({ opened: 0, closed: 0 });
	await commit(db, (tx) =>
		tx
			.insert(calendarDays)
			.values({ organizationId: 'w1', day: '2026-11-26', kind: 'holiday', name: 'Lễ hội phường', status: 'official' })
			.then(() => {})
	);
	expect(await watch(db, NINE + 3 * DAY_MS)).toEqual({ opened: 0, closed: 0 });
	expect(await watch(db, nextWorkingMorning + 11 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
});

test('the site’s own hours decide where it has some', async () => {
	const db = await aWatchedWard();
	const saturdays = [[], [], [], [], [], [['08:00', '11:00']], []] as const;
	await commit(db, async (tx) => {
		await tx.update(terminals).set({ profile: completeProfile({ mode: 'quick', hours: 'site' }) });
		await tx.update(sites).set({ hours: saturdays });
	});
	expect(await watch(db, NINE + HOUR_MS)).toMatchObject({ opened: 0 });
	expect(await watch(db, NINE + 5 * DAY_MS)).toMatchObject({ opened: 1 });
});

test('a server that was away, a tablet never heard and a revoked one alarm nobody', async () => {
	const db = await aWatchedWard();
	const started = NINE + 30 * MINUTE_MS;
	expect(await watch(db, started + 10 * MINUTE_MS, started)).toEqual({ opened: 0, closed: 0 });
	expect(await watch(db, started + 11 * MINUTE_MS, started)).toEqual({ opened: 1, closed: 0 });
	await commit(db, async (tx) => void (await tx.update(terminals).set({ revokedAt: NINE })));
	expect(await watch(db, started + 12 * MINUTE_MS, started)).toEqual({ opened: 0, closed: 1 });
	expect(await watch(db, started + 13 * MINUTE_MS, started)).toEqual({ opened: 0, closed: 0 });
	expect((await db.select().from(letters)).some(({ body }) => body.includes('đã bị thu hồi'))).toBe(true);
});
