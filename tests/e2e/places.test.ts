import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

/** The administrator of the demonstration sets things up; without JavaScript, since every form has to work so. */
let folder: string;
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-places-'));
	server = await startServer({ databaseUrl: `file:${folder}/ward.db`, port: await freePort(), env: { DEMO: '1' } });
	browser = await startBrowser();
	page = await signedIn('quan-tri', 'quan-tri-trinh-dien');
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

async function signedIn(login: string, password: string): Promise<Page> {
	const context = await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: false });
	const opened = await context.newPage();
	await opened.goto(`${server.origin}/sign-in`);
	await opened.getByLabel('Tên đăng nhập').fill(login);
	await opened.getByLabel('Mật khẩu').fill(password);
	await opened.getByRole('button', { name: 'Đăng nhập' }).click();
	return opened;
}

const open = (path: string) => page.goto(`${server.origin}${path}`);
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const says = (sentence: string) => expect.poll(() => page.getByText(sentence).count()).toBeGreaterThan(0);

test('a site, a counter and a field stand; an error keeps what was typed; archived and taken back', async () => {
	await open('/admin/places?add=site');
	await page.getByLabel('Tên địa điểm').fill('Điểm tiếp nhận Sao Mai');
	await press('Thêm địa điểm');
	await says('Đã thêm Điểm tiếp nhận Sao Mai.');

	await page.getByRole('link', { name: 'Thêm quầy ở Điểm tiếp nhận Sao Mai' }).click();
	await page.getByLabel('Số quầy').fill('mười hai!');
	await page.getByLabel('Tên quầy').fill('Đất đai (Sao Mai)');
	await page.getByLabel('Đất đai', { exact: true }).check();
	await press('Thêm quầy');
	await says('Số quầy chỉ gồm chữ cái và chữ số, ví dụ 5 hoặc 5A.');
	expect(await page.getByLabel('Tên quầy').inputValue()).toBe('Đất đai (Sao Mai)');
	expect(await page.getByLabel('Đất đai', { exact: true }).isChecked()).toBe(true);
	await page.getByLabel('Số quầy').fill('12');
	await press('Thêm quầy');
	await says('Đã thêm Quầy 12 · Đất đai (Sao Mai).');

	await press('Lưu trữ Điểm tiếp nhận Sao Mai');
	await says('Địa điểm này còn quầy đang dùng. Xin lưu trữ các quầy trước.');
	await press('Lưu trữ Quầy 12 · Đất đai (Sao Mai)');
	await says('Đã lưu trữ Quầy 12 · Đất đai (Sao Mai).');
	await press('Hoàn tác');
	await says('Đã khôi phục Quầy 12 · Đất đai (Sao Mai).');

	await open('/admin/places?q=sao%20mai');
	expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Điểm tiếp nhận Sao Mai']);
});

test('working hours are set as people write them, and a mistake is named by its day', async () => {
	await open('/admin/places');
	await page.getByRole('link', { name: 'Sửa Điểm tiếp nhận Ban Mai' }).click();
	await page.getByLabel('Thứ Bảy, buổi Sáng: mở').fill('7h30');
	await press('Lưu giờ làm việc');
	await says('Xin xem lại giờ của: Thứ Bảy');
	await page.getByLabel('Thứ Bảy, buổi Sáng: đóng').fill('11:30');
	await press('Lưu giờ làm việc');
	await says('Đã lưu giờ làm việc.');
	expect(await page.getByLabel('Thứ Bảy, buổi Sáng: mở').inputValue()).toBe('07:30');
});

test('a tick of the matrix changes that counter and no other', async () => {
	await open('/admin/places/fields');
	await page.getByLabel('Quầy 8 · Nông nghiệp và môi trường giải quyết Đất đai').check();
	await press('Lưu bảng này');
	await says('Đã lưu: 1 quầy thay đổi.');
	expect(await page.getByLabel('Quầy 8 · Nông nghiệp và môi trường giải quyết Đất đai').isChecked()).toBe(true);
});

test('UPLOAD: a photo is shown to the organization’s staff and to nobody else; a renamed page is refused', async () => {
	await open('/admin/officers?q=vi%20du');
	await page.getByRole('link', { name: 'Sửa Trần Văn Ví Dụ' }).click();
	const picture = await sharp({ create: { width: 3000, height: 4000, channels: 3, background: '#3366aa' } })
		.withExif({ IFD0: { Make: 'SECRET-CAMERA' } })
		.jpeg({ quality: 100 })
		.toBuffer();
	// Larger than what other forms may send, as telephones' pictures are.
	const padded = Buffer.concat([picture, Buffer.alloc(2 * 1024 * 1024)]);
	await page.getByLabel('Chọn ảnh').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer: padded });
	await press('Dùng ảnh này');
	await says('Đã lưu ảnh.');
	const address = (await page.getByRole('img', { name: 'Ảnh của Trần Văn Ví Dụ' }).getAttribute('src'))!;
	expect(address).toMatch(/^\/photos\/[0-9a-z]{10}$/);

	const answer = await page.request.get(server.origin + address);
	expect(answer.headers()).toMatchObject({
		'content-type': 'image/webp',
		'cache-control': 'private, max-age=31536000, immutable',
		'x-content-type-options': 'nosniff'
	});
	const shown = await answer.body();
	expect(shown.includes('SECRET-CAMERA')).toBe(false);
	expect(await sharp(shown).metadata()).toMatchObject({ format: 'webp', width: 320, height: 320 });
	const visitor = await fetch(server.origin + address, { redirect: 'manual' });
	expect([visitor.status, visitor.headers.get('location')?.startsWith('/sign-in')]).toEqual([303, true]);

	const buffer = Buffer.from('<!doctype html><script>alert(1)</script>');
	await page.getByLabel('Chọn ảnh').setInputFiles({ name: 'anh.png', mimeType: 'image/png', buffer });
	await press('Dùng ảnh này');
	await says('Tệp này không phải ảnh JPEG, PNG hoặc WebP. Xin chọn tệp khác. Ảnh cũ vẫn giữ nguyên.');
	expect(await page.getByRole('img', { name: 'Ảnh của Trần Văn Ví Dụ' }).getAttribute('src')).toBe(address);
});

test('an officer with duties ahead is archived after a look at them, and comes back without them', async () => {
	await open('/admin/officers?q=duc');
	expect(await page.getByText('Không tìm thấy “duc”').count()).toBe(1);
	await open('/admin/officers?q=mo%20phong');
	await page.getByRole('link', { name: 'Sửa Vũ Văn Mô Phỏng' }).click();
	await press('Lưu trữ Vũ Văn Mô Phỏng');
	await press(/^Kết thúc \d+ lượt trực và lưu trữ$/);
	await says('Đã lưu trữ Vũ Văn Mô Phỏng.');
	await open('/admin/officers?state=archived');
	await press('Khôi phục Vũ Văn Mô Phỏng');
	await says('Đã khôi phục Vũ Văn Mô Phỏng.');
});
