import { expect, test } from 'vitest';
import { photoKind } from './photo.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a picture is told by its first bytes, whatever it is called', () => {
	expect(photoKind(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
	expect(photoKind(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('png');
	expect(photoKind(bytes('RIFF....WEBPVP8 '))).toBe('webp');
});

test('what is no JPEG, PNG or WebP is none of them', () => {
	for (const text of [
		'',
		'GIF89a',
		'<svg xmlns="http://www.w3.org/2000/svg"/>',
		'<?php',
		'%PDF-1.7',
		'RIFF....WAVE',
		'BM'
	])
		expect(photoKind(bytes(text)), text).toBeNull();
});
