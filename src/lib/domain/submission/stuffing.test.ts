import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import {
	bitsAsked,
	CROWD,
	judgePoster,
	leadingZeroBits,
	NO_TRAFFIC,
	type DeviceTraffic,
	type PosterTraffic,
	type PosterVerdict
} from './stuffing.ts';

const FRESH: DeviceTraffic = { today: { level: 0, at: 0 } };

/** A poster that remembers. */
function aPoster() {
	let traffic: PosterTraffic = NO_TRAFFIC;
	return {
		bits: (now: number) => bitsAsked(traffic, now),
		answer(now: number, bitsDone = 0): PosterVerdict {
			const judged = judgePoster(traffic, FRESH, bitsDone, now);
			traffic = judged.traffic;
			return judged.verdict;
		}
	};
}
const CLEAN = { kind: 'take', flags: [] };

test('people at a poster are neither flagged nor asked to work: one a minute all day, or twenty at once', () => {
	const poster = aPoster();
	for (let minute = 0; minute < 600; minute++) expect(poster.answer(minute * MINUTE_MS)).toEqual(CLEAN);
	const later = 700 * MINUTE_MS;
	for (let person = 0; person < CROWD; person++) expect(poster.answer(later)).toEqual(CLEAN);
});

test('a hall of 300 people with phones that work is taken whole, flagged after the first of them', () => {
	const poster = aPoster();
	const verdicts = Array.from({ length: 300 }, (_, i) => poster.answer(i * 200, poster.bits(i * 200)));
	expect(verdicts.every(({ kind }) => kind === 'take')).toBe(true);
	expect(
		verdicts.filter((verdict) => verdict.kind === 'take' && verdict.flags.includes('burst')).length
	).toBeGreaterThan(250);
});

describe('a script with 20 000 posts in ten minutes', () => {
	const poster = aPoster();
	const script: PosterVerdict[] = [];
	const people: PosterVerdict[] = [];
	for (let i = 0; i < 20_000; i++) {
		const now = i * 30;
		script.push(poster.answer(now));
		if (i % 1000 === 999) people.push(poster.answer(now, poster.bits(now)));
	}

	test('is taken a hundred times or so, and all but the first are flagged', () => {
		const taken = script.filter((verdict) => verdict.kind === 'take');
		expect(taken.length).toBeLessThan(CROWD + 30 + 10 * 6 + 25);
		expect(taken.filter(({ flags }) => flags.length === 0).length).toBeLessThanOrEqual(CROWD + 1);
	});

	test('keeps nobody out who has done the work', () => {
		expect(people).toHaveLength(20);
		expect(people.every((verdict) => verdict.kind === 'take')).toBe(true);
	});

	test('is told how long to wait, and what work would do', () => {
		const last = script.at(-1)!;
		expect(last).toMatchObject({ kind: 'wait' });
		if (last.kind === 'wait') {
			expect(last.seconds).toBeGreaterThan(0);
			expect(last.seconds).toBeLessThanOrEqual(60);
			expect(last.bits).toBeGreaterThanOrEqual(10);
		}
	});

	test('is forgotten half an hour later', () => {
		expect(poster.answer(600_000 + HOUR_MS)).toEqual(CLEAN);
	});
});

test('work grows with the load and ends where a cheap phone still does it', () => {
	const poster = aPoster();
	const asked = Array.from({ length: 700 }, () => {
		const bits = poster.bits(0);
		poster.answer(0, bits);
		return bits;
	});
	expect(asked).toEqual([...asked].sort((a, b) => a - b));
	expect([asked[0], asked[CROWD], Math.max(...asked)]).toEqual([0, 10, 15]);
	expect(poster.answer(0, 15)).toMatchObject({ kind: 'wait', bits: 0 });
});

test('a device is flagged from its second answer of a day, waits after ten, and is forgiven in time', () => {
	let device = FRESH;
	const answer = (now: number) => {
		const judged = judgePoster(NO_TRAFFIC, device, 0, now);
		device = judged.device;
		return judged.verdict;
	};
	expect(answer(0)).toEqual(CLEAN);
	for (let again = 2; again <= 10; again++) expect(answer(again)).toEqual({ kind: 'take', flags: ['device-again'] });
	expect(answer(11)).toMatchObject({ kind: 'wait', bits: 0 });
	expect(answer(3 * HOUR_MS)).toEqual({ kind: 'take', flags: ['device-again'] });
	expect(answer(48 * HOUR_MS)).toEqual(CLEAN);
});

test('a clock that jumps back gives nothing away', () => {
	const poster = aPoster();
	for (let i = 0; i < 60; i++) poster.answer(HOUR_MS, 15);
	expect(poster.bits(0)).toBeGreaterThan(0);
});

test('zero bits are counted from the first', () => {
	expect([[255], [127], [1], [0, 128], [0, 1], [0, 0]].map((bytes) => leadingZeroBits(Uint8Array.from(bytes)))).toEqual(
		[0, 1, 7, 8, 15, 16]
	);
});
