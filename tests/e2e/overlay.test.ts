import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskCommand } from '../../src/lib/domain/dialogue/desk.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { commandDialogue } from '../../src/lib/server/dialogue/desk/writes.ts';
import { addDisplay } from '../../src/lib/server/dialogue/displays/writes.ts';
import { readDialogue, readRounds } from '../../src/lib/server/dialogue/reads.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aRound } from '../factories/dialogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
const databaseUrl = `file:${folder}/ward.db`;
const PASSWORD = 'một mật khẩu dài';
const ON_AIR = { width: 1920, height: 1080 };
const PATIENCE = { timeout: 40_000 };

let server: Server;
let browser: Browser;
let db: Db;
const start = async (port: number) => (server = await startServer({ databaseUrl, port, env: { DATA_DIR: folder } }));
beforeAll(async () => {
	db = await openDb(databaseUrl);
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường Thử' });
	});
	const person = { organizationId: 'w1', login: 'mc', name: 'Người Dẫn', role: 'moderator' } as const;
	await createUser(db, { ...person, password: PASSWORD, now: Date.now() });
	await start(await freePort());
	browser = await startBrowser();
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	await db.store.close();
	rmSync(folder, { recursive: true });
});

/** A live dialogue whose first question is open, its desk at hand from another process, and the address of its overlay. */
async function onAir() {
	const environment = readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder });
	const dialogue = {
		...{ title: 'Đối thoại thử', place: 'Hội trường', day: '2026-12-01', time: '08:00', streamUrl: '' },
		...{ halls: ['Hội trường'], hallProof: 'none' as const, rehearsal: false }
	};
	const by = { organizationId: 'w1', userId: 'u1', now: Date.now() };
	const { id, room } = await addDialogue({ db, secret: openSecret(environment) }, by, dialogue, [
		aRound(),
		aRound({ text: 'Câu thứ hai?' })
	]);
	const command = async (order: DeskCommand) => {
		const { version } = (await readDialogue(db, id))!;
		const by = { dialogueId: id, expected: version, userId: 'u1', now: Date.now() };
		const done = await commandDialogue(db, { ...by, command: order });
		if (!done.ok) throw new Error(done.reason);
	};
	const agenda = await readRounds(db, id);
	await command({ do: 'start' });
	await command({ do: 'open', roundId: agenda[0]!.id });
	const display = { dialogueId: id, organizationId: 'w1', userId: 'u1', now: Date.now() };
	const { token } = await addDisplay(db, display, { kind: 'overlay', name: 'OBS', hall: 0 });
	return { id, room, command, agenda, token, path: `/live/${room}/overlay?token=${token}` };
}

/** What is seen over the video: every pixel that is not transparent. */
async function inkOn(page: Page): Promise<boolean> {
	const picture = await page.screenshot({ omitBackground: true });
	return page.evaluate(async (bytes) => {
		const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))]));
		const { width, height } = image;
		const context = new OffscreenCanvas(width, height).getContext('2d')!;
		context.drawImage(image, 0, 0);
		return context.getImageData(0, 0, width, height).data.some((value, i) => i % 4 === 3 && value > 0);
	}, picture.toString('base64'));
}

const until = async (what: () => Promise<boolean>) => expect.poll(what, PATIENCE).toBe(true);

