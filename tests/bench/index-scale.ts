import { openDb } from '../../src/lib/server/db/open.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { addReleased } from '../../src/lib/server/report/released/writes.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { DIMENSIONS, type Dimension } from '../../src/lib/domain/report/table.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { CENTRE, countYear, cutsOf, MANY, ORGANIZATION, rowsOf, VERSION } from './counted-year.ts';
import { rateDay, weekdays } from './days.ts';
import { median, round, type Figure } from './figure.ts';
import { MOST_MS_OF_A_TABLE } from './limits.ts';
import { foundProvince, ITEMS } from './province.ts';
import { freshFolder } from './servers.ts';

const LIMIT = 1.5;
const DAYS = 250;
const PROVINCE = { ...CENTRE, countersPerWard: 500 };
const FEW = 100_000;

const LOOKS = 21;
const YEAR = { from: '2025-01-01', to: '2025-12-31' };
/** Its first month is cut, so that days have to be read beside the months. */
const FROM_THE_FIFTH = { from: '2025-01-05', to: '2025-12-31' };

/**
 * The leader's table by every grouping × criterion over a year, with 10 000 000 answers against 100 000 in a centre of the same shape.
 * The few are real sheets through the one way in, released and recomputed by verify; the many are made as counts of the same cuts,
 * which is all that a report may read. The two are asked in turn. The figure is by officer; every grouping has to hold the same
 * limits. A year that cuts a month stands beside it, with what is over them.
 */
export async function indexScale(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const few = await openDb(`file:${folder.path}/few.db`);
	const many = await openDb(`file:${folder.path}/many.db`);
	const province = await openDb(`file:${folder.path}/province.db`);
	try {
		await rateYear(few, seed);
		await countYear(many, await foundProvince(many, CENTRE), 2025, seed);
		await countMonths(province, seed);
		const whole = await comparedBy(few, many, YEAR);
		const cut = await comparedBy(few, many, FROM_THE_FIFTH);
		const large = median((await looks(LOOKS, () => timed(province, 'officer', YEAR))).map(({ took }) => took));
		const officer = whole.find(({ by }) => by === 'officer')!;
		return {
			name: 'index-scale',
			value: round(officer.manyMs, 2),
			unit: 'ms',
			limit: LIMIT,
			ratio: round(officer.ratio, 3),
			n: MANY,
			seed,
			held: whole.every(holds),
			details: [
				`median of ${LOOKS} looks at a year; under ${MOST_MS_OF_A_TABLE} ms and ${LIMIT} times that of ${FEW} answers: ${said(whole)}`,
				`from the 5th of its first month: ${said(cut)}`,
				`1 000 officers at 500 counters: ${round(large, 2)} ms`
			]
		};
	} finally {
		await Promise.all([few, many, province].map((db) => db.store.close()));
		folder.remove();
	}
}

interface Period {
	from: string;
	to: string;
}

interface Compared {
	by: Dimension;
	manyMs: number;
	fewMs: number;
	ratio: number;
	/** What of the many was work, not waiting for a busy machine. */
	processor: number;
}

interface Look {
	took: number;
	processor: number;
}

const holds = ({ manyMs, ratio }: Compared) => manyMs < MOST_MS_OF_A_TABLE && ratio <= LIMIT;

const said = (all: readonly Compared[]) =>
	all
		.map((each) => {
			const { by, manyMs, fewMs, ratio, processor } = each;
			const over = holds(each) ? '' : ' (OVER)';
			return `${by} ${round(manyMs, 2)} ms (processor ${round(processor, 2)}) to ${round(fewMs, 2)}, ${round(ratio, 2)}${over}`;
		})
		.join('; ');

async function comparedBy(few: Db, many: Db, period: Period): Promise<Compared[]> {
	const all: Compared[] = [];
	for (const by of DIMENSIONS) {
		const times = await looks(LOOKS, async () => [await timed(few, by, period), await timed(many, by, period)]);
		const [fewMs, manyMs] = [0, 1].map((which) => median(times.map((pair) => pair[which].took)));
		const processor = median(times.map(([, { processor }]) => processor));
		all.push({ by, manyMs, fewMs, ratio: manyMs / fewMs, processor });
	}
	return all;
}

/** After three to warm up. */
async function looks<Value>(count: number, look: () => Promise<Value>): Promise<Value[]> {
	for (let i = 0; i < 3; i++) await look();
	const all = [];
	for (let i = 0; i < count; i++) all.push(await look());
	return all;
}

async function timed(db: Db, by: Dimension, period: Period): Promise<Look> {
	const question = { organizationId: ORGANIZATION, by, versionId: VERSION, target: 90, ...period };
	const [began, used] = [performance.now(), process.cpuUsage()];
	const table = await readIndexTable(db, question);
	const took = performance.now() - began;
	const { user, system } = process.cpuUsage(used);
	if (table.rows.length < (by === 'officer' ? 40 : 1)) throw new Error(`The table by ${by} lacks rows`);
	return { took, processor: (user + system) / 1000 };
}

/** Real sheets, every day at every counter, and a check that nothing differs. */
async function rateYear(db: Db, seed: number) {
	const random = seeded(seed).next;
	const tablets = await foundProvince(db, CENTRE);
	const each = FEW / ITEMS.length / tablets.length / DAYS;
	for (const [i, day] of weekdays('2025-01-01', DAYS).entries()) {
		await rateDay(db, tablets, day, 1 + i * each, each, random);
		if (i % 10 === 9) await releaseCounts(db);
	}
	await releaseCounts(db);
	const { differences, sheets } = await verifyCounts(db);
	if (differences.length > 0) throw new Error(`verify: ${JSON.stringify(differences[0])}`);
	if (sheets * ITEMS.length !== FEW) throw new Error(`${sheets} sheets are stored`);
}

/** A thousand officers, a month as one day: six million daily rows would take longer to make than to read. */
async function countMonths(db: Db, seed: number) {
	const random = seeded(seed).next;
	const cuts = cutsOf(await foundProvince(db, PROVINCE));
	const each = Math.round(MANY / ITEMS.length / 12 / cuts.length);
	for (let number = 1; number <= 12; number++) {
		const day = `2025-${String(number).padStart(2, '0')}-01`;
		const rows = cuts.flatMap((cut) => rowsOf(cut, each, random)).map((row) => ({ day, ...row }));
		await commit(db, (tx) => addReleased(tx, rows));
	}
}
