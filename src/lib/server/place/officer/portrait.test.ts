import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { LARGEST_PHOTO_BYTES } from '../../../domain/place/photo.ts';
import { makePortrait } from './portrait.ts';

/** A picture whose left half is red: turned by its EXIF orientation, the red is elsewhere. */
async function aPicture(format: 'jpeg' | 'png' | 'webp', { width = 640, height = 400, orientation = 1 } = {}) {
	const red = { create: { width: width / 2, height, channels: 3, background: '#ff0000' } } as const;
	const left = await sharp(red).png().toBuffer();
	const blue = { create: { width, height, channels: 3, background: '#0000ff' } } as const;
	return sharp(blue)
		.composite([
			{ input: await raw(left, width / 2, height), raw: { width: width / 2, height, channels: 3 }, left: 0, top: 0 }
		])
		.withExif({ IFD0: { Copyright: 'Ảnh của ai đó', Make: 'SECRET-CAMERA' }, IFD3: { GPSLatitude: '10/1 46/1 0/1' } })
		.withMetadata({ orientation })
		.toFormat(format)
		.toBuffer();
}

/** As bare pixels: the product lets no reader of files be started but those it needs. */
async function raw(png: Buffer, width: number, height: number) {
	const pixels = await sharp(png).removeAlpha().raw().toBuffer();
	expect(pixels.length).toBe(width * height * 3);
	return pixels;
}

async function portraitOf(bytes: Uint8Array): Promise<Buffer> {
	const made = await makePortrait(bytes);
	if (!made.ok) throw new Error(made.reason);
	return Buffer.from(made.value, 'base64');
}

const chunk = (type: string, data: Buffer) => {
	const body = Buffer.concat([Buffer.from(type), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
};

/** A small file that says it has this many pixels: black compresses to nothing. */
function aBomb(width: number, height: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([1, 0, 0, 0, 0], 8);
	const rows = deflateSync(Buffer.alloc(1_000_000));
	const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

test.each(['jpeg', 'png', 'webp'] as const)('a %s becomes a square WebP of 320 by 320', async (format) => {
	const portrait = await portraitOf(await aPicture(format));
	expect(await sharp(portrait).metadata()).toMatchObject({ format: 'webp', width: 320, height: 320 });
	expect(portrait.length).toBeLessThan(30_000);
});

test('EXIF: a photo has none left, nor a colour profile, nor any of its words', async () => {
	const picture = await aPicture('jpeg', { orientation: 6 });
	const before = await sharp(picture).metadata();
	expect(before.exif).toBeDefined();
	expect(picture.includes('SECRET-CAMERA')).toBe(true);
	const portrait = await portraitOf(picture);
	const { exif, xmp, iptc, icc, orientation } = await sharp(portrait).metadata();
	expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
	expect(portrait.includes('SECRET-CAMERA')).toBe(false);
});

test('EXIF: a photo taken on its side is shown upright', async () => {
	const corner = async (bytes: Buffer, left: number, top: number) => {
		const [red, , blue] = await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
		return red > blue ? 'red' : 'blue';
	};
	// Orientation 6: the picture's left edge belongs on top.
	const turned = await portraitOf(await aPicture('jpeg', { width: 400, height: 400, orientation: 6 }));
	expect([await corner(turned, 160, 20), await corner(turned, 160, 300)]).toEqual(['red', 'blue']);
	const straight = await portraitOf(await aPicture('jpeg', { width: 400, height: 400 }));
	expect([await corner(straight, 20, 160), await corner(straight, 300, 160)]).toEqual(['red', 'blue']);
});

test.each([
	['0 bytes', '', 'photo-missing'],
	['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>', 'photo-kind'],
	[
		'SVG with a declaration',
		'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg/>',
		'photo-kind'
	],
	['HTML', '<!doctype html><script>alert(1)</script>', 'photo-kind'],
	['PHP', '<?php system($_GET["c"]); ?>', 'photo-kind'],
	['GIF', 'GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'photo-kind'],
	['GIF that is a script too', 'GIF89a/*\x01\x00*/=1;alert(1)', 'photo-kind'],
	['PDF', '%PDF-1.7\n1 0 obj', 'photo-kind'],
	['ZIP', 'PK\x03\x04', 'photo-kind'],
	['MP4/HEIC', '\x00\x00\x00\x18ftypheic', 'photo-kind'],
	['script behind the first bytes of a JPEG', '\xff\xd8\xff<script>alert(1)</script>', 'photo-broken'],
	['SVG behind the first bytes of a PNG', '\x89PNG\r\n\x1a\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'photo-broken'],
	['nothing behind the first bytes of a WebP', 'RIFF\x04\x00\x00\x00WEBP', 'photo-broken']
])('UPLOAD: %s is no picture', async (_, text, reason) => {
	expect(await makePortrait(Buffer.from(text, 'latin1'))).toEqual({ ok: false, reason });
});

test('UPLOAD: of a picture with a script behind it nothing but the picture is kept', async () => {
	const polyglot = Buffer.concat([
		await aPicture('jpeg'),
		Buffer.from('<script>alert(document.cookie)</script><?php 1')
	]);
	const portrait = await portraitOf(polyglot);
	expect(portrait.includes('script')).toBe(false);
	expect(portrait.includes('<?php')).toBe(false);
});

test.each(['jpeg', 'png', 'webp'] as const)('UPLOAD: half a %s is refused', async (format) => {
	const whole = await aPicture(format, { width: 1200, height: 900 });
	const half = whole.subarray(0, Math.floor(whole.length / 2));
	expect(await makePortrait(half)).toEqual({ ok: false, reason: 'photo-broken' });
});

test('UPLOAD: a decompression bomb is refused before it is unpacked', async () => {
	const started = performance.now();
	const before = process.memoryUsage().rss;
	for (const [width, height] of [
		[50_000, 50_000],
		[100_000, 10_000],
		[30_000, 3_000]
	]) {
		expect(await makePortrait(aBomb(width, height))).toEqual({ ok: false, reason: 'photo-too-many-pixels' });
	}
	expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
	expect(performance.now() - started).toBeLessThan(2_000);
});

test('UPLOAD: more than 5 MB is refused unread', async () => {
	const large = Buffer.alloc(LARGEST_PHOTO_BYTES + 1);
	large.set([0xff, 0xd8, 0xff]);
	expect(await makePortrait(large)).toEqual({ ok: false, reason: 'photo-too-large' });
});

test('UPLOAD: no reader of SVG, GIF or TIFF can be started at all, and none of a path', async () => {
	for (const text of ['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'GIF89a', 'II*\x00'])
		await expect(sharp(Buffer.from(text, 'latin1')).toBuffer()).rejects.toThrow();
	await expect(sharp('static/icons/mark-512.png').toBuffer()).rejects.toThrow();
});

test('a bad picture does not keep the next one waiting for ever', async () => {
	const good = await aPicture('png');
	const made = await Promise.all([makePortrait(Buffer.from('\xff\xd8\xff', 'latin1')), makePortrait(good)]);
	expect(made.map(({ ok }) => ok)).toEqual([false, true]);
});