test('the overlay is of now in its first picture, follows the desk, and survives a killed server as the big screen does', async () => {
	const { room, command, agenda, path } = await onAir();
	// Without a script there is only what the server has drawn: the first painted frame.
	const first = await (await browser.newContext({ viewport: ON_AIR, javaScriptEnabled: false })).newPage();
	await first.goto(server.origin + path);
	await first.getByRole('heading', { name: 'ưu tiên việc nào' }).waitFor();
	await first.getByText('Đang bình chọn · 0 phiếu').waitFor();

	const air = await (await browser.newContext({ viewport: ON_AIR })).newPage();
	await air.goto(server.origin + path);
	await air.getByText('Máy lấy số').waitFor();
	expect(await findFaults(air)).toEqual([]);
	const screen = await (await browser.newContext({ viewport: ON_AIR })).newPage();
	await screen.goto(`${server.origin}/live/${room}/present`);
	await screen.getByText('Máy lấy số').waitFor();
	const layout = () => air.locator('main').getAttribute('data-layout');
	expect(await layout()).toBe('lower');
	await command({ do: 'overlay', layout: 'ticker' });
	await until(async () => (await layout()) === 'ticker');
	const fixed = await air.context().newPage();
	await fixed.goto(`${server.origin}${path}&layout=qr`);
	expect(await fixed.locator('main').getAttribute('data-layout')).toBe('qr');
	await fixed.close();

	await server.kill();
	await air.waitForTimeout(1500);
	// The last picture stays, on both.
	await air.getByRole('heading', { name: 'ưu tiên việc nào' }).waitFor();
	await screen.getByText('Máy lấy số').waitFor();
	await start(server.port);
	await command({ do: 'overlay', layout: 'full' });
	await command({ do: 'reveal' });
	await until(async () => (await layout()) === 'full');
	await screen.getByText('0 %').first().waitFor(PATIENCE);
	await command({ do: 'close-in', seconds: 2 });
	// Numbers that may still move are seen nowhere.
	const checked = [air, screen].map((page) => page.getByText('Đang kiểm phiếu').waitFor(PATIENCE));
	await Promise.all(checked);
	await command({ do: 'conceal' });
	await air.getByText('Đã kiểm xong').waitFor(PATIENCE);
	await command({ do: 'show', roundId: agenda[1]!.id });
	await air.getByRole('heading', { name: 'Câu thứ hai' }).waitFor(PATIENCE);
	await command({ do: 'hide' });
	await until(async () => !(await inkOn(air)));
	await command({ do: 'unhide' });
	await until(() => inkOn(air));
}, 120_000);

test('a scene that begins while the server is away is transparent, and fills itself when it is back', async () => {
	const { path, room, command } = await onAir();
	const context = await browser.newContext({ viewport: ON_AIR });
	const page = await context.newPage();
	await page.goto(server.origin + path);
	await page.getByText('Máy lấy số').waitFor();
	const kept = () =>
		page.evaluate(async () => (await (await caches.open('overlay-shell')).keys()).map(({ url }) => url));
	await until(async () => (await kept()).some((url) => url.endsWith(`/live/${room}/overlay?shell`)));
	// Nothing of the dialogue and nothing that changes is kept.
	expect((await kept()).filter((url) => url.includes('/api/') || url.includes('token'))).toEqual([]);

	await server.kill();
	const scene = await context.newPage();
	await scene.goto(server.origin + path);
	expect(await inkOn(scene)).toBe(false);
	expect(await scene.locator('body').innerText()).toBe('');
	await start(server.port);
	await scene.getByText('Máy lấy số').waitFor(PATIENCE);
	expect(await inkOn(scene)).toBe(true);

	// A page of an earlier build is not asked for its answer of then: what is now comes from the server.
	await command({ do: 'overlay', layout: 'full' });
	await scene.waitForTimeout(1500);
	await scene.reload();
	expect(await scene.locator('main').getAttribute('data-layout')).toBe('full');
	await context.close();
}, 120_000);

