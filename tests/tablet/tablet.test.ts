import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { buildTablet } from './build.ts';
import { startTabletBrowser, type TabletBrowser } from './chromium.ts';
import { aConfiguration } from './configuration.ts';
import { FakeApi } from './fake-api.ts';
import { killBrowser, TabletPage } from './tablet-page.ts';

let program: string;
let api: FakeApi;
let profile: string;
let browser: TabletBrowser;
let tablet: TabletPage;
const problems: string[] = [];

beforeAll(() => void (program = buildTablet()));
beforeEach(async () => {
	api = await new FakeApi(program).listen();
	profile = mkdtempSync(join(tmpdir(), 'tablet-profile-'));
	await start();
});
afterEach(async () => {
	await browser.context.close().catch(() => {});
	await api.close();
	expect(problems.splice(0)).toEqual([]);
});

/** Starts the browser on this test's profile; uploads are not delayed, everything else is as on a real tablet. */
async function start() {
	browser = await startTabletBrowser(profile, api.origin);
	await browser.context.addInitScript(() => (Math.random = () => 0));
	browser.page.on('pageerror', (problem) => problems.push(problem.message));
	tablet = new TabletPage(browser.page);
}
const mode = (mode: 'quick' | 'rotating' | 'full') => {
	const { profile } = aConfiguration();
	api.configuration = aConfiguration({ profile: { ...profile, mode } });
};
const arrived = (count: number) =>
	vi.waitFor(() => expect(api.sheets.size).toBe(count), { timeout: 20_000, interval: 100 });

test('a tablet shows its code, is approved, takes a rating, and the rating arrives', async () => {
	api.approve = 'never';
	await tablet.open(api.origin);
	await browser.page.getByText('K7QM-2XPD').waitFor();
	api.approve = 'at-once';
	await tablet.rate(4);
	await arrived(1);
	const [sheet] = [...api.sheets.values()];
	expect(sheet).toMatchObject({
		sequence: 1,
		versionId: 'SIPAS5-v1',
		dutyId: 'd-hoa',
		answers: [{ itemId: 'PV', value: 4 }]
	});
	expect(sheet?.answeredAt).toMatch(/\+07:00$/);
	expect(api.bodies.every(({ length }) => length % 1024 === 0)).toBe(true);
});

test('a code that runs out is replaced by a new one', async () => {
	api.approve = 'never';
	await tablet.open(api.origin);
	await browser.page.getByText('K7QM-2XPD').waitFor();
	api.pairingExpires = true;
	const asked = () => api.calls.filter((call) => call === 'POST /api/v1/terminals/pairings').length;
	await vi.waitFor(() => expect(asked()).toBeGreaterThan(1), { timeout: 10_000 });
});

