import { expect, test, vi } from 'vitest';
import { aConfiguration } from './configuration.ts';
import { api, arrived, browser, mode, tablet } from './stage.ts';
import { SHORT } from '../lane.ts';

/** Long in a real browser; `npm run test:full` has them. */
const inFull = test.skipIf(SHORT);

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
	// That somebody began is told beside the sheets, once for the whole visit.
	await browser.page.evaluate(() => dispatchEvent(new Event('online')));
	const day = sheet!.answeredAt.slice(0, 10);
	await vi.waitFor(() => expect(api.heartbeats.at(-1)?.begun).toEqual([{ day, dutyId: 'd-hoa', times: 1 }]));
	await browser.page.evaluate(() => dispatchEvent(new Event('online')));
	await vi.waitFor(() => expect(api.heartbeats.at(-1)).not.toHaveProperty('begun'));
});

test('a code that runs out is replaced by a new one', async () => {
	api.approve = 'never';
	await tablet.open(api.origin);
	await browser.page.getByText('K7QM-2XPD').waitFor();
	api.pairingExpires = true;
	const asked = () => api.calls.filter((call) => call === 'POST /api/v1/terminals/pairings').length;
	await vi.waitFor(() => expect(asked()).toBeGreaterThan(1), { timeout: 10_000 });
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

inFull('the thanks look the same to the last pixel for every score, in any person’s view', async () => {
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

test('with nobody on duty the question is about the counter, and the sheet names no duty', async () => {
	api.configuration = aConfiguration({ duties: [] });
	await tablet.open(api.origin);
	await browser.page.getByRole('heading', { name: /^Quầy này/ }).waitFor();
	await tablet.rate(3);
	await arrived(1);
	expect([...api.sheets.values()][0]?.dutyId).toBeNull();
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

inFull('a new version waits for the end of the visit; an incomplete one never takes over', async () => {
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
