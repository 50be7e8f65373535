import { describe, expect, test } from 'vitest';
import { decode } from './encoding.ts';

const TEXT = 'Họ và tên;Chức danh\nNguyễn Thị Ánh;Công chức\n';

const utf16 = (text: string, bigEndian: boolean) => {
	const bytes = new Uint8Array(text.length * 2);
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !bigEndian);
	return bytes;
};

describe('the text of a file', () => {
	test('UTF-8 is read with and without its mark, which is no letter of the first heading', () => {
		const bytes = new TextEncoder().encode(TEXT);
		expect(decode(bytes)).toEqual({ ok: true, text: TEXT, encoding: 'utf-8' });
		expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]))).toEqual({ ok: true, text: TEXT, encoding: 'utf-8' });
	});

	test('UTF-16 is read either way round, with its mark and by its zeros', () => {
		for (const bigEndian of [false, true]) {
			const encoding = bigEndian ? 'utf-16be' : 'utf-16le';
			expect(decode(utf16(`\ufeff${TEXT}`, bigEndian))).toEqual({ ok: true, text: TEXT, encoding });
			expect(decode(utf16(TEXT, bigEndian))).toEqual({ ok: true, text: TEXT, encoding });
		}
	});

	test('CP1258 has its marks after the letters and comes out as any other text', () => {
		// 'Nguyễn' and 'Đức' as Windows writes them: ê + combining tilde (0xDE), Đ (0xD0), ư (0xFD) + combining acute (0xEC).
		const bytes = new Uint8Array([0x4e, 0x67, 0x75, 0x79, 0xea, 0xde, 0x6e, 0x20, 0xd0, 0xfd, 0xec, 0x63]);
		expect(decode(bytes)).toEqual({ ok: true, text: 'Nguyễn Đức', encoding: 'windows-1258' });
	});

	test('decomposed text is composed', () => {
		expect(decode(new TextEncoder().encode(TEXT.normalize('NFD')))).toMatchObject({ ok: true, text: TEXT });
	});

	test('what is no text says what it is instead', () => {
		const text = (all: string) => new TextEncoder().encode(all);
		expect(decode(text(''))).toEqual({ ok: false, reason: 'empty' });
		expect(decode(text(' \n\t'))).toEqual({ ok: false, reason: 'empty' });
		expect(decode(text('PK\x03\x04rest'))).toEqual({ ok: false, reason: 'spreadsheet' });
		expect(decode(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toEqual({ ok: false, reason: 'spreadsheet' });
		expect(decode(text('%PDF-1.7 …'))).toEqual({ ok: false, reason: 'binary' });
		expect(decode(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 1]))).toMatchObject({
			ok: false
		});
		const oldFont = [0x4e, 0x67, 0x75, 0x79, 0xd4, 0x6e, 0x20, 0x56, 0xa8, 0x6e, 0x20, 0xa7, 0xf8, 0x63];
		expect(decode(new Uint8Array(oldFont))).toEqual({ ok: false, reason: 'old-font' });
	});
});
