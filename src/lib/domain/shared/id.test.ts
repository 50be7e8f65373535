import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base32, shortId } from './id.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('a short id has ten characters that nobody confuses', () => {
	fc.assert(fc.property(bytes(7), (seven) => void expect(shortId(seven)).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/)));
});

test('every one of the fifty bits makes another id', () => {
	const zero = shortId(new Uint8Array(7));
	const ids = Array.from({ length: 50 }, (_, bit) => {
		const seven = new Uint8Array(7);
		seven[bit >> 3] = 128 >> (bit & 7);
		return shortId(seven);
	});
	expect(new Set([zero, ...ids]).size).toBe(51);
});

test('base 32 is the number the bytes write, five bits a character', () => {
	fc.assert(
		fc.property(bytes(5), (five) => {
			const number = five.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
			const digits = '0123456789abcdefghjkmnpqrstvwxyz';
			const read = [...base32(five, 8)].reduce((sum, digit) => sum * 32n + BigInt(digits.indexOf(digit)), 0n);
			expect(read).toBe(number);
		})
	);
});

test('too few random bytes are refused instead of padded', () => {
	expect(() => shortId(new Uint8Array(6))).toThrow(RangeError);
});
