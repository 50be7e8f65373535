import { createRequire } from 'node:module';
// @ts-expect-error the package has no types
import untyped from 'pdfmake';
import { denseLines, type Report, type ReportTable, spreadColumns } from '../../../domain/report/report.ts';
import { HEADINGS, NATION, NUMBER_LINE, SIGNATURES } from '../../../domain/report/report-words.ts';
import { type Verdict, VERDICT_WORDS, VERDICTS } from '../../../domain/report/verdict.ts';

type Content = string | Record<string, unknown> | Content[];
interface PdfMake {
	setFonts(fonts: Record<string, Record<string, string>>): void;
	setUrlAccessPolicy(allows: (url: string) => boolean): void;
	setLocalAccessPolicy(allows: (path: string) => boolean): void;
	createPdf(document: Record<string, unknown>): { getBuffer(): Promise<Buffer> };
}
const pdfMake = untyped as PdfMake;

const fontFile = (name: string) =>
	createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${name}/Tinos_${name}.ttf`);
const TINOS = {
	normal: fontFile('400Regular'),
	bold: fontFile('700Bold'),
	italics: fontFile('400Regular_Italic'),
	bolditalics: fontFile('700Bold_Italic')
};
// A report is words: nothing in it may make the printer read another file or an address.
pdfMake.setFonts({ Tinos: TINOS });
pdfMake.setUrlAccessPolicy(() => false);
pdfMake.setLocalAccessPolicy((path) => Object.values(TINOS).includes(path));

/** Millimetres in points. */
const mm = (length: number) => (length * 72) / 25.4;
/** Decree 30/2020/NĐ-CP: left, above, right, below. */
const MARGINS = [mm(30), mm(20), mm(15), mm(22)] as const;
const LINE = '#333333';

/** The report as a PDF of A4: the same words and digits as the page, only placed. */
export function makeReportPdf(report: Report): Promise<Buffer> {
	return pdfMake
		.createPdf({
			pageSize: 'A4',
			pageMargins: [...MARGINS],
			info: { title: report.subtitle, author: report.letterhead.organization, creator: 'Lắng nghe' },
			defaultStyle: { font: 'Tinos', fontSize: 13, lineHeight: 1.15 },
			styles: { heading: { fontSize: 13, bold: true, margin: [0, 12, 0, 3] }, note: { fontSize: 11 } },
			header: (page: number) =>
				page === 1 ? '' : { text: String(page), fontSize: 13, alignment: 'center', margin: [0, mm(10), 0, 0] },
			footer: () => ({
				margin: [MARGINS[0], mm(4), MARGINS[2], 0],
				stack: [rule(mm(210) - MARGINS[0] - MARGINS[2]), { text: report.foot, fontSize: 9.5, margin: [0, 2, 0, 0] }]
			}),
			content: contentOf(report)
		})
		.getBuffer();
}

function contentOf(report: Report): Content[] {
	const { letterhead, index, findings, sheets } = report;
	const cell = 'withheld' in index.cell ? [{ text: index.cell.withheld, bold: true }] : indexWords(index.cell);
	return [
		headOf(letterhead),
		{ text: report.title, bold: true, fontSize: 14, alignment: 'center', margin: [0, 22, 0, 0] },
		{ text: report.subtitle, bold: true, fontSize: 14, alignment: 'center', margin: [0, 0, 0, 8] },
		...report.warnings.map((text) => ({ text, italics: true, alignment: 'center' })),
		{ text: [`${index.name}: `, ...cell, index.beside ? ` ${index.beside}.` : ''], margin: [0, 10, 0, 0] },
		tableOf(report.cover),
		...(findings
			? [
					together([
						{ text: HEADINGS.findings, style: 'heading' },
						{ text: findings.since, style: 'note' },
						...(findings.sentences.length > 0 ? [{ ul: findings.sentences, type: 'square' }] : [HEADINGS.noFindings])
					])
				]
			: []),
		...report.tables.map(tableOf),
		...commentsOf(report.comments),
		...report.sections.flatMap(sectionOf),
		together([
			{ text: sheets.title, style: 'heading' },
			...sheets.lines.map(({ name, count }) => ({
				columns: [name, { text: count, width: 'auto', alignment: 'right' }]
			})),
			{ text: sheets.note, style: 'note' }
		]),
		together([
			{ text: HEADINGS.method, style: 'heading' },
			...report.method.map((text) => ({ text, margin: [0, 0, 0, 4] }))
		]),
		signatures(),
		...(report.audit ? [{ text: report.audit, style: 'note' }] : [])
	];
}

/** Its lines need not stay on one page. */
function sectionOf({ title, lines, signs, note }: Report['sections'][number]): Content[] {
	const [first, ...others] = lines.map(({ name, count }) => ({
		columns: [
			{ text: name, width: '38%' },
			{ text: count, width: '*', alignment: 'right' }
		]
	}));
	return [
		together([{ text: title, style: 'heading' }, { text: note, style: 'note' }, first]),
		...others,
		...(signs.length > 0 ? [{ ul: signs, type: 'square' }] : [])
	];
}

function commentsOf(comments: Report['comments']): Content[] {
	if (!comments) return [];
	const { title, note, batches, rest } = comments;
	const [first, ...others] = batches.map(({ head, texts }): Content[] => [
		{ text: head, bold: true, margin: [0, 4, 0, 2], headlineLevel: 1 },
		{ ul: texts, type: 'square' }
	]);
	return [
		together([{ text: title, style: 'heading' }, { text: note, style: 'note' }, ...first]),
		...others.flatMap((each) => [together(each)]),
		...(rest ? [{ text: rest, style: 'note' }] : [])
	];
}

const together = (stack: Content[]) => ({ stack, unbreakable: true });

function indexWords({ value, interval, n, says }: { value: string; interval: string; n: string; says: string }) {
	return [{ text: `${value} %`, bold: true }, ` (${interval}; ${n}), ${says}.`];
}

function headOf({ above, organization, placeAndDate }: Report['letterhead']): Content {
	return {
		columnGap: 8,
		columns: [
			{
				width: mm(64),
				alignment: 'center',
				fontSize: 12,
				stack: [
					...(above ? [above] : []),
					{ text: organization, bold: true },
					{ text: NUMBER_LINE, margin: [0, 6, 0, 0] }
				]
			},
			{
				width: '*',
				alignment: 'center',
				fontSize: 12,
				stack: [
					{ text: NATION.name, bold: true },
					{ text: NATION.motto, bold: true, fontSize: 13 },
					{ canvas: [{ type: 'line', x1: 0, y1: 0, x2: 140, y2: 0, lineWidth: 0.7 }], alignment: 'center' },
					{ text: placeAndDate, italics: true, margin: [0, 6, 0, 0] }
				]
			}
		]
	};
}

function tableOf(table: ReportTable): Content {
	const spread = table.columns.length === 1 ? spreadColumns(table) : null;
	const heads = spread?.map(({ head }) => head) ?? table.columns.map(({ name }) => name);
	const head = (text: string) => ({ text, bold: true, fontSize: 10, alignment: 'center' });
	const body = table.rows.map(({ name, sheets, cells, total }) => [
		{
			stack: [{ text: name, bold: total }, ...(sheets ? [{ text: sheets, fontSize: 9 }] : [])]
		},
		...cells.flatMap((cell): Content[] => {
			if ('withheld' in cell) return withheldCells(cell.withheld, spread?.length ?? 1);
			if (spread) return spread.map(({ text, head }) => spreadCell(text(cell), head, total, cell.verdict));
			return [denseCell(cell.value, denseLines(cell), total, cell.verdict)];
		})
	]);
	const span = heads.length + 1;
	const above = {
		stack: [
			{ text: table.title, style: 'heading' },
			...(table.note ? [{ text: table.note, style: 'note' }] : []),
			...(spread ? [] : legend())
		],
		colSpan: span,
		border: [false, false, false, false],
		margin: [-3, 0, 0, 2]
	};
	return {
		fontSize: 11,
		table: {
			// Its name and what its cells mean stand above it on every page.
			headerRows: 2,
			keepWithHeaderRows: 1,
			dontBreakRows: true,
			widths: [spread ? '*' : mm(34), ...heads.map(() => (spread ? 'auto' : '*'))],
			body: [[above, ...Array.from({ length: span - 1 }, () => '')], [head(table.rowHead), ...heads.map(head)], ...body]
		},
		layout: {
			...{ hLineWidth: () => 0.6, vLineWidth: () => 0.6, hLineColor: () => LINE, vLineColor: () => LINE },
			...{ paddingLeft: () => 3, paddingRight: () => 3, paddingTop: () => 2, paddingBottom: () => 1 }
		}
	};
}

function legend(): Content[] {
	const each = VERDICTS.flatMap((verdict): Content[] => [
		{ ...mark(verdict, 11), width: 10 },
		{ text: VERDICT_WORDS[verdict].vi, width: 'auto' },
		{ text: '', width: 14 }
	]);
	return [
		{ text: HEADINGS.cells, style: 'note' },
		{ columns: each, fontSize: 11 }
	];
}

/** A cell that spans the columns of a spread table is followed by as many empty ones. */
function withheldCells(text: string, span: number): Content[] {
	const cell = { text, italics: true, fontSize: 10, alignment: 'center', colSpan: span };
	return [cell, ...Array.from({ length: span - 1 }, () => '')];
}

function spreadCell(text: string, head: string, total: boolean, verdict: Verdict | null): Content {
	const bold = total && head === HEADINGS.value;
	if (head !== HEADINGS.verdict || !verdict) return { text, bold, alignment: 'center' };
	return {
		columns: [
			{ ...mark(verdict, 11), width: 10 },
			{ text, width: mm(24) }
		]
	};
}

function denseCell(value: string, lines: readonly string[], total: boolean, verdict: Verdict | null): Content {
	const shape = verdict ? [{ ...mark(verdict, 11), width: 10 }] : [];
	const figure = { text: value, bold: total, width: 'auto' };
	return {
		stack: [
			{ columns: [{ text: '', width: '*' }, ...shape, figure, { text: '', width: '*' }] },
			...lines.map((text) => ({ text, fontSize: 9, alignment: 'center' }))
		]
	};
}

/** Filled disc, ring with a bar, dotted ring: the same shapes as on the screens, told apart without colour. */
function mark(verdict: Verdict, fontSize: number): { canvas: Content[]; margin: number[] } {
	const [x, y, r] = [4, 4, 3];
	const ring = { type: 'ellipse', x, y, r1: r, r2: r, lineWidth: 1, lineColor: 'black' };
	const shapes = {
		met: [{ ...ring, color: 'black' }],
		'not-met': [ring, { type: 'line', x1: x - 1.6, y1: y, x2: x + 1.6, y2: y, lineWidth: 1.2 }],
		'not-enough': [{ ...ring, dash: { length: 1, space: 1.4 } }]
	};
	return { canvas: shapes[verdict], margin: [0, fontSize * 0.22, 0, 0] };
}

function rule(length: number): Content {
	return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: length, y2: 0, lineWidth: 0.7 }] };
}

function signatures(): Content {
	const { recipients, author } = SIGNATURES;
	return {
		unbreakable: true,
		margin: [0, 16, 0, 40],
		columns: [
			{ stack: [{ text: recipients.title, bold: true }, ...recipients.lines] },
			{
				alignment: 'center',
				stack: [
					{ text: author.title, bold: true },
					{ text: author.how, italics: true }
				]
			}
		]
	};
}
