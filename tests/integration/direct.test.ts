import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { acceptDirect, type DirectSheet } from '../../src/lib/server/submission/direct/writes.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { sheetComments, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { sheetBands, tickets } from '../../src/lib/server/db/schema/survey.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const NOWHERE = { siteId: '', counterId: '', fieldId: '', officerId: '' };

function aDirectSheet(overrides: Partial<DirectSheet> = {}): DirectSheet {
	return {
		id: randomUUID(),
		organizationId: 'w1',
		channel: 'poster',
		versionId: 'SIPAS5-v1',
		locale: 'vi',
		answers: [{ itemId: 'PV', value: 4 }],
		reasons: [],
		comment: null,
		bands: '',
		place: { ...NOWHERE, siteId: 's1' },
		at: NOON,
		flags: [],
		ticketHash: null,
		...overrides
	};
}

async function aTicket(db: Db, overrides: Partial<typeof tickets.$inferInsert> = {}) {
	const row: typeof tickets.$inferInsert = {
		hash: randomUUID(),
		organizationId: 'w1',
		batchId: 'b1',
		state: 'open',
		siteId: 's1',
		counterId: 'q1',
		fieldId: 'f1',
		officerId: 'o1',
		versionId: 'SIPAS5-v1',
		day: '2026-11-20',
		shift: 'am',
		expiresOn: '2026-12-31',
		...overrides
	};
	await commit(db, (tx) => tx.insert(tickets).values(row));
	return row.hash;
}

const ofTicket = (ticketHash: string, overrides: Partial<DirectSheet> = {}) =>
	aDirectSheet({ channel: 'ticket', place: NOWHERE, ticketHash, ...overrides });

test('a ticket decides where and when its sheet counts, is used up, and forgets what it was for', async () => {
	const db = await freshDb();
	await aWard(db);
	const hash = await aTicket(db);
	const [outcome] = await acceptDirect(db, [ofTicket(hash, { comment: 'Cảm ơn', bands: 'age=3' })], NOON);
	expect(outcome).toMatchObject({ ok: true, value: { status: 'stored' } });
	const [sheet] = await db.select().from(sheets);
	const place = { siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: 'o1' };
	expect(sheet).toMatchObject({ ...place, channel: 'ticket', day: '2026-11-20', shift: 'am' });
	const counts = await db.select().from(dailyCounts);
	expect(counts.find(({ itemId }) => itemId === 'PV')).toMatchObject({ ...place, channel: 'ticket', n4: 1 });
	const nothing = { ...NOWHERE, versionId: '', day: '', shift: '', flags: '' };
	expect(await db.select().from(tickets)).toEqual([
		{ hash, organizationId: 'w1', batchId: 'b1', state: 'used', expiresOn: '2026-12-31', ...nothing }
	]);
	expect(await db.select().from(sheetComments)).toMatchObject([{ comment: 'Cảm ơn' }]);
	expect(await db.select().from(sheetBands)).toMatchObject([{ bands: 'age=3' }]);
});

test('of a thousand who redeem one ticket at once, one has it', async () => {
	const db = await freshDb();
	await aWard(db);
	const hash = await aTicket(db);
	const attempts = Array.from({ length: 1000 }, () => acceptDirect(db, [ofTicket(hash)], NOON));
	const statuses = (await Promise.all(attempts)).map(([outcome]) => outcome.ok && outcome.value);
	expect(statuses.filter((verdict) => verdict && verdict.status === 'stored')).toHaveLength(1);
	expect(statuses.filter((verdict) => verdict && verdict.code === 'ticket-used')).toHaveLength(999);
	expect(await db.select().from(sheets)).toHaveLength(1);
});

test('a sheet sent again is the same sheet, also when its ticket is used up by then; with other answers the first stay', async () => {
	const db = await freshDb();
	await aWard(db);
	const sheet = ofTicket(await aTicket(db));
	await acceptDirect(db, [sheet], NOON);
	expect(await acceptDirect(db, [sheet], NOON)).toMatchObject([{ value: { status: 'duplicate' } }]);
	const changed = { ...sheet, answers: [{ itemId: 'PV', value: 1 }] };
	const [again] = await acceptDirect(db, [changed], NOON);
	expect(again).toMatchObject({ value: { status: 'duplicate', code: 'already-answered' } });
	expect((await db.select().from(sheets)).map(({ answers }) => answers)).toEqual(['--4--']);
});

test.each([
	['unknown', null, 'ticket-unknown'],
	['void', { state: 'void' as const }, 'ticket-void'],
	['expired', { expiresOn: '2026-11-22' }, 'ticket-expired']
])('a ticket that is %s stores nothing', async (_, ticket, code) => {
	const db = await freshDb();
	await aWard(db);
	const hash = ticket === null ? 'none' : await aTicket(db, ticket);
	expect(await acceptDirect(db, [ofTicket(hash)], NOON)).toMatchObject([{ value: { status: 'refused', code } }]);
	expect(await db.select().from(sheets)).toEqual([]);
	expect(await db.select().from(dailyCounts)).toEqual([]);
});

test('an answer that fits no question is told, and its neighbours are stored', async () => {
	const db = await freshDb();
	await aWard(db);
	const bad = aDirectSheet({ answers: [{ itemId: 'PV', value: 6 }] });
	const outcomes = await acceptDirect(db, [bad, aDirectSheet()], NOON);
	expect(outcomes.map(({ ok }) => ok)).toEqual([false, true]);
	expect(await db.select().from(sheets)).toHaveLength(1);
});
