import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDay } from '../../src/lib/domain/shared/time.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { startTabletBrowser, type TabletBrowser } from '../tablet/chromium.ts';
import { TabletPage } from '../tablet/tablet-page.ts';
import { FULL } from '../lane.ts';

/** The whole promise in one go: pair, go offline, restart offline, take some ratings, come back, and the leader sees them. */
const RATINGS = FULL ? 20 : 12;
/** All of them, unless a change of shift falls between: up to nine of an officer wait for a block. */
const MAY_WAIT = 9;
const PROMPTLY_MS = 60_000;

let folder: string;
let databaseUrl: string;
let server: Server;
let office: Browser;
let tablet: TabletBrowser;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-journey-'));
	databaseUrl = `file:${folder}/ward.db`;
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1' } });
	office = await startBrowser();
});

afterAll(async () => {
	await tablet?.context.close().catch(() => {});
	await office?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

test('ratings taken offline reach the leader within a minute of coming back', { timeout: 400_000 }, async () => {
	const profile = join(folder, 'profile');
	tablet = await startTabletBrowser(profile, server.origin);
	let counter = new TabletPage(tablet.page);
	await counter.open(server.origin);
	const code = (await tablet.page.getByText(/^\s*[0-9A-Z]{4}-[0-9A-Z]{4}\s*$/).textContent())!.trim();

	const administrator = await signedIn('quan-tri');
	await administrator.goto(`${server.origin}/admin/terminals?code=${code}`);
	await administrator.getByLabel('Đặt ở quầy').selectOption({ index: 1 });
	await administrator.getByRole('radio', { name: /^Nhanh/ }).check();
	await administrator.getByLabel(/Tên máy/).fill('Máy thử');
	await administrator.getByRole('button', { name: /Duyệt/ }).click();
	await administrator.getByText('Máy thử').first().waitFor();

	await counter.rests();
	await tablet.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	await tablet.context.close();

	const leader = await signedIn('lanh-dao');
	const before = await unreleasedAndShown(leader);

	tablet = await startTabletBrowser(profile, server.origin);
	await tablet.context.setOffline(true);
	counter = new TabletPage(tablet.page);
	await counter.open(server.origin);
	for (let i = 0; i < RATINGS; i++) await counter.rate(3 + (i % 3));
	await tablet.context.setOffline(false);

	const back = Date.now();
	await expect
		.poll(() => accountOf(leader), { timeout: PROMPTLY_MS, interval: 1000 })
		.toMatch(new RegExp(`tạo ${RATINGS}.*nhận ${RATINGS}.*thiếu 0`, 's'));
	await expect
		.poll(async () => (await unreleasedAndShown(leader)).shown - before.shown, {
			timeout: PROMPTLY_MS - (Date.now() - back),
			interval: 1000
		})
		.toBeGreaterThanOrEqual(RATINGS - MAY_WAIT);
	expect((await unreleasedAndShown(leader)).stored - before.stored).toBe(RATINGS);

	const verify = await promisify(execFile)('npx', ['lang-nghe', 'verify'], {
		env: { ...process.env, DATABASE_URL: databaseUrl }
	});
	expect(verify.stdout).toContain('nothing differs');
});

async function signedIn(login: string): Promise<Page> {
	const page = await (await office.newContext({ locale: 'vi-VN' })).newPage();
	page.setDefaultTimeout(120_000); // the machine may be busy with other tests
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill(login);
	await page.getByLabel('Mật khẩu').fill(`${login}-trinh-dien`);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	return page;
}

async function accountOf(leader: Page): Promise<string> {
	await leader.goto(`${server.origin}/leader`);
	return leader.getByText('Máy thử').locator('xpath=ancestor::*[self::tr or self::li or self::article][1]').innerText();
}

/** Today's sheets: all that were stored, and those already in what the leader sees. */
async function unreleasedAndShown(leader: Page): Promise<{ stored: number; shown: number }> {
	const today = localDay(Date.now());
	const response = await leader.request.get(`${server.origin}/api/v1/index?by=counter&from=${today}&to=${today}`);
	const { total } = (await response.json()) as { total: { criteria: { PV: { n?: number } } } };
	await leader.goto(`${server.origin}/leader?preset=custom&from=${today}&to=${today}`);
	const stored = await leader.locator('dt', { hasText: 'Đã nhận' }).locator('xpath=following-sibling::dd').innerText();
	return { stored: Number(stored.replaceAll('.', '')), shown: total.criteria.PV.n ?? 0 };
}
