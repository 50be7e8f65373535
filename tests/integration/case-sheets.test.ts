import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { USUAL_TERMS } from '../../src/lib/domain/casework/clock.ts';
import { addDays, DAY_MS, localDay } from '../../src/lib/domain/shared/time.ts';
import { weekOf } from '../../src/lib/domain/report/week.ts';
import { openCasesFromCounts } from '../../src/lib/server/casework/sheets/writes.ts';
import { insertNew } from '../../src/lib/server/db/bulk.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { cases, caseSettings } from '../../src/lib/server/db/schema/casework.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { releasedCounts } from '../../src/lib/server/db/schema/report.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const MONDAY = addDays(weekOf(localDay(NOON)), -7);

interface Given {
	counterId: string;
	itemId: string;
	n: [number, number, number, number, number];
	day?: string;
}

/** So many answers to an item at a counter on one day, as they are released. */
async function release(db: Db, ...given: Given[]) {
	const rows = given.map(({ counterId, itemId, n: [n1, n2, n3, n4, n5], day = MONDAY }) => ({
		...{ organizationId: 'w1', versionId: 'SIPAS5-v1', day, channel: 'terminal', siteId: 's1', counterId, fieldId: '' },
		...{ officerId: '', itemId, n1, n2, n3, n4, n5, notApplicable: 0, sheets: n1 + n2 + n3 + n4 + n5 }
	}));
	await commit(db, (tx) => insertNew(tx, releasedCounts, rows));
}
const allOf = (counterId: string, n: Given['n'], more: Partial<Record<string, Given['n']>> = {}): Given[] =>
	['', 'TC', 'HC', 'PV', 'KQ', 'TT'].map((itemId) => ({ counterId, itemId, n: more[itemId] ?? n }));

async function choosing(since = MONDAY) {
	const { db, secret } = await aServing();
	await aWard(db);
	await commit(db, (tx) =>
		tx.insert(caseSettings).values({ organizationId: 'w1', ...USUAL_TERMS, fromSheets: true, fromSheetsSince: since })
	);
	const look = (now = NOON) => openCasesFromCounts(db, secret, now);
	const opened = async () => (await db.select().from(cases)).map(({ sourceId }) => sourceId).sort();
	return { db, look, opened };
}

test('a 1 opens one case of its counter, week and criterion, and stays one whatever is released later', async () => {
	const { db, look, opened } = await choosing();
	await release(db, ...allOf('q1', [0, 0, 0, 10, 10], { HC: [1, 0, 0, 10, 9] }), ...allOf('q2', [0, 3, 0, 10, 7]));
	expect(await look()).toBe(1);
	expect(await opened()).toEqual([`${MONDAY}|q1|HC`]);
	const [row] = await db.select().from(cases);
	expect(row).toMatchObject({
		source: 'sheet',
		counterId: 'q1',
		siteId: 's1',
		criterion: 'HC',
		text: '',
		receivedAt: NOON
	});
	await release(db, ...allOf('q1', [4, 0, 0, 10, 10]).map((each) => ({ ...each, day: addDays(MONDAY, 1) })));
	expect(await look(NOON + DAY_MS)).toBe(4);
	expect(await opened()).toHaveLength(5);
	expect(await db.select().from(cases).where(eq(cases.criterion, 'HC'))).toEqual([row]);
});

test('a 2 opens one where a reason was given so often that it may be read', async () => {
	const { db, look, opened } = await choosing();
	const reason = (n: number): Given => ({ counterId: 'q1', itemId: 'reason:R09', n: [0, 0, 0, 0, n] });
	await release(db, ...allOf('q1', [0, 2, 0, 10, 8]), ...allOf('q2', [0, 0, 0, 10, 10]), reason(4));
	expect(await look()).toBe(0);
	await release(db, { ...reason(1), day: addDays(MONDAY, 1) });
	await look();
	expect(await opened()).toEqual([`${MONDAY}|q1|PV`]);
});

test('a withheld cell opens none, nor a week before it was chosen, nor where it was not', async () => {
	const { db, look, opened } = await choosing();
	await release(db, ...allOf('q1', [4, 0, 0, 0, 0]), ...allOf('q2', [4, 0, 0, 0, 0]));
	await release(db, ...allOf('q1', [4, 0, 0, 9, 9]).map((each) => ({ ...each, day: addDays(MONDAY, -3) })));
	await look();
	expect(await opened()).toEqual([]);
	await commit(db, (tx) => tx.update(caseSettings).set({ fromSheetsSince: addDays(MONDAY, -7) }));
	await commit(db, (tx) => tx.update(caseSettings).set({ fromSheets: false }));
	await look();
	expect(await opened()).toEqual([]);
	await commit(db, (tx) => tx.update(caseSettings).set({ fromSheets: true }));
	await look();
	expect((await opened()).every((id) => id.startsWith(addDays(MONDAY, -7)))).toBe(true);
	expect(await opened()).toHaveLength(5);
});

test('where harassment was named so often that it may be read, the case is for the head alone', async () => {
	const { db, look } = await choosing();
	const reason = (counterId: string, n: number): Given => ({ counterId, itemId: 'reason:R12', n: [0, 0, 0, 0, n] });
	for (const [counterId, n] of [
		['q1', 5],
		['q2', 4]
	] as const)
		await release(
			db,
			...allOf(counterId, [0, 0, 0, 10, 10], { PV: [1, 0, 0, 10, 9], HC: [1, 0, 0, 10, 9] }),
			reason(counterId, n)
		);
	await look();
	const rows = await db.select().from(cases);
	const heads = rows.filter(({ toHead }) => toHead).map(({ counterId, criterion }) => `${counterId} ${criterion}`);
	expect([rows.length, heads]).toEqual([4, ['q1 PV']]);
});

test('a ward that is archived opens none', async () => {
	const { db, look, opened } = await choosing();
	await release(db, ...allOf('q1', [1, 0, 0, 10, 9]), ...allOf('q2', [0, 0, 0, 10, 10]));
	await commit(db, (tx) => tx.update(organizations).set({ archivedAt: NOON }));
	await look();
	expect(await opened()).toEqual([]);
});
