import { expect, test } from 'vitest';
import { isPasswordGood } from './guessable.ts';

test('what is tried first is no password: the common ones, words of this place, one’s own login', () => {
	for (const tried of ['password1', 'Password!', '12345678', '1qaz2wsx', 'iloveyou', 'Anh yêu em', 'Mật khẩu 123'])
		expect(isPasswordGood(tried), tried).toBe(false);
	for (const tried of ['langnghe2026', '2026LangNghe!', 'Một cửa 01', 'ubnd-1234', 'QUANTRI@1', 'Phường2026'])
		expect(isPasswordGood(tried), tried).toBe(false);
	expect(isPasswordGood('nguyen.kin-2026', 'nguyen.kin')).toBe(false);
	expect(isPasswordGood('ngắn')).toBe(false);
});

test('a sentence is one, and so is what only holds such a word', () => {
	for (const good of [
		'một mật khẩu dài',
		'phường tôi có con đường dốc',
		'ghế gỗ 47 xanh',
		'nguyen.kin thích cá',
		'日本語のパスワード'
	])
		expect(isPasswordGood(good, 'nguyen.kin'), good).toBe(true);
});
