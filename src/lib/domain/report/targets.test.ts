import { expect, test } from 'vitest';
import { countedTable } from './counted-table.fixture.ts';
import { linesOf } from './file.ts';
import { sayTargets, targetsOf } from './targets.ts';

/** 400 of 500 everywhere: 80 %, of which the interval is 76,3 – 83,3. */
const verdicts = (targets?: Parameters<typeof targetsOf>[1]) => {
	const table = countedTable({ q1: [400, 500] }, 'counter', targets);
	const lines = linesOf(table, { before: null, yearBefore: null }).filter(({ key }) => key === 'q1');
	expect(lines.map(({ verdict }) => verdict)).toEqual(
		lines.map(({ criterion }) => {
			const cell = criterion === 'SIPAS' ? table.rows[0].sipas : table.rows[0].criteria[criterion as 'TC'];
			return 'value' in cell ? cell.verdict : null;
		})
	);
	return Object.fromEntries(lines.map(({ criterion, verdict, target }) => [criterion, `${target} ${verdict}`]));
};

test('a target of one criterion decides its verdict and no other, in the table and in its file', () => {
	const usual = { TC: '90 not-met', HC: '90 not-met', PV: '90 not-met', KQ: '90 not-met', TT: '90 not-met' };
	expect(verdicts()).toEqual({ ...usual, SIPAS: '90 not-met' });
	expect(verdicts({ TC: 75 })).toEqual({ ...usual, TC: '75 met', SIPAS: '90 not-met' });
	expect(verdicts({ SIPAS: 75, PV: 80 })).toEqual({ ...usual, PV: '80 not-enough', SIPAS: '75 met' });
});

test('one target is said once, several each with its name', () => {
	expect(sayTargets(targetsOf(90))).toBe('90,00');
	expect(sayTargets(targetsOf(90, { TC: 85.5 }))).toBe('TC 85,50, HC 90,00, PV 90,00, KQ 90,00, TT 90,00, SIPAS 90,00');
});
