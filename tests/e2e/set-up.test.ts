import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, dayOfWeek, formatDay, localDay } from '../../src/lib/domain/shared/time.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { startTabletBrowser, type TabletBrowser } from '../tablet/chromium.ts';

/** A centre in a morning: from an empty database to a tablet that shows who is on duty, only by what the screens say. */
const WARD = 'Phường Thử Nghiệm';
const SITES = ['Trung tâm Phục vụ hành chính công', 'Điểm tiếp nhận Bến Cũ', 'Điểm tiếp nhận Đồi Thông'];
/** By site; each name says what the counter receives. */
const COUNTERS = [
	['Chứng thực, hộ tịch', 'Đất đai', 'Xây dựng', 'Hộ kinh doanh', 'Bảo trợ xã hội, người có công', 'Lao động'],
	['Giáo dục và đào tạo, y tế'],
	['Văn hóa, nông nghiệp và môi trường']
];
const OFFICERS = Array.from({ length: 20 }, (_, i) => ({
	code: `CC${String(i + 1).padStart(2, '0')}`,
	name: `${['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Đặng'][i % 5]} Thị Mẫu ${['An', 'Bình', 'Đức', 'Hồng'][Math.floor(i / 5)]}`,
	title: 'Công chức một cửa'
}));
const PERSON = { name: 'Nguyễn Văn Quản Trị', login: 'quan.tri', password: 'một câu dài dễ nhớ' };
const PIN = '482915';
const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
	[360, 1440].map((width) => ({ colorScheme, viewport: { width, height: 900 } }))
);

const started = Date.now();
let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let tablet: TabletBrowser | undefined;
const looked: string[] = [];
const figures: Record<string, number> = {};

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-set-up-'));
	const env = { DEMO: '0', DATA_DIR: folder };
	server = await startServer({ databaseUrl: `file:${folder}/ward.db`, port: await freePort(), env });
	browser = await startBrowser();
	// Without motion nothing is half-way between two colours when it is looked at.
	const look = { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' } as const;
	page = await (await browser.newContext(look)).newPage();
	page.setDefaultTimeout(20_000);
});

