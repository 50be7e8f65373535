import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import { fallsOf, isSpellOver, judgeSpell, lastSpell, lastWeek, type SpellSheet } from './alert.ts';
import { alertLetter } from './alert-letter.ts';
import { letterTime, USUAL_QUIET } from './quiet.ts';

/** 10:00 on Monday 23 November 2026. */
const TEN = Date.parse('2026-11-23T10:00:00+07:00');

/** So many sheets at a counter of an officer, the first of them dissatisfied. */
const at = (counterId: string, officerId: string, n: number, bad: number): SpellSheet[] =>
	Array.from({ length: n }, (_, i) => ({
		...{ siteId: 's1', counterId, officerId },
		answers: i < bad ? '5525-' : '55-34'
	}));

test('a spell is a quarter of an hour by the clock, looked at when its sheets have arrived', () => {
	expect(lastSpell(TEN + 15 * MINUTE_MS)).toEqual({ from: TEN - 15 * MINUTE_MS, until: TEN });
	expect(lastSpell(TEN + 16 * MINUTE_MS)).toEqual({ from: TEN, until: TEN + 15 * MINUTE_MS });
	expect(lastSpell(TEN + 30 * MINUTE_MS)).toEqual({ from: TEN, until: TEN + 15 * MINUTE_MS });
	expect([lastWeek(TEN), lastWeek(TEN - 24 * HOUR_MS)]).toEqual(['2026-11-16', '2026-11-09']);
});

test.each([
	['half of five of two officers', [...at('q1', 'o1', 3, 2), ...at('q2', 'o2', 2, 1)], [['site', 's1', true]]],
	['fewer than half', [...at('q1', 'o1', 3, 1), ...at('q2', 'o2', 3, 1)], [['site', 's1', false]]],
	['four', [...at('q1', 'o1', 2, 2), ...at('q2', 'o2', 2, 2)], []],
	['nine of one officer, all dissatisfied', at('q1', 'o1', 9, 9), []],
	['nine of nobody known', at('q1', '', 9, 9), []],
	['nine of one officer and of nobody known', [...at('q1', 'o1', 5, 5), ...at('q2', '', 4, 4)], []],
	['ten of one officer', at('q1', 'o1', 10, 5), [['counter', 'q1', true]]],
	['five at one counter of two officers', [...at('q1', 'o1', 3, 3), ...at('q1', 'o2', 2, 0)], [['counter', 'q1', true]]]
] as const)('%s: what is said of a quarter of an hour', (_, sheets, expected) => {
	expect(judgeSpell(sheets).map(({ place, id, bad }) => [place, id, bad])).toEqual(expected);
});

test('who is at a counter that speaks for itself is in no other statement, so no difference tells of anybody', () => {
	// The counter is well; with it, three in thirteen would be dissatisfied, and the reader would learn of the other three.
	const sheets = [...at('q1', 'o1', 10, 0), ...at('q2', 'o2', 2, 2), ...at('q3', 'o3', 1, 1)];
	expect(judgeSpell(sheets)).toEqual([{ place: 'counter', id: 'q1', bad: false }]);
	const more = [...sheets, ...at('q3', 'o3', 2, 0)];
	expect(judgeSpell(more)).toEqual([
		{ place: 'counter', id: 'q1', bad: false },
		{ place: 'site', id: 's1', bad: true }
	]);
});

test('who was not served, or answered nothing, is not counted', () => {
	const empty = { siteId: 's1', counterId: 'q1', officerId: 'o1', answers: '-----' };
	const notApplicable = { ...empty, officerId: 'o2', answers: '00000' };
	expect(judgeSpell([...at('q1', 'o1', 4, 4), empty, notApplicable])).toEqual([]);
});

test('an alert is over after a better quarter of an hour of its place, or after two hours', () => {
	const better = [{ place: 'counter', id: 'q1', bad: false } as const];
	expect(isSpellOver(TEN, 'q1', better, TEN + 15 * MINUTE_MS)).toBe(true);
	expect(isSpellOver(TEN, 'q2', better, TEN + 15 * MINUTE_MS)).toBe(false);
	expect(isSpellOver(TEN, 'q1', [{ ...better[0], bad: true }], TEN + 15 * MINUTE_MS)).toBe(false);
	expect(isSpellOver(TEN, 'q2', [], TEN + 2 * HOUR_MS)).toBe(true);
});

test('only what fell is a fall', () => {
	const finding = { criterion: 'HC', low: -1, high: 1 } as const;
	const falls = fallsOf([
		{ ...finding, key: 'q1', points: -4 },
		{ ...finding, key: 'q2', points: 4 },
		{ ...finding, key: null, points: -2 },
		{ ...finding, key: 'q1', criterion: 'TC', points: -3 }
	]);
	expect([...falls].map(([key, own]) => [key, own.map(({ criterion }) => criterion)])).toEqual([
		['q1', ['HC', 'TC']],
		[null, ['HC']]
	]);
});

test('a letter about a spell names the place and the time, and no number of sheets and no officer', () => {
	const until = TEN + 15 * MINUTE_MS;
	const detail = { kind: 'bad-spell', place: 'counter', from: TEN, until } as const;
	const { subject, text } = alertLetter(detail, 'Quầy 5 (Trung tâm)', 'https://x/leader/alerts');
	expect(subject).toBe('Nhiều người dân chưa hài lòng: Quầy 5 (Trung tâm)');
	expect(text).toContain('Từ 10:00 đến 10:15 ngày 23/11/2026, tại Quầy 5 (Trung tâm)');
	expect(text.match(/\d+/g)).toEqual(['10', '00', '10', '15', '23', '11', '2026', '5']);
});

const HOLIDAYS = ['2026-11-24', '2026-11-28', '2026-11-29'];
const isWorking = (day: string) => !HOLIDAYS.includes(day);
test.each([
	['2026-11-23T10:00', '2026-11-23T10:00'],
	['2026-11-23T06:59', '2026-11-23T07:00'],
	['2026-11-23T17:59', '2026-11-23T17:59'],
	['2026-11-23T18:00', '2026-11-25T07:00'],
	['2026-11-24T10:00', '2026-11-25T07:00'],
	['2026-11-27T20:00', '2026-11-30T07:00']
])('of what opens at %s the letter goes out at %s', (now, due) => {
	const instant = (text: string) => Date.parse(`${text}:00+07:00`);
	expect(letterTime(instant(now), USUAL_QUIET, isWorking)).toBe(instant(due));
});

test('quiet hours may lie within a day, or be none', () => {
	const due = (now: string, from: string, until: string) =>
		new Date(letterTime(Date.parse(`2026-11-23T${now}:00+07:00`), { from, until }, isWorking)).toISOString();
	expect(due('12:00', '11:30', '13:30')).toBe('2026-11-23T06:30:00.000Z');
	expect(due('14:00', '11:30', '13:30')).toBe('2026-11-23T07:00:00.000Z');
	expect(due('03:00', '00:00', '00:00')).toBe('2026-11-22T20:00:00.000Z');
});
