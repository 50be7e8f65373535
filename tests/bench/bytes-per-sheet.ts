import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openDb } from '../../src/lib/server/db/open.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { forgetOldLines } from '../../src/lib/server/submission/writes.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { eveningOf, rateDay, weekdays } from './days.ts';
import { round, type Figure } from './figure.ts';
import { foundProvince } from './province.ts';
import { freshFolder } from './servers.ts';

const LIMIT = 400;
/** Five wards of eight counters for half a year, one officer a counter and twenty sheets a counter and day. */
const SHAPE = { wards: 5, countersPerWard: 8, fieldsPerWard: 12, fieldsPerCounter: 3, officersPerCounter: 1 };
const DAYS = 125;
const SHEETS_A_DAY = 20;

/**
 * What a sheet of five answers weighs on disk after half a year with everything that comes with it: the daily counts, what was released
 * of them, the months, and the ledger as the nightly job leaves it, the last seven days. The write-ahead log is emptied first, as
 * closing the database does. The ledger line of a sheet in its first week is said beside it.
 */
export async function bytesPerSheet(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const path = `${folder.path}/sheets.db`;
	const db = await openDb(`file:${path}`);
	const random = seeded(seed).next;
	const tablets = await foundProvince(db, SHAPE);
	const days = weekdays('2026-01-05', DAYS);
	for (const [i, day] of days.entries()) {
		await rateDay(db, tablets, day, 1 + i * SHEETS_A_DAY, SHEETS_A_DAY, random);
		await forgetOldLines(db, eveningOf(day));
		if (i % 5 === 4) await releaseCounts(db);
	}
	const n = tablets.length * DAYS * SHEETS_A_DAY;
	const { file, tables, lines } = measure(path);
	await db.store.close();
	folder.remove();

	const value = round(file / n, 1);
	const ledger = tables.get('intake_ledger')!;
	const parts = [...tables].slice(0, 6).map(([name, bytes]) => `${name} ${round(bytes / n, 1)}`);
	return {
		name: 'bytes-per-sheet',
		value,
		unit: 'bytes',
		limit: LIMIT,
		ratio: round(value / LIMIT, 3),
		n,
		seed,
		held: value <= LIMIT,
		details: [
			`of it: ${parts.join(', ')}`,
			`without the ledger ${round((file - ledger) / n, 1)}; in its first seven days a sheet has ${round(ledger / lines, 1)} bytes of ledger more`
		]
	};
}

/** Bytes of the files and of each table and index, largest first, and how many lines the ledger has. */
function measure(path: string) {
	const file = new Database(path);
	file.pragma('wal_checkpoint(TRUNCATE)');
	const tables = file.prepare('select name, sum(pgsize) from dbstat group by name order by 2 desc').raw().all() as [
		string,
		number
	][];
	const lines = file.prepare('select count(*) from intake_ledger').pluck().get() as number;
	file.close();
	return { file: statSync(path).size + sizeOf(`${path}-wal`), tables: new Map(tables), lines };
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
