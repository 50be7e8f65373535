import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { aSheet, NOON } from '../../../../../tests/factories/sheet.ts';
import { commit, type Db } from '../../db/db.ts';
import { auditLines } from '../../db/schema/account.ts';
import { begunCounts, servedCounts } from '../../db/schema/report.ts';
import { acceptSheets } from '../../submission/writes.ts';
import { acceptDirect } from '../../submission/direct/writes.ts';
import { releaseCounts } from '../writes.ts';
import { readParticipation, readParticipationNote } from './reads.ts';
import { keepBegun, keepServed } from './writes.ts';

const DAY = '2026-11-23';
const PERIOD = { preset: 'month', from: '2026-11-01', to: '2026-11-30' } as const;
const QUESTION = {
	organizationId: 'w1',
	versionId: 'SIPAS5-v1',
	from: PERIOD.from,
	to: PERIOD.to,
	today: '2026-11-24'
};
const line = (counterId: string, served: number, officerId = '', day = DAY) => ({ day, counterId, officerId, served });
const keep = (db: Db, ...lines: ReturnType<typeof line>[]) =>
	keepServed(db, { organizationId: 'w1', lines, changedBy: 'u1', now: NOON });
const kept = async (db: Db) =>
	(await db.select().from(servedCounts)).map(({ day, counterId, officerId, served }) =>
		[day.slice(8), counterId, officerId, served].join(' ').replace('  ', ' ')
	);

/** Sheets at a counter, the versions turn about. */
async function answer(db: Db, counterId: string, officerId: string, count: number, versionId = 'SIPAS5-v1') {
	const said = {
		...{ organizationId: 'w1', channel: 'ticket' as const, versionId, locale: 'vi', ticketHash: null, at: NOON },
		...{ reasons: [], comment: null, bands: '', flags: [] },
		answers: CRITERIA.map((criterion) => ({
			itemId: versionId === 'SIPAS5-v1' ? criterion : `${criterion}1`,
			value: 5
		})),
		place: { siteId: 's1', counterId, fieldId: 'f1', officerId }
	};
	const outcomes = await acceptDirect(
		db,
		Array.from({ length: count }, () => ({ id: randomUUID(), ...said })),
		NOON
	);
	expect(outcomes.every(({ ok }) => ok)).toBe(true);
}

test('what is entered of a counter and a day replaces all of it, and nothing else; each entry leaves a line', async () => {
	const db = await freshDb();
	await aWard(db);
	await keep(db, line('q1', 40, 'o1'), line('q1', 20, 'o2'), line('q2', 9), line('q1', 5, '', '2026-11-22'));
	await keep(db, line('q1', 70));
	expect((await kept(db)).sort()).toEqual(['22 q1 5', '23 q1 70', '23 q2 9']);
	await keep(db, line('q1', 70));
	expect(await kept(db)).toHaveLength(3);
	const lines = await db.select().from(auditLines).where(eq(auditLines.action, 'served-changed'));
	expect(lines.map(({ detail }) => detail)).toEqual([
		'22/11/2026–23/11/2026: 4 dòng, 74 lượt',
		'23/11/2026: 1 dòng, 70 lượt',
		'23/11/2026: 1 dòng, 70 lượt'
	]);
});

test('answered are released sheets only, of every questionnaire, and what is too few stays withheld', async () => {
	const db = await freshDb();
	await aWard(db);
	await keep(db, line('q1', 100, 'o1'), line('q2', 100, 'o2'));
	await answer(db, 'q1', 'o1', 25);
	await answer(db, 'q2', 'o2', 9);
	await releaseCounts(db);
	const read = async () => {
		const { rows, total } = await readParticipation(db, QUESTION, 'counter');
		return [...rows.map(({ key, served, answered }) => [key, served, answered]), ['', total.served, total.answered]];
	};
	// Nine of one officer fill no block: nobody sees them, not even in the total.
	expect(await read()).toEqual([
		['q1', 100, 25],
		['q2', 100, null],
		['', 200, 25]
	]);
	await answer(db, 'q2', 'o2', 1);
	await releaseCounts(db);
	expect(await read()).toEqual([
		['q1', 100, 25],
		['q2', 100, 10],
		['', 200, 35]
	]);
});

