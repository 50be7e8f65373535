import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/domain/shared/time.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { completeProfile } from '../../src/lib/domain/terminal/profile.ts';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { sessions, users } from '../../src/lib/server/db/schema/account.ts';
import { duties } from '../../src/lib/server/db/schema/place.ts';
import { ledger, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { keepServed } from '../../src/lib/server/report/participation/writes.ts';
import { readDaysOver } from '../../src/lib/server/report/participation/over/reads.ts';
import { readSheetTotals } from '../../src/lib/server/report/totals/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { watchSheets } from '../../src/lib/server/submission/watch/writes.ts';
import { acceptSheets, type Sender } from '../../src/lib/server/submission/writes.ts';
import { wrongCounts } from '../faults/compare.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

/** Midnight of Monday 23 November 2026; the look is in the night two days later, when the roster is settled. */
const MIDNIGHT = NOON - 12 * HOUR_MS;
const NIGHT = MIDNIGHT + 3 * DAY_MS + 2 * HOUR_MS;
const clock = (hours: number, minutes = 0) => MIDNIGHT + hours * HOUR_MS + minutes * MINUTE_MS;

const row = (at: number, count: number, apartMs: number, first: number, value = 5, dutyId: string | null = 'd1') =>
	Array.from({ length: count }, (_, i) =>
		aSheet({
			...{ sequence: first + i, answeredAt: new Date(at + i * apartMs).toISOString(), dutyId },
			answers: [{ itemId: 'PV', value }]
		})
	);
const send = (db: Db, sender: Sender, all: Sheet[]) => acceptSheets(db, sender, all, NIGHT - DAY_MS);

/** The flags of a tablet's sheets by running number. */
async function flagsOf(db: Db, terminalId = 't1') {
	const flags = new Map((await db.select().from(sheets)).map((each) => [each.id, each.flags]));
	const lines = (await db.select().from(ledger)).filter((line) => line.terminalId === terminalId);
	return lines.sort((a, b) => a.sequence - b.sequence).map(({ sheetId }) => flags.get(sheetId)!);
}

/** A ward open from 7:30 to 11:30 and 13:30 to 17:00, with officer o1 on the roster of q1 from 7:30 to 17:00. */
async function aWatchedWard() {
	const db = await freshDb();
	const { sender, sender2 } = await aWard(db);
	await commit(db, async (tx) => {
		await tx.update(terminals).set({ profile: completeProfile({ mode: 'rotating', hours: 'site' }) });
		await tx
			.update(duties)
			.set({ startsAt: clock(7, 30), endsAt: clock(17) })
			.where(eq(duties.id, 'd1'));
	});
	return { db, sender, sender2 };
}

test('the night doubts five alike in a quick row, nights and a counter that nobody was at; all of it goes on counting', async () => {
	const { db, sender } = await aWatchedWard();
	await send(db, sender, [
		...row(clock(8), 5, 50_000, 1),
		// Four alike and a fifth that is not.
		...row(clock(9), 4, 50_000, 6),
		...row(clock(9) + 200_000, 1, 0, 10, 4),
		...row(clock(10), 5, 61_000, 11),
		...row(clock(16, 50), 2, 10 * MINUTE_MS, 16, 4),
		...row(clock(18, 1), 1, 0, 18, 3, null)
	]);
	await releaseCounts(db);
	expect(await watchSheets(db, NIGHT)).toBe(6);
	const pace = Array.from({ length: 5 }, () => 'pace');
	const none = Array.from({ length: 12 }, () => '');
	expect(await flagsOf(db)).toEqual([...pace, ...none, 'off-hours,off-duty']);
	expect(await watchSheets(db, NIGHT)).toBe(0);

	await releaseCounts(db);
	const month = { organizationId: 'w1', versionId: 'SIPAS5-v1', from: '2026-11-01', to: '2026-11-30' };
	const { official } = await readSheetTotals(db, month);
	expect(official).toMatchObject({ stored: 18, excluded: 0, doubted: { pace: 5, 'off-hours': 1, 'off-duty': 1 } });
	expect(await wrongCounts(db)).toEqual([]);
});

test('alike and slower is doubted only right after the supervisor of the site signed in, or staff was at the tablet', async () => {
	const { db, sender, sender2 } = await aWatchedWard();
	const person = { organizationId: 'w1', name: 'Ai Đó', password: 'một mật khẩu dài', now: 0 };
	await createUser(db, { ...person, login: 'phu-trach', role: 'supervisor', siteId: 's1' });
	await createUser(db, { ...person, login: 'noi-khac', role: 'supervisor', siteId: 's2' });
	const all = await db.select().from(users);
	await commit(db, async (tx) => {
		for (const [login, at] of [
			['phu-trach', clock(8)],
			['noi-khac', clock(9)]
		] as const) {
			const userId = all.find((user) => user.login === login)!.id;
			await tx.insert(sessions).values({ tokenHash: login, id: login, userId, createdAt: at, usedAt: at });
		}
		const duty = { organizationId: 'w1', counterId: 'q2', officerId: 'o2', source: 'terminal' as const };
		await tx.insert(duties).values({ ...duty, id: 'd3', startsAt: clock(14) });
	});
	await send(db, sender, [...row(clock(8, 5), 5, 140_000, 1), ...row(clock(9, 5), 5, 140_000, 6)]);
	await send(db, sender2, [
		...row(clock(14, 5), 5, 140_000, 1, 5, 'd3'),
		...row(clock(15, 30), 5, 140_000, 6, 5, 'd3')
	]);
	await watchSheets(db, NIGHT);
	const five = (flag: string) => Array.from({ length: 5 }, () => flag);
	expect(await flagsOf(db)).toEqual([...five('after-staff'), ...five('')]);
	expect(await flagsOf(db, 't2')).toEqual([...five('after-staff'), ...five('')]);
});

test('a roster may come two days late, and where none is kept nobody is missing', async () => {
	const { db, sender, sender2 } = await aWatchedWard();
	await commit(db, async (tx) => void (await tx.delete(duties).where(eq(duties.id, 'd2'))));
	// On Wednesday, since Tuesday is a holiday.
	await acceptSheets(db, sender, row(clock(48 + 8), 1, 0, 1, 5, null), clock(48 + 9));
	await acceptSheets(db, sender2, row(clock(48 + 8), 1, 0, 1, 5, null), clock(48 + 9));
	await watchSheets(db, clock(72 + 2));
	expect(await flagsOf(db)).toEqual(['']);
	await watchSheets(db, clock(120 + 2));
	expect(await flagsOf(db)).toEqual(['off-duty']);
	expect(await flagsOf(db, 't2')).toEqual(['']);
});

test('whatever order sheets come in, and whenever in between the night looks, they end with the same doubts', async () => {
	const { db, sender } = await aWatchedWard();
	let tablets = 0;
	const aSender = () => ({ ...sender, id: `tablet-${++tablets}` });
	const tap = fc.record({ after: fc.integer({ min: 15, max: 65 }), value: fc.constantFrom(5, 5, 5, 5, 4) });
	await fc.assert(
		fc.asyncProperty(
			fc.array(tap, { minLength: 6, maxLength: 12 }),
			fc.infiniteStream(fc.nat(1000)),
			async (taps, shuffle) => {
				const [straight, crooked] = [aSender(), aSender()];
				let at = clock(9);
				const history = taps.map(({ after, value }, i) => {
					at += after * 1000;
					return { sequence: i + 1, answeredAt: new Date(at).toISOString(), value };
				});
				const made = () =>
					history.map(({ value, ...sheet }) =>
						aSheet({ ...sheet, id: randomUUID(), answers: [{ itemId: 'PV', value }] })
					);
				await send(db, straight, made());
				const order = made()
					.map((sheet) => ({ sheet, place: shuffle.next().value }))
					.sort((a, b) => a.place - b.place);
				for (const { sheet } of order) {
					await send(db, crooked, [sheet]);
					if (sheet.sequence % 4 === 0) await watchSheets(db, NIGHT);
				}
				await watchSheets(db, NIGHT);
				expect(await flagsOf(db, crooked.id)).toEqual(await flagsOf(db, straight.id));
			}
		),
		{ numRuns: 12, seed: 42 }
	);
	expect(await wrongCounts(db)).toEqual([]);
});

test('a day with more sheets than served is told, without a number of sheets; a clock that strayed there is not', async () => {
	const { db, sender, sender2 } = await aWatchedWard();
	await send(db, sender, row(clock(8), 13, 5 * MINUTE_MS, 1));
	await send(db, sender2, row(clock(8), 13, 5 * MINUTE_MS, 1, 5, 'd2'));
	const served = { organizationId: 'w1', changedBy: 'somebody', now: NIGHT };
	const line = { day: '2026-11-23', officerId: '' };
	const lines = ['q1', 'q2'].map((counterId) => ({ ...line, counterId, served: counterId === 'q1' ? 10 : 11 }));
	await keepServed(db, { ...served, lines });
	const month = { organizationId: 'w1', from: '2026-11-01', to: '2026-11-30' };
	const over = { day: '2026-11-23', counterId: 'q1', counter: 'Quầy 1', served: 10 };
	expect(await readDaysOver(db, month)).toEqual([over]);

	const years = row(NIGHT + 400 * DAY_MS, 9, 5 * MINUTE_MS, 14, 5, 'd2');
	await acceptSheets(db, sender2, years, clock(10));
	expect(await readDaysOver(db, month)).toEqual([over]);
});
