import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { missingTools, printPage } from '../actors/printer.ts';
import { startServer, type Server } from '../actors/server.ts';

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-meeting-'));
	const databaseUrl = `file:${folder}/ward.db`;
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1', DATA_DIR: folder } });
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

async function asLeader(javaScriptEnabled: boolean): Promise<Page> {
	const page = await (await browser.newContext({ locale: 'vi-VN', javaScriptEnabled })).newPage();
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill('lanh-dao');
	await page.getByLabel('Mật khẩu').fill('lanh-dao-trinh-dien');
	await page.getByLabel('Mật khẩu').press('Enter');
	await page.waitForURL((url) => url.pathname === '/leader');
	return page;
}

test('without a script, the Friday page has the figures of the week’s report, and keeps what the meeting decides', async () => {
	const page = await asLeader(false);
	await page.goto(`${server.origin}/leader/meeting`);
	const values = (await page.locator('.figures dd strong').allInnerTexts()).map((text) =>
		text.replaceAll('\u00a0', ' ')
	);
	expect(values.length).toBeGreaterThanOrEqual(5);

	const text = `Thêm một người ở quầy Đất đai ${Date.now()}`;
	await page.getByLabel('Làm việc gì').fill(text);
	await page.getByLabel('Ai làm').fill('   ');
	await page.getByRole('button', { name: 'Ghi kết luận' }).click();
	// What was typed stays where something is missing.
	expect(await page.getByLabel('Làm việc gì').inputValue()).toBe(text);
	await page.getByLabel('Ai làm').fill('Văn phòng');
	await page.getByRole('button', { name: 'Ghi kết luận' }).click();
	const decision = page.locator('#decisions li').filter({ hasText: text });
	await decision.getByText('Đang làm').waitFor();
	await decision.getByText('Ghi đã xong').first().click();
	await decision.getByRole('button', { name: `Ghi đã xong: ${text}` }).click();
	await decision.getByText('Đã xong').waitFor();

	await page.getByRole('link', { name: 'Báo cáo tuần' }).click();
	const report = (await page.locator('article.paper').innerText()).replaceAll('\u00a0', ' ');
	for (const value of values) expect(report).toContain(value.replace(' %', ''));
	await page.context().close();
});

test.skipIf(missingTools().length > 0)(
	'it has no fault that axe finds on a phone and wide, and prints on one sheet',
	async () => {
		const page = await asLeader(true);
		await page.goto(`${server.origin}/leader/meeting`);
		for (const width of [360, 1440]) {
			await page.setViewportSize({ width, height: 800 });
			expect(await findFaults(page)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
		}
		expect((await printPage(page, folder)).pages).toHaveLength(1);
		await page.context().close();
	}
);
