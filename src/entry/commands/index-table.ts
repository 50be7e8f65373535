import { DEFAULT_METHOD, INDEX_NAME, isMethod, METHOD_NAMES, METHODS } from '../../lib/domain/report/method.ts';
import {
	DIMENSIONS,
	type Cell,
	type Dimension,
	type IndexRow,
	type IndexTable
} from '../../lib/domain/report/table.ts';
import { formatCount, formatPercent } from '../../lib/domain/shared/number.ts';
import { formatDay } from '../../lib/domain/shared/time.ts';
import { CRITERIA } from '../../lib/domain/survey/criterion.ts';
import { readIndexTable } from '../../lib/server/report/reads.ts';
import { readUsableVersions } from '../../lib/server/survey/reads.ts';
import { noteReading, sayQuestion } from '../../lib/server/http/reading.ts';
import { chosenOrganization, sayUnnoted, withDatabase } from './database.ts';
import { UsageProblem } from './ending.ts';
import { readOptions, readPeriod } from './options.ts';

const text = { type: 'string' } as const;
const options = {
	by: text,
	from: text,
	to: text,
	method: text,
	version: text,
	org: text,
	json: { type: 'boolean' }
} as const;

/** The table that the leader's page draws, as JSON for programs or as text for people. */
export async function run(args: string[]) {
	const { values } = readOptions({ args, options });
	const { by, method = DEFAULT_METHOD } = values;
	if (!isDimension(by)) throw new UsageProblem(`--by phải là một trong: ${DIMENSIONS.join(', ')}.`);
	if (!isMethod(method)) throw new UsageProblem(`--method phải là một trong: ${METHODS.join(', ')}.`);
	const period = readPeriod(values);
	await withDatabase(async (db) => {
		const { id, name, demonstration, target, versionId } = await chosenOrganization(db, values.org);
		const usable = (await readUsableVersions(db, id, true)).map((version) => version.id);
		if (values.version !== undefined && !usable.includes(values.version)) {
			throw new UsageProblem(`--version phải là một trong: ${usable.join(', ')}.`);
		}
		const question = { organizationId: id, by, method, versionId: values.version ?? versionId, target: target / 100 };
		const table = await readIndexTable(db, { ...question, ...period });
		if (by === 'officer') {
			const detail = sayQuestion({ ...period, method, version: question.versionId });
			const line = {
				actorId: 'system',
				action: 'officer-scores-read',
				object: 'cli',
				detail,
				now: Date.now()
			} as const;
			await noteReading({ db, report: sayUnnoted }, { organizationId: id, ...line });
		}
		if (values.json) console.log(JSON.stringify({ organization: { id, name, demonstration }, ...table }, null, 2));
		else console.log(readable(table, demonstration ? `${name} – dữ liệu trình diễn` : name));
	});
}

const isDimension = (name: string | undefined): name is Dimension =>
	(DIMENSIONS as readonly string[]).includes(name ?? '');

function readable(table: IndexTable, place: string): string {
	const heads = ['', 'Phiếu', ...CRITERIA, 'SIPAS'];
	const lines = [...table.rows, table.total].map((row) => lineOf(row, table.by === 'criterion'));
	const widths = heads.map((head, column) => Math.max(...[head, ...lines.map((line) => line[column])].map(width)));
	const draw = (line: readonly string[]) =>
		line.map((cell, i) => (i === 0 ? cell + pad(cell, widths[i]) : pad(cell, widths[i]) + cell)).join('  ');
	return [
		INDEX_NAME.vi,
		place,
		`Từ ${formatDay(table.from)} đến ${formatDay(table.to)} · ${METHOD_NAMES[table.method].vi} (${table.method}) · ${table.versionId}`,
		'',
		...[heads, ...lines].map((line) => draw(line).trimEnd()),
		'',
		`Trong ngoặc là số người trả lời; "${WITHHELD}": chưa đủ dữ liệu; "*": dưới 30, chỉ tham khảo. Mục tiêu ${formatPercent(table.target)} %.`
	].join('\n');
}

const WITHHELD = '…';

function lineOf(row: IndexRow, oneCriterion: boolean): string[] {
	const criteria = CRITERIA.map((criterion) => {
		const foreign = oneCriterion && row.key !== null && row.key !== criterion;
		return foreign ? '' : show(row.criteria[criterion]);
	});
	return [row.name, row.sheets === null ? WITHHELD : formatCount(row.sheets), ...criteria, show(row.sipas)];
}

function show(cell: Cell): string {
	if ('withheld' in cell) return WITHHELD;
	return `${formatPercent(cell.value)} (${formatCount(cell.n)}${cell.advisory ? '*' : ''})`;
}

/** Signs as they stand on the screen; names are NFC, so one sign is one place. */
const width = (cell: string) => [...cell.normalize('NFC')].length;
const pad = (cell: string, to: number) => ' '.repeat(to - width(cell));
