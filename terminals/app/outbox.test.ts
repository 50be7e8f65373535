import 'fake-indexeddb/auto';
import { IDBDatabase } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase, strictly, writeFact, type Database } from './database.ts';
import { Outbox } from './outbox.ts';

let db: Database;
let outbox: Outbox;
let name = 0;
beforeEach(async () => {
	db = await openDatabase(`tablet-${++name}`);
	outbox = new Outbox(db);
});
afterEach(() => {
	vi.restoreAllMocks();
	db.close();
});

const draft = (id: string) => ({
	id,
	versionId: 'SIPAS5-v1',
	dutyId: null,
	fieldId: null,
	answeredAt: '2026-11-23T08:00:00+07:00',
	locale: 'vi' as const,
	answers: [{ itemId: 'PV', value: 4 }],
	reasons: [],
	comment: null,
	replaces: null
});

test('sheets are numbered 1, 2, 3, also when two are begun at once and after a restart', async () => {
	const [first, second] = await Promise.all([
		outbox.begin(draft('a'), 'sealed', []),
		outbox.begin(draft('b'), 'sealed', [])
	]);
	const third = await new Outbox(db).begin(draft('c'), 'sealed', []);
	expect([first.sequence, second.sequence, third.sequence]).toEqual([1, 2, 3]);
	expect((await outbox.status()).made).toBe(3);
});

test('a running number is not used up by a sheet that could not be stored', async () => {
	await outbox.begin(draft('a'), 'sealed', []);
	await expect(outbox.begin(draft('a'), 'sealed', [])).rejects.toThrow();
	expect((await outbox.begin(draft('b'), 'sealed', [])).sequence).toBe(2);
});

test('an open sheet grows and is not sent; a sealed one is sent and does not change', async () => {
	const sheet = await outbox.begin(draft('a'), 'open', ['PV', 'KQ']);
	expect(await outbox.sealed()).toEqual([]);
	const grown = { ...sheet, answers: [...sheet.answers, { itemId: 'KQ', value: 2 }] };
	await outbox.amend(grown);
	await outbox.seal();
	expect(await outbox.sealed()).toEqual([grown]);
	await expect(outbox.amend({ ...grown, reasons: ['R13'] })).rejects.toThrow();
	expect(await outbox.sealed()).toEqual([grown]);
	expect(await outbox.asked()).toEqual({ TC: 0, HC: 0, PV: 1, KQ: 1, TT: 0 });
});

test('what a power cut left open is sent after the next start', async () => {
	await outbox.begin(draft('a'), 'open', []);
	const afterwards = new Outbox(db);
	await afterwards.seal();
	expect((await afterwards.sealed()).map(({ id }) => id)).toEqual(['a']);
});

test('only what the server has leaves the tablet, and what it refused stays to be seen', async () => {
	for (const id of ['a', 'b', 'c']) await outbox.begin(draft(id), 'sealed', []);
	await outbox.settle(['a'], [{ id: 'b', code: 'item-unknown' }]);
	expect((await outbox.sealed()).map(({ id }) => id)).toEqual(['c']);
	const refused = [{ sequence: 2, code: 'item-unknown' }];
	expect(await outbox.status()).toMatchObject({ made: 3, confirmed: 1, queued: 1, refused });
});

test('every write opens its transaction with strict durability', async () => {
	const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
	const sheet = await outbox.begin(draft('a'), 'open', ['PV']);
	await outbox.amend(sheet);
	await outbox.seal();
	await outbox.settle(['a'], []);
	await writeFact(db, 'terminalId', 't');
	const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
	expect(writes.length).toBe(5);
	for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' });
});

test('a write that fails half-way leaves nothing behind and is not taken for done', async () => {
	const failing = strictly(db, async (tx) => {
		await tx.objectStore('facts').put(7, 'sequence');
		throw new Error('the power went');
	});
	await expect(failing).rejects.toThrow('the power went');
	expect((await outbox.status()).made).toBe(0);
});
