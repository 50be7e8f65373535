import { expect, test } from 'vitest';
import { addDays, localDay } from '../../src/lib/domain/shared/time.ts';
import { findFaults } from '../actors/axe.ts';
import { aConfiguration } from './configuration.ts';
import { api, arrived, browser, mode, start, tablet } from './stage.ts';

test('on an 8″ glass every face is at least 20 mm wide and high, and faces stand 5 mm apart on a 10.1″ one', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	const boxes = await Promise.all([1, 2, 3, 4, 5].map(async (score) => (await tablet.face(score).boundingBox())!));
	const millimetres = (pixels: number, glass: number) => (pixels * glass) / 1280;
	for (const { width, height } of boxes) expect(millimetres(Math.min(width, height), 172)).toBeGreaterThanOrEqual(20);
	const gaps = boxes.slice(1).map(({ x }, i) => x - boxes[i]!.x - boxes[i]!.width);
	for (const gap of gaps) expect(millimetres(gap, 217.5)).toBeGreaterThanOrEqual(4.9);
	const size = await browser.page
		.locator('.word')
		.first()
		.evaluate((word) => parseFloat(getComputedStyle(word).fontSize));
	expect((millimetres(size, 217.5) / 25.4) * 72).toBeGreaterThanOrEqual(22);
});

test('a wrong PIN locks after five misses; the right one changes the officer before the next sheet is sent', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	await tablet.enterStaffCorner();
	await browser.page.getByRole('button', { name: 'Lê Văn An' }).click();
	await tablet.rate(5);
	await arrived(1);
	expect(api.duties).toMatchObject([{ officerId: 'an' }]);
	expect([...api.sheets.values()][0]?.dutyId).toBe(api.duties[0]?.id);
	const order = api.calls.filter((call) => /duties|submissions/.test(call));
	expect(order[0]).toBe('POST /api/v1/terminals/duties');
	await tablet.rests();
	await tablet.tapCorner();
	for (let miss = 0; miss < 5; miss++) {
		await tablet.typePin('0000');
		await browser.page.getByText(miss < 4 ? 'Mã PIN không đúng' : 'Đã khóa').waitFor();
	}
});

test('a revoked tablet says so, takes no more ratings and keeps its queue', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	api.revoked = true;
	await tablet.rate(2);
	await browser.page.getByRole('heading', { name: 'Máy này đã bị thu hồi' }).waitFor();
	await browser.page.reload();
	await browser.page.getByRole('heading', { name: 'Máy này đã bị thu hồi' }).waitFor();
	await tablet.enterStaffCorner();
	expect(await tablet.status()).toMatchObject({ 'Phiếu đã ghi': '1', 'Đang chờ gửi': '1' });
});

test('a revoked tablet hands its queue over once it may, says so, stays out of service and can be paired anew', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	api.revoked = true;
	await tablet.rate(2);
	await browser.page.getByRole('heading', { name: 'Máy này đã bị thu hồi' }).waitFor();
	expect(api.rescued).toEqual([]);
	api.rescue = true;
	await browser.page.reload();
	await browser.page.getByRole('heading', { name: 'Đã gửi xong phiếu còn lại' }).waitFor();
	expect(api.rescued).toMatchObject([{ sequence: 1, answers: [{ itemId: 'PV', value: 2 }] }]);
	expect(api.sheets.size).toBe(0);
	await tablet.enterStaffCorner();
	expect(await tablet.status()).toMatchObject({ 'Máy chủ đã nhận': '1', 'Đang chờ gửi': '0' });
	await browser.page.getByRole('button', { name: 'Ghép lại máy này' }).waitFor();
});

test('a tablet offers the languages of its profile and rests in the first of them', async () => {
	const { profile } = aConfiguration();
	api.configuration = aConfiguration({ profile: { ...profile, languages: ['en'] } });
	await tablet.open(api.origin);
	await tablet.rests();
	await browser.page.getByText('Very satisfied').waitFor();
	expect(await browser.page.locator('.language').count()).toBe(0);
	await tablet.rate(5);
	await arrived(1);
	expect([...api.sheets.values()][0]?.locale).toBe('en');
});

test('out of hours the screen is dark, the first touch only wakes it, and the next one is an answer', async () => {
	const today = localDay(Date.now());
	api.configuration = aConfiguration({ opening: { [today]: [], [addDays(today, 1)]: [] } });
	await tablet.open(api.origin);
	const dark = browser.page.getByRole('button', { name: 'Ngoài giờ làm việc' });
	await dark.waitFor();
	await browser.page.mouse.click(640, 450);
	await dark.waitFor({ state: 'detached' });
	expect(await browser.page.getByRole('heading', { name: 'Cảm ơn' }).count()).toBe(0);
	await tablet.rate(4);
	await arrived(1);
});

test('without the promise to keep its storage the tablet does not enter service', async () => {
	const { organization } = aConfiguration();
	api.configuration = aConfiguration({ organization: { ...organization, demonstration: false } });
	await browser.context.close();
	await start({ storageKept: false });
	await browser.page.goto(`${api.origin}/terminal/`);
	await browser.page.getByRole('heading', { name: 'Trình duyệt chưa cam kết giữ dữ liệu' }).waitFor();
	expect(await browser.page.getByRole('button').allTextContents()).toEqual(['Thử lại']);
	expect(await browser.page.locator('.faces').count()).toBe(0);
});

test('a demonstration may be tried without that promise, by somebody who says so', async () => {
	await browser.context.close();
	await start({ storageKept: false });
	await tablet.open(api.origin);
	await browser.page.getByRole('button', { name: 'Dùng thử, chấp nhận mất phiếu' }).click();
	await tablet.rate(4);
	await browser.page.reload();
	await tablet.rests();
});

test('no screen has a fault that axe can find', async () => {
	mode('rotating');
	api.approve = 'never';
	await tablet.open(api.origin);
	const check = async (screen: string) => {
		expect(await findFaults(browser.page), screen).toEqual([]);
	};
	await browser.page.getByText('K7QM-2XPD').waitFor();
	await check('pairing');
	api.approve = 'at-once';
	await tablet.rests();
	await check('question');
	await tablet.face(1).click();
	await browser.page.locator('.reasons').waitFor();
	await check('reasons');
	await browser.page.getByRole('button', { name: 'Không phải quầy này' }).click();
	await tablet.thanked();
	await check('thanks');
	await tablet.rests();
	await tablet.tapCorner();
	await check('pin');
	await tablet.typePin();
	for (const panel of ['Người trực', 'Tình trạng máy', 'Thước đo']) {
		await browser.page.getByRole('button', { name: panel }).click();
		await browser.page.locator('section h1').waitFor();
		await check(panel);
	}
});
