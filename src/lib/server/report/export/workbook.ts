import writeWorkbook, { type Cell } from 'write-excel-file/node';
import { CODEBOOK, FILE_COLUMNS, type FileLine } from '../../../domain/report/file.ts';

const PERCENT = new Set<string>(['value', 'low', 'high', 'change', 'yearChange', 'target']);
/** In characters of the default face; the others are as wide as their name. */
const WIDTHS: Partial<Record<keyof FileLine, number>> = { name: 36, verdict: 12, method: 14, channels: 26 };

/**
 * The table of a file as a workbook: numbers are numbers, so that nobody's decimal sign matters, and what the columns mean stands on a
 * second sheet. Texts are cells of type text, which no spreadsheet runs, whatever they begin with.
 */
export function makeWorkbook(lines: readonly FileLine[]): Promise<Buffer> {
	const rows = lines.map((line) => FILE_COLUMNS.map((column) => cellOf(line[column], column)));
	const told = CODEBOOK.map(({ column, means }) => [text(column), text(means.vi), text(means.en)]);
	return writeWorkbook([
		{
			sheet: 'Số liệu',
			data: [FILE_COLUMNS.map(head), ...rows],
			columns: FILE_COLUMNS.map((column) => ({ width: WIDTHS[column] ?? Math.max(11, column.length + 2) })),
			stickyRowsCount: 1
		},
		{
			sheet: 'Giải thích cột',
			data: [['Cột', 'Nghĩa', 'Meaning'].map(head), ...told],
			columns: [{ width: 14 }, { width: 72 }, { width: 56 }],
			stickyRowsCount: 1
		}
	]).toBuffer();
}

function cellOf(value: FileLine[keyof FileLine], column: string): Cell {
	if (value === null) return null;
	if (typeof value === 'string') return text(value);
	return { value, type: Number, format: PERCENT.has(column) ? '0.00' : '0' };
}

const text = (value: string): Cell => ({ value, type: String });
const head = (value: string): Cell => ({ value, type: String, fontWeight: 'bold' });