test('switched off and on without a network, it serves within two seconds, and everything arrives later', async () => {
	await tablet.open(api.origin);
	await tablet.rate(5);
	await arrived(1);
	await browser.context.close();
	const port = Number(new URL(api.origin).port);
	await api.close();
	await start();
	const started = performance.now();
	await tablet.open(api.origin);
	await browser.page.locator('.faces').waitFor();
	expect(performance.now() - started).toBeLessThan(2000);
	for (const score of [1, 3, 5]) await tablet.rate(score);
	const later = new FakeApi(program);
	later.knows(api);
	api = await later.listen(port);
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

test('killed in the middle of everything, Chromium still has every sheet it gave thanks for', async () => {
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

test('a rotating tablet asks a second question, and a low score there offers reasons that fit it', async () => {
	mode('rotating');
	await tablet.open(api.origin);
	await tablet.rests();
	await tablet.face(5).click();
	await browser.page.getByText('Câu 2 trên 2').waitFor();
	await browser.page.waitForTimeout(550);
	await tablet.face(1).click();
	await browser.page.getByRole('button', { name: 'Chờ đợi lâu, thiếu người tiếp nhận' }).waitFor();
	expect(await browser.page.locator('.reasons button').count()).toBeLessThanOrEqual(6);
	await browser.page.waitForTimeout(550);
	await browser.page.getByRole('button', { name: 'Chờ đợi lâu, thiếu người tiếp nhận' }).click();
	await tablet.thanked();
	await arrived(1);
	const [sheet] = [...api.sheets.values()];
	expect(sheet?.answers).toEqual([
		{ itemId: 'PV', value: 5 },
		{ itemId: 'TC', value: 1 }
	]);
	expect(sheet?.reasons).toEqual(['R01']);
});

test('the thanks look the same to the last pixel for every score, in any person’s view', async () => {
	await tablet.open(api.origin);
	const pictures: string[] = [];
	for (const score of [1, 2, 3, 4, 5]) {
		await tablet.rate(score);
		await browser.page.mouse.move(5, 700);
		const picture = await browser.page.screenshot({ animations: 'disabled' });
		pictures.push(picture.toString('base64'));
	}
	expect(new Set(pictures).size).toBe(1);
});

test('two fingers rate nothing, nor one that slides away; a slow and shaky one rates', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	const session = await browser.context.newCDPSession(browser.page);
	const touch = (
		type: 'touchStart' | 'touchMove' | 'touchEnd',
		...touchPoints: { x: number; y: number; id: number }[]
	) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
	const points = await Promise.all([2, 4].map(async (score) => (await tablet.face(score).boundingBox())!));
	const [one, other] = points.map(({ x, y, width, height }, id) => ({ x: x + width / 2, y: y + height / 2, id }));
	if (!one || !other) throw new Error('no faces');

	await touch('touchStart', one);
	await touch('touchStart', one, other);
	await touch('touchEnd');
	await touch('touchStart', one);
	for (let y = one.y; y > 150; y -= 30) await touch('touchMove', { ...one, y });
	await touch('touchEnd');
	await browser.page.waitForTimeout(700);
	await browser.page.locator('.resting').waitFor();

	await touch('touchStart', other);
	for (const shake of [12, 30, -25, 18]) {
		await browser.page.waitForTimeout(300);
		await touch('touchMove', { ...other, x: other.x + shake, y: other.y - shake });
	}
	await touch('touchEnd');
	await tablet.thanked();
	await arrived(1);
	expect([...api.sheets.values()][0]?.answers[0]?.value).toBe(4);
});

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

test('with nobody on duty the question is about the counter, and the sheet names no duty', async () => {
	api.configuration = aConfiguration({ duties: [] });
	await tablet.open(api.origin);
	await browser.page.getByRole('heading', { name: /^Quầy này/ }).waitFor();
	await tablet.rate(3);
	await arrived(1);
	expect([...api.sheets.values()][0]?.dutyId).toBeNull();
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

test('what the server refuses stays on the tablet, with its code', async () => {
	api.quarantine = () => 'version-unknown';
	await tablet.open(api.origin);
	await tablet.rate(4);
	await tablet.rests();
	await tablet.enterStaffCorner();
	await tablet.status();
	await browser.page.getByText('version-unknown').waitFor({ timeout: 20_000 });
});

test('without the promise to keep its storage the tablet does not enter service', async () => {
	const { organization } = aConfiguration();
	api.configuration = aConfiguration({ organization: { ...organization, demonstration: false } });
	await browser.context.close();
	browser = await startTabletBrowser(profile, null);
	await browser.page.goto(`${api.origin}/terminal/`);
	await browser.page.getByRole('heading', { name: 'Trình duyệt chưa cam kết giữ dữ liệu' }).waitFor();
	expect(await browser.page.getByRole('button').allTextContents()).toEqual(['Thử lại']);
	expect(await browser.page.locator('.faces').count()).toBe(0);
});

test('a demonstration may be tried without that promise, by somebody who says so', async () => {
	await browser.context.close();
	browser = await startTabletBrowser(profile, null);
	tablet = new TabletPage(browser.page);
	await tablet.open(api.origin);
	await browser.page.getByRole('button', { name: 'Dùng thử, chấp nhận mất phiếu' }).click();
	await tablet.rate(4);
	await browser.page.reload();
	await tablet.rests();
});

test('English is one button away and gone with the next citizen', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	await browser.page.getByRole('button', { name: 'English' }).click();
	await browser.page.getByRole('heading', { name: 'Was the officer polite, helpful and clear?' }).waitFor();
	await browser.page.waitForTimeout(550);
	await tablet.face(4).click();
	await tablet.thanked();
	await tablet.rests();
	await browser.page.getByRole('heading', { name: /^Công chức phục vụ/ }).waitFor();
	await arrived(1);
	expect([...api.sheets.values()][0]?.locale).toBe('en');
});

test('no screen has a fault that axe can find', async () => {
	mode('rotating');
	api.approve = 'never';
	await tablet.open(api.origin);
	const check = async (screen: string) => {
		const { violations } = await new AxeBuilder({ page: browser.page }).analyze();
		expect(violations.map(({ id, nodes }) => `${screen}: ${id} ${nodes[0]?.html}`)).toEqual([]);
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

test('when the storage is full the citizen is told instead of thanked, and what was stored before stays', async () => {
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
});

test('a second window of the same tablet waits until the first is closed', async () => {
	await tablet.open(api.origin);
	await tablet.rests();
	const second = new TabletPage(await browser.context.newPage());
	await second.open(api.origin);
	await second.page.getByRole('heading', { name: 'Đang mở ở cửa sổ khác' }).waitFor();
	await browser.page.close();
	await second.rests();
});

test('a new version waits for the end of the visit; an incomplete one never takes over', async () => {
	mode('rotating');
	await tablet.open(api.origin);
	await tablet.rests();
	await browser.page.evaluate(() => navigator.serviceWorker.ready);
	await browser.page.reload();
	await tablet.rests();
	const names = () => browser.page.evaluate(async () => (await caches.keys()).join());
	const before = await names();
	const look = () =>
		browser.page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			await registration?.update().catch(() => {});
			return new Promise<string>((resolve) =>
				setTimeout(() => resolve(registration?.waiting ? 'waits' : 'none'), 1500)
			);
		});
	await tablet.face(5).click();
	await browser.page.getByText('Câu 2 trên 2').waitFor();

	api.replaced.set('/terminal/service-worker.js', (text) =>
		text.replace('/terminal/ ', '/terminal/ /terminal/missing.js ')
	);
	expect(await look()).toBe('none');
	api.replaced.set('/terminal/service-worker.js', (text) => text.replace(/\d+\.\d+\.\d+\+[0-9a-f]{8}/, '9.9.9+new'));
	expect(await look()).toBe('waits');
	expect((await names()).split(',')).toContain(before);
	await browser.page.getByText('Câu 2 trên 2').waitFor();
	await tablet.face(5).click();
	await tablet.thanked();
	await vi.waitFor(async () => expect(await names()).toBe('tablet-shell 9.9.9+new'), {
		timeout: 30_000,
		interval: 300
	});
	await tablet.rests();
});
