import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dutyAt, type Duty } from './duty.ts';
import { applied, replan } from './replan.ts';

const aDuty = fc.record({
	id: fc.uuid(),
	counterId: fc.constantFrom('q1', 'q2'),
	officerId: fc.constantFrom('o1', 'o2', null),
	startsAt: fc.integer({ min: 0, max: 20 }),
	length: fc.option(fc.integer({ min: 0, max: 20 }))
});
const roster = fc
	.uniqueArray(aDuty, { selector: ({ id }) => id, maxLength: 8 })
	.map((all) =>
		all.map(({ length, ...duty }): Duty => ({ ...duty, endsAt: length === null ? null : duty.startsAt + length }))
	);
const wish = fc
	.record({
		counterId: fc.constant('q1'),
		officerId: fc.constantFrom('o1', 'o2', 'o3', null),
		from: fc.integer({ min: 0, max: 20 }),
		length: fc.integer({ min: 1, max: 12 })
	})
	.map(({ length, ...rest }) => ({ ...rest, until: rest.from + length }));

test('a wish holds for exactly its time, and before, after and elsewhere nothing changes', () => {
	fc.assert(
		fc.property(roster, wish, (duties, wished) => {
			let n = 0;
			const after = applied(
				duties,
				replan(duties, wished, () => `new${n++}`)
			);
			const moments = ['q1', 'q2'].flatMap((counterId) =>
				Array.from({ length: 46 }, (_, i) => ({ counterId, at: i - 1 }))
			);
			const officer = (held: Duty[], { counterId, at }: (typeof moments)[number]) =>
				dutyAt(held, counterId, at)?.officerId ?? null;
			const wanted = moments.map((moment) => {
				const inside = moment.counterId === wished.counterId && moment.at >= wished.from && moment.at < wished.until;
				return inside ? wished.officerId : officer(duties, moment);
			});
			// One comparison a run: `expect` costs more than what it looks at.
			expect(moments.map((moment) => officer(after, moment))).toEqual(wanted);
		}),
		{ numRuns: 2000 }
	);
});

test('wishing twice writes once', () => {
	fc.assert(
		fc.property(roster, wish, (duties, wished) => {
			let n = 0;
			const newId = () => `new${n++}`;
			const after = applied(duties, replan(duties, wished, newId));
			expect(replan(after, wished, newId)).toEqual({ ended: [], added: [] });
		})
	);
});
