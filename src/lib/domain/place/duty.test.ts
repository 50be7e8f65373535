import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conflicts, dutyAt, type Duty } from './duty.ts';

const aDuty = (duty: Partial<Duty>): Duty => ({
	id: 'd1',
	counterId: 'quay-1',
	officerId: 'hoa',
	startsAt: 800,
	endsAt: 1700,
	...duty
});

describe('who is on duty', () => {
	test('the duty holds from its first instant until just before its last', () => {
		const duties = [aDuty({})];
		expect(dutyAt(duties, 'quay-1', 799)).toBeNull();
		expect(dutyAt(duties, 'quay-1', 800)?.id).toBe('d1');
		expect(dutyAt(duties, 'quay-1', 1699)?.id).toBe('d1');
		expect(dutyAt(duties, 'quay-1', 1700)).toBeNull();
		expect(dutyAt(duties, 'quay-2', 900)).toBeNull();
	});

	test('whoever started later holds the counter, in whatever order the roster comes', () => {
		const duties = [aDuty({ endsAt: null }), aDuty({ id: 'd2', officerId: 'minh', startsAt: 1200, endsAt: 1300 })];
		expect(dutyAt(duties, 'quay-1', 1250)?.officerId).toBe('minh');
		expect(dutyAt(duties.toReversed(), 'quay-1', 1250)?.officerId).toBe('minh');
		expect(dutyAt(duties, 'quay-1', 1300)?.officerId).toBe('hoa');
	});

	test('a duty without an officer means that nobody is there', () => {
		const duties = [aDuty({ endsAt: null }), aDuty({ id: 'd2', officerId: null, startsAt: 1200, endsAt: null })];
		expect(dutyAt(duties, 'quay-1', 1500)?.officerId).toBeNull();
	});

	test('two duties that start together are settled the same way everywhere', () => {
		const duties = [aDuty({ id: 'a' }), aDuty({ id: 'b' })];
		expect(dutyAt(duties, 'quay-1', 900)).toBe(dutyAt(duties.toReversed(), 'quay-1', 900));
	});
});

describe('one officer at two counters', () => {
	test('the common stretch is found', () => {
		const duties = [aDuty({}), aDuty({ id: 'd2', counterId: 'quay-2', startsAt: 1600, endsAt: null })];
		expect(conflicts(duties)).toMatchObject([{ officerId: 'hoa', from: 1600, until: 1700 }]);
	});

	test('moving to another counter when the first is over, or taken over, is no conflict', () => {
		const moved = aDuty({ id: 'd2', counterId: 'quay-2', startsAt: 1700, endsAt: null });
		expect(conflicts([aDuty({}), moved])).toEqual([]);
		const relieved = aDuty({ id: 'd3', officerId: 'minh', startsAt: 1700, endsAt: null });
		expect(conflicts([aDuty({ endsAt: null }), relieved, moved])).toEqual([]);
	});

	test('an open end stays open', () => {
		const duties = [aDuty({ endsAt: null }), aDuty({ id: 'd2', counterId: 'quay-2', startsAt: 900, endsAt: null })];
		expect(conflicts(duties)).toMatchObject([{ from: 900, until: null }]);
	});

	test('nobody is never in two places', () => {
		const duties = [aDuty({ officerId: null }), aDuty({ id: 'd2', counterId: 'quay-2', officerId: null })];
		expect(conflicts(duties)).toEqual([]);
	});

	test('a conflict is reported exactly where an instant-by-instant look finds one', () => {
		const duty = fc.record({
			id: fc.uuid(),
			counterId: fc.constantFrom('1', '2', '3'),
			officerId: fc.constantFrom('hoa', 'minh', null),
			startsAt: fc.integer({ min: 0, max: 12 }),
			endsAt: fc.option(fc.integer({ min: 0, max: 15 }), { nil: null })
		});
		fc.assert(
			fc.property(fc.array(duty, { maxLength: 7 }), (duties) => {
				const found = conflicts(duties);
				for (let at = 0; at < 20; at++) {
					const present = ['1', '2', '3'].map((counter) => dutyAt(duties, counter, at)?.officerId);
					for (const officerId of ['hoa', 'minh']) {
						const twice = present.filter((each) => each === officerId).length > 1;
						const said = found.some(
							(c) => c.officerId === officerId && c.from <= at && (c.until === null || at < c.until)
						);
						expect(said).toBe(twice);
					}
				}
			})
		);
	});
});
