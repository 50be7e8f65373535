import { targetsOf } from './targets.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CRITERIA } from '../survey/criterion.ts';
import { type Cell, mapCriteria, type ShownCell, WITHHELD } from './cell.ts';
import {
	type OfficersContent,
	officersContent,
	ownPart,
	type PublicContent,
	publicContent,
	reviseOfficers,
	revisePublic
} from './publication.ts';
import type { IndexRow, IndexTable } from './table.ts';

const shown = (n: number, value = 90): ShownCell => ({
	value,
	n,
	low: 80,
	high: 95,
	verdict: 'not-enough',
	advisory: false
});
const measured = { method: 'T2B-5C-v1', versionId: 'SIPAS5-v1', channels: ['terminal'], target: 90 } as const;

const aMonth = (n: number, sheets: number | null = n): PublicContent => ({
	...measured,
	sheets,
	sipas: shown(n),
	score: shown(n),
	criteria: mapCriteria(() => shown(n)),
	sites: []
});

test('fewer than five late sheets make no revision of a month, whatever else has changed', () => {
	fc.assert(
		fc.property(
			fc.nat(200),
			fc.integer({ min: -20, max: 20 }),
			fc.array(fc.integer({ min: -20, max: 20 })),
			(n, grown, moves) => {
				const before = aMonth(n);
				const now: PublicContent = {
					...aMonth(n + grown),
					criteria: mapCriteria((criterion) => shown(Math.max(0, n + (moves[CRITERIA.indexOf(criterion)] ?? 0)), 70))
				};
				const revision = revisePublic(before, now);
				if (grown < 5) expect(revision).toBeNull();
				// And no single figure of it moves by fewer.
				for (const criterion of revision ? CRITERIA : []) {
					const [a, b] = [before.criteria[criterion], revision!.criteria[criterion]] as [ShownCell, ShownCell];
					expect(JSON.stringify(a) === JSON.stringify(b) || Math.abs(a.n - b.n) >= 5).toBe(true);
				}
			}
		)
	);
	expect(revisePublic(aMonth(40), aMonth(44))).toBeNull();
	expect(revisePublic(aMonth(40), aMonth(45))).toEqual(aMonth(45));
});

test('what stands published is not withheld by a revision, and what was withheld may be told once there is enough', () => {
	const before = aMonth(40);
	const fewer = { ...aMonth(60), criteria: { ...aMonth(60).criteria, KQ: WITHHELD } };
	expect(revisePublic(before, fewer)).toBeNull();
	expect(revisePublic({ ...aMonth(0, null), sipas: WITHHELD, criteria: mapCriteria(() => WITHHELD) }, before)).toEqual(
		before
	);
});

const ofOfficers = (officers: Record<string, Cell>, centre: Cell): OfficersContent => ({
	...measured,
	officers,
	centre
});

test('each officer’s figure stays as it was until ten more have answered about them', () => {
	const before = ofOfficers({ o1: shown(30), o2: shown(30) }, shown(60));
	const few = ofOfficers({ o1: shown(39, 70), o2: shown(30) }, shown(69));
	expect(reviseOfficers(before, few)).toBeNull();
	const enough = ofOfficers({ o1: shown(40, 70), o2: shown(39, 50), o3: shown(12) }, shown(91));
	expect(reviseOfficers(before, enough)).toEqual(
		ofOfficers({ o1: shown(40, 70), o2: shown(30), o3: shown(12) }, shown(91))
	);
	// Somebody who was deleted meanwhile keeps what was published of them.
	expect(reviseOfficers(before, ofOfficers({ o1: shown(40) }, shown(70)))?.officers.o2).toEqual(shown(30));
});

test('an officer’s part holds nothing of a colleague, and the centre only where two colleagues stand behind it', () => {
	const content = ofOfficers({ o1: shown(30), o2: shown(31), o3: shown(32) }, shown(93));
	expect(ownPart(content, 'o1')).toEqual({ own: shown(30), centre: shown(93) });
	expect(ownPart(content, 'nobody')).toEqual({ own: WITHHELD, centre: shown(93) });
	expect(ownPart(content, 'toString').own).toEqual(WITHHELD);
	const two = ofOfficers({ o1: shown(30), o2: shown(31) }, shown(61));
	expect(ownPart(two, 'o1')).toEqual({ own: shown(30), centre: WITHHELD });
});

const row = (key: string | null, n: number, name = `${key}`): IndexRow => ({
	...{ key, name, sheets: n, sipas: shown(n), score: shown(n), criteria: mapCriteria(() => shown(n)) }
});
const table = (rows: IndexRow[], total: IndexRow): IndexTable => ({
	...{ ...measured, targets: targetsOf(90), by: 'site', from: '2026-10-01', to: '2026-10-31', rows, total }
});

test('everybody reads sites only where none of them is one or two officers’ own', () => {
	const whole = table([], row(null, 100));
	const bySite = table([row('s1', 60), row('s2', 40)], row(null, 100));
	const officers = (s2: number) =>
		new Map([
			['s1', 5],
			['s2', s2]
		]);
	expect(publicContent(whole, bySite, officers(3)).sites.map(({ id }) => id)).toEqual(['s1', 's2']);
	expect(publicContent(whole, bySite, officers(2)).sites).toEqual([]);
	const small = table([row('s1', 60), { ...row('s2', 40), sipas: WITHHELD }], row(null, 100));
	expect(publicContent(whole, small, officers(3)).sites).toEqual([]);
	// Between two reads a block came in: the sites would not add up to the total.
	expect(publicContent(table([], row(null, 90)), bySite, officers(3)).sites).toEqual([]);
});

test('no officer stands in what the public reads, and no centre in an officers’ week', () => {
	const byOfficer = table([row('o1', 30, 'Công Chức 1'), row(null, 12), row('o2', 9)], row(null, 51));
	byOfficer.rows[2].criteria.PV = WITHHELD;
	const week = officersContent(byOfficer, false);
	expect(week.centre).toEqual(WITHHELD);
	expect(Object.keys(week.officers)).toEqual(['o1']);
	expect(JSON.stringify(week)).not.toContain('Công Chức');
});
