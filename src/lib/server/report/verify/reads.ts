import { and, eq, gt, or } from 'drizzle-orm';
import { monthOf } from '../../../domain/shared/time.ts';
import type { Db, Queries } from '../../db/db.ts';
import { dailyCounts, monthlyCounts, releasedCounts } from '../../db/schema/report.ts';
import { sheets } from '../../db/schema/submission.ts';
import { knowVersions } from '../../survey/reads.ts';
import { addSheet, FIGURES, RELEASED, rowsOf, type Counting } from '../../../domain/submission/counting.ts';

/** One row of counts that is not what its source says: figures n1..n5, not applicable, sheets. */
export interface Difference {
	where: string;
	counted: number[];
	recomputed: number[];
}

export interface Verification {
	sheets: number;
	rows: number;
	/** Counted but not yet filling a block, so not shown to anybody. */
	pendingSheets: number;
	differences: Difference[];
}

const PAGE = 5_000;

/** Recomputes every count from its source at one moment: daily from the sheets, released from daily, monthly from released. */
export function verifyCounts(db: Db): Promise<Verification> {
	return db.store.snapshot(async (at) => {
		const { expected, total } = await recompute(at);
		const daily = await at.select().from(dailyCounts);
		const differences = [
			...differing('daily', expected, daily),
			...differing('released', daily.map(asReleased), await at.select().from(releasedCounts).then(withoutDay)),
			...(await monthlyDifferences(at))
		];
		const ofSheets = daily.filter(({ itemId, counted }) => itemId === '' && counted === 1);
		const pendingSheets = ofSheets.reduce((sum, row) => sum + row.sheets - row.rSheets, 0);
		return { sheets: total, rows: daily.length, pendingSheets, differences };
	});
}

async function recompute(at: Queries) {
	const counting: Counting = new Map();
	let total = 0;
	let last = { organizationId: '', id: '' };
	for (;;) {
		const page = await at
			.select()
			.from(sheets)
			.where(
				or(
					gt(sheets.organizationId, last.organizationId),
					and(eq(sheets.organizationId, last.organizationId), gt(sheets.id, last.id))
				)
			)
			.orderBy(sheets.organizationId, sheets.id)
			.limit(PAGE);
		await knowVersions(
			at,
			page.map(({ versionId }) => versionId)
		);
		for (const sheet of page) addSheet(counting, sheet, 1);
		total += page.length;
		if (page.length < PAGE) return { expected: rowsOf(counting), total };
		last = page[page.length - 1];
	}
}

type Cut = Record<
	'organizationId' | 'channel' | 'siteId' | 'counterId' | 'fieldId' | 'officerId' | 'versionId' | 'itemId',
	string
>;
type Figured = Cut & Record<(typeof FIGURES)[number], number> & { day?: string; month?: string; counted?: number };

/** Rows that do not say the same on both sides; rows of zeros are no rows. */
function differing(what: string, expected: readonly Figured[], actual: readonly Figured[]): Difference[] {
	const sums = new Map<string, { counted: number[]; recomputed: number[] }>();
	const addTo = (side: 'counted' | 'recomputed', row: Figured) => {
		const key = [
			what,
			row.organizationId,
			row.month ?? row.day ?? '',
			row.channel,
			row.siteId,
			row.counterId,
			row.fieldId
		]
			.concat(row.officerId, row.versionId, row.itemId || 'sheets', row.counted === 0 ? 'excluded' : 'counted')
			.join(' · ');
		let both = sums.get(key);
		if (!both) sums.set(key, (both = { counted: FIGURES.map(() => 0), recomputed: FIGURES.map(() => 0) }));
		FIGURES.forEach((figure, i) => (both[side][i] += row[figure]));
	};
	for (const row of expected) addTo('recomputed', row);
	for (const row of actual) addTo('counted', row);
	return [...sums]
		.filter(([, { counted, recomputed }]) => counted.some((value, i) => value !== recomputed[i]))
		.map(([where, both]) => ({ where, ...both }));
}

/** What a daily row says has been released of it; blocks carry another day, so days are added up on both sides. */
function asReleased(row: typeof dailyCounts.$inferSelect): Figured {
	const { day: _, counted: __, ...cut } = row;
	return { ...cut, ...Object.fromEntries(FIGURES.map((figure, i) => [figure, row[RELEASED[i]]])) };
}

function withoutDay(rows: (typeof releasedCounts.$inferSelect)[]): Figured[] {
	return rows.map(({ day: _, ...row }) => row);
}

/** Months against the released days that they add up. */
async function monthlyDifferences(at: Queries): Promise<Difference[]> {
	const released = await at.select().from(releasedCounts);
	const days = released.map(({ day, ...row }) => ({ ...row, month: monthOf(day) }));
	return differing('monthly', days, await at.select().from(monthlyCounts));
}
