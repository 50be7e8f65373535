import { openDb } from '../../src/lib/server/db/open.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { addReleased } from '../../src/lib/server/report/released/writes.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { CENTRE, countYear, cutsOf, MANY, ORGANIZATION, rowsOf, VERSION } from './counted-year.ts';
import { rateDay, weekdays } from './days.ts';
import { median, quantile, round, type Figure } from './figure.ts';
import { foundProvince, ITEMS } from './province.ts';
import { freshFolder } from './servers.ts';

const LIMIT = 1.5;
const LIMIT_MS = 20;
const DAYS = 250;
const PROVINCE = { ...CENTRE, countersPerWard: 500 };
const FEW = 100_000;
const LOOKS = 31;

/**
 * The leader's table by officer × criterion over a year, with 10 000 000 answers against 100 000 in a centre of the same shape. The few
 * are real sheets through the one way in, released and recomputed by verify; the many are made as counts of the same cuts, which
 * is all that a report may read. The two are asked in turn.
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

		const year = { from: '2025-01-01', to: '2025-12-31' };
		const times = { few: [] as number[], many: [] as number[] };
		for (let look = -3; look < LOOKS; look++) {
			const [one, other] = [await timed(few, year), await timed(many, year)];
			if (look < 0) continue; // warming up
			times.few.push(one);
			times.many.push(other);
		}
		const [fewMs, manyMs] = [median(times.few), median(times.many)];
		const ratio = manyMs / fewMs;
		const rolling = await lookAt(many, { from: '2025-01-15', to: '2025-12-14' });
		const large = await lookAt(province, year);
		return {
			name: 'index-scale',
			value: round(manyMs, 2),
			unit: 'ms',
			limit: LIMIT,
			ratio: round(ratio, 3),
			n: MANY,
			seed,
			held: ratio <= LIMIT && manyMs < LIMIT_MS,
			details: [
				`median of ${LOOKS} looks: ${round(manyMs, 2)} ms (p99 ${round(quantile(times.many, 0.99), 2)}) against ${round(fewMs, 2)} ms; under ${LIMIT_MS} ms`,
				`a year that cuts two months: ${round(rolling, 2)} ms`,
				`1 000 officers at 500 counters, by months: ${round(large, 2)} ms`
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

async function timed(db: Db, period: Period): Promise<number> {
	const question = { organizationId: ORGANIZATION, by: 'officer', versionId: VERSION, target: 90, ...period } as const;
	const began = performance.now();
	const table = await readIndexTable(db, question);
	const took = performance.now() - began;
	if (table.rows.length < 40) throw new Error('The table lacks officers');
	return took;
}

async function lookAt(db: Db, period: Period) {
	const times = [];
	for (let look = 0; look < 7; look++) times.push(await timed(db, period));
	return median(times);
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
