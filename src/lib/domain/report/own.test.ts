import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayOfWeek, daysBetween } from '../shared/time.ts';
import { findVersion } from '../survey/catalogue.ts';
import { lastFinishedSunday, readOwnBlock } from './own.ts';
import { officersContent, ownPart } from './publication.ts';
import { drawTable } from './table.ts';

const aDay = fc.integer({ min: 0, max: 1200 }).map((days) => addDays('2025-06-01', days));

test('four whole weeks are looked at, never the week that is going on, and no two blocks overlap', () => {
	const asked = fc.option(fc.oneof(aDay, fc.constantFrom('', 'x', '2026-02-30', '1999-01-01', '2999-01-01')));
	fc.assert(
		fc.property(asked, aDay, (day, today) => {
			const block = readOwnBlock(day, today);
			expect(dayOfWeek(block.from)).toBe(1);
			expect(daysBetween(block.from, block.to)).toBe(27);
			expect(block.to <= lastFinishedSunday(today)).toBe(true);
			expect(daysBetween('2024-01-01', block.from) % 28).toBe(0);
			if (block.after) expect(readOwnBlock(block.after, today).from).toBe(block.after);
			expect(readOwnBlock(block.before, today).from).toBe(block.before);
		})
	);
});

test('the last finished Sunday is not today, even on a Sunday', () => {
	expect(lastFinishedSunday('2026-11-23')).toBe('2026-11-22');
	expect(lastFinishedSunday('2026-11-29')).toBe('2026-11-22');
	expect(lastFinishedSunday('2026-11-30')).toBe('2026-11-29');
});

/** A table of officers with so many answers each, all of them "satisfied". */
function tableOf(sheets: Record<string, number>) {
	return drawTable({
		by: 'officer',
		channels: ['terminal'],
		version: findVersion('SIPAS5-v1')!,
		method: 'T2B-5C-v1',
		target: 90,
		from: '2026-10-26',
		to: '2026-11-22',
		counts: Object.entries(sheets).map(([key, n]) => ({ key, itemId: 'PV', n: [0, 0, 0, n, 0], notApplicable: 0 })),
		sheets: new Map(Object.entries(sheets)),
		names: new Map(Object.keys(sheets).map((key) => [key, `Công chức ${key}`]))
	});
}

const contentOf = (sheets: Record<string, number>) => officersContent(tableOf(sheets), true);

test('an officer gets one cell of one row, and the centre’s', () => {
	const result = ownPart(contentOf({ hoa: 40, minh: 31, lan: 22 }), 'hoa');
	expect(result).toMatchObject({ own: { n: 40 }, centre: { n: 93 } });
	expect(Object.keys(result)).toEqual(['own', 'centre']);
	const text = JSON.stringify(result);
	for (const secret of ['minh', 'lan', 'Công chức', '31', '22']) expect(text).not.toContain(`"${secret}`);
});

test('with one colleague only, the centre minus oneself would be the colleague: it is withheld', () => {
	expect(ownPart(contentOf({ hoa: 40, minh: 31 }), 'hoa')).toMatchObject({
		own: { n: 40 },
		centre: { withheld: 'small' }
	});
	// A third with nine answers hides behind nobody.
	expect(ownPart(contentOf({ hoa: 40, minh: 31, lan: 9 }), 'hoa').centre).toEqual({ withheld: 'small' });
});

test('nine answers are too few, and somebody who is not in the table has none', () => {
	expect(ownPart(contentOf({ hoa: 9, minh: 31, lan: 22 }), 'hoa').own).toEqual({ withheld: 'small' });
	expect(ownPart(contentOf({ hoa: 40, minh: 31 }), 'ai').own).toEqual({ withheld: 'small' });
});
