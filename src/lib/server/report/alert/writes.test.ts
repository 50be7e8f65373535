import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/shared/time.ts';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { aSheet, NOON } from '../../../../../tests/factories/sheet.ts';
import { createUser } from '../../account/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { auditLines, letters, users } from '../../db/schema/account.ts';
import { alarms } from '../../db/schema/terminal.ts';
import { releaseCounts } from '../writes.ts';
import { acceptDirect } from '../../submission/direct/writes.ts';
import { acceptSheets, type Sender } from '../../submission/writes.ts';
import { readAlerts } from './reads.ts';
import { seeAlert, watchFalls, watchSpells } from './writes.ts';

/** 10:00 on Monday 23 November 2026. */
const TEN = NOON - 2 * HOUR_MS;
const QUARTER = 15 * MINUTE_MS;
const ORIGIN = 'https://langnghe.example.vn';
const look = (db: Db, now: number) => watchSpells(db, { now, origin: ORIGIN });
const open = async (db: Db) => (await readAlerts(db, 'w1')).map(({ detail, place }) => [detail.kind, place]);
const post = async (db: Db) => (await db.select().from(letters)).map(({ recipient }) => recipient).sort();

async function aWatchedWard() {
	const db = await freshDb();
	const ward = await aWard(db);
	const people = [
		{ login: 'lanh-dao', role: 'leader', siteId: '' },
		{ login: 'phu-trach', role: 'supervisor', siteId: 's1' },
		{ login: 'noi-khac', role: 'supervisor', siteId: 's2' },
		{ login: 'quan-tri', role: 'administrator', siteId: '' }
	] as const;
	for (const person of people)
		await createUser(db, { ...person, organizationId: 'w1', name: 'Ai Đó', password: 'một mật khẩu dài', now: 0 });
	await commit(db, async (tx) => {
		for (const { login } of people)
			await tx
				.update(users)
				.set({ email: `${login}@example.vn` })
				.where(eq(users.login, login));
	});
	let sequence = 0;
	/** Sheets of a tablet from an instant on, ten seconds apart. */
	const send = async (sender: Sender, duty: string, values: readonly number[], at: number) => {
		const sheets = values.map((value, i) =>
			aSheet({
				sequence: ++sequence,
				dutyId: duty,
				fieldId: 'f1',
				answeredAt: new Date(at + i * 16_000).toISOString(),
				answers: [{ itemId: 'PV', value }]
			})
		);
		const receipts = await acceptSheets(db, sender, sheets, at + values.length * 16_000);
		expect(receipts.every(({ status }) => status === 'stored')).toBe(true);
	};
	const both = async (values: readonly number[], at: number) => {
		await send(ward.sender, 'd1', values.slice(0, 3), at);
		await send(ward.sender2, 'd2', values.slice(3), at);
	};
	return { db, ward, send, both };
}

