import 'fake-indexeddb/auto';
import { pbkdf2Sync } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { lockAfter, StaffPin } from './staff-pin.ts';

const salt = Buffer.from('salt of a counter');
const expected = {
	salt: salt.toString('base64'),
	iterations: 1000,
	hash: pbkdf2Sync('2468', salt, 1000, 32, 'sha256').toString('base64')
};
let db: Database;
let now = 1_000_000;
let pin: StaffPin;
let name = 0;
beforeEach(async () => {
	db = await openDatabase(`pin-${++name}`);
	pin = new StaffPin(db, () => now);
});

const miss = async (times: number) => {
	for (let i = 0; i < times; i++) await pin.try('0000', expected);
};

test('the right PIN opens without a network, a wrong one does not', async () => {
	expect(await pin.try('1357', expected)).toEqual({ open: false, lockedForMs: 0 });
	expect(await pin.try('2468', expected)).toEqual({ open: true });
});

test('after five misses even the right PIN waits, also after a restart', async () => {
	await miss(5);
	const restarted = new StaffPin(db, () => now);
	expect(await restarted.try('2468', expected)).toEqual({ open: false, lockedForMs: 30_000 });
	now += 30_000;
	expect(await restarted.try('2468', expected)).toEqual({ open: true });
});

test('each further miss doubles the wait, up to an hour, and a success forgives them', async () => {
	await miss(5);
	now += 30_000;
	expect(await pin.try('0000', expected)).toEqual({ open: false, lockedForMs: 60_000 });
	expect(lockAfter(40)).toBe(3_600_000);
	now += 60_000;
	await pin.try('2468', expected);
	expect(await pin.try('0000', expected)).toEqual({ open: false, lockedForMs: 0 });
});

test('a clock that was set back does not lock the staff out for days', async () => {
	await miss(5);
	now -= 86_400_000;
	expect(await pin.lockedForMs()).toBe(30_000);
});
