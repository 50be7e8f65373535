import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import Papa from 'papaparse';
import { expect, onTestFinished, test } from 'vitest';
import { countedTable } from '../../src/lib/domain/report/counted-table.fixture.ts';
import { changesBetween } from '../../src/lib/domain/report/change.ts';
import { cellsOf, CODEBOOK, FILE_COLUMNS, linesOf } from '../../src/lib/domain/report/file.ts';
import { makeWorkbook } from '../../src/lib/server/report/export/workbook.ts';

const SOFFICE = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((file) => existsSync(file));
if (!SOFFICE) console.warn('NO SPREADSHEET OPENS THE FILES: apt-get install libreoffice-calc. That test is skipped.');

const NAME = '7. Giáo dục, y tế ẪỄỔ ợự "Đất đai"; hộ tịch';
const FORMULA = '=HYPERLINK("http://x.example","Bấm")';

function someLines() {
	const table = countedTable({ [NAME]: [823, 1000], [FORMULA]: [160, 200], ít: [1, 2] });
	const before = changesBetween(table, countedTable({ [NAME]: [900, 1000], [FORMULA]: [140, 200] }));
	return linesOf(table, { before, yearBefore: null });
}

/** The parts of a zip file, by its central directory. */
function unzip(bytes: Buffer): Record<string, string> {
	const parts: Record<string, string> = {};
	for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')) {
		const [size, name, offset] = [
			bytes.readUInt32LE(at + 20),
			bytes.readUInt16LE(at + 28),
			bytes.readUInt32LE(at + 42)
		];
		const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
		const data = bytes.subarray(start, start + size);
		const packed = bytes.readUInt16LE(at + 10) === 8;
		parts[bytes.toString('utf8', at + 46, at + 46 + name)] = (packed ? inflateRawSync(data) : data).toString('utf8');
	}
	return parts;
}

test('numbers are numbers and names are text, which no spreadsheet runs', async () => {
	const parts = unzip(await makeWorkbook(someLines()));
	const sheet = parts['xl/worksheets/sheet1.xml'];
	// 82.3 with its style, and no type: a number.
	expect(sheet).toMatch(/<c r="G\d+" s="\d+"><v>82\.3<\/v><\/c>/);
	expect(sheet).not.toContain('<f>');
	expect(parts['xl/styles.xml']).toContain('0.00');
	const words = parts['xl/sharedStrings.xml'] ?? sheet;
	expect(words).toContain('ẪỄỔ ợự');
	expect(words).toContain('=HYPERLINK');
	expect(sheet).toContain('<pane ');
	expect(parts['xl/workbook.xml']).toContain('Giải thích cột');
	for (const { means } of CODEBOOK) expect(words + parts['xl/worksheets/sheet2.xml']).toContain(means.vi.slice(0, 12));
});

test.skipIf(!SOFFICE)(
	'LibreOffice reads both files with every Vietnamese letter and every number',
	{ timeout: 120_000 },
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-sheets-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const lines = someLines();
		writeFileSync(join(folder, 'table.xlsx'), await makeWorkbook(lines));
		const said = lines.map((line) => cellsOf(line, ';'));
		writeFileSync(
			join(folder, 'list.csv'),
			`\uFEFF${Papa.unparse([[...FILE_COLUMNS], ...said], { delimiter: ';' })}\r\n`
		);
		const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
		// Out as UTF-8 with a comma; in with ';', UTF-8 and the numbers of Vietnam (0x042A).
		const out = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false';
		const run = (file: string, ...how: string[]) => {
			const asked = [profile, '--headless', ...how, '--convert-to', out, '--outdir', folder, join(folder, file)];
			execFileSync(SOFFICE!, asked, { stdio: 'ignore', timeout: 100_000 });
			const text = readFileSync(join(folder, file.replace(/\..*/, '.csv')), 'utf8');
			return Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data;
		};
		const columns = ['name', 'value', 'n', 'change'].map((column) => FILE_COLUMNS.indexOf(column as 'name'));
		const expected = (name: (text: string) => string) =>
			lines.map(({ name: own, value, n, change }) => [name(own as string), value, n, change]);
		const read = (rows: string[][]) =>
			rows
				.slice(1)
				.map((row) =>
					columns.map((at, i) => (i === 0 ? row[at] : row[at] === '' ? null : Number(row[at].replace(',', '.'))))
				);

		expect(read(run('table.xlsx'))).toEqual(expected((name) => name));
		const apostrophe = (name: string) => (name === FORMULA ? `'${name}` : name);
		expect(read(run('list.csv', '--infilter=CSV:59,34,76,1,,1066,false,true'))).toEqual(expected(apostrophe));
	}
);
