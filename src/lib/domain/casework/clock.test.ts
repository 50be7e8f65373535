import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlay } from '../place/calendar/calendar.ts';
import { sinceMidnight, USUAL_HOURS } from '../place/calendar/hours.ts';
import { NATIONAL, NATIONAL_DAYS } from '../place/calendar/national.ts';
import { addDays, formatInstant, startOfLocalDay } from '../shared/time.ts';
import { clockOf, dueOf, punctualityOf, USUAL_TERMS, type Timed } from './clock.ts';

const OFFICE = { calendar: NATIONAL, hours: USUAL_HOURS };
const at = (day: string, clock: string) => startOfLocalDay(day) + sinceMidnight(clock);
const received = (at: number, more: Partial<Timed> = {}): Timed => ({
	...USUAL_TERMS,
	...{ state: 'new', receivedAt: at, startedAt: at, forwardedAt: null, answeredAt: null, publishedAt: null },
	...{ keptPrivate: false, pauses: [] },
	...more
});

test('forwarded within 8 working hours, answered within 10 working days and at most 15, published within 2', () => {
	const timed = received(at('2026-11-20', '15:30'), { answeredAt: at('2026-12-03', '09:00') });
	const clock = clockOf(timed, OFFICE);
	expect(formatInstant(clock.forward)).toBe('16:00 23/11/2026');
	// 24 November is a holiday.
	expect(formatInstant(clock.answer)).toBe('17:00 07/12/2026');
	expect(formatInstant(clock.limit)).toBe('17:00 14/12/2026');
	expect(formatInstant(clock.publish!)).toBe('17:00 07/12/2026');
	expect(clockOf({ ...timed, keptPrivate: true }, OFFICE).publish).toBe(null);
});

test('two working days of waiting for the citizen are given back, an afternoon that ends before the evening is not', () => {
	const timed = received(at('2026-11-25', '08:00'), { state: 'processing', forwardedAt: at('2026-11-25', '09:00') });
	const due = (pauses: Timed['pauses']) => formatInstant(clockOf({ ...timed, pauses }, OFFICE).answer);
	expect(due([])).toBe('17:00 09/12/2026');
	expect(due([[at('2026-11-26', '10:00'), at('2026-11-27', '17:00')]])).toBe('17:00 11/12/2026');
	expect(due([[at('2026-11-26', '10:00'), at('2026-11-26', '16:59')]])).toBe('17:00 09/12/2026');
	const still: Timed = { ...timed, state: 'waiting', pauses: [[at('2026-11-26', '10:00'), null]] };
	expect(dueOf(still, OFFICE, at('2027-01-20', '10:00'))).toMatchObject({ standing: 'paused', at: null });
});

describe('how a case stands', () => {
	const timed = received(at('2026-11-25', '08:00'), { state: 'processing', forwardedAt: at('2026-11-25', '09:00') });
	test.each([
		['2026-12-07', '16:59', 'in-time', false],
		['2026-12-08', '08:00', 'due-soon', false],
		['2026-12-09', '17:00', 'due-soon', false],
		['2026-12-09', '17:01', 'late', false],
		['2026-12-16', '17:00', 'late', false],
		['2026-12-16', '17:01', 'late', true]
	])('on %s at %s: %s, beyond the limit %s', (day, clock, standing, beyondLimit) => {
		expect(dueOf(timed, OFFICE, at(day, clock))).toMatchObject({ step: 'answer', standing, beyondLimit });
	});

	test('a new one is due to be forwarded, an answered one to be published, a refused one nothing', () => {
		const now = at('2026-11-25', '08:30');
		expect(dueOf(received(now), OFFICE, now).step).toBe('forward');
		const answered = received(now, { state: 'answered', forwardedAt: now, answeredAt: now });
		expect(dueOf(answered, OFFICE, now).step).toBe('publish');
		expect(dueOf({ ...answered, keptPrivate: true }, OFFICE, now)).toMatchObject({ step: null, standing: 'done' });
		expect(dueOf(received(now, { state: 'refused' }), OFFICE, now)).toMatchObject({ step: null, standing: 'done' });
	});
});

test('a step is in time, late, or neither yet', () => {
	const timed = received(at('2026-11-25', '08:00'), { state: 'forwarded', forwardedAt: at('2026-11-27', '09:00') });
	expect(punctualityOf(timed, OFFICE, at('2026-11-27', '10:00'))).toEqual({
		forward: false,
		answer: null,
		publish: null
	});
	expect(punctualityOf(timed, OFFICE, at('2026-12-20', '10:00'))).toEqual({
		forward: false,
		answer: false,
		publish: null
	});
	const answered: Timed = { ...timed, state: 'answered', answeredAt: at('2026-12-01', '09:00') };
	expect(punctualityOf(answered, OFFICE, at('2026-12-20', '10:00'))).toEqual({
		...{ forward: false, answer: true, publish: false }
	});
});

describe('whenever a case comes in', () => {
	const instant = fc.integer({ min: startOfLocalDay('2025-01-01'), max: startOfLocalDay('2026-10-01') });
	const hour = 3_600_000;
	const pause = fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 300 }));
	const clockWith = (from: number, pauses: [number, number][], calendar = NATIONAL) =>
		clockOf(
			received(from, {
				state: 'processing',
				answeredAt: from + 400 * hour,
				pauses: pauses.map(([after, long]) => [from + after * hour, from + (after + long) * hour] as const)
			}),
			{ calendar, hours: USUAL_HOURS }
		);
	const steps = ['forward', 'answer', 'limit', 'publish'] as const;

	test('nothing is due before it, nor the limit before the aim', () => {
		fc.assert(
			fc.property(instant, fc.array(pause, { maxLength: 3 }), (from, pauses) => {
				const clock = clockWith(from, pauses);
				for (const step of steps) expect(clock[step]).toBeGreaterThan(from);
				expect(clock.limit).toBeGreaterThanOrEqual(clock.answer);
			})
		);
	});

	test('who comes later is due no earlier', () => {
		fc.assert(
			fc.property(instant, fc.integer({ min: 0, max: 30 * 24 * hour }), (from, later) => {
				const [one, other] = [clockWith(from, []), clockWith(from + later, [])];
				for (const step of steps) expect(other[step]).toBeGreaterThanOrEqual(one[step]!);
			})
		);
	});

	test('a holiday more never makes anything due earlier, nor does a longer pause', () => {
		fc.assert(
			fc.property(
				...([instant, fc.array(pause, { maxLength: 3 }), fc.integer({ min: 0, max: 60 })] as const),
				fc.integer({ min: 0, max: 200 }),
				(from, pauses, after, longer) => {
					const day = addDays(formatInstant(from).slice(6).split('/').reverse().join('-'), after);
					const off = {
						day,
						kind: 'holiday',
						status: 'official',
						name: { vi: '', en: '' },
						organizationId: null
					} as const;
					const national = NATIONAL_DAYS.map((special) => ({ ...special, organizationId: null }));
					const usual = clockWith(from, pauses, overlay(national));
					const withHoliday = clockWith(from, pauses, overlay(national, [off]));
					const paused = clockWith(
						from,
						pauses.map(([start, long]) => [start, long + longer]),
						overlay(national)
					);
					for (const step of steps) expect(withHoliday[step]).toBeGreaterThanOrEqual(usual[step]!);
					for (const step of steps) expect(paused[step]).toBeGreaterThanOrEqual(usual[step]!);
				}
			)
		);
	});
});
