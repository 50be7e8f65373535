import { expect, test } from 'vitest';
import { isPasswordAcceptable } from './login.ts';

test('a password is long rather than odd: any signs, from 8 to 256 of them', () => {
	for (const good of [
		'xuân về ướt',
		'chỉ chữ thường',
		'!@#$%^&*',
		'38261947',
		'ngựa ✓ đỏ',
		'q'.repeat(64),
		'q'.repeat(256)
	])
		expect(isPasswordAcceptable(good), good).toBe(true);
	for (const bad of ['', 'q'.repeat(7), 'q'.repeat(257), ' '.repeat(12)])
		expect(isPasswordAcceptable(bad), bad).toBe(false);
});
