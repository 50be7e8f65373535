import { expect, test } from 'vitest';
import { startOfLocalDay } from '../shared/time.ts';
import { showCaseNumber } from './case.ts';
import { findAnswers, readCaseNumber, yearsOf, type PublishedCase } from './register.ts';

const aCase = (number: string, more: Partial<PublishedCase> = {}): PublishedCase => ({
	...{ number, class: 'rules', fieldId: '', question: 'Bao giờ che mái?', answer: 'Đã che.' },
	...{ receivedAt: 0, answeredAt: 0, publishedAt: 0, ...more }
});
const ALL = [
	aCase('2026-0002', { question: 'Đường vào quầy trơn', fieldId: 'dat-dai' }),
	aCase('2026-0001', { class: 'behaviour', answer: 'Đã nhắc nhở công chức' }),
	aCase('2025-0140')
];
const NONE = { search: '', class: '', fieldId: '', year: '' } as const;
const found = (filter: Parameters<typeof findAnswers>[1]) => findAnswers(ALL, filter).map(({ number }) => number);

test('answers are found without marks, by number, class, field and year, and by all of them together', () => {
	expect(found(NONE)).toEqual(['2026-0002', '2026-0001', '2025-0140']);
	expect(found({ ...NONE, search: 'duong quay' })).toEqual(['2026-0002']);
	expect(found({ ...NONE, search: 'NHAC NHO' })).toEqual(['2026-0001']);
	expect(found({ ...NONE, search: '2025-0140' })).toEqual(['2025-0140']);
	expect(found({ ...NONE, class: 'behaviour' })).toEqual(['2026-0001']);
	expect(found({ ...NONE, fieldId: 'dat-dai' })).toEqual(['2026-0002']);
	expect(found({ ...NONE, year: '2026', search: 'che mai' })).toEqual(['2026-0001']);
	expect(yearsOf(ALL, startOfLocalDay('2027-01-01'))).toEqual(['2027', '2026', '2025']);
});

test('a number is read as it is said, and in no other way, so that each case has one address', () => {
	for (const number of [
		{ year: 2026, seq: 12 },
		{ year: 2026, seq: 12_345 }
	])
		expect(readCaseNumber(showCaseNumber(number))).toEqual(number);
	for (const other of ['2026-12', '2026-00012', '2026-012345', '26-0001', '2026-0001 ', 'file'])
		expect(readCaseNumber(other)).toBe(null);
});
