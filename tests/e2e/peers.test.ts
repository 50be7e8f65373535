import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

/** The table as it is handed round: with columns that are reckoned beside the published ones. */
const PUBLISHED = `stt,don_vi,TC,HC,PV,KQ,TT,SIPAS_2024_published,delta_vs_2023_published,mean5_exact,SIPAS_2023_implied
1,UBND phường Vĩnh Thọ,82.58,88.27,92.05,89.22,92.38,88.90,3.28,88.90,85.62
2,UBND phường Vĩnh Phước,84.58,92.48,90.27,88.50,92.50,89.67,1.98,89.666,87.69
3,UBND phường Vĩnh Hải,87.19,87.83,91.09,91.85,93.08,90.21,3.81,90.208,86.40
4,UBND phường Vĩnh Hòa,78.25,81.33,86.81,88.17,83.97,83.71,7.30,83.706,76.41
5,UBND xã Vĩnh Phương,90.03,90.46,91.71,94.11,90.75,91.41,3.14,91.412,88.27
6,UBND xã Vĩnh Lương,81.94,84.08,87.31,88.31,89.00,86.13,5.23,86.128,80.90
`;
const SIPAS = ['88,90', '89,67', '90,21', '83,71', '91,41', '86,13'];
const CHANGES = ['3,28', '1,98', '3,81', '7,30', '3,14', '5,23'].map((points) => `▲ tăng ${points} so với 2023`);

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-peers-'));
	const env = { DEMO: '1', DATA_DIR: folder };
	server = await startServer({ databaseUrl: `file:${folder}/ward.db`, port: await freePort(), env });
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

async function leaderAt(path: string): Promise<Page> {
	const context = await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(server.origin + path);
	await page.getByLabel('Tên đăng nhập').fill('lanh-dao');
	await page.getByLabel('Mật khẩu').fill('lanh-dao-trinh-dien');
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	return page;
}

/** Of every published unit: its name, and what stands in one column. */
async function published(page: Page, column: string): Promise<string[]> {
	const rows = page.locator('tbody tr', { hasText: 'số liệu công bố' }).and(page.locator('tr:not(.range)'));
	const texts = await rows.locator(`td[data-code=${column}]`).allTextContents();
	return texts.map((text) => text.replace(/\s+/g, ' ').trim());
}

test('PEERS: without a script, the six wards stand beside the own year with their changes, before and after an import of the file', async () => {
	const page = await leaderAt('/leader/peers');
	const expected = SIPAS.map((value, i) => `${value} ${CHANGES[i]}`);
	expect(await published(page, 'SIPAS')).toEqual(expected);
	expect(await published(page, 'TC')).toEqual(['82,58', '84,58', '87,19', '78,25', '90,03', '81,94']);
	const text = await page.locator('main').innerText();
	for (const said of ['Báo cáo số 443/BC-SNV', 'Khác phương pháp: không so trực tiếp được', 'T2B-5C-v1'])
		expect(text).toContain(said);
	// The own year: a figure, its interval and its n; no published figure has either.
	const own = page.locator('tbody').first().locator('tr').nth(1).locator('td[data-code=SIPAS]');
	expect(await own.innerText()).toMatch(/^\d+,\d\d\s+\d+,\d\d–\d+,\d\d\s+n = [\d.]+/);

	// A merged ward: the range of what it was merged from, both ends named, and no mean of them (88,34).
	const range = page.locator('tr.range td[data-code=SIPAS]');
	expect((await range.innerText()).replace(/\s+/g, ' ')).toBe('83,71–91,41 UBND phường Vĩnh Hòa – UBND xã Vĩnh Phương');
	expect(text).not.toContain('88,34');

	await page.goto(`${server.origin}/admin/peers`);
	await page.getByRole('button', { name: /^Gỡ bảng năm 2024/ }).click();
	await page.goto(`${server.origin}/leader/peers`);
	expect(await published(page, 'SIPAS')).toEqual([]);

	const file = join(folder, 'sipas.csv');
	await page.goto(`${server.origin}/admin/peers`);
	const look = async (csv: string) => {
		writeFileSync(file, csv);
		await page.getByLabel('Phương pháp').fill('SIPAS năm tiêu chí của tỉnh');
		await page.getByLabel('Nguồn').fill('Báo cáo số 443/BC-SNV ngày 12/3/2025');
		await page.getByLabel('Tệp CSV').setInputFiles(file);
		await page.getByRole('button', { name: 'Xem trước' }).click();
	};
	await look(PUBLISHED.replace('92.05', '192.05'));
	expect(await page.locator('#check').innerText()).toContain('Không phải tỷ lệ phần trăm từ 0 đến 100');
	expect(await page.getByRole('button', { name: /^Ghi \d/ }).count()).toBe(0);
	await page.getByRole('link', { name: 'Chọn tệp khác' }).click();
	await look(PUBLISHED);
	await page.getByRole('button', { name: 'Ghi 6 đơn vị' }).click();
	expect(await page.locator('#done').innerText()).toContain('Đã nhập 6 đơn vị');
	await page.goto(`${server.origin}/leader/peers`);
	expect(await published(page, 'SIPAS')).toEqual(expected);
	await page.context().close();
});

test('TARGETS: a target of one criterion, set without a script, decides its verdict on screen and in the file, and is undone', async () => {
	const page = await leaderAt('/leader/targets');
	const own = async () => {
		const file = await page.request.get(`${server.origin}/leader/file?by=criterion&preset=half-year`);
		const lines = (await file.text()).replace('\uFEFF', '').trim().split('\r\n');
		const [head, ...rows] = lines.map((line) => line.split(';'));
		const told = (criterion: string) => {
			const row = rows.find((each) => each[head.indexOf('key')] === criterion)!;
			return [row[head.indexOf('target')], row[head.indexOf('verdict')]];
		};
		return [told('TC'), told('HC')];
	};
	const [before, beside] = await own();
	expect(before).toEqual(['90', 'not-met']);
	const set = async (value: string) => {
		await page.goto(`${server.origin}/leader/targets`);
		await page.getByLabel('Mục tiêu của Tiếp cận dịch vụ').fill(value);
		await page.getByRole('button', { name: /^Lưu mục tiêu/ }).click();
	};
	await set('49');
	expect(await page.getByRole('alert').innerText()).toContain('TC');
	await set('70,5');
	expect(await page.locator('#done').innerText()).toContain('Đã lưu mục tiêu');
	expect(await own()).toEqual([['70,5', 'met'], beside]);
	const row = page.locator('tr', { has: page.getByLabel('Mục tiêu của Tiếp cận dịch vụ') });
	expect(await row.innerText()).toMatch(/đạt[\s\S]*n = 400[\s\S]*n = \d/);
	await page.goto(`${server.origin}/leader?by=counter`);
	expect(await page.locator('caption').first().innerText()).toContain('TC 70,50, HC 90,00');
	await page.goto(`${server.origin}/leader/targets?count=10300`);
	expect(await page.locator('main').innerText()).toContain('Trong 10.300 lượt phục vụ cần ít nhất 386 lượt trả lời');
	await set('');
	expect(await own()).toEqual([before, beside]);
	expect(await page.locator('#history ~ ul li').count()).toBe(2);
	await page.context().close();
});
