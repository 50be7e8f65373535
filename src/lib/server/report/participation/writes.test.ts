import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import type { Db } from '../../db/db.ts';
import { auditLines } from '../../db/schema/account.ts';
import { servedCounts } from '../../db/schema/report.ts';
import { acceptDirect } from '../../submission/direct/writes.ts';
import { releaseCounts } from '../writes.ts';
import { readParticipation, readParticipationNote } from './reads.ts';
import { keepServed } from './writes.ts';

const DAY = '2026-11-23';
const PERIOD = { preset: 'month', from: '2026-11-01', to: '2026-11-30' } as const;
const QUESTION = { organizationId: 'w1', versionId: 'SIPAS5-v1', from: PERIOD.from, to: PERIOD.to };
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
