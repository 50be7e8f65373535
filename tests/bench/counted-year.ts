import { insertNew } from '../../src/lib/server/db/bulk.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { addReleased, settle } from '../../src/lib/server/report/released/writes.ts';
import { weekdays } from './days.ts';
import { ITEMS, officerOf, scoreOf, type Tablet } from './province.ts';

/** A large centre: 20 counters, 12 fields, 40 officers. */
export const CENTRE = { wards: 1, countersPerWard: 20, fieldsPerWard: 12, fieldsPerCounter: 3, officersPerCounter: 2 };
export const ORGANIZATION = 'w000000000';
export const VERSION = 'SIPAS5-v1';
/** Answers a year. */
export const MANY = 10_000_000;
const DAYS = 250;

/** A year's counts of 10 000 000 answers day by day, all of them released, added up as a release does. */
export async function countYear(db: Db, tablets: Tablet[], year: number, seed: number) {
	const random = seeded(seed).next;
	const cuts = cutsOf(tablets);
	const each = MANY / ITEMS.length / DAYS / cuts.length;
	for (const day of weekdays(`${year}-01-01`, DAYS)) {
		const rows = cuts.flatMap((cut) => rowsOf(cut, each, random)).map((row) => ({ day, ...row }));
		await commit(db, async (tx) => {
			await addReleased(tx, rows);
			const all = rows.map((row) => ({ ...row, counted: 1, pending: 0 }));
			await insertNew(
				tx,
				dailyCounts,
				all.map((row) => ({ ...row, ...releasedOf(row) }))
			);
			await settle(tx, all);
		});
	}
}

type Cut = ReturnType<typeof cutsOf>[number];

/** Every officer of a counter with every field of it, and with none named. */
export function cutsOf(tablets: Tablet[]) {
	return tablets.flatMap(({ organizationId, siteId, counterId, fieldIds, dutyIds }) =>
		dutyIds.flatMap((dutyId) =>
			['', ...fieldIds].map((fieldId) => ({
				...{ organizationId, versionId: VERSION, channel: 'terminal', siteId, counterId, fieldId },
				officerId: officerOf(dutyId)
			}))
		)
	);
}

/** The rows of one cut with about `sheets` sheets: the sheets themselves, then each item's answers. */
export function rowsOf(cut: Cut, sheets: number, random: () => number) {
	const none = { n1: 0, n2: 0, n3: 0, n4: 0, n5: 0, notApplicable: 0, sheets: 0 };
	const answers = ITEMS.map((itemId) => {
		const row = { ...cut, itemId, ...none };
		for (let sheet = 0; sheet < sheets; sheet++) row[`n${scoreOf(random())}`]++;
		return row;
	});
	return [{ ...cut, itemId: '', ...none, sheets }, ...answers];
}

function releasedOf({ n1, n2, n3, n4, n5, sheets }: ReturnType<typeof rowsOf>[number]) {
	return { r1: n1, r2: n2, r3: n3, r4: n4, r5: n5, rNotApplicable: 0, rSheets: sheets };
}