afterAll(async () => {
	await tablet?.context.close().catch(() => {});
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

/** Each step stands on the one before: after one that failed, even at its second try, the others are not tried. */
let broken = '';
beforeEach(({ task, skip }) => skip(broken !== '' && broken !== task.id));
afterEach(({ task }) => {
	if (task.result?.state === 'fail') broken ||= task.id;
	else if (broken === task.id) broken = '';
});

const title = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const fill = (label: string | RegExp, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).last().click();
const follow = (name: string | RegExp) => page.getByRole('link', { name, exact: true }).first().click();
/** Opens a part of the administration and waits until it is there: pages change without loading anew. */
async function tab(name: string) {
	const link = page.getByRole('navigation', { name: 'Quản trị' }).getByRole('link', { name, exact: true });
	await link.click();
	await link.and(page.locator('[aria-current="page"]')).waitFor();
}

/** Whether axe is content with the page as it stands, on a phone and on a wide screen, light and dark. */
async function looksRight(name: string) {
	for (const { colorScheme, viewport } of LOOKS) {
		await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const where = `${name}, ${viewport.width} px, ${colorScheme}`;
		// The colours are all that a theme changes; the rest is looked at once a width.
		expect(await findFaults(page, colorScheme === 'dark' ? { rules: ['color-contrast'] } : {}), where).toEqual([]);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		expect(wide, where).toBe(0);
	}
	looked.push(name);
}

test('an empty installation leads to the set-up, which opens with the code that the server printed', async () => {
	const code = /^set-up code: (\w{4}-\w{4}-\w{4}) {2}(\S+)$/m.exec(server.output())!;
	expect(code[2]).toBe(`${server.origin}/setup`);
	await page.goto(server.origin);
	await title('Cài đặt lần đầu');
	await fill('Mã cài đặt', 'ABCD-EFGH-JKMN');
	await fill('Tên phường, xã', WARD);
	await press('Lưu và tiếp tục');
	await page.getByText(/^Mã này không đúng/).waitFor();
	expect(await page.getByLabel('Tên phường, xã').inputValue()).toBe(WARD);
	await looksRight('step 1');
	await fill('Mã cài đặt', code[1].toLowerCase());
	await press('Lưu và tiếp tục');
	await title('Người quản trị đầu tiên');
});

test('the first administrator is signed in at once and turns on the second factor', async () => {
	await follow('‹ Bước trước');
	await page.getByText(/^Mã cài đặt đã đúng/).waitFor();
	await press('Lưu và tiếp tục');
	await fill('Họ và tên', PERSON.name);
	await fill('Tên đăng nhập', PERSON.login);
	await fill('Mật khẩu', PERSON.password);
	await fill('Nhập lại mật khẩu', `${PERSON.password} khác`);
	await press('Lưu và tiếp tục');
	await page.getByText('Hai lần nhập mật khẩu không giống nhau.').waitFor();
	await looksRight('step 2');
	await fill('Mật khẩu', PERSON.password);
	await fill('Nhập lại mật khẩu', PERSON.password);
	await press('Lưu và tiếp tục');

	await title(/xác thực hai lớp/i);
	await looksRight('second factor');
	const secret = (await page.locator('code').first().innerText()).replace(/\s/g, '');
	await fill('Mã', new TOTP({ secret }).generate());
	await press('Bật');
	await title(/mã dự phòng/i);
	await looksRight('recovery codes');
	await follow('Đã cất, tiếp tục');
	await title('Địa điểm tiếp nhận');
});

test('three sites, eight counters and twelve fields in three pages', async () => {
	for (const [i, name] of SITES.entries())
		await page
			.getByRole('group', { name: `Địa điểm ${i + 1}` })
			.getByLabel('Tên', { exact: true })
			.fill(name);
	await looksRight('step 3');
	await press('Lưu và tiếp tục');

	await title('Quầy');
	for (const [i, names] of COUNTERS.entries()) {
		const site = page.getByRole('region', { name: SITES[i] });
		await site.getByLabel('Số quầy tạo thêm').fill(String(names.length));
		await site.getByRole('button', { name: 'Tạo quầy' }).click();
		await site
			.getByLabel('Tên quầy')
			.nth(names.length - 1)
			.waitFor();
		for (const [place, name] of names.entries()) await site.getByLabel('Tên quầy').nth(place).fill(name);
	}
	await looksRight('step 4');
	await press('Lưu và tiếp tục');

	await title('Lĩnh vực và quầy');
	expect(await page.getByRole('checkbox', { name: 'Quầy 2 · Đất đai nhận Đất đai' }).isChecked()).toBe(true);
	await page.getByRole('checkbox', { name: /^Quầy 6 .* nhận Lao động/ }).check();
	await page.getByRole('checkbox', { name: /^Quầy 8 .* nhận Văn hóa/ }).check();
	await looksRight('step 5');
	await press('Lưu và hoàn tất');

	await title(/đã sẵn sàng/);
	await looksRight('end of the set-up');
	expect(await page.getByText('Quầy 8 · Văn hóa').count()).toBe(1);
	await page.getByText('12 lĩnh vực').waitFor();
	expect(await page.getByText(/^Chưa nhận lĩnh vực nào/).count()).toBe(0);
});

test('twenty officers are pasted from a spreadsheet', async () => {
	await follow('Thêm công chức');
	await title('Công chức');
	await looksRight('officers, empty');
	await follow('Nhập từ tệp hoặc bảng tính');
	await title('Nhập từ bảng tính');
	const rows = OFFICERS.map(({ code, name, title }) => [code, name, title].join('\t'));
	await paste(['Mã công chức\tHọ và tên\tChức danh', ...rows], 'import of officers');
	figures.officers = await apply();
	expect(figures.officers).toBe(OFFICERS.length);
	await follow('Xem công chức');
	await page.getByRole('link', { name: OFFICERS[0].name }).first().waitFor();
	await looksRight('officers');
});

test('a week’s roster is pasted too, and stands in the week', async () => {
	await tab('Lịch trực');
	await title('Lịch trực');
	await follow('Nhập từ tệp hoặc bảng tính');
	await page.getByText(/Mỗi dòng một lượt trực/).waitFor();
	const rows = roster();
	await paste(['Ngày\tQuầy\tCông chức\tTừ giờ\tĐến giờ', ...rows], 'import of a roster');
	figures.duties = await apply();
	expect(figures.duties).toBe(rows.length);
	await follow('Xem lịch trực');
	await title('Lịch trực');
	await page.getByText(OFFICERS[0].name).first().waitFor();
	await looksRight('roster');
});

test('the staff PIN is set and the pairing sheet is one printed page a site, without the PIN', async () => {
	await tab('Tổng quan');
	await title('Quản trị');
	await looksRight('overview, half-way');
	await follow('Đặt mã PIN');
	await fill('Mã PIN mới', PIN);
	await fill('Nhập lại', PIN);
	await press('Đặt mã PIN');
	await page.getByText('Đã đặt mã PIN mới.').waitFor();
	await looksRight('tablets, none');

	await tab('Tổng quan');
	await follow('Phiếu ghép nối');
	await title('Phiếu ghép nối máy tính bảng');
	await looksRight('pairing sheet');
	expect(await page.getByRole('article').count()).toBe(SITES.length);
	expect(await page.content()).not.toContain(PIN);
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(SITES.length);
	await page.emulateMedia({ media: 'print' });
	const width = await page
		.getByRole('img', { name: /^Mã QR/ })
		.first()
		.evaluate((qr) => qr.getBoundingClientRect().width);
	await page.emulateMedia({ media: null });
	expect((width / 96) * 25.4, 'printed, in millimetres').toBeGreaterThanOrEqual(30);
});

test('a tablet is paired from the sheet and shows the officer on duty', async () => {
	const address = (await page.locator('figcaption').first().innerText()).trim();
	tablet = await startTabletBrowser(join(folder, 'tablet'), server.origin);
	await tablet.page.goto(address);
	const code = tablet.page.getByText(/^\s*[0-9A-Z]{4}-[0-9A-Z]{4}\s*$/);
	await code.waitFor();

	await tab('Máy tính bảng');
	await fill('Mã trên máy', (await code.innerText()).trim());
	await page.getByLabel('Đặt ở quầy').selectOption({ label: `Quầy 1 · ${COUNTERS[0][0]}` });
	await press('Duyệt máy này');
	await page.getByText(/^Đã duyệt Máy 1 cho Quầy 1/).waitFor();
	await looksRight('tablets');
	const onDuty = OFFICERS.slice(0, 2).map(({ name }) => name);
	await expect
		.poll(() => tablet!.page.locator('body').innerText(), { timeout: 30_000, interval: 250 })
		.toMatch(new RegExp(onDuty.join('|')));
});

test('the overview says what stands, and what is still missing', async () => {
	await tab('Tổng quan');
	await page.getByText(/^Đã xong \d \/ 9 mục$/).click();
	const number = async (words: RegExp) => Number(words.exec(await page.locator('main').innerText())![1]);
	figures.sites = await number(/(\d+) địa điểm/);
	figures.counters = await number(/(\d+) quầy/);
	figures.fields = await number(/(\d+) lĩnh vực/);
	expect(figures).toMatchObject({ sites: 3, counters: 8, fields: 12, officers: 20 });
	// On a weekend the roster of the week says the same of its own.
	const tablets = page.getByRole('paragraph').filter({ hasText: 'Máy tính bảng ở quầy' });
	await tablets.getByText('Còn thiếu ở 7 / 8 quầy.').waitFor();
	await page.getByText('Lãnh đạo xem kết quả').waitFor();
	await looksRight('overview');
	const minutes = ((Date.now() - started) / 60_000).toFixed(1);
	const stands = Object.entries(figures).map(([name, n]) => `${n} ${name}`);
	console.log(`set-up: ${stands.join(', ')}, a tablet; ${looked.length} pages × ${LOOKS.length} looks; ${minutes} min`);
});

/** Pastes cells into the import and looks at what was understood. */
async function paste(lines: readonly string[], name: string) {
	await page.getByLabel('Hoặc dán ô từ bảng tính').fill(lines.join('\n'));
	await looksRight(name);
	await press('Xem trước');
	await page.getByText('3. Kiểm tra').waitFor();
	await looksRight(`${name}, looked at`);
}

/** Takes over what was pasted; how many rows are new. */
async function apply(): Promise<number> {
	await press(/^Nhập \d+ dòng$/);
	const done = await page.getByText(/^Đã nhập: thêm/).innerText();
	return Number(/thêm (\d+)/.exec(done)![1]);
}

/**
 * The next seven days: every counter on working days by half-days, and the first counter around the clock, so that there is somebody
 * to be shown whenever this runs.
 */
function roster(): string[] {
	const today = localDay(Date.now());
	const days = Array.from({ length: 7 }, (_, i) => addDays(today, i));
	return days.flatMap((day) =>
		COUNTERS.flat().flatMap((_, place) => {
			if (place > 0 && dayOfWeek(day) > 5) return [];
			const [from, noon, until] = place === 0 ? ['00:00', '12:00', '23:59'] : ['07:30', '11:30', '17:00'];
			const row = (officer: number, starts: string, ends: string) =>
				[formatDay(day), place + 1, OFFICERS[officer].code, starts, ends].join('\t');
			return [row(2 * place, from, noon), row(2 * place + 1, place === 0 ? noon : '13:30', until)];
		})
	);
}
