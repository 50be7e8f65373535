import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isWorkingDay } from '../../src/lib/domain/place/calendar/calendar.ts';
import { NATIONAL } from '../../src/lib/domain/place/calendar/national.ts';
import { weekOf } from '../../src/lib/domain/place/week.ts';
import { addDays, formatDay, localDay } from '../../src/lib/domain/shared/time.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

/** The week's grid as a counter supervisor fills it; the demonstration has planned four weeks ahead, so these are still empty. */
const now = Date.now();
const [typed, dragged, bare] = Array.from(
	{ length: 12 },
	(_, weeks) => weekOf(addDays(localDay(now), 7 * (weeks + 9)), now).monday
).filter((monday) => isWorkingDay(NATIONAL, monday));

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-roster-'));
	const env = { DEMO: '1', DATA_DIR: folder };
	server = await startServer({ databaseUrl: `file:${folder}/ward.db`, port: await freePort(), env });
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

async function openGrid(monday: string, javaScriptEnabled = true): Promise<Page> {
	const viewport = { width: 1440, height: 1000 };
	const page = await (await browser.newContext({ locale: 'vi-VN', javaScriptEnabled, viewport })).newPage();
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill('quan-tri');
	await page.getByLabel('Mật khẩu').fill('quan-tri-trinh-dien');
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.goto(`${server.origin}/admin/roster?week=${monday}&edit`);
	// What is typed or dragged before the scripts have taken the page over nobody hears; then Kit's line for screen readers is there.
	if (javaScriptEnabled) await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	return page;
}

const cell = (page: Page, counter: number, half: 'Sáng' | 'Chiều', day: string) =>
	page.getByRole('combobox', { name: new RegExp(`^Quầy ${counter} .*, ${half} ${formatDay(day)}$`) });
const save = (page: Page) => page.getByRole('button', { name: 'Lưu lịch' }).click();

test('a name typed without its marks is understood, and stands in the saved week', async () => {
	const page = await openGrid(typed);
	await cell(page, 1, 'Sáng', typed).fill('lam mau');
	await cell(page, 1, 'Chiều', typed).focus();
	expect(await cell(page, 1, 'Sáng', typed).inputValue()).toBe('Lê Thị Làm Mẫu');
	await save(page);
	await page
		.getByRole('status')
		.filter({ hasText: /Đã lưu/ })
		.waitFor();
	expect(await page.locator('table').first().innerText()).toContain('Lê Thị Làm Mẫu');
});

test('a name is dragged from its chip, on to another cell, and twice in one half-day it is refused at once', async () => {
	const page = await openGrid(dragged);
	const drag = async (from: { x: number; y: number }, onto: ReturnType<typeof cell>) => {
		await page.mouse.move(from.x, from.y);
		await page.mouse.down();
		const box = (await onto.boundingBox())!;
		await page.mouse.move(box.x + 20, box.y + 20, { steps: 5 });
		await page.mouse.up();
	};
	const middleOf = async (locator: ReturnType<Page['locator']>) => {
		const box = (await locator.boundingBox())!;
		return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	};
	const chip = page.locator('.chip', { hasText: 'Vũ Văn Mô Phỏng' });
	const [first, second] = [cell(page, 1, 'Sáng', dragged), cell(page, 2, 'Sáng', dragged)];
	await drag(await middleOf(chip), first);
	expect(await first.inputValue()).toBe('Vũ Văn Mô Phỏng');
	await drag(await middleOf(page.locator('td', { has: first }).locator('.grip')), second);
	expect([await first.inputValue(), await second.inputValue()]).toEqual(['', 'Vũ Văn Mô Phỏng']);

	await drag(await middleOf(chip), first);
	await page
		.getByText(/cũng .*Quầy 2|Quầy 2.*cũng/i)
		.first()
		.waitFor();
	await save(page);
	await page.getByRole('alert').waitFor();
	expect(await first.inputValue()).toBe('Vũ Văn Mô Phỏng');
});

test('without scripts the grid is a form like any other', async () => {
	const page = await openGrid(bare, false);
	await cell(page, 3, 'Chiều', bare).fill('vu van mo phong');
	await save(page);
	expect(await page.locator('table').first().innerText()).toContain('Vũ Văn Mô Phỏng');
});
