import { changesBetween } from '../../src/lib/domain/report/change.ts';
import { countedTable } from '../../src/lib/domain/report/counted-table.fixture.ts';
import { calendarPeriod } from '../../src/lib/domain/report/period.ts';
import { drawReport } from '../../src/lib/domain/report/report.ts';
import { noSheets } from '../../src/lib/domain/report/totals.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import { makeReportPdf } from '../../src/lib/server/report/paper/pdf.ts';
import { median, round, type Figure } from './figure.ts';

const LIMIT_MS = 1000;
const ROWS = 60;
const TIMES = 9;

/** A report with a table of sixty counters, six figures each with everything that stands beside them, from the model to the bytes of the PDF. */
export async function reportPdf(seed: number): Promise<Figure> {
	const random = seeded(seed);
	const shares = () =>
		Object.fromEntries(
			Array.from({ length: ROWS }, (_, i) => {
				const n = 40 + Math.floor(random.next() * 400);
				return [
					`${i + 1}. Hộ tịch và chứng thực`,
					[Math.floor(n * (0.7 + random.next() * 0.3)), n] as [number, number]
				];
			})
		);
	const table = countedTable(shares());
	const before = changesBetween(table, countedTable(shares()));
	const report = drawReport({
		organization: { name: 'Phường Thử Nghiệm', above: 'Tỉnh Thử Nghiệm', demonstration: true },
		period: calendarPeriod('quarter', table.from),
		asOf: startOfLocalDay('2027-01-04'),
		scope: [],
		tables: [{ table, changes: { before, yearBefore: null } }],
		byChannel: countedTable({ terminal: [90, 100] }, 'channel'),
		comments: [],
		participation: null,
		work: null,
		totals: { official: noSheets(), others: noSheets() },
		exclusions: [],
		audit: null
	});
	const [times, cpu]: number[][] = [[], []];
	let bytes = 0;
	for (let i = -2; i < TIMES; i++) {
		const [start, used] = [performance.now(), process.cpuUsage()];
		bytes = (await makeReportPdf(report)).length;
		if (i < 0) continue; // warming up
		times.push(performance.now() - start);
		cpu.push(process.cpuUsage(used).user / 1000);
	}
	const value = round(median(times));
	return {
		name: 'report-pdf',
		value,
		unit: 'ms',
		limit: LIMIT_MS,
		ratio: round(value / LIMIT_MS, 3),
		n: ROWS,
		seed,
		held: value < LIMIT_MS,
		details: [`${round(bytes / 1000)} kB; ${round(median(cpu))} ms of a processor`]
	};
}
