import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showCaseNumber } from '../../src/lib/domain/casework/case.ts';
import { fridayOf } from '../../src/lib/domain/report/period.ts';
import { addDays, localDay } from '../../src/lib/domain/shared/time.ts';
import { showCode } from '../../src/lib/domain/survey/code.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { caseCode, readCase, type StoredCase } from '../../src/lib/server/casework/cases/reads.ts';
import { openCasesFromCounts } from '../../src/lib/server/casework/sheets/writes.ts';
import { moveCase } from '../../src/lib/server/casework/cases/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { auditLines, roleGrants } from '../../src/lib/server/db/schema/account.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { counters, organizations } from '../../src/lib/server/db/schema/place.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { makeTickets } from '../../src/lib/server/survey/tickets/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret, type Secret } from '../../src/lib/server/secret/secret.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { A_PDF } from '../factories/pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'case-desk-'));
const databaseUrl = `file:${folder}/ward.db`;
const PHONE = { viewport: { width: 360, height: 740 }, locale: 'vi-VN' };

let server: Server;
let browser: Browser;
let db: Db;
let secret: Secret;
beforeAll(async () => {
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1', DATA_DIR: folder } });
	db = await openDb(databaseUrl);
	secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	browser = await startBrowser();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db?.store.close();
	rmSync(folder, { recursive: true });
});

/** Without scripts: every deed is a plain form. */
async function signedIn(login: string, size = { width: 1280, height: 800 }): Promise<Page> {
	const page = await (
		await browser.newContext({ viewport: size, locale: 'vi-VN', javaScriptEnabled: false })
	).newPage();
	page.setDefaultTimeout(20_000);
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill(login);
	await page.getByLabel('Mật khẩu').fill(`${login}-trinh-dien`);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	return page;
}

async function fromSheets(): Promise<StoredCase> {
	const its = and(eq(cases.source, 'sheet'), eq(cases.state, 'new'));
	const [row] = await db.select().from(cases).where(its).orderBy(asc(cases.seq)).limit(1);
	return row!;
}

/** A counter of its own, so that nothing else was ever rated there; what was sent to it is released as the jobs of the server do it. */
async function giveOneAtACounter(): Promise<{ row: StoredCase; code: string }> {
	const [{ organizationId, siteId, counterId: beside }] = await db
		.select()
		.from(cases)
		.where(eq(cases.source, 'sheet'));
	const [{ versionId }] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
	const counterId = 'qay9900000';
	const ticket = { organizationId, changedBy: 'nobody', now: Date.now(), kind: 'sheet', name: '', count: 1 } as const;
	const where = { counterId, fieldId: '', officerId: '', day: '', shift: '', versionId } as const;
	await commit(db, async (tx) => {
		const [counter] = await tx.select().from(counters).where(eq(counters.id, beside));
		await tx.insert(counters).values({ ...counter, id: counterId, number: '99' });
	});
	const expiresOn = addDays(localDay(Date.now()), 20);
	const made = await makeTickets({ db, secret }, { ...ticket, ...where, id: 'batch00099', expiresOn });
	if (!made.ok) throw new Error(made.reason);

	const phone = await (await browser.newContext({ ...PHONE, javaScriptEnabled: false })).newPage();
	await phone.goto(`${server.origin}/r`);
	await phone.getByLabel('Mã trên giấy hẹn').fill(showCode(made.value.codes[0]!));
	await phone.getByRole('button', { name: 'Mở câu hỏi' }).click();
	await phone.locator('label[for="answer.HC-1"]').click();
	await phone.getByText('Thủ tục phức tạp').click();
	await phone.getByRole('button', { name: 'Gửi câu trả lời' }).click();
	await phone.waitForURL('**/thanks/**');
	await phone.locator('summary').click();
	const code = await phone.locator('dd').innerText();

	const place = { siteId, counterId, fieldId: '', officerId: '' };
	const answers = CRITERIA.map((itemId) => ({ itemId, value: 4 }));
	const others = Array.from({ length: 14 }, () => ({
		...{ id: randomUUID(), organizationId, channel: 'ticket' as const, versionId, locale: 'vi', flags: [], answers },
		...{ at: Date.now(), reasons: [], comment: null, bands: '', place, ticketHash: null }
	}));
	await acceptDirect(db, others, Date.now());
	await releaseCounts(db);
	await openCasesFromCounts(db, secret, Date.now());
	const its = and(eq(cases.counterId, counterId), eq(cases.criterion, 'HC'));
	const rows = await db.select().from(cases).where(its);
	expect(rows).toHaveLength(1);
	// What the citizen was shown before there was a case is its code.
	expect(code).toBe(showCode(caseCode(secret, rows[0]!)));
	return { row: rows[0]!, code };
}

