import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizePairingCode, pairingCode, showPairingCode } from './pairing.ts';

const codes = fc.uint8Array({ minLength: 5, maxLength: 5 }).map(pairingCode);

test('a code that was shown and typed again is the same code', () => {
	fc.assert(
		fc.property(codes, (code) => {
			expect(showPairingCode(code)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
			expect(normalizePairingCode(` ${showPairingCode(code).toLowerCase()} `)).toBe(code);
			expect(normalizePairingCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
		})
	);
});

test('what is no code is refused', () => {
	for (const text of ['', 'ABCD-123', 'ABCD-12345', 'UUUU-UUUU', 'ABCD/1234', 'Đ123-4567']) {
		expect(normalizePairingCode(text), text).toBeNull();
	}
});

test('different bytes make different codes', () => {
	expect(pairingCode(Uint8Array.of(0, 0, 0, 0, 1))).not.toBe(pairingCode(Uint8Array.of(0, 0, 0, 0, 0)));
	expect(() => pairingCode(new Uint8Array(4))).toThrow(RangeError);
});