test('half of five dissatisfied within a quarter of an hour opens one alert and one letter each, whoever looks and how often', async () => {
	const { db, both } = await aWatchedWard();
	await both([1, 2, 5, 1, 4], TEN);
	expect(await look(db, TEN + QUARTER)).toEqual({ opened: 0, closed: 0 });
	const all = await Promise.all(Array.from({ length: 20 }, () => look(db, TEN + QUARTER + 2 * MINUTE_MS)));
	expect(all.reduce((sum, { opened }) => sum + opened, 0)).toBe(1);
	expect(await open(db)).toEqual([['bad-spell', 'Trung tâm']]);
	expect(await post(db)).toEqual(['lanh-dao@example.vn', 'phu-trach@example.vn']);
	// Another bad one of the same place is the same alert.
	await both([1, 1, 1, 1, 1], TEN + QUARTER);
	expect(await look(db, TEN + 2 * QUARTER + MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
	expect(await post(db)).toHaveLength(2);
	await both([5, 5, 5, 5, 1], TEN + 2 * QUARTER);
	expect(await look(db, TEN + 3 * QUARTER + MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
	expect(await open(db)).toEqual([]);
});

test('a stretch is looked at once: a sheet that comes late does not tell what it says', async () => {
	const { db, ward, send, both } = await aWatchedWard();
	await both([1, 2, 5, 5, 4], TEN);
	expect(await look(db, TEN + QUARTER + MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
	await send(ward.sender, 'd1', [1], TEN + 10 * MINUTE_MS);
	expect(await look(db, TEN + QUARTER + 2 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
	expect(await open(db)).toEqual([]);
});

test('nine of one officer tell nobody anything; ten name the counter', async () => {
	const { db, ward, send } = await aWatchedWard();
	await send(ward.sender, 'd1', Array<number>(9).fill(1), TEN);
	expect(await look(db, TEN + QUARTER + MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
	await send(ward.sender, 'd1', Array<number>(10).fill(1), TEN + QUARTER);
	expect(await look(db, TEN + 2 * QUARTER + MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
	expect(await open(db)).toEqual([['bad-spell', 'Quầy 1 (Trung tâm)']]);
});

test('in the evening nothing is mailed: the letter waits for the next working morning', async () => {
	const { db, both } = await aWatchedWard();
	const evening = TEN + 8 * HOUR_MS;
	await both([1, 1, 1, 1, 1], evening);
	expect(await look(db, evening + QUARTER + MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
	const due = (await db.select().from(letters)).map(({ nextAt }) => nextAt);
	// The 24th of November is a holiday.
	expect(due).toEqual([TEN + 45 * HOUR_MS, TEN + 45 * HOUR_MS]);
});

test('a person who has seen it closes it, once, with a line in the log; the next one is new', async () => {
	const { db, both } = await aWatchedWard();
	await both([1, 1, 1, 1, 1], TEN);
	await look(db, TEN + QUARTER + MINUTE_MS);
	const [{ id }] = await readAlerts(db, 'w1');
	const by = { organizationId: 'w1', changedBy: 'u1', now: TEN + QUARTER + 2 * MINUTE_MS, id };
	expect(await seeAlert(db, { ...by, organizationId: 'w2' })).toEqual({ ok: false, reason: 'alert-gone' });
	expect((await seeAlert(db, by)).ok).toBe(true);
	expect(await seeAlert(db, by)).toEqual({ ok: false, reason: 'alert-gone' });
	const lines = await db.select().from(auditLines).where(eq(auditLines.action, 'alert-seen'));
	expect(lines).toMatchObject([{ organizationId: 'w1', actorId: 'u1', object: id, detail: 'Trung tâm' }]);
	await both([1, 1, 1, 1, 1], TEN + QUARTER);
	expect(await look(db, TEN + 2 * QUARTER + MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
	expect(await db.select().from(alarms)).toHaveLength(2);
});

/** A week's answers at both counters, so many of them satisfied. */
async function aWeek(db: Db, at: number, satisfied: number, n: number) {
	const said = (counterId: string, value: number) => ({
		...{ organizationId: 'w1', channel: 'ticket' as const, versionId: 'SIPAS5-v1', locale: 'vi', ticketHash: null, at },
		...{ reasons: [], comment: null, bands: '', flags: [] },
		answers: CRITERIA.map((itemId) => ({ itemId, value: itemId === 'HC' ? value : 5 })),
		place: { siteId: 's1', counterId, fieldId: 'f1', officerId: '' }
	});
	const sheets = Array.from({ length: n }, (_, i) => [
		{ id: randomUUID(), ...said('q1', i < satisfied ? 5 : 2) },
		{ id: randomUUID(), ...said('q2', 5) }
	]).flat();
	await acceptDirect(db, sheets, NOON);
}

test('a criterion that fell beyond chance in the last finished week opens one alert, which the next week ends', async () => {
	const { db } = await aWatchedWard();
	const week = 7 * DAY_MS;
	const monday = TEN - 3 * HOUR_MS;
	for (let back = 5; back > 1; back--) await aWeek(db, NOON - back * week, 57, 60);
	await aWeek(db, NOON - week, 40, 60);
	await releaseCounts(db);
	const watch = (now: number) => watchFalls(db, { now, origin: ORIGIN });
	const first = await Promise.all(Array.from({ length: 5 }, () => watch(monday)));
	// The counter, and with it everything together.
	expect(first.reduce((sum, { opened }) => sum + opened, 0)).toBe(2);
	expect(await watch(monday + HOUR_MS)).toEqual({ opened: 0, closed: 0 });
	expect((await open(db)).sort()).toEqual([
		['criterion-falling', 'Phường w1'],
		['criterion-falling', 'Quầy 1 (Trung tâm)']
	]);
	const [{ body }] = await db.select().from(letters);
	expect(body).toContain('Thủ tục hành chính: −');
	await aWeek(db, NOON, 57, 60);
	await releaseCounts(db);
	expect(await watch(monday + week)).toEqual({ opened: 0, closed: 2 });
});
