import { expect, test } from 'vitest';
import {
	countForgotten,
	countLinkTry,
	countOwnPassword,
	countSecondFactor,
	countSignIn,
	forgiveSignIn,
	mayAskFor,
	mayTerminalSend,
	setTerminalPace
} from './limits.ts';

const from = (login: string, address: string) => countSignIn({ login, address });

test('the sixth try at an account from one neighbourhood waits, from another one does not', async () => {
	for (let i = 0; i < 5; i++) expect(await from('lan', `203.0.113.${i}`)).toBeNull();
	expect(await from('lan', '203.0.113.9')).toBeGreaterThan(800);
	expect(await from('lan', '198.51.100.7')).toBeNull();
	expect(await from('hoa', '203.0.113.9')).toBeNull();
});

test('who comes in at last has a clean sheet', async () => {
	for (let i = 0; i < 5; i++) await from('minh', '203.0.113.1');
	await forgiveSignIn({ login: 'minh', address: '203.0.113.1' });
	expect(await from('minh', '203.0.113.1')).toBeNull();
});

test('thirty tries at an account from everywhere are enough, and an account that does not exist is no exception', async () => {
	for (const login of ['quan', 'khong-co']) {
		for (let i = 0; i < 30; i++) expect(await from(login, `10.0.${i}.1`)).toBeNull();
		expect(await from(login, '10.9.9.1')).toBeGreaterThan(800);
	}
});

test('a tablet may send ten at once and then one in five seconds; its neighbours and its other requests do not count', () => {
	setTerminalPace(5000);
	const sends = (id: string, kind: string, now: number) => mayTerminalSend(id, kind, now);
	for (let i = 0; i < 10; i++) expect(sends('t1', 'sheets', 1000)).toBe(true);
	expect(sends('t1', 'sheets', 1000)).toBe(false);
	expect(sends('t1', 'state', 1000)).toBe(true);
	expect(sends('t2', 'sheets', 1000)).toBe(true);
	expect(sends('t1', 'sheets', 5999)).toBe(false);
	expect(sends('t1', 'sheets', 6000)).toBe(true);
	expect(sends('t1', 'sheets', 6001)).toBe(false);
	// Who was refused again and again has lost nothing by it.
	for (let now = 6002; now < 11_000; now += 100) expect(sends('t1', 'sheets', now)).toBe(false);
	expect(sends('t1', 'sheets', 11_000)).toBe(true);
	for (let i = 0; i < 10; i++) expect(sends('t1', 'sheets', 9_000_000)).toBe(true);
	expect(sends('t1', 'sheets', 9_000_000)).toBe(false);
	setTerminalPace(0);
	expect(sends('t1', 'sheets', 9_000_000)).toBe(true);
});

test('five codes a session, ten an hour an account, however many sessions the password opens', async () => {
	const tries: unknown[] = [];
	for (let i = 0; i < 12; i++) tries.push(await countSecondFactor(`s${Math.floor(i / 6)}`, 'u1'));
	expect(tries.slice(0, 5)).toEqual([null, null, null, null, null]);
	expect(tries[5]).toBe('sign-in-again');
	expect(tries.slice(6, 10)).toEqual([null, null, null, null]);
	expect(tries[10]).toBeGreaterThan(3000);
	expect(await countSecondFactor('s9', 'u2')).toBeNull();
});

test('an account gets three letters an hour without anybody learning it, and a link is tried twenty times', async () => {
	for (let i = 0; i < 3; i++) expect(await countForgotten('lan')).toBe('go');
	expect(await countForgotten('lan')).toBe('quiet');
	expect(await countForgotten('hoa')).toBe('go');
	for (let i = 0; i < 20; i++) expect(await countLinkTry('a')).toBeNull();
	expect(await countLinkTry('a')).toBeGreaterThan(0);
	for (let i = 0; i < 10; i++) expect(await countOwnPassword('u1')).toBeNull();
	expect(await countOwnPassword('u1')).toBeGreaterThan(3000);
});

test('costly work is counted by who asks for it, each kind for itself', async () => {
	for (let i = 0; i < 30; i++) expect(await mayAskFor('export', 'u1')).toBe(true);
	expect(await mayAskFor('export', 'u1')).toBe(false);
	expect(await mayAskFor('export', 'u2')).toBe(true);
	expect(await mayAskFor('import', 'u1')).toBe(true);
});
