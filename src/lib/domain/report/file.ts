import { isFormula } from '../place/import/cell.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion, type LocalText } from '../survey/criterion.ts';
import type { ChangesOfTable } from './change.ts';
import { type Cell, type IndexRow, type IndexTable, isBeside } from './table.ts';

/** The columns of a table as a file, in this order for ever: programs and spreadsheets of years rely on it; new ones come at the end. */
export const FILE_COLUMNS = [
	...['from', 'to', 'by', 'key', 'name', 'criterion', 'value', 'n', 'low', 'high', 'verdict', 'change', 'yearChange'],
	...['sheets', 'target', 'method', 'version', 'channels', 'counted', 'series']
] as const;

/** One figure a line. Empty where it is withheld, as the screen withholds it. */
export type FileLine = Record<(typeof FILE_COLUMNS)[number], string | number | null>;

/** What every column is, for whoever opens the file without us. */
export const CODEBOOK: readonly { column: (typeof FILE_COLUMNS)[number]; means: LocalText }[] = [
	{ column: 'from', means: { vi: 'ngày đầu của kỳ, giờ Việt Nam', en: 'first local day' } },
	{ column: 'to', means: { vi: 'ngày cuối của kỳ, tính cả ngày này', en: 'last local day, included' } },
	{
		column: 'by',
		means: { vi: 'mỗi dòng là một gì: officer công chức, counter quầy, field lĩnh vực…', en: 'what a row is' }
	},
	{
		column: 'key',
		means: {
			vi: 'mã của dòng; trống là toàn đơn vị hoặc chưa gán',
			en: 'id of the row; empty for the total or unattributed'
		}
	},
	{ column: 'name', means: { vi: 'tên của dòng', en: 'name of the row' } },
	{
		column: 'criterion',
		means: { vi: 'tiêu chí TC, HC, PV, KQ, TT; SIPAS là chỉ số chung', en: 'criterion; SIPAS is the index' }
	},
	{
		column: 'value',
		means: { vi: 'phần trăm, hai số lẻ; trống là chưa đủ dữ liệu', en: 'percent; empty where withheld' }
	},
	{ column: 'n', means: { vi: 'số lượt trả lời', en: 'respondents' } },
	{ column: 'low', means: { vi: 'cận dưới khoảng tin cậy 95 % (Wilson)', en: 'lower 95 % limit (Wilson)' } },
	{ column: 'high', means: { vi: 'cận trên khoảng tin cậy 95 % (Wilson)', en: 'upper 95 % limit (Wilson)' } },
	{
		column: 'verdict',
		means: {
			vi: 'so với mục tiêu: met đạt, not-met chưa đạt, not-enough chưa đủ dữ liệu; trống là kênh chưa kiểm chứng',
			en: 'against the target; empty for unverified channels'
		}
	},
	{ column: 'change', means: { vi: 'thay đổi so với kỳ trước, điểm phần trăm', en: 'points since the period before' } },
	{
		column: 'yearChange',
		means: { vi: 'thay đổi so với cùng kỳ năm trước, điểm phần trăm', en: 'points since a year before' }
	},
	{ column: 'sheets', means: { vi: 'số phiếu của dòng', en: 'sheets of the row' } },
	{ column: 'target', means: { vi: 'mục tiêu, phần trăm', en: 'target, percent' } },
	{ column: 'method', means: { vi: 'phương pháp tính', en: 'method' } },
	{ column: 'version', means: { vi: 'bộ câu hỏi', en: 'questionnaire version' } },
	{ column: 'channels', means: { vi: 'các kênh được tính', en: 'channels counted' } },
	{
		column: 'counted',
		means: {
			vi: 'yes: có trong tổng; no: đứng bên cạnh, vì kênh chưa kiểm chứng hoặc bộ câu hỏi không nối tiếp bộ đang xem',
			en: 'no: beside the total, of an unverified channel or of a questionnaire that does not continue the chosen one'
		}
	},
	{
		column: 'series',
		means: {
			vi: 'chỉ khi mỗi dòng là một bộ câu hỏi: mã chuỗi số liệu; hai dòng khác chuỗi thì không so sánh được với nhau',
			en: 'by version only: the series of the row; rows of different series can not be compared'
		}
	}
];

/** The table that a screen draws as lines of a file: the same cells, figure by figure, the total last. */
export function linesOf(table: IndexTable, changes: ChangesOfTable): FileLine[] {
	return [...table.rows, table.total].flatMap((row) =>
		columnsOf(table, row).map((column) => lineOf(table, row, column, changes))
	);
}

/**
 * A line's cells in the order of the columns: a decimal comma between semicolons, as a Vietnamese spreadsheet reads it, else a point. A
 * text that a spreadsheet would run is defused by an apostrophe; a negative number is no formula and stays a number.
 */
export function cellsOf(line: FileLine, separator: ';' | ','): string[] {
	return FILE_COLUMNS.map((column) => {
		const value = line[column] ?? '';
		if (typeof value === 'number') return separator === ';' ? String(value).replace('.', ',') : String(value);
		return isFormula(value) ? `'${value}` : value;
	});
}

type Column = Criterion | 'SIPAS';

/** In a table of criteria a row has one figure of its own. */
function columnsOf(table: IndexTable, row: IndexRow): readonly Column[] {
	const own = CRITERIA.find((criterion) => criterion === row.key);
	return table.by === 'criterion' && own ? [own] : [...CRITERIA, 'SIPAS'];
}

function lineOf(table: IndexTable, row: IndexRow, column: Column, changes: ChangesOfTable): FileLine {
	const cell: Cell = column === 'SIPAS' ? row.sipas : row.criteria[column];
	const moved = (since: ChangesOfTable['before']) => {
		const of = row === table.total ? since?.total : since?.rows.get(row.key);
		const gap = of && (column === 'SIPAS' ? of.sipas : of.criteria[column]);
		return gap && 'value' in gap ? gap.value : null;
	};
	const shown = 'value' in cell ? cell : { value: null, n: null, low: null, high: null, verdict: null };
	return {
		from: table.from,
		to: table.to,
		by: table.by,
		key: row.key,
		name: CRITERIA.some((criterion) => criterion === row.key) ? CRITERION_NAMES[row.key as Criterion].vi : row.name,
		criterion: column,
		value: shown.value,
		n: shown.n,
		low: shown.low,
		high: shown.high,
		verdict: shown.verdict,
		change: moved(changes.before),
		yearChange: moved(changes.yearBefore),
		sheets: row.sheets,
		target: table.targets[column],
		method: table.method,
		version: (table.by === 'version' && row.key) || table.versionId,
		channels: table.channels.join(' '),
		counted: isBeside(row) ? 'no' : 'yes',
		series: row.series ?? null
	};
}
