import { writeFileSync } from 'node:fs';
import Papa from 'papaparse';
import { localDay } from '../../lib/domain/shared/time.ts';
import { isOfficial } from '../../lib/domain/submission/channel.ts';
import { findVersion } from '../../lib/domain/survey/catalogue.ts';
import { readReleasedDays } from '../../lib/server/report/export/reads.ts';
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
		const rows = await readReleasedDays(db, { organizationId: id, versionId: version ?? versionId, ...period });
		const detail = sayQuestion({ ...period, version: version ?? versionId });
		const line = { actorId: 'system', action: 'exported', object: 'cli', detail, now: Date.now() } as const;
		await noteReading({ db, report: sayUnnoted }, { organizationId: id, ...line });
		const told = rows.map((row) => ({ ...row, official: isOfficial(row.channel) ? 'yes' : 'no' }));
		const csv = BYTE_ORDER_MARK + Papa.unparse(told, { columns: COLUMNS, escapeFormulae: true }) + '\r\n';
		if (out === undefined) process.stdout.write(csv);
		else writeNew(pathFrom(calledIn, out), csv);
	});
}

const COLUMNS = [
	...[
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
		'item'
	],
	...['n1', 'n2', 'n3', 'n4', 'n5', 'notApplicable', 'sheets']
];

function writeNew(path: string, content: string) {
	try {
		writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code === 'EEXIST')
			throw new Refusal(`Tệp ${path} đã có; hãy chọn tên khác.`);
		throw new Refusal(`Không ghi được tệp ${path}: ${(problem as Error).message}`);
	}
}
