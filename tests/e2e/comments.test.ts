import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { and, asc, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/lib/server/account/writes.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import {
	commentBatches,
	comments,
	releasedComments,
	sheetComments
} from '../../src/lib/server/db/schema/submission.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

const WRITTEN = '=Chị Lan làm lâu, gọi tôi 0900 000 001 hoặc thu.nghiem@example.com';
let folder: string;
let server: Server;
let browser: Browser;
const databaseUrl = () => `file:${folder}/ward.db`;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-comments-'));
	server = await startServer({
		databaseUrl: databaseUrl(),
		port: await freePort(),
		env: { DEMO: '1', DATA_DIR: folder }
	});
	browser = await startBrowser();
	// What comes first in the queue names somebody and says how to reach them.
	const db = await openDb(databaseUrl());
	const [first] = await db
		.select()
		.from(comments)
		.where(eq(comments.state, 'waiting'))
		.orderBy(asc(comments.id))
		.limit(1);
	const own = and(eq(sheetComments.organizationId, first.organizationId), eq(sheetComments.sheetId, first.sheetId!));
	await commit(db, (tx) => tx.update(sheetComments).set({ comment: WRITTEN }).where(own));
	await db.store.close();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

async function signedIn(login: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
	const page = await (await browser.newContext({ locale: 'vi-VN', ...options })).newPage();
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill(login);
	await page.getByLabel('Mật khẩu').fill(`${login}-trinh-dien`);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	return page;
}

const left = async (page: Page) => Number((await page.locator('#comment h2').innerText()).match(/\d+/)![0]);

test('a comment is masked, put right, approved and taken back without a script, and decided by keys with one', async () => {
	const page = await signedIn('phu-trach', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
	await page.goto(`${server.origin}/admin/comments`);
	const waiting = await left(page);
	const text = page.getByLabel('Lời sẽ được đọc');
	expect(await text.inputValue()).toBe('=Chị Lan làm lâu, gọi tôi [số điện thoại] hoặc [thư điện tử]');
	// Neither a score nor a place nor a day stands beside it.
	expect(await page.locator('#comment').innerText()).not.toMatch(/Quầy \d|\d{1,2}\/\d{1,2}|mức [1-5]/i);
	await page.getByRole('checkbox', { name: 'Lan' }).check();
	await page.getByRole('button', { name: 'Che các tên này' }).click();
	expect(await text.inputValue()).toBe('=Chị [tên người] làm lâu, gọi tôi [số điện thoại] hoặc [thư điện tử]');

	await text.fill('=Chị [tên người] làm nhanh, gọi tôi [số điện thoại] hoặc [thư điện tử]');
	await page.getByRole('button', { name: 'Công bố', exact: true }).click();
	expect(await page.getByRole('alert').innerText()).toContain('khác với lời người dân viết');
	await text.fill('=Chị [tên người] làm lâu, gọi tôi 0900 000 001 [...]');
	await page.getByRole('button', { name: 'Công bố', exact: true }).click();
	expect(await page.getByRole('alert').innerText()).toContain('số điện thoại');
	await text.fill('=Chị [tên người] làm lâu, gọi tôi [số điện thoại] hoặc [thư điện tử]');
	await page.getByLabel('Góp ý về').selectOption('R01');
	await page.getByRole('button', { name: 'Công bố', exact: true }).click();
	expect(await page.getByRole('status').innerText()).toContain('Đã duyệt');
	expect(await left(page)).toBe(waiting - 1);
	await page.getByRole('button', { name: 'Rút lại' }).click();
	expect(await left(page)).toBe(waiting);
	await page.getByRole('button', { name: 'Không công bố' }).click();
	expect(await page.locator('.error').innerText()).toContain('chọn lý do');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

	const quick = await signedIn('phu-trach', { viewport: { width: 1280, height: 800 } });
	await quick.goto(`${server.origin}/admin/comments`);
	const first = await quick.getByLabel('Lời sẽ được đọc').inputValue();
	const later = async () => {
		await quick.getByLabel('Lời sẽ được đọc').focus();
		await quick.keyboard.press('Alt+ArrowRight');
		return quick.getByLabel('Lời sẽ được đọc').inputValue();
	};
	// The first time the script may not be there yet.
	await expect.poll(later).not.toBe(first);
	await quick.keyboard.press('Control+Enter');
	await quick.waitForURL(/done=release/);
	expect(await left(quick)).toBe(waiting - 1);
	await quick.getByLabel('Vì sao không công bố').selectOption('unclear');
	await quick.keyboard.press('Control+Shift+Enter');
	await quick.waitForURL(/done=withhold/);
	expect(await left(quick)).toBe(waiting - 2);
	expect(await findFaults(quick)).toEqual([]);
});

test('leaders read whole batches, take one comment down everywhere and download the rest; officers read their own', async () => {
	const officer = await signedIn('cong-chuc');
	await officer.goto(`${server.origin}/office/results`);
	const own = officer.locator('#comments li');
	expect(await own.count()).toBeGreaterThanOrEqual(10);
	expect(await officer.locator('#comments').innerText()).not.toMatch(/Quầy \d|Chuyển lãnh đạo/);
	expect((await officer.goto(`${server.origin}/admin/comments`))!.status()).toBe(403);
	expect((await officer.goto(`${server.origin}/leader/comments`))!.status()).toBe(403);

	const page = await signedIn('lanh-dao');
	await page.goto(`${server.origin}/leader/comments`);
	const batches = await page
		.locator('article')
		.evaluateAll((all) => all.map((one) => one.querySelectorAll('li').length));
	expect(Math.min(...batches)).toBeGreaterThanOrEqual(5);
	expect(await findFaults(page)).toEqual([]);
	const said = await page.locator('article .text').first().innerText();
	await page
		.locator('article')
		.getByRole('link', { name: `Gỡ góp ý: ${said.slice(0, 40)}` })
		.first()
		.click();
	await page.getByRole('button', { name: 'Gỡ khỏi mọi trang' }).click();
	expect(await page.locator('.error').innerText()).toContain('lý do');
	await page.getByLabel('Lý do gỡ').fill('Còn lộ người viết');
	await page.getByRole('button', { name: 'Gỡ khỏi mọi trang' }).click();
	expect(await page.getByRole('status').innerText()).toContain('Đã gỡ');
	expect(await page.locator('article').first().innerText()).toContain('đã được gỡ');

	const db = await openDb(databaseUrl());
	// Into the newest of the batches that leaders read: officers have their own, and they are in no file.
	const [{ row }] = await db
		.select({ row: releasedComments })
		.from(releasedComments)
		.innerJoin(commentBatches, eq(commentBatches.id, releasedComments.batchId))
		.where(and(eq(commentBatches.audience, 'leaders'), eq(releasedComments.toHead, false)))
		.orderBy(desc(commentBatches.week))
		.limit(1);
	const formula = { ...row, id: newId(), text: '=cmd|calc', takenDownAt: null };
	await commit(db, (tx) => tx.insert(releasedComments).values(formula));
	const file = await (await page.request.get(`${server.origin}/leader/comments/file`)).text();
	expect(file.startsWith('\uFEFFweek;batch;places;topic;says;toHead;text\r\n')).toBe(true);
	expect(file).toMatch(/;"?'=cmd\|calc/);
	expect(file).not.toMatch(/;=cmd/);
	const lines = await db.select().from(auditLines);
	expect(lines.find(({ action }) => action === 'comment-taken-down')).toMatchObject({ reason: 'Còn lộ người viết' });
	expect(lines.at(-1)).toMatchObject({ action: 'exported', object: 'comments' });
	await db.store.close();
});

test('behind a figure stands what was said about it, and nothing where one could be told apart', async () => {
	const page = await signedIn('lanh-dao');
	await page.goto(`${server.origin}/leader/detail?criterion=TC&preset=half-year`);
	const section = page.locator('section', { has: page.locator('#comments') });
	expect(await section.locator('li').count()).toBeGreaterThan(3);
	await page.goto(`${server.origin}/leader/detail?criterion=TC&preset=half-year&channel=ticket`);
	expect(await section.innerText()).toContain('không chia theo');
	expect(await section.locator('li').count()).toBe(0);
	await section.getByRole('link').click();
	await page.waitForURL(/\/leader\/comments/);
});