/** The lines of cases of a report's table of work, by what they are called. */
async function casesInReport(page: Page, address: string) {
	await page.goto(`${server.origin}/leader/report?${address}`);
	const text = (await page.locator('article.paper').innerText()).replaceAll('\u00a0', ' ');
	const of = (name: string) => new RegExp(`${name}\\s*:?\\s*(\\d+(?: / \\d+)?)`).exec(text)?.[1] ?? '–';
	return [of('Vụ việc nhận trong kỳ'), ...KEPT.map(of)];
}
const KEPT = ['Chuyển đúng hạn', 'Trả lời đúng hạn', 'Công khai đúng hạn'];

test('a 1 with a reason becomes a case, is forwarded, answered, published and rated by its code; Friday page, register and report tell the same of it', async () => {
	const { row, code } = await giveOneAtACounter();
	const number = showCaseNumber(row);
	const page = await signedIn('lanh-dao');
	await page.goto(`${server.origin}/office/cases?list=all`);
	await page.getByLabel('Tìm số, nội dung').fill(number);
	await page.getByRole('button', { name: 'Tìm' }).click();
	await page.getByRole('link', { name: number }).click();
	await page.getByRole('heading', { name: `Vụ việc ${number}` }).waitFor();

	await page.getByLabel('Đơn vị giải quyết').fill('Bộ phận một cửa');
	await page.getByRole('button', { name: 'Chuyển xử lý' }).click();
	await page.getByRole('status').getByText('Đã chuyển xử lý').waitFor();

	// Somebody else notes something while the answer is being typed.
	const by = { caseId: row.id, expected: 2, actorId: 'somebody', now: Date.now() };
	expect(await moveCase(db, by, 'note', { text: 'Đã hỏi tổ trưởng.' })).toMatchObject({ ok: true });
	const answer = 'Từ tuần sau quầy có thêm người vào giờ cao điểm.';
	await page.locator('#answer').getByLabel('Câu trả lời').fill(answer);
	await page.locator('#answer').getByRole('button', { name: 'Trả lời' }).click();
	await page.getByText('Người khác vừa xử lý vụ việc này').waitFor();
	expect(await page.locator('#answer').getByLabel('Câu trả lời').inputValue()).toBe(answer);
	await page.locator('#answer').getByRole('button', { name: 'Trả lời' }).click();
	await page.getByRole('status').getByText('Đã trả lời').waitFor();

	const publish = page.locator('#publish');
	await publish.getByLabel('Câu hỏi công khai').fill('Quầy có điểm thấp, xin gọi 0900 000 001.');
	await publish.getByLabel('Tôi đã đọc lại').check();
	await publish.getByRole('button', { name: 'Công khai câu trả lời' }).click();
	await publish.getByText('vẫn có thứ giống số điện thoại').waitFor();
	await publish.getByLabel('Câu hỏi công khai').fill('Vì sao quầy có điểm thấp?');
	await publish.getByRole('button', { name: 'Công khai câu trả lời' }).click();
	await page.getByRole('status').getByText('Đã công khai').waitFor();

	const citizen = await (await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: false })).newPage();
	await citizen.goto(`${server.origin}/case`);
	await citizen.getByLabel('Mã theo dõi').fill(code);
	await citizen.getByRole('button', { name: 'Xem vụ việc' }).click();
	await citizen.getByText(answer).first().waitFor();
	await citizen.locator('label', { hasText: '5 · ' }).click();
	await citizen.getByRole('button', { name: 'Gửi đánh giá' }).click();
	await expect.poll(async () => (await readCase(db, row.id))!.rating).toBe(5);
	expect(await readCase(db, row.id)).toMatchObject({ state: 'published', publicAnswer: answer });

	const today = localDay(Date.now());
	const year = today.slice(0, 4);
	await citizen.goto(`${server.origin}/results/${row.organizationId}/answers?year=${year}&q=${number}`);
	await citizen.getByRole('link', { name: 'Vì sao quầy có điểm thấp?' }).waitFor();
	const told = (await citizen.locator('dl').first().innerText()).replaceAll('\u00a0', ' ');
	const [received, forwarded, ...kept] = await casesInReport(page, `preset=year&at=${today}`);
	expect(told).toContain(`${received} vụ việc`);
	for (const figure of kept) expect(told).toContain(figure.replace('/', 'trong'));
	expect([Number(received) > 5, forwarded]).toEqual([true, expect.stringMatching(/^\d+ \/ \d+$/)]);
	await page.goto(`${server.origin}/leader/meeting`);
	const week = page.getByRole('row').filter({ hasText: 'Nhận trong tuần' }).getByRole('cell');
	const shown = (await week.allInnerTexts()).map((text) => text.split('\n').at(-1)!.trim());
	expect(await casesInReport(page, `preset=week&at=${fridayOf(today)}`)).toEqual(shown);
}, 120_000);

