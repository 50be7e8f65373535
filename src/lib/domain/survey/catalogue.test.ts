import { expect, test } from 'vitest';
import { BUILT_IN_VERSIONS, findVersion } from './catalogue.ts';
import { CRITERIA } from './criterion.ts';
import { REASONS_OFFERED } from './questionnaire.ts';
import { OTHER_REASON, REASONS, reasonsFor } from './reasons.ts';
import { SIPAS19 } from './sipas19.ts';
import { SIPAS5 } from './sipas5.ts';

test('the long form has the nineteen statements of the national form under their criteria', () => {
	const sizes = CRITERIA.map((criterion) => SIPAS19.items.filter((item) => item.criterion === criterion).length);
	expect(sizes).toEqual([4, 4, 5, 3, 3]);
	expect(SIPAS19.items.every((item) => item.id.startsWith(item.criterion!))).toBe(true);
});

test('the short form asks one question for each criterion, in the order of the tables', () => {
	expect(SIPAS5.items.map(({ id, criterion }) => [id, criterion])).toEqual(CRITERIA.map((each) => [each, each]));
});

test('every text is in NFC, in two languages, and no id stands twice', () => {
	for (const version of BUILT_IN_VERSIONS) {
		const texts = [
			version.title,
			...version.items.map((item) => item.text),
			...version.reasons.map((each) => each.text)
		];
		for (const { vi, en } of texts) {
			expect(vi).toBe(vi.normalize('NFC').trim());
			expect(vi && en).not.toBe('');
		}
		expect(new Set(version.items.map(({ id }) => id)).size).toBe(version.items.length);
	}
});

test('a low score offers the reasons of its criterion, "another reason" last, never too many', () => {
	expect(reasonsFor(SIPAS5, 'PV').map(({ code }) => code)).toEqual(['R09', 'R10', 'R11', 'R12', 'R99']);
	for (const criterion of CRITERIA) {
		const offered = reasonsFor(SIPAS5, criterion);
		expect(offered.length).toBeLessThanOrEqual(REASONS_OFFERED);
		expect(offered.at(-1)?.code).toBe(OTHER_REASON);
		expect(offered.slice(0, -1).every((reason) => reason.criterion === criterion)).toBe(true);
	}
});

test('a questionnaire with many reasons still ends with "another reason"', () => {
	const many = Array.from({ length: 9 }, (_, n) => ({
		code: `Q${n}`,
		criterion: 'TC' as const,
		text: { vi: 'x', en: 'x' }
	}));
	const offered = reasonsFor({ reasons: [...REASONS.slice(-1), ...many] }, 'TC');
	expect(offered.length).toBe(REASONS_OFFERED);
	expect(offered.at(-1)?.code).toBe(OTHER_REASON);
});

test('all eighteen reasons and "another" are there once', () => {
	expect(REASONS.length).toBe(19);
	expect(new Set(REASONS.map(({ code }) => code)).size).toBe(19);
});

test('versions are found by their ids only', () => {
	expect(findVersion('SIPAS19-v1')).toBe(SIPAS19);
	expect(findVersion('SIPAS5')).toBeUndefined();
});
