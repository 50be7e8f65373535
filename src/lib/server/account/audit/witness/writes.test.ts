import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freshDb } from '../../../../../../tests/factories/db.ts';
import { NOON } from '../../../../../../tests/factories/sheet.ts';
import { chainProblems, sayProblems, watchChains } from '../../../jobs/witness.ts';
import { readEnvironment } from '../../../environment.ts';
import { secretFrom } from '../../../secret/secret.ts';
import { noteReading } from '../../../http/reading.ts';
import { readAuditLines, readAuditPage } from '../reads.ts';
import { readChainHeads, verifyAudit } from '../verify/reads.ts';
import { noteEvent } from '../writes.ts';
import { readWitness } from './reads.ts';
import { noteHeads } from './writes.ts';

const EVENT = {
	organizationId: 'w1',
	actorId: 'u1',
	action: 'exported',
	object: 'x',
	detail: 'Kỳ',
	now: NOON
} as const;

function aWitness() {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-witness-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return join(folder, 'other', 'witness.jsonl');
}

test('each head is noted once, and what a power cut left behind spoils no other anchor', async () => {
	const db = await freshDb();
	const path = aWitness();
	expect(readWitness(path)).toEqual({ anchors: [], unreadable: 0, missing: true });
	await noteEvent(db, EVENT);
	expect(noteHeads(await readChainHeads(db), path, NOON)).toBe(1);
	expect(noteHeads(await readChainHeads(db), path, NOON + 1)).toBe(0);
	appendFileSync(path, '{"organizationId":"w1","se');
	await noteEvent(db, EVENT);
	expect(noteHeads(await readChainHeads(db), path, NOON + 2)).toBe(1);
	const { anchors, unreadable } = readWitness(path);
	expect([anchors.map(({ seq, at }) => [seq, at]), unreadable]).toEqual([
		[
			[1, NOON],
			[2, NOON + 2]
		],
		1
	]);
	expect((await verifyAudit(db, anchors)).problems).toEqual([]);
});

test('a start on a database that is behind its witness says so, and goes on saying so', async () => {
	const path = aWitness();
	const said: string[] = [];
	const environment = readEnvironment({ WITNESS_FILE: path, ORIGIN: 'https://langnghe.example.vn' });
	const db = await freshDb();
	const secret = secretFrom('a-secret-for-tests-of-thirty-two-signs');
	const serving = { db, environment, secret, report: (problem: unknown) => said.push(String(problem)) };
	await noteEvent(db, EVENT);
	await watchChains(serving, NOON);
	expect([chainProblems(db), said]).toEqual([[], []]);
	appendFileSync(path, `${JSON.stringify({ organizationId: 'w1', seq: 7, hash: 'a'.repeat(64), at: NOON })}\n`);
	for (let look = 1; look <= 3; look++) {
		await noteEvent(db, EVENT);
		await watchChains(serving, NOON + look);
		expect(chainProblems(db)).toEqual([{ organizationId: 'w1', seq: 7, fault: 'cut' }]);
		expect(said).toHaveLength(look);
	}
	expect(sayProblems(chainProblems(db))).toContain('w1: everything from line 7 on has been cut off');
	expect(readFileSync(path, 'utf8').trim().split('\n').filter(Boolean)).toHaveLength(5);
});

test('a full or read-only disk keeps nobody from reading, any other fault is not hidden', async () => {
	const broken = (problem: Error) => ({ store: { transaction: () => Promise.reject(problem) } }) as never;
	const said: unknown[] = [];
	const report = (problem: unknown) => said.push(problem);
	for (const code of ['SQLITE_FULL', 'SQLITE_READONLY', '53100']) {
		await noteReading({ db: broken(Object.assign(new Error(code), { code })), report }, EVENT);
	}
	expect(said).toHaveLength(3);
	await expect(noteReading({ db: broken(new Error('bug')), report }, EVENT)).rejects.toThrow('bug');
});

test('a name or reason cannot look like a line of its own, nor turn the writing around', async () => {
	const db = await freshDb();
	const detail = 'Quầy 1\n13  Hệ thống: thu hồi\u2028\u202Egpj.exe\u0000\u200Fx';
	await noteEvent(db, { ...EVENT, detail, reason: '\u2066lý\r\ndo\u2069' });
	const [line] = await readAuditLines(db, 'w1', 1);
	expect([line.detail, line.reason]).toEqual(['Quầy 1 13 Hệ thống: thu hồi gpj.exe x', 'lý do']);
	expect((await verifyAudit(db, [])).problems).toEqual([]);
});

test('the log is found by words without marks, by kind, person and day, and paged by number', async () => {
	const db = await freshDb();
	for (let i = 1; i <= 30; i++) {
		const action = i % 3 === 0 ? 'terminal-revoked' : 'officer-scores-read';
		await noteEvent(db, { ...EVENT, action, actorId: `u${i % 2}`, detail: `Đức ${i}`, now: NOON + i });
	}
	const seqs = async (filter: object) =>
		(await readAuditPage(db, 'w1', { atMost: 50, ...filter })).lines.map(({ seq }) => seq);
	expect(await seqs({ text: 'thu hoi duc 12' })).toEqual([12]);
	expect(await seqs({ groups: ['terminals'], actorId: 'u0' })).toEqual([30, 24, 18, 12, 6]);
	expect(await seqs({ from: NOON + 4, until: NOON + 6 })).toEqual([5, 4]);
	expect(await seqs({ groups: [] })).toEqual([]);
	const first = await readAuditPage(db, 'w1', { atMost: 20 });
	const second = await readAuditPage(db, 'w1', { atMost: 20, before: first.next! });
	expect([...first.lines, ...second.lines].map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, i) => 30 - i));
	expect(second.next).toBeNull();
});
