import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCount, formatPercent } from '../../src/lib/domain/shared/number.ts';
import { CHANGES, demonstrationWard } from '../../src/lib/server/demo/ward.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { readPublicMonths, type PublicEdition } from '../../src/lib/server/report/publication/reads.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

const { ward, province } = demonstrationWard();
let folder: string;
let server: Server;
let browser: Browser;
let months: PublicEdition[];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-results-'));
	const databaseUrl = `file:${folder}/ward.db`;
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1', DATA_DIR: folder } });
	const db = await openDb(databaseUrl);
	months = await readPublicMonths(db, ward.id);
	await db.store.close();
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

const shownOf = ({ content: { sipas } }: PublicEdition) => {
	if ('withheld' in sipas) throw new Error('the demonstration has months with results');
	return sipas;
};
const tooWide = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('everybody reads the month that was published, without a script, a sign-in or a cookie', async () => {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
	const page = await context.newPage();
	const answer = (await page.goto(`${server.origin}/results`))!;
	expect(new URL(page.url()).pathname).toBe(`/results/${ward.id}`);
	expect(answer.headers()['cache-control']).toMatch(/^public, max-age=\d+/);
	expect(answer.headers()['set-cookie']).toBeUndefined();
	expect(await page.locator('script').count()).toBe(0);
	const [latest, before] = months;
	const { value, n } = shownOf(latest);
	const words = await page.locator('main').innerText();
	expect(words).toContain(formatPercent(value));
	expect(words).toContain(`${formatCount(n)} lượt trả lời`);
	expect(words).toContain(CHANGES[0].text);
	expect(words).toContain('T2B-5C-v1');
	expect(await tooWide(page)).toBe(0);
	expect(await findFaults(page)).toEqual([]);

	await page.goto(`${server.origin}/results/${ward.id}?month=${before.from.slice(0, 7)}`);
	expect(await page.locator('main').innerText()).toContain(formatPercent(shownOf(before).value));
	for (const path of [`/results/${ward.id}?month=1999-01`, '/results/0000000000', `/results/${ward.id}?month=<b>`])
		expect((await page.request.get(server.origin + path)).status(), path).toBe(404);
	const none = await page.request.get(`${server.origin}/results/${province.id}`);
	expect(await none.text()).toContain('Chưa có kết quả nào được công bố');
	// Who has just answered reads what answers have changed, and the month it was read in.
	await page.goto(`${server.origin}/thanks/${ward.id}`);
	const thanks = await page.locator('main').innerText();
	expect(thanks).toContain(CHANGES[0].text);
	expect(thanks).toContain(`${formatPercent(value)} %`);
	expect(await page.locator('script').count()).toBe(0);
	await context.close();
});

test('the lobby’s screen turns by itself, fits, and keeps what it shows when the network is lost', async () => {
	const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
	const page = await context.newPage();
	await page.clock.install();
	await page.goto(`${server.origin}/results/${ward.id}/lobby`, { waitUntil: 'networkidle' });
	const title = () => page.locator('section.current h2').innerText();
	const seen = new Set<string>();
	for (let turn = 0; turn < 4; turn++) {
		seen.add(await title());
		const size = await page.evaluate(() => {
			const own = document.querySelector('main')!.getBoundingClientRect();
			const inside = document.querySelector('section.current')!.getBoundingClientRect();
			const stage = { wide: own.right - inside.right, high: own.bottom - inside.bottom, top: inside.top - own.top };
			const text = [...document.querySelectorAll('section.current *')].map((each) => each.getBoundingClientRect());
			return { ...stage, below: Math.max(...text.map(({ bottom }) => bottom)) - own.bottom };
		});
		expect(size.below, await title()).toBeLessThanOrEqual(0);
		await page.clock.runFor(14_000);
	}
	expect(seen.size).toBe(4);
	expect(await tooWide(page)).toBe(0);
	expect(await findFaults(page)).toEqual([]);

	await context.setOffline(true);
	await page.clock.runFor(25 * 60_000);
	expect(await page.locator('.lobby').innerText()).toContain(ward.name);
	expect(page.url()).toContain('/lobby');
	await context.close();
});

test('the badge is one small picture that other sites may show and keep', async () => {
	const answer = await fetch(`${server.origin}/results/${ward.id}/badge.svg`);
	const svg = await answer.text();
	const { value, n } = shownOf(months[0]);
	expect(svg).toContain(`${formatPercent(value)} % · n = ${formatCount(n)}`);
	expect(answer.headers.get('content-type')).toContain('image/svg+xml');
	expect(answer.headers.get('cache-control')).toMatch(/^public/);
	expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
	expect(answer.headers.get('set-cookie')).toBeNull();
	expect(svg.length).toBeLessThan(2000);
	const none = await fetch(`${server.origin}/results/${province.id}/badge.svg`);
	expect(await none.text()).toContain('chưa đủ dữ liệu');
});
