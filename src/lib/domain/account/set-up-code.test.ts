import { expect, test } from 'vitest';
import { normalizeSetUpCode, SET_UP_CODE_BYTES, setUpCode, showSetUpCode } from './set-up-code.ts';

test('a code is shown in three groups and understood however it is typed', () => {
	const code = setUpCode(new Uint8Array(SET_UP_CODE_BYTES).fill(0b1010_0101));
	expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
	const shown = showSetUpCode(code);
	expect(shown).toMatch(/^\w{4}-\w{4}-\w{4}$/);
	for (const typed of [shown, shown.toLowerCase(), code, ` ${shown.replaceAll('-', ' – ')} `])
		expect(normalizeSetUpCode(typed)).toBe(code);
	expect(normalizeSetUpCode('oil0-0000-0000')).toBe('011000000000');
});

test('what is no code is not taken for one', () => {
	for (const typed of ['', 'ABCD-EFGH', 'ABCD-EFGH-JKMNP', 'ABCD-EFGH-JKMU', 'ABCD-EFGH-JK!N'])
		expect(normalizeSetUpCode(typed)).toBeNull();
});
