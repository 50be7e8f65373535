import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/**
 * As a phone reads a sheet of paper: a page is printed to PDF, drawn at 300 dpi, and its codes are read by zbar. A sheet that is to
 * be cut is cut first: among twelve codes in one picture zbar loses one in a hundred, of the same tickets one by one none.
 */
const DPI = 300;
const TOOLS = [
	{ file: '/usr/bin/zbarimg', debian: 'zbar-tools' },
	{ file: '/usr/bin/pdftoppm', debian: 'poppler-utils' }
];

/** Debian packages without which no printed code can be read. */
export const missingTools = () => TOOLS.filter(({ file }) => !existsSync(file)).map(({ debian }) => debian);

/** A part to be cut out, in millimetres from the corner of its page. */
export interface Cut {
	page: number;
	left: number;
	top: number;
	width: number;
	height: number;
}

export interface Printed {
	/** Of each page, in millimetres. */
	pages: { width: number; height: number }[];
	/** What the codes of each page say, or of each part where it is cut. */
	codes: string[][];
	/** The words of each page. */
	texts: string[];
}

/** Prints the page as it stands, into files below the folder. */
export async function printPage(page: Page, below: string, cuts: readonly Cut[] = []): Promise<Printed> {
	const folder = mkdtempSync(join(below, 'print-'));
	const pdf = join(folder, 'print.pdf');
	await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
	const millimetres = (points: string) => (Number(points) / 72) * 25.4;
	const pages = [...run('pdfinfo', ['-l', '9999', pdf]).matchAll(/size:\s+([\d.]+) x ([\d.]+) pts/g)];
	run('pdftoppm', ['-r', String(DPI), '-gray', pdf, join(folder, 'page')]);
	const drawn = readdirSync(folder)
		.filter((file) => file.endsWith('.pgm'))
		.sort()
		.map((file) => join(folder, file));
	const pictures =
		cuts.length > 0 ? cuts.map((cut, i) => cutOut(drawn[cut.page], cut, join(folder, `${i}.cut`))) : drawn;
	return {
		pages: pages.map(([, width, height]) => ({ width: millimetres(width), height: millimetres(height) })),
		codes: pictures.map(readCodes),
		texts: run('pdftotext', ['-layout', pdf, '-']).split('\f').slice(0, -1)
	};
}

/** Writes a part of a grey picture ('P5 width height 255', then a byte a dot) as a picture of its own. */
function cutOut(from: string, cut: Cut, to: string): string {
	const picture = readFileSync(from);
	const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.subarray(0, 64).toString('latin1'))!;
	const dots = (millimetres: number) => Math.round((millimetres / 25.4) * DPI);
	const [left, top] = [dots(cut.left), dots(cut.top)];
	const [right, bottom] = [Math.min(left + dots(cut.width), +width), Math.min(top + dots(cut.height), +height)];
	const rows = Array.from({ length: bottom - top }, (_, row) => {
		const start = head.length + (top + row) * Number(width);
		return picture.subarray(start + left, start + right);
	});
	writeFileSync(to, Buffer.concat([Buffer.from(`P5\n${right - left} ${bottom - top}\n255\n`), ...rows]));
	return to;
}

function readCodes(picture: string): string[] {
	try {
		return run('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', picture]).trim().split('\n').sort();
	} catch (failure) {
		// So it ends where it finds nothing.
		if ((failure as { status?: number }).status === 4) return [];
		throw failure;
	}
}

const run = (command: string, args: string[]) =>
	execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 });

/** The codes as they stand on paper, in millimetres, and whatever reaches over its sheet or is cut off. */
export async function measurePage(page: Page) {
	await page.emulateMedia({ media: 'print' });
	return page.evaluate(() => {
		const MM = 96 / 25.4;
		const codes = [...document.querySelectorAll<SVGSVGElement>('svg[width$=mm]')].map((svg) => ({
			// A browser lays out in 64ths of a pixel.
			side: Math.round((svg.querySelector('path')!.getBoundingClientRect().width / MM) * 50) / 50,
			modules: svg.viewBox.baseVal.width - 8
		}));
		const sheets = [...document.querySelectorAll('[data-sheet]')];
		// A part that is cut out is an item of the sheet's list.
		const cuts = sheets.flatMap((sheet, page) => {
			const paper = sheet.getBoundingClientRect();
			return [...sheet.querySelectorAll('li')].map((item) => {
				const { left, top, width, height } = item.getBoundingClientRect();
				const [x, y] = [left - paper.left, top - paper.top];
				return { page, left: x / MM, top: y / MM, width: width / MM, height: height / MM };
			});
		});
		const over: string[] = [];
		const name = (element: Element) => `${element.localName}.${element.classList[0] ?? ''}`;
		for (const sheet of sheets) {
			const paper = sheet.getBoundingClientRect();
			for (const element of sheet.querySelectorAll<HTMLElement>('p, div, li, strong, svg, td')) {
				const { left, right, top, bottom } = element.getBoundingClientRect();
				if (left < paper.left - 1 || right > paper.right + 1 || top < paper.top - 1 || bottom > paper.bottom + 1)
					over.push(`${name(element)} sticks out`);
				if (element instanceof SVGElement) continue;
				const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element;
				const display = getComputedStyle(element).display;
				if (display !== 'inline' && (scrollHeight > clientHeight + 2 || scrollWidth > clientWidth + 2))
					over.push(`${name(element)} is cut off`);
			}
		}
		return { codes, cuts, over };
	});
}
