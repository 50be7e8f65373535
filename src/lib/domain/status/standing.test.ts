import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import { backupState, databaseState, diskState, jobState, letterState, loopState, tabletState } from './standing.ts';

const MIB = 1024 * 1024;
const database = { engine: 'sqlite' as const, bytes: MIB, walBytes: 0, failed: null };

test('a write that failed is broken, a write-ahead log that only grows is to be looked at', () => {
	expect(databaseState(database)).toBe('well');
	expect(databaseState({ ...database, walBytes: 300 * MIB })).toBe('watch');
	expect(databaseState({ ...database, failed: 'full' })).toBe('bad');
	expect(databaseState({ ...database, engine: 'postgres', bytes: null, walBytes: null })).toBe('well');
});

test('room on the disk is judged by its share and by what is left', () => {
	expect(diskState({ free: 50_000 * MIB, total: 100_000 * MIB })).toBe('well');
	expect(diskState({ free: 9_000 * MIB, total: 100_000 * MIB })).toBe('watch');
	expect(diskState({ free: 4_000 * MIB, total: 100_000 * MIB })).toBe('bad');
	expect(diskState({ free: 199 * MIB, total: 1_000 * MIB })).toBe('bad');
	expect(diskState(null)).toBe('unknown');
});

test('a backup is well for twenty-six hours; where none is set it is said, and PostgreSQL’s are not known', () => {
	const now = 1000 * HOUR_MS;
	const after = (hours: number, failed = false, late = false) =>
		backupState({ now, database, backup: { finishedAt: now - hours * HOUR_MS, failed, late } });
	expect([after(1), after(26), after(27), after(1, true), after(60, true, true)]).toEqual([
		...['well', 'well', 'watch', 'watch', 'bad']
	]);
	expect(backupState({ now, database, backup: { finishedAt: null, failed: false, late: false } })).toBe('watch');
	expect(backupState({ now, database, backup: null })).toBe('watch');
	expect(backupState({ now, database: { ...database, engine: 'postgres' }, backup: null })).toBe('unknown');
});

test('a job that failed since it last ended well is to be looked at, one that is owed for long is broken', () => {
	const job = { name: 'x', succeededAt: 10, failedAt: null, nextAt: 20, late: 0 };
	expect(jobState(job)).toBe('well');
	expect(jobState({ ...job, failedAt: 9 })).toBe('well');
	expect(jobState({ ...job, failedAt: 11 })).toBe('watch');
	expect(jobState({ ...job, succeededAt: null, failedAt: 5 })).toBe('watch');
	expect(jobState({ ...job, late: 31 * MINUTE_MS })).toBe('bad');
});

test('letters, tablets and delay', () => {
	expect([letterState(null), letterState({ waiting: 3, oldest: HOUR_MS })]).toEqual(['unknown', 'well']);
	expect(letterState({ waiting: 1, oldest: HOUR_MS + 1 })).toBe('watch');
	const tablets = { active: 3, silent: 0, troubled: 0, queued: 40 };
	expect([tabletState(tablets), tabletState({ ...tablets, silent: 1 })]).toEqual(['well', 'watch']);
	expect([loopState(null), loopState(500), loopState(501), loopState(2001)]).toEqual([
		...['unknown', 'well', 'watch', 'bad']
	]);
});
