import { describe, expect, test } from 'vitest';
import { HEALTH_SENTENCES, healthOf, type HealthCode, type HealthLevel, type TerminalState } from './health.ts';

const NOW = Date.parse('2026-11-23T10:00:00+07:00');
const MINUTE = 60_000;

const aTerminal = (state: Partial<TerminalState>): TerminalState => ({
	lastSeenAt: NOW - MINUTE,
	now: NOW,
	openSince: NOW - 120 * MINUTE,
	revoked: false,
	forked: false,
	missing: 0,
	...state
});

describe('the state of a tablet', () => {
	test('one that reported a minute ago is well', () => {
		expect(healthOf(aTerminal({}))).toEqual({ level: 'well', code: 'well', signs: [] });
	});

	test('eleven minutes of silence alarm in opening hours only', () => {
		const lastSeenAt = NOW - 11 * MINUTE;
		expect(healthOf(aTerminal({ lastSeenAt }))).toMatchObject({ level: 'alarm', code: 'silent' });
		expect(healthOf(aTerminal({ lastSeenAt, openSince: null }))).toMatchObject({ level: 'well', code: 'closed' });
		expect(healthOf(aTerminal({ lastSeenAt, revoked: true }))).toMatchObject({ level: 'notice', code: 'revoked' });
		expect(healthOf(aTerminal({ lastSeenAt: NOW - 10 * MINUTE })).level).toBe('well');
	});

	test('a tablet that slept at night has ten minutes from the opening on', () => {
		const slept = { lastSeenAt: NOW - 14 * 60 * MINUTE };
		expect(healthOf(aTerminal({ ...slept, openSince: NOW - 10 * MINUTE }))).toMatchObject({ code: 'well' });
		expect(healthOf(aTerminal({ ...slept, openSince: NOW - 11 * MINUTE }))).toMatchObject({ code: 'silent' });
	});

	test.each<[HealthCode, HealthLevel, Partial<TerminalState>]>([
		['forked', 'alarm', { forked: true }],
		['missing', 'alarm', { missing: 1 }],
		['storage-full', 'alarm', { storageUsed: 95, storageQuota: 100 }],
		['never-seen', 'notice', { lastSeenAt: null }],
		['refused', 'notice', { refused: 1 }],
		['waiting-long', 'notice', { queued: 3, oldestQueuedAt: NOW - 25 * 60 * MINUTE }],
		['clock-off', 'notice', { clockOffset: -3 * MINUTE }],
		['battery-low', 'notice', { battery: 0.15, charging: false }],
		['storage-at-risk', 'notice', { storagePersisted: false }],
		['well', 'well', { battery: 0.15, charging: true, clockOffset: MINUTE, queued: 3, oldestQueuedAt: NOW - MINUTE }],
		['well', 'well', { battery: null, clockOffset: null, storageUsed: null, storageQuota: null, oldestQueuedAt: null }]
	])('%s is %s', (code, level, state) => {
		expect(healthOf(aTerminal(state))).toMatchObject({ level, code });
	});

	test('the worst sign names the state, and an alarm is never hidden behind a notice', () => {
		const health = healthOf(aTerminal({ revoked: true, missing: 4, battery: 0.1, storagePersisted: false }));
		expect(health).toEqual({
			level: 'alarm',
			code: 'missing',
			signs: ['missing', 'revoked', 'battery-low', 'storage-at-risk']
		});
	});

	test('every state has its sentence in both languages', () => {
		for (const { vi, en } of Object.values(HEALTH_SENTENCES)) {
			expect(vi).toMatch(/\.$/);
			expect(en).toMatch(/\.$/);
		}
	});
});
