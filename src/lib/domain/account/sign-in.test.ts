import { expect, test } from 'vitest';
import { deviceOf } from './device.ts';
import { isEmail } from './email.ts';
import { linkState } from './password-link.ts';
import { normalizeRecoveryCode, recoveryCode, RECOVERY_BYTES } from './recovery-code.ts';

test.each([
	[
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
		'Chrome trên Windows'
	],
	['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge trên Windows'],
	['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox trên Linux'],
	['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', 'Safari trên iPhone'],
	['Mozilla/5.0 (Linux; Android 14) coc_coc_browser/128 Chrome/122 Safari/537.36', 'Cốc Cốc trên Android'],
	['curl/8', ''],
	[null, '']
])('%s is recognized', (userAgent, device) => {
	expect(deviceOf(userAgent)).toBe(device);
});

test('an address is one address', () => {
	for (const good of ['hoa@phuong.example.vn', "o'b.x+y@a-b.vn"]) expect(isEmail(good), good).toBe(true);
	for (const bad of [
		'',
		'hoa',
		'a@b',
		'a@b.vn, c@d.vn',
		'Hoa <a@b.vn>',
		'a@b.vn\r\nBcc: c@d.vn',
		`${'x'.repeat(250)}@b.vn`
	])
		expect(isEmail(bad), bad).toBe(false);
});

test('a recovery code is found however it is typed, and nothing else is one', () => {
	const code = recoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, (_, i) => 255 - i));
	expect(code).toMatch(/^(\w{4}-){5}\w{4}$/);
	// Below 112 bits a plain hash would be too quick.
	expect(5 * code.replaceAll('-', '').length).toBeGreaterThanOrEqual(112);
	expect(normalizeRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(code);
	expect(normalizeRecoveryCode('oooo iiii llll 2222')).toBe('0000-1111-1111-2222');
	for (const none of ['123456', 'a'.repeat(20), 'a'.repeat(25), 'u'.repeat(24)])
		expect(normalizeRecoveryCode(none)).toBeNull();
});

test('a link is good until it is used or its time is over', () => {
	expect(linkState({ usedAt: null, expiresAt: 10 }, 9)).toBe('good');
	expect(linkState({ usedAt: null, expiresAt: 10 }, 10)).toBe('old');
	expect(linkState({ usedAt: 1, expiresAt: 10 }, 9)).toBe('used');
});
