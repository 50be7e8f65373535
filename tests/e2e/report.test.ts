import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { anActor } from '../factories/provinces.ts';

const POPPLER = ['/usr/bin/pdftotext', '/usr/bin/pdfinfo'];
const READS = POPPLER.every((file) => existsSync(file));
if (!READS)
	console.warn('NO PRINTED REPORT IS READ: apt-get install poppler-utils. The tests of the report are skipped.');

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let db: Awaited<ReturnType<typeof openDb>>;

beforeAll(async () => {
	if (!READS) return;
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-report-'));
	const databaseUrl = `file:${folder}/ward.db`;
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1', DATA_DIR: folder } });
	db = await openDb(databaseUrl);
	const { id, parentId } = (await db.select().from(organizations)).find(({ kind }) => kind === 'ward')!;
	const path = [id, parentId!];
	const leader = await commit(db, (tx) => anActor(tx, { name: 'Lãnh đạo', role: 'leader', path, now: Date.now() }));
	browser = await startBrowser();
	const context = await browser.newContext({ locale: 'vi-VN' });
	await context.addCookies([{ name: 's-http', value: leader.token, url: server.origin }]);
	page = await context.newPage();
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await db?.store.close();
	await server?.stop();
	if (folder) rmSync(folder, { recursive: true });
});

/** The words of each page of a PDF, and its size. */
function readPdf(bytes: Uint8Array): { pages: string[]; size: string } {
	const file = join(folder, 'report.pdf');
	writeFileSync(file, bytes);
	const text = execFileSync(POPPLER[0], ['-layout', file, '-'], { encoding: 'utf8' }).normalize('NFC');
	const size = /Page size:.*/.exec(execFileSync(POPPLER[1], [file], { encoding: 'utf8' }))![0];
	return { pages: text.split('\f').slice(0, -1), size };
}

/** Every percentage, count and change, however they are placed; what stands at the foot of each page is no figure of the report. */
function figuresOf(text: string): string[] {
	const body = text.replaceAll('\u00a0', ' ').replace(/.* · T2B-5C-v1 · .*/g, '');
	return (body.match(/[▲▼=]? ?\d+,\d\d( \(rõ\))?|n = [\d.]+\*?|[\d.]+ phiếu/g) ?? [])
		.map((figure) => figure.trim())
		.sort();
}

test.skipIf(!READS)('screen, print and PDF have the same figures, and nobody breaks a Vietnamese mark', async () => {
	await page.goto(`${server.origin}/leader/report?preset=quarter`);
	const paper = page.locator('article.paper');
	const screen = figuresOf(await paper.innerText());
	expect(screen.length).toBeGreaterThan(200);

	const printed = readPdf(await page.pdf({ preferCSSPageSize: true }));
	expect(figuresOf(printed.pages.join('\n'))).toEqual(screen);

	const before = await exported();
	const file = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Tải PDF' }).click();
	const made = readPdf(await streamed(await (await file).createReadStream()));
	expect(figuresOf(made.pages.join('\n'))).toEqual(screen);
	expect(await exported()).toBe(before + 1);

	for (const { pages, size } of [printed, made]) {
		expect(size).toContain('A4');
		expect(pages.length).toBeGreaterThan(2);
		const text = pages.join('\n');
		for (const words of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Theo công chức'])
			expect(text).toContain(words);
		expect(text).toMatch(/Số liệu trình diễn, không phải số liệu thật/);
		pages.forEach((each, i) => {
			expect(each.replaceAll('\u00a0', ' ')).toMatch(/ · T2B-5C-v1 · n = [\d.]+ · Số liệu đến \d\d:\d\d/);
			if (i > 0) expect(each.trimStart()).toMatch(new RegExp(`^${i + 1}\\n`));
			else expect(each.trimStart()).toMatch(/^TỈNH TRÌNH DIỄN/);
		});
	}
});

test.skipIf(!READS)('every table of the report has the figures of the leader’s own table', async () => {
	for (const by of ['counter', 'field']) {
		await page.goto(`${server.origin}/leader/report?preset=quarter&by=${by}`);
		const table = page.locator('.paper-table table').nth(1);
		const report = await table.locator('tbody span.value').allInnerTexts();
		await page.goto(`${server.origin}/leader?preset=quarter&by=${by}`);
		const own = await page.locator('table:has(caption) :is(tbody, tfoot) span.value').allInnerTexts();
		expect(report.length).toBeGreaterThan(20);
		expect(report.toSorted()).toEqual(own.toSorted());
	}
});

const exported = async () => (await db.select().from(auditLines)).filter(({ action }) => action === 'exported').length;

async function streamed(stream: AsyncIterable<Buffer>): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return new Uint8Array(Buffer.concat(chunks));
}