test('beside the score stands the rate with what makes it doubtful, and nothing where nobody entered anything', async () => {
	const db = await freshDb();
	await aWard(db);
	await answer(db, 'q1', 'o1', 80);
	await answer(db, 'q2', 'o2', 20);
	await releaseCounts(db);
	expect(await readParticipationNote(db, QUESTION, PERIOD)).toBeNull();
	await keep(db, line('q1', 100, 'o1'), line('q2', 100, 'o2'));
	// Of two, the one below is told.
	expect(await readParticipationNote(db, QUESTION, PERIOD)).toEqual({ rate: 50, served: 200, signs: 1 });
});

const TABLET = { id: 't1', organizationId: 'w1', counterId: 'q1' };
const begun = (times: number, dutyId: string | null = 'd1', day = DAY) => ({ day, dutyId, times });
const tell = (db: Db, ...told: ReturnType<typeof begun>[]) => commit(db, (tx) => keepBegun(tx, TABLET, told, NOON));

test('how often somebody began is the highest that a tablet told of a day, whatever comes twice, late or in no order', async () => {
	const db = await freshDb();
	await aWard(db);
	const told = [
		begun(3),
		begun(31),
		begun(31),
		begun(12),
		begun(7, null),
		begun(9, 'd1', '2026-11-02'),
		begun(8, 'gone')
	];
	for (const one of told) await tell(db, one);
	await tell(db, begun(2, 'd2'), begun(4, 'd2'), begun(3, 'd2'));
	// A clock that is wrong tells of days that are not there yet, or long gone.
	await tell(db, begun(9, 'd1', '2026-11-24'), begun(9, 'd1', '2026-09-01'));
	const rows = await db.select().from(begunCounts);
	const said = rows.map((row) =>
		[row.day.slice(8), row.counterId, row.officerId, row.times].join(' ').replace('  ', ' ')
	);
	expect(said.sort()).toEqual(['02 q1 o1 9', '23 q1 7', '23 q1 8', '23 q1 o1 31', '23 q2 o2 4']);
});

test('those who began stand beside those who answered there: of days that are over, never of a few', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const sheets = Array.from({ length: 12 }, (_, i) => aSheet({ sequence: i + 1 }));
	await acceptSheets(db, sender, sheets, NOON);
	// By ticket, so not of those who began there.
	await answer(db, 'q1', 'o1', 10);
	await releaseCounts(db);
	await tell(db, begun(40), begun(9, 'd2'), begun(4, null), begun(6, 'd1', '2026-11-20'), begun(3, 'd1', '2026-11-10'));
	const read = async (by: 'counter' | 'officer', change = {}) => {
		const { rows, total } = await readParticipation(db, { ...QUESTION, ...change }, by);
		return [...rows, { key: '', ...total }].map(({ key, begun, onTablet }) => [key, begun, onTablet]);
	};
	// Nine of one officer and four of nobody fill no block; three and six wait for the day that fills one.
	const [first, , total] = await read('counter');
	expect([first, total]).toEqual([
		['q1', 49, 12],
		['', 49, 12]
	]);
	expect((await read('officer'))[0]).toEqual(['o1', 49, 12]);
	expect((await read('counter', { from: '2026-11-21' }))[0]).toEqual(['q1', 49, 12]);
	expect((await read('counter', { to: '2026-11-22' })).map(([, times]) => times)).toEqual([0, 0, 0]);
	// The day is not over.
	expect((await read('counter', { today: DAY }))[0]).toEqual(['q1', 0, 12]);
});
