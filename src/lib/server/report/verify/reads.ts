import { and, eq, gt, or } from 'drizzle-orm';
import type { Difference } from '../../../domain/report/difference.ts';
import { type Block, MARGIN_KEY, marginsOf } from '../../../domain/report/margin.ts';
import { isTotalled } from '../../../domain/report/totals.ts';
import { monthOf } from '../../../domain/shared/time.ts';
import type { Db, Queries } from '../../db/db.ts';
import { marginCounts, settledSheets } from '../../db/schema/margin.ts';
import { dailyCounts, monthlyCounts, releasedCounts } from '../../db/schema/report.ts';
import { sheets } from '../../db/schema/submission.ts';
import { knowVersions } from '../../survey/reads.ts';
import { addToShift, hourDifferences, type ShiftHours } from './hours/reads.ts';
import { addSheet, FIGURES, RELEASED, rowsOf, type Counting } from '../../../domain/submission/counting.ts';

export interface Verification {
	sheets: number;
	rows: number;
	/** Counted but not yet filling a block, so not shown to anybody. */
	pendingSheets: number;
	differences: Difference[];
}

const PAGE = 5_000;

/** Recomputes every count from its source at one moment: daily and hourly from the sheets, released and settled from daily, the rest from released. */
export function verifyCounts(db: Db): Promise<Verification> {
	return db.store.snapshot(async (at) => {
		const { expected, hours, total } = await recompute(at);
		const daily = await at.select().from(dailyCounts);
		const differences = [
			...differing('daily', expected, daily),
			...differing('released', daily.map(asReleased), await at.select().from(releasedCounts).then(withoutDay)),
			...(await settledDifferences(at, daily)),
			...(await monthlyDifferences(at)),
			...(await marginDifferences(at)),
			...(await hourDifferences(at, hours))
		];
		const ofSheets = daily.filter(({ itemId, counted }) => itemId === '' && counted === 1);
		const pendingSheets = ofSheets.reduce((sum, row) => sum + row.sheets - row.rSheets, 0);
		return { sheets: total, rows: daily.length, pendingSheets, differences };
	});
}

async function recompute(at: Queries) {
	const counting: Counting = new Map();
	const hours: ShiftHours = new Map();
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
		for (const sheet of page) {
			addSheet(counting, sheet, 1);
			addToShift(hours, sheet);
		}
		total += page.length;
		if (page.length < PAGE) return { expected: rowsOf(counting), hours, total };
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
	const keyed = (row: Figured) => ({
		key: [row.organizationId, row.month ?? row.day ?? '', row.channel, row.siteId, row.counterId, row.fieldId]
			.concat(row.officerId, row.versionId, row.itemId || 'sheets', row.counted === 0 ? 'excluded' : 'counted')
			.join(' · '),
		figures: FIGURES.map((figure) => row[figure])
	});
	return differingBy(what, expected.map(keyed), actual.map(keyed));
}

interface Keyed {
	key: string;
	figures: number[];
}

function differingBy(what: string, expected: readonly Keyed[], actual: readonly Keyed[]): Difference[] {
	const sums = new Map<string, { counted: number[]; recomputed: number[] }>();
	const addTo = (side: 'counted' | 'recomputed', { key, figures }: Keyed) => {
		let both = sums.get(key);
		if (!both) sums.set(key, (both = { counted: figures.map(() => 0), recomputed: figures.map(() => 0) }));
		const sum = both[side];
		figures.forEach((figure, i) => (sum[i] += figure));
	};
	for (const row of expected) addTo('recomputed', row);
	for (const row of actual) addTo('counted', row);
	return [...sums]
		.filter(([, { counted, recomputed }]) => counted.some((value, i) => value !== recomputed[i]))
		.map(([key, both]) => ({ where: `${what} · ${key}`, ...both }));
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

/** Sheets that wait for nothing against what the daily counts say of them. */
async function settledDifferences(at: Queries, daily: readonly (typeof dailyCounts.$inferSelect)[]) {
	const keyed = (row: Omit<typeof settledSheets.$inferSelect, 'sheets'>, sheets: number) => ({
		key: [row.organizationId, row.day, row.channel, row.versionId, row.itemId || 'sheets']
			.concat(row.counted === 0 ? 'excluded' : 'counted')
			.join(' · '),
		figures: [sheets]
	});
	const settled = daily.filter(({ itemId }) => isTotalled(itemId));
	return differingBy(
		'settled',
		settled.map((row) => keyed(row, row.counted === 0 ? row.sheets : row.rSheets)),
		(await at.select().from(settledSheets)).map((row) => keyed(row, row.sheets))
	);
}

/** Sums by one side against the released days, and whose alone they are. */
async function marginDifferences(at: Queries): Promise<Difference[]> {
	const keyed = (row: ReturnType<typeof marginsOf>[number]) => ({
		key: [...MARGIN_KEY.map((column) => row[column] || '–'), row.onlyOfficer || 'of several'].join(' · '),
		figures: FIGURES.map((figure) => row[figure])
	});
	const blocks: Block[] = await at.select().from(releasedCounts);
	return differingBy('margin', marginsOf(blocks).map(keyed), (await at.select().from(marginCounts)).map(keyed));
}
