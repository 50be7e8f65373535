import * as v from 'valibot';
import { expect, test } from 'vitest';
import { forgottenOn, lastForgotten, LONGEST_REQUEST, requestEntry } from './request.ts';

const FORM = {
	id: 'abcdefgh12',
	name: ' Nguyễn  Thị Thử ',
	address: 'Tổ 3, phường Thử Nghiệm',
	phone: '0900 000-000',
	text: 'Xin sửa mái che.\r\nMưa ướt hết.',
	consent: 'yes'
};

function problemsOf(changes: Record<string, string | undefined>): string[] {
	const parsed = v.safeParse(requestEntry, { ...FORM, ...changes });
	return (parsed.issues ?? []).map(({ path, received, message }) => {
		const code = received === 'undefined' ? 'required' : message;
		return `${String(path?.[0]?.key)} ${code}`;
	});
}

test('a request is kept as somebody wrote it, in one line where one line is asked for', () => {
	expect(v.parse(requestEntry, FORM)).toEqual({
		...FORM,
		name: 'Nguyễn Thị Thử',
		phone: '0900000000',
		text: 'Xin sửa mái che.\nMưa ướt hết.'
	});
});

test('what the law asks for is asked for, and so is consent', () => {
	for (const field of ['name', 'address', 'phone', 'text']) {
		expect(problemsOf({ [field]: ' \n\u202e ' })).toContain(`${field} required`);
		expect(problemsOf({ [field]: undefined })).toEqual([`${field} required`]);
	}
	expect(problemsOf({ consent: undefined })).toEqual(['consent required']);
	expect(problemsOf({ consent: 'no' })).toEqual(['consent required']);
	expect(problemsOf({ name: '12345' })).toEqual(['name name']);
	expect(problemsOf({ text: 'ạ'.repeat(LONGEST_REQUEST) })).toEqual([]);
	expect(problemsOf({ text: 'ạ'.repeat(LONGEST_REQUEST + 1) })).toEqual(['text too-long']);
	expect(problemsOf({ id: 'x' })).toEqual(['id form-stale']);
});

test('a phone number may be written in any way, and is one', () => {
	for (const phone of ['+84 900 000 000', '(028) 3800.0000', '19001234']) expect(problemsOf({ phone })).toEqual([]);
	for (const phone of ['090', 'không có', '0900000000;1', '1'.repeat(16), '++84900000000'])
		expect(problemsOf({ phone })).toEqual(['phone phone']);
});

test('a request that was dealt with is kept for half a year', () => {
	expect(forgottenOn('2026-06-01')).toBe('2026-11-28');
	expect(lastForgotten('2026-11-28')).toBe('2026-06-01');
});
