import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../submission/sheet.ts';
import { BATCH_SHEETS, jitterMs, nextBatch, padBody, retryDelayMs, settle } from './outbox.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a batch', () => {
	test('is the oldest sheets, each once, in random order', () => {
		fc.assert(
			fc.property(fc.nat(120), fc.infiniteStream(chance), (waiting, chances) => {
				const queue = Array.from({ length: waiting }, (_, index) => index);
				const batch = nextBatch(queue, () => chances.next().value);
				expect(batch.toSorted((a, b) => a - b)).toEqual(queue.slice(0, BATCH_SHEETS));
				expect(queue.length).toBe(waiting);
			})
		);
	});

	test('every order of three is as likely as another', () => {
		const orders = new Set<string>();
		for (const first of [0, 0.4, 0.8]) {
			for (const second of [0, 0.6]) {
				const chances = [first, second];
				orders.add(nextBatch([1, 2, 3], () => chances.shift() ?? 0).join(''));
			}
		}
		expect(orders.size).toBe(6);
	});
});

describe('waiting', () => {
	test('a sheet waits up to half a minute, so that an upload does not tell who tapped', () => {
		expect(jitterMs(0)).toBe(0);
		expect(jitterMs(0.999)).toBeGreaterThan(29_000);
		expect(jitterMs(0.999)).toBeLessThanOrEqual(30_000);
	});

	test('after each failure it waits longer, five minutes at most', () => {
		expect([0, 1, 2, 3].map((attempt) => retryDelayMs(attempt, 0))).toEqual([1000, 2000, 4000, 8000]);
		fc.assert(
			fc.property(fc.nat(5000), chance, (attempt, random) => {
				const delay = retryDelayMs(attempt, random);
				expect(delay).toBeGreaterThanOrEqual(1000);
				expect(delay).toBeLessThanOrEqual(300_000);
			})
		);
	});

	test('it never comes back before the server asked, nor hours later', () => {
		expect(retryDelayMs(0, 0.5, 30)).toBeGreaterThanOrEqual(30_000);
		expect(retryDelayMs(9, 0, 30)).toBeGreaterThanOrEqual(30_000);
		expect(retryDelayMs(0, 0, 86_400)).toBeLessThanOrEqual(16 * 60_000);
		expect(retryDelayMs(0, 0, NaN)).toBe(1000);
	});
});

describe('receipts', () => {
	test('only what is durable leaves the queue; what was refused stays visible', () => {
		const receipts: Receipt[] = [
			{ id: 'a', status: 'stored' },
			{ id: 'b', status: 'duplicate' },
			{ id: 'c', status: 'quarantined', code: 'item-unknown' },
			{ id: null, status: 'quarantined', code: 'sheet-malformed' },
			{ id: 'a', status: 'duplicate' },
			{ id: 'stranger', status: 'stored' }
		];
		expect(settle(['a', 'b', 'c', 'd'], receipts)).toEqual({
			remove: ['a', 'b'],
			refused: [{ id: 'c', code: 'item-unknown' }]
		});
	});

	test('a sheet without a receipt is never removed', () => {
		expect(settle(['a', 'b'], [])).toEqual({ remove: [], refused: [] });
		expect(settle(['a'], [{ id: 'a', status: 'maybe' as 'stored' }]).remove).toEqual([]);
	});
});

describe('the body', () => {
	test('is a whole number of KiB on the wire and still the same JSON', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (comment) => {
				const body = padBody(JSON.stringify({ comment }));
				expect(new TextEncoder().encode(body).length % 1024).toBe(0);
				expect(JSON.parse(body)).toEqual({ comment });
			})
		);
	});

	test('a full step is not padded by another', () => {
		const json = JSON.stringify('x'.repeat(1022));
		expect(padBody(json)).toBe(json);
	});
});