test('who is named works on the case and finds it among their own; the others are not there for them', async () => {
	const row = await fromSheets();
	const leader = await signedIn('lanh-dao');
	await leader.goto(`${server.origin}/office/cases/${row.id}`);
	await leader.getByLabel('Đơn vị giải quyết').fill('Bộ phận một cửa');
	await leader.getByLabel('Người được giao').selectOption({ label: 'Nguyễn Thị Minh Họa' });
	await leader.getByRole('button', { name: 'Chuyển xử lý' }).click();
	await leader.getByRole('status').getByText('Đã chuyển xử lý').waitFor();

	const officer = await signedIn('cong-chuc', { width: 360, height: 740 });
	await officer.goto(`${server.origin}/office/cases`);
	expect(await officer.evaluate('document.documentElement.scrollWidth')).toBe(360);
	await officer.getByRole('link', { name: showCaseNumber(row) }).click();
	await officer.locator('#take summary').click();
	await officer.locator('#take').getByRole('button', { name: 'Nhận xử lý' }).click();
	await officer.getByRole('status').getByText('Đã nhận xử lý').waitFor();
	expect(await officer.locator('#publish, #forward, #refuse').count()).toBe(0);
	const other = await fromSheets();
	expect((await officer.goto(`${server.origin}/office/cases/${other.id}`))!.status()).toBe(403);
}, 120_000);

test('a file is attached and taken away without a script, handed out to be kept, and only to who works on its case', async () => {
	const row = await fromSheets();
	const leader = await signedIn('lanh-dao', { width: 360, height: 740 });
	await leader.goto(`${server.origin}/office/cases/${row.id}`);
	const files = leader.locator('#files');
	const attach = async (name: string, buffer: Buffer) => {
		// What a browser says a file is, is anybody's to choose.
		if (!(await files.getByLabel('Chọn tệp').isVisible())) await files.locator('summary').click();
		await files.getByLabel('Chọn tệp').setInputFiles({ name, mimeType: 'application/pdf', buffer });
		await files.getByRole('button', { name: 'Thêm tệp' }).click();
	};
	await attach('don.pdf', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
	await files.getByText('Chỉ nhận PDF và ảnh').waitFor();
	await attach('../Đơn của tổ 3.PDF', A_PDF);
	await files.getByText('Đã thêm tệp').waitFor();
	expect(await leader.evaluate('document.documentElement.scrollWidth')).toBe(360);
	const link = files.getByRole('link', { name: 'Đơn của tổ 3.pdf' });
	const address = (await link.getAttribute('href'))!;
	const answer = await leader.request.get(server.origin + address);
	expect(await answer.body()).toEqual(A_PDF);
	const { 'content-type': type, 'content-disposition': disposition, ...headers } = answer.headers();
	expect(type).toBe('application/pdf');
	expect(disposition).toMatch(/^attachment; filename="vu-viec-[\w-]+\.pdf"; filename\*=UTF-8''%C4%90%C6%A1n%20/);
	expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });

	// Whoever may read the case and not work on it reads that there is a file, not what it is called.
	const auditor = await signedIn('kiem-tra');
	await auditor.goto(`${server.origin}/office/cases/${row.id}`);
	await auditor.locator('#files').getByText('Tệp 1').waitFor();
	expect(await auditor.content()).not.toContain('Đơn của tổ 3');
	expect((await auditor.request.get(server.origin + address)).status()).toBe(403);
	// What is for the head alone is there for nobody else.
	const supervisor = await signedIn('phu-trach');
	const [{ siteId }] = await db.select().from(roleGrants).where(eq(roleGrants.role, 'supervisor'));
	await commit(db, (tx) => tx.update(cases).set({ siteId }).where(eq(cases.id, row.id)));
	expect((await supervisor.request.get(server.origin + address)).status()).toBe(200);
	await commit(db, (tx) => tx.update(cases).set({ toHead: true }).where(eq(cases.id, row.id)));
	expect((await supervisor.request.get(server.origin + address)).status()).toBe(404);

	await files.getByRole('button', { name: 'Gỡ tệp' }).click();
	await files.getByText('Đã gỡ tệp').waitFor();
	expect((await leader.request.get(server.origin + address)).status()).toBe(404);
	const its = eq(auditLines.object, row.id);
	const actions = (await db.select().from(auditLines).where(its).orderBy(asc(auditLines.seq))).map(
		({ action }) => action
	);
	expect(actions.filter((action) => action.startsWith('case-file'))).toEqual([
		'case-file-added',
		'case-file-opened',
		'case-file-opened',
		'case-file-removed'
	]);
}, 120_000);
