import { dictionary } from '@zxcvbn-ts/language-common';
import { isPasswordAcceptable } from '../../domain/account/login.ts';

/** What people here take when they are asked for a password, without marks; docs/security.md says so to the operator. */
export const WORDS = [
	...['langnghe', 'matkhau', 'motcua', 'quantri', 'quantrivien', 'congchuc', 'canbo', 'lanhdao', 'chutich'],
	...['phuong', 'ubnd', 'uyban', 'uybannhandan', 'hanhchinhcong', 'trungtam', 'vietnam', 'khanhhoa', 'nhatrang'],
	...['anhyeuem', 'emyeuanh', 'xinchao', 'khongbiet', 'khongnho', 'password', 'admin', 'administrator', 'welcome']
];

let common: Set<string> | undefined;

/**
 * Whether it is long enough and not what is tried first: nearly 18 000 of the most common passwords of published leaks that are long
 * enough (zxcvbn's list), the words of this place and the person's own login, whatever digits and signs stand around them
 * (ASVS 5.0, 6.2.4 and 6.2.11). No rule says what signs a password must have.
 */
export function isPasswordGood(password: string, login = ''): boolean {
	if (!isPasswordAcceptable(password)) return false;
	common ??= new Set((dictionary['passwords-common'] as string[]).filter((each) => each.length >= 8));
	const plain = withoutMarks(password);
	const word = core(plain);
	return !common.has(plain) && !common.has(word) && !WORDS.includes(word) && word !== core(withoutMarks(login));
}

const withoutMarks = (text: string) => text.toLowerCase().replaceAll('đ', 'd').normalize('NFD').replace(/\p{M}/gu, '');

/** The letters in it, without what stands in front and behind; of a password without letters all of it. */
function core(plain: string): string {
	const joined = plain.replace(/[^\p{L}\d]/gu, '');
	return joined.replace(/^\d+|\d+$/g, '') || joined;
}
