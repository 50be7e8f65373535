import { expect, test, vi } from 'vitest';
import { api, arrived, browser, profile, serveAgain, start, tablet } from './stage.ts';
import { killBrowser, TabletPage } from './tablet-page.ts';
import { SHORT } from '../lane.ts';

/** Long in a real browser; `npm run test:full` has them. */
const inFull = test.skipIf(SHORT);

test('switched off and on without a network, it serves within two seconds, and everything arrives later', async () => {
	await tablet.open(api.origin);
	await tablet.rate(5);
	await arrived(1);
	await browser.context.close();
	await api.close();
	await start();
	const started = performance.now();
	await tablet.open(api.origin);
	await browser.page.locator('.faces').waitFor();
	expect(performance.now() - started).toBeLessThan(2000);
	for (const score of [1, 3, 5]) await tablet.rate(score);
	await serveAgain();
	await browser.page.evaluate(() => dispatchEvent(new Event('online')));
	await arrived(3);
	expect([...api.sheets.values()].map(({ sequence }) => sequence).sort()).toEqual([2, 3, 4]);
});

test('a lost answer makes no second sheet: the tablet sends again, the server knows it', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	api.trouble = 'drop';
	await tablet.rate(2);
	await vi.waitFor(() => expect(api.bodies.length).toBeGreaterThan(0), { timeout: 15_000 });
	api.trouble = null;
	await vi.waitFor(() => expect(api.bodies.length).toBeGreaterThan(1), { timeout: 15_000 });
	expect(api.sheets.size).toBe(1);
	await tablet.rests();
	await tablet.enterStaffCorner();
	await expect.poll(async () => (await tablet.status())['Máy chủ đã nhận'], { timeout: 15_000 }).toBe('1');
});

inFull('killed in the middle of everything, Chromium still has every sheet it gave thanks for', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	api.trouble = 503;
	for (const score of [5, 1, 4]) await tablet.rate(score);
	await tablet.rests();
	await tablet.face(2).click();
	await browser.page.locator('.reasons').waitFor(); // the fourth citizen has answered and looks at the reasons
	killBrowser(profile);
	await browser.context.close().catch(() => {});
	await start();
	await tablet.open(api.origin);
	await tablet.rests();
	await tablet.enterStaffCorner();
	expect(await tablet.status()).toMatchObject({ 'Phiếu đã ghi': '4', 'Đang chờ gửi': '4' });
	api.trouble = null;
	await arrived(4);
	const values = [...api.sheets.values()]
		.sort((a, b) => a.sequence - b.sequence)
		.map(({ answers }) => answers[0]?.value);
	expect(values).toEqual([5, 1, 4, 2]);
});

test('what the server refuses stays on the tablet, with its code', async () => {
	api.quarantine = () => 'version-unknown';
	await tablet.open(api.origin);
	await tablet.rate(4);
	await tablet.rests();
	await tablet.enterStaffCorner();
	await tablet.status();
	await browser.page.getByText('version-unknown').waitFor({ timeout: 20_000 });
});

inFull(
	'when the storage is full the citizen is told instead of thanked, and what was stored before stays',
	async () => {
		await tablet.open(api.origin);
		await tablet.rests();
		api.trouble = 503;
		await tablet.rate(5);
		await tablet.rests();
		// The browser's own quota is cached for minutes, so the refusal is put where it would come from.
		await browser.page.evaluate(() => {
			const { add } = IDBObjectStore.prototype;
			IDBObjectStore.prototype.add = () => {
				IDBObjectStore.prototype.add = add;
				throw new DOMException('full', 'QuotaExceededError');
			};
		});
		await tablet.face(5).click();
		await browser.page.getByRole('heading', { name: 'Máy chưa lưu được ý kiến của Ông/Bà' }).waitFor();
		await browser.page.getByText('storage-failed').waitFor();
		api.trouble = null;
		await tablet.rate(4);
		await arrived(2);
		expect([...api.sheets.values()].map(({ sequence }) => sequence).sort()).toEqual([1, 2]);
	}
);

test('a second window of the same tablet waits until the first is closed', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	const second = new TabletPage(await browser.context.newPage());
	await second.open(api.origin);
	await second.page.getByRole('heading', { name: 'Đang mở ở cửa sổ khác' }).waitFor();
	await browser.page.close();
	await second.rests();
});

inFull('a browser that only pretends to write loses what it gave thanks for, and the comparison says so', async () => {
	// The defence taken away: the request succeeds and the transaction completes, but nothing was asked to be stored.
	await browser.context.addInitScript(() => {
		IDBObjectStore.prototype.add = function () {
			return this.count() as IDBRequest as IDBRequest<IDBValidKey>;
		};
	});
	await tablet.open(api.origin);
	await tablet.rests();
	api.trouble = 503;
	for (const score of [5, 4]) await tablet.rate(score);
	killBrowser(profile);
	await browser.context.close().catch(() => {});
	await start();
	await tablet.open(api.origin);
	await tablet.rests();
	await tablet.enterStaffCorner();
	expect(await tablet.status()).not.toMatchObject({ 'Đang chờ gửi': '2' });
});
