import Papa from 'papaparse';
import { COLUMNS, type ImportKind } from '../../../domain/place/import/columns.ts';
import { decode, type Encoding } from '../../../domain/place/import/encoding.ts';
import {
	chooseSeparator,
	LIST_LIMITS,
	SEPARATORS,
	type Separator,
	type SheetLimits,
	type SheetRefusal
} from '../../../domain/place/import/separator.ts';

/** A file as a table of texts; empty lines are left out, and the numbers of the others stay. */
export interface Sheet {
	encoding: Encoding;
	separator: Separator;
	rows: { row: number; cells: string[] }[];
	/** The row where a quotation mark opens that never closes. */
	unclosed: number | null;
}

const LOOKED_AT_ROWS = 20;

export function readSheet(
	bytes: Uint8Array,
	wanted?: Separator,
	limits: SheetLimits = LIST_LIMITS
): { ok: true; value: Sheet } | { ok: false; reason: SheetRefusal } {
	if (bytes.length > limits.bytes) return { ok: false, reason: 'too-large' };
	const decoded = decode(bytes);
	if (!decoded.ok) return decoded;
	const { encoding } = decoded;
	// What Excel writes in front to say how it parts the cells.
	const said = /^sep=([;,\t])\r?\n/i.exec(decoded.text);
	const text = said ? decoded.text.slice(said[0].length) : decoded.text;
	const separator = wanted ?? (said ? (said[1] as Separator) : guessSeparator(text));

	// One row more than may be, so that too many are noticed without reading them all; the header is one as well.
	const parsed = Papa.parse<string[]>(text, { delimiter: separator, preview: 2 * limits.rows });
	const rows = parsed.data
		.map((cells, i) => ({ row: i + 1, cells }))
		.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
	if (rows.length === 0) return { ok: false, reason: 'empty' };
	if (rows.length > limits.rows + 1) return { ok: false, reason: 'too-many-rows' };
	if (rows.some(({ cells }) => cells.length > limits.columns)) return { ok: false, reason: 'too-many-columns' };
	const unclosed = parsed.errors.find(({ type }) => type === 'Quotes')?.row;
	return { ok: true, value: { encoding, separator, rows, unclosed: unclosed === undefined ? null : unclosed + 1 } };
}

function guessSeparator(text: string): Separator {
	const widths = new Map<Separator, number[]>();
	for (const delimiter of SEPARATORS) {
		const { data } = Papa.parse<string[]>(text, { delimiter, preview: LOOKED_AT_ROWS, skipEmptyLines: 'greedy' });
		widths.set(
			delimiter,
			data.map((cells) => cells.length)
		);
	}
	return chooseSeparator(widths);
}

/** An empty file to fill in: as spreadsheets in Việt Nam open it, with a byte order mark and semicolons. */
export function templateOf(kind: ImportKind): string {
	const headings = COLUMNS[kind].map(({ heading }) => heading.vi);
	return `\ufeff${Papa.unparse([headings], { delimiter: ';', escapeFormulae: true })}\r\n`;
}
