import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { openDb } from '../../src/lib/server/db/open.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { CENTRE, ORGANIZATION, VERSION } from './counted-year.ts';
import { rateDay, weekdays } from './days.ts';
import { median, round, type Figure } from './figure.ts';
import { foundProvince } from './province.ts';
import { freshFolder } from './servers.ts';

const LIMIT = 1.25;
/** Twenty counters, twenty sheets a counter and day: 400 sheets a day. */
const SHEETS_A_DAY = 20;
const FEW_DAYS = 25;
const MANY_DAYS = 250;
const TIMES = 5;

/**
 * How much memory an export takes: the peak of a process of its own over what it had before, for 100 000 sheets of 5 answers against
 * 10 000 of the same centre, stored through the one way in and released. The two are asked in turn and the medians compared.
 */
export async function exportStream(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const url = `file:${folder.path}/year.db`;
	try {
		const days = await rateYear(url, seed);
		const asked = { few: days[FEW_DAYS - 1], many: days[MANY_DAYS - 1] };
		const exports = { few: [] as Export[], many: [] as Export[] };
		for (let time = 0; time < TIMES; time++)
			for (const size of ['few', 'many'] as const)
				exports[size].push(exportTo(`${folder.path}/${size}-${time}.csv`, url, days[0], asked[size]));
		const grown = (of: Export[]) => median(of.map(({ before, peak }) => (peak - before) / 2 ** 20));
		const [few, many] = [grown(exports.few), grown(exports.many)];
		const [small, large] = [exports.few[0], exports.many[0]];
		return {
			name: 'export-stream',
			value: round(many, 1),
			unit: 'MiB',
			limit: LIMIT,
			ratio: round(many / few, 3),
			n: large.sheets,
			seed,
			held: many / few <= LIMIT,
			details: [
				`${large.sheets} sheets: ${large.lines} lines, ${round(large.bytes / 2 ** 20, 1)} MiB in ${round(median(exports.many.map(({ ms }) => ms)))} ms, ${round(many, 1)} MiB of memory`,
				`${small.sheets} sheets: ${small.lines} lines, ${round(small.bytes / 2 ** 20, 1)} MiB in ${round(median(exports.few.map(({ ms }) => ms)))} ms, ${round(few, 1)} MiB of memory`
			]
		};
	} finally {
		folder.remove();
	}
}

type Export = ReturnType<typeof exportTo>;

function exportTo(file: string, url: string, from: string, to: string) {
	const program = ['tests/bench/export-child.ts', url, ORGANIZATION, VERSION, from, to, file];
	const env = { ...process.env, DATABASE_URL: url };
	const said = execFileSync(process.execPath, program, { env, encoding: 'utf8' });
	const { before, peak, ms } = JSON.parse(said) as { before: number; peak: number; ms: number };
	const content = readFileSync(file, 'utf8');
	const lines = content.trimEnd().split('\r\n').slice(1);
	// Lines without an item count the sheets, which stand last.
	const ofSheets = lines.map((line) => line.split(',')).filter((cells) => cells[10] === '');
	const sheets = ofSheets.reduce((sum, cells) => sum + Number(cells.at(-1)), 0);
	return { before, peak, ms, sheets, lines: lines.length, bytes: content.length };
}

async function rateYear(url: string, seed: number): Promise<string[]> {
	const db = await openDb(url);
	const random = seeded(seed).next;
	const tablets = await foundProvince(db, CENTRE);
	const days = weekdays('2025-01-01', MANY_DAYS);
	for (const [i, day] of days.entries()) {
		await rateDay(db, tablets, day, 1 + i * SHEETS_A_DAY, SHEETS_A_DAY, random);
		if (i % 25 === 24) await releaseCounts(db);
	}
	await db.store.close();
	return days;
}