test('a token that is withdrawn at the desk takes down what is on air within two seconds, and opens nothing any more', async () => {
	const { room, path } = await onAir();
	const air = await (await browser.newContext({ viewport: ON_AIR })).newPage();
	await air.goto(server.origin + path);
	await air.getByText('Máy lấy số').waitFor();
	const desk = await (await browser.newContext()).newPage();
	await desk.goto(`${server.origin}/live/${room}/desk`);
	await desk.getByLabel('Tên đăng nhập').fill('mc');
	await desk.getByLabel('Mật khẩu').fill(PASSWORD);
	await desk.keyboard.press('Enter');
	const revoke = desk.getByRole('button', { name: 'Thu hồi: OBS' });
	await revoke.waitFor();
	const began = Date.now();
	await revoke.click();
	await air.locator('main').waitFor({ state: 'detached', timeout: 10_000 });
	const took = Date.now() - began;
	console.info(`overlay: withdrawn and down after ${took} ms of 2000`);
	expect(took).toBeLessThan(2000);
	expect(await inkOn(air)).toBe(false);
	await air.reload();
	expect(await inkOn(air)).toBe(false);
	for (const wrong of [`/live/${room}/overlay`, `/live/khong0/overlay?token=x`]) {
		const answer = await air.goto(server.origin + wrong);
		expect([answer!.status(), await inkOn(air)], wrong).toEqual([200, false]);
	}
	// A token of the broadcast is not one of the hall's screen.
	expect(
		(await fetch(`${server.origin}/api/v1/live/${room}/hall-code?role=screen&token=${path.split('=')[1]}`)).status
	).toBe(403);

	// The desk changes what is on air, and measures how late the stream is.
	await desk.getByRole('button', { name: 'Tạo đường dẫn lớp phủ' }).click();
	const link = await desk.locator('.link a').getAttribute('href');
	await air.goto(link!);
	await desk.getByRole('button', { name: 'Toàn khung' }).click();
	await until(async () => (await air.locator('main').getAttribute('data-layout')) === 'full');
	await desk.getByRole('button', { name: 'Hiện mã trên sóng' }).click();
	const code = (await desk.getByRole('button', { name: /^Đã thấy/ }).textContent())!.match(/\d\d/)![0];
	await air.locator('.code').filter({ hasText: code }).waitFor(PATIENCE);
	await air.waitForTimeout(1000);
	await desk.getByRole('button', { name: `Đã thấy ${code}` }).click();
	await desk.getByText(/^Các lần đo: \d/).waitFor();
	await air.locator('.code').waitFor({ state: 'detached', timeout: 10_000 });
	await desk.getByRole('button', { name: 'Bỏ lần đo cuối' }).click();
	await desk.getByText('Độ trễ đang dùng: 0 giây').waitFor();
	expect(await findFaults(desk)).toEqual([]);
}, 120_000);

test('what changes while nobody looks is not played back, and a busy room moves the picture at most twice a second', async () => {
	const { command, path } = await onAir();
	const context = await browser.newContext({ viewport: ON_AIR });
	const page = await context.newPage();
	await page.goto(server.origin + path);
	await page.getByText('Máy lấy số').waitFor();
	const turn = (state: string) =>
		page.evaluate((value) => {
			Object.defineProperty(document, 'visibilityState', { value, configurable: true });
			document.dispatchEvent(new Event('visibilitychange'));
			const main = document.querySelector('main')!;
			return { layout: main.dataset.layout, moves: document.getAnimations().length };
		}, state);
	await turn('hidden');
	for (const layout of ['full', 'ticker', 'qr'] as const) await command({ do: 'overlay', layout });
	await page.waitForTimeout(2500);
	// In the very turn in which it is shown again: what is now, and nothing on its way there.
	expect(await turn('visible')).toEqual({ layout: 'qr', moves: 0 });

	const redraws = page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const times = new Set<number>();
				new MutationObserver(() => times.add(Math.round(performance.now() / 50))).observe(document.body, {
					...{ subtree: true, childList: true, characterData: true, attributes: true }
				});
				setTimeout(() => resolve(times.size), 4000);
			})
	);
	let isCounted = false;
	const counted = redraws.finally(() => (isCounted = true));
	// Four layouts at a changing pace: what alternates evenly looks still to who looks evenly.
	for (let i = 0; !isCounted; i++) {
		await command({ do: 'overlay', layout: (['lower', 'full', 'ticker', 'qr'] as const)[i % 4]! });
		await page.waitForTimeout(90 + ((i * 70) % 160));
	}
	const count = await counted;
	expect(count).toBeGreaterThan(1);
	expect(count).toBeLessThanOrEqual(9);
	await context.close();
}, 60_000);
