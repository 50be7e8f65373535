import { open, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Papa from 'papaparse';
import { localDay } from '../../lib/domain/shared/time.ts';
import { isOfficial } from '../../lib/domain/submission/channel.ts';
import { findVersion } from '../../lib/domain/survey/catalogue.ts';
import { readReleasedDays, type ExportQuestion, type ReleasedDay } from '../../lib/server/report/export/reads.ts';
import type { Db } from '../../lib/server/db/db.ts';
import { noteReading, sayQuestion } from '../../lib/server/http/reading.ts';
import { chosenOrganization, sayUnnoted, withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { pathFrom, readOptions, readPeriod } from './options.ts';

const text = { type: 'string' } as const;
const options = { from: text, to: text, version: text, org: text, out: text } as const;

/** So that a spreadsheet opens the file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';
const FIRST_DAY = '2000-01-01';

/** Released counts day by day, never sheets: answers come in blocks of at least k people. Cells that a spreadsheet would run are defused. */
export async function run(args: string[], calledIn: string) {
	const { values } = readOptions({ args, options });
	const { from = FIRST_DAY, to = localDay(Date.now()), version, out } = values;
	const period = readPeriod({ from, to });
	await withDatabase(async (db) => {
		if (version !== undefined && !findVersion(version)) throw new UsageProblem(`Không có bộ câu hỏi "${version}".`);
		const { id, versionId } = await chosenOrganization(db, values.org);
		const question = { organizationId: id, versionId: version ?? versionId, ...period };
		const detail = sayQuestion({ ...period, version: question.versionId });
		const line = { actorId: 'system', action: 'exported', object: 'cli', detail, now: Date.now() } as const;
		await noteReading({ db, report: sayUnnoted }, { organizationId: id, ...line });
		if (out === undefined) await toOutput(db, question);
		else await toNewFile(db, question, pathFrom(calledIn, out));
	});
}

/** Writes every line of the answer as fast as it is taken, and holds a page of them. */
export function writeExport(db: Db, question: ExportQuestion, out: Writable, end = true): Promise<void> {
	return readReleasedDays(db, question, (pages) => pipeline(csvOf(pages), out, { end }));
}

async function* csvOf(pages: AsyncIterable<ReleasedDay[]>): AsyncGenerator<string> {
	yield BYTE_ORDER_MARK + lines([COLUMNS]);
	for await (const page of pages) {
		const told = page.map((row) => ({ ...row, official: isOfficial(row.channel) ? 'yes' : 'no' }));
		yield lines(told.map((row) => COLUMNS.map((column) => row[column])));
	}
}

const lines = (rows: readonly (readonly unknown[])[]) =>
	Papa.unparse(rows as unknown[][], { escapeFormulae: true }) + '\r\n';

const COLUMNS: readonly (keyof ReleasedDay | 'official')[] = [
	'day',
	'version',
	'channel',
	'official',
	'site',
	'counterNumber',
	'counter',
	'fieldCode',
	'field',
	'officer',
	'item',
	'n1',
	'n2',
	'n3',
	'n4',
	'n5',
	'notApplicable',
	'sheets'
];

async function toOutput(db: Db, question: ExportQuestion) {
	try {
		await writeExport(db, question, process.stdout, false);
	} catch (problem) {
		if (codeOf(problem) !== 'EPIPE') throw problem;
		throw new Refusal('Nơi nhận đã đóng trước khi xuất xong.');
	}
}

async function toNewFile(db: Db, question: ExportQuestion, path: string) {
	const file = await open(path, 'wx', 0o600).catch((problem: unknown) => {
		if (codeOf(problem) === 'EEXIST') throw new Refusal(`Tệp ${path} đã có; hãy chọn tên khác.`);
		throw new Refusal(`Không ghi được tệp ${path}: ${(problem as Error).message}`);
	});
	try {
		await writeExport(db, question, file.createWriteStream());
	} catch (problem) {
		// What broke off would look like an answer of fewer days.
		await rm(path, { force: true });
		throw new Refusal(`Không xuất được ra tệp ${path}: ${(problem as Error).message}`);
	}
}

const codeOf = (problem: unknown) => (problem as NodeJS.ErrnoException).code;
