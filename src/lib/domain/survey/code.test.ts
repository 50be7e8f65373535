import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTicketCode, posterCode, readCode, showCode, ticketCode } from './code.ts';

const bytes = fc.uint8Array({ minLength: 8, maxLength: 8 });

test('a ticket is read back however it is typed', () => {
	fc.assert(
		fc.property(bytes, (random) => {
			const code = ticketCode(random);
			expect(isTicketCode(code)).toBe(true);
			for (const typed of [code, showCode(code), showCode(code).toLowerCase(), ` ${code.toUpperCase()} `])
				expect(readCode(typed)).toBe(code);
		})
	);
});

test('one wrong character, or two neighbours changed, is found before anybody is asked', () => {
	fc.assert(
		fc.property(bytes, fc.nat(11), fc.nat(31), (random, place, other) => {
			const code = ticketCode(random);
			const sign = '0123456789abcdefghjkmnpqrstvwxyz'[other]!;
			const wrong = code.slice(0, place) + sign + code.slice(place + 1);
			if (wrong !== code) expect(isTicketCode(wrong)).toBe(false);
			const [a, b] = [code[place]!, code[place + 1]!];
			const turned = code.slice(0, place) + b + a + code.slice(place + 2);
			if (a !== b) expect(isTicketCode(turned)).toBe(false);
		})
	);
});

test('look-alikes that people type are taken for what was printed', () => {
	expect(readCode('O1iL-lo0')).toBe('01111' + '00');
	expect(posterCode(new Uint8Array(5))).toBe('00000000');
	expect(showCode('00000000')).toBe('0000-0000');
});
