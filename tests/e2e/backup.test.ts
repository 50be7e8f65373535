import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKey } from '../../src/lib/server/backup/seal.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-backup-'));
	const { recipient } = await makeKey();
	const typo = recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'));
	const env = { DEMO: '1', DATA_DIR: folder, BACKUP_DIR: join(folder, 'nights'), BACKUP_RECIPIENT: typo };
	server = await startServer({ databaseUrl: `file:${folder}/ward.db`, port: await freePort(), env });
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

test('a backup that does not come about is said to the operator, to who watches and to the administrator', async () => {
	const read = async (path: string) => (await fetch(server.origin + path)).text();
	await expect.poll(() => read('/readyz'), { timeout: 60_000 }).toContain('there is no backup yet');
	expect(await read('/readyz')).not.toContain('BACKUP_RECIPIENT');
	expect(server.output()).toMatch(/The nightly backup failed: BACKUP_RECIPIENT: .*khóa công khai/);
	const metrics = await read('/metrics');
	for (const line of ['backup_failed 1', 'backup_age_seconds +Inf', 'ready 1'])
		expect(metrics).toContain(`\nlang_nghe_${line}\n`);

	const page = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill('quan-tri');
	await page.getByLabel('Mật khẩu').fill('quan-tri-trinh-dien');
	await page.getByLabel('Mật khẩu').press('Enter');
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	await page.goto(`${server.origin}/admin`);
	const notice = page.getByRole('status').filter({ hasText: 'Chưa có bản sao lưu nào' });
	await expect.poll(() => notice.count()).toBe(1);
	expect(await notice.innerText()).toContain('BACKUP_RECIPIENT');
	expect(await findFaults(page)).toEqual([]);

	// The page of the server says the same, also to a browser without scripts.
	const cookies = await page.context().cookies();
	const plain = await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: false });
	await plain.addCookies(cookies);
	const bare = await plain.newPage();
	await bare.goto(`${server.origin}/admin/status`);
	const backup = bare.getByRole('listitem').filter({ hasText: 'Sao lưu' });
	const [line] = await backup.filter({ hasText: 'Hỏng' }).allInnerTexts();
	expect(line).toContain('Lần thử gần nhất không thành công');
	const job = bare.getByRole('row').filter({ hasText: 'watch-backups' });
	expect(await job.innerText()).toMatch(/Cần xem\s+lần gần nhất hỏng lúc \d\d:\d\d/);
	expect(server.output()).toContain('"job":"watch-backups"');
});
