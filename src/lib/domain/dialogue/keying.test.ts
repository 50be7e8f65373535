import { expect, test } from 'vitest';
import { showSerial } from '../survey/serial.ts';
import { readKeyed, readTypedSerial, showBallot, showKeyed, type KeyedRound } from './keying.ts';

const round = (change: Partial<KeyedRound>): KeyedRound => ({
	...{ id: 'r', kind: 'single', options: ['A', 'B', 'C'], most: 1, items: 0 },
	...change
});
const SCALE = round({ kind: 'scale', options: [] });
const SEVERAL = round({ kind: 'multiple', most: 2 });
const WHOLE = round({ kind: 'questionnaire', options: [], items: 3 });

test.each([
	[SCALE, '5', '5'],
	[SCALE, '0', ''],
	[SCALE, '9', 'x'],
	[round({}), '3', '2'],
	[SEVERAL, '13', '0,2'],
	[SEVERAL, '3, 1', '0,2'],
	[WHOLE, '508', '5-0'],
	[WHOLE, '000', ''],
	[WHOLE, '0', ''],
	[WHOLE, '9', 'x']
])('what is keyed is a choice, blank and spoiled are too: %o %s', (of, typed, choice) => {
	expect(readKeyed(of, typed)).toBe(choice);
	expect(readKeyed(of, showKeyed(of, choice))).toBe(choice);
});

test.each([
	[SCALE, '6'],
	[SCALE, '55'],
	[SCALE, ''],
	[round({}), '4'],
	[round({}), '12'],
	[SEVERAL, '123'],
	[SEVERAL, '11'],
	[SEVERAL, '10'],
	[WHOLE, '55'],
	[WHOLE, '567'],
	[WHOLE, '5555']
])('what no ballot can say is refused, and never guessed: %o %s', (of, typed) => {
	expect(readKeyed(of, typed)).toBe(null);
});

test('a serial may be typed without its noughts and dash, and a wrong digit is found', () => {
	expect(['000123-4', '1234', '0001234'].map((typed) => [showSerial(123), readTypedSerial(typed)])).toEqual(
		Array(3).fill([showSerial(123), readTypedSerial(showSerial(123))])
	);
	expect(readTypedSerial(showSerial(123).replace(/.$/, (digit) => String((Number(digit) + 1) % 10)))).toBe(null);
	expect([readTypedSerial(''), readTypedSerial('12345678')]).toEqual([null, null]);
});

test('a ballot is shown question by question', () => {
	const rounds = [SCALE, { ...SEVERAL, id: 's' }];
	expect(showBallot(rounds, { r: '', s: '0,2' })).toBe('0 13');
});
