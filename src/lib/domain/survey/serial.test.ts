import { expect, test } from 'vitest';
import { formsAsked, LAST_SERIAL, readSerial, showSerial } from './serial.ts';

const SOME = Array.from({ length: 500 }, (_, i) => 1 + i * 1999);

test('a number is printed with its check digit and read back', () => {
	// Damm's own example: the check digit of 572 is 4.
	expect(showSerial(572)).toBe('000572-4');
	for (const number of [...SOME, LAST_SERIAL]) {
		expect(readSerial(showSerial(number))).toBe(number);
		expect(readSerial(` ${showSerial(number).replace('-', '')} `)).toBe(number);
	}
});

test('no wrong digit and no two swapped ones are read as another form', () => {
	for (const number of SOME) {
		const digits = showSerial(number).replace('-', '');
		for (let at = 0; at < digits.length; at++) {
			const [before, own, after] = [digits.slice(0, at), digits[at], digits.slice(at + 1)];
			for (const other of '0123456789') if (other !== own) expect(readSerial(before + other + after)).toBe(null);
			const swapped = before + after[0] + own + after.slice(1);
			if (after && after[0] !== own) expect(readSerial(swapped)).toBe(null);
		}
	}
});

test.each(['', '0000000', '12', '12345678', '00012a4', '٠٠٠٥٧٢٤'])('%j is no form', (text) => {
	expect(readSerial(text)).toBe(null);
});

test.each([
	[null, null, 1, 10],
	['101', '500', 101, 500],
	['0', '501', 1, 500],
	['999990', '500', 999_990, 10],
	['-1', '1e3', 1, 10],
	['9999999', '7', LAST_SERIAL, 1]
])('asked for %s and %s it prints from %i on %i forms', (from, count, ...asked) => {
	expect(Object.values(formsAsked(from, count))).toEqual(asked);
});
