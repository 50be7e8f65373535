import { describe, expect, test } from 'vitest';
import { noAnswers, sheetOf, withPage } from './answering.ts';
import { isShown, pageAfter, pageBefore, pagesOf } from './paging.ts';
import type { QuestionnaireVersion } from './questionnaire.ts';
import { SIPAS19 } from './sipas19.ts';
import { SIPAS5 } from './sipas5.ts';

const NOTHING = noAnswers('id', 'vi');
const GATED: QuestionnaireVersion = {
	...SIPAS19,
	id: 'gated',
	gates: [{ id: 'back', text: { vi: 'Đã có kết quả chưa?' }, skips: ['KQ1', 'KQ2', 'KQ3', 'KQ4'] }],
	demographics: ['age', 'gender']
};
const form = (text: string) => new URLSearchParams(text);
const said = (version: QuestionnaireVersion, text: string) => {
	const merged = withPage(NOTHING, version, 'all', form(text));
	if (!merged.ok) throw new Error(merged.reason);
	return merged.value;
};
const idsOf = (version: QuestionnaireVersion) =>
	pagesOf(version).map((page) => page.flatMap(({ items }) => items.map(({ id }) => id)));

describe('pages', () => {
	test('few questions stand on one page, many on a page a criterion, in the order they are asked', () => {
		expect(idsOf(SIPAS5)).toEqual([['TC', 'HC', 'PV', 'KQ', 'TT']]);
		const pages = idsOf(SIPAS19);
		expect(pages.flat()).toEqual(SIPAS19.items.map(({ id }) => id));
		expect(pages.map(([first]) => first!.slice(0, 2))).toEqual(['TC', 'HC', 'PV', 'KQ', 'TT']);
	});

	test('no page holds more than seven', () => {
		const items = Array.from({ length: 20 }, (_, i) => ({ id: `X${i}`, criterion: null, text: { vi: '?' } }));
		expect(idsOf({ ...SIPAS5, items }).map((page) => page.length)).toEqual([7, 7, 6]);
	});

	test('a gate stands before the first of its items, and whoever says no is led past the pages it closes', () => {
		const pages = pagesOf({ ...GATED, gates: [{ ...GATED.gates![0]!, skips: ['PV1', 'KQ1', 'KQ2', 'KQ3', 'KQ4'] }] });
		const sections = pages.flat().filter(({ gate }) => gate);
		expect(sections.map(({ asksGate }) => asksGate)).toEqual([true, ...sections.slice(1).map(() => false)]);
		const no = { gates: { back: false } };
		expect(pageAfter(pages, 3, no)).toBe(5);
		expect(pageBefore(pages, 5, no)).toBe(3);
		expect(pageAfter(pages, 3, { gates: {} })).toBe(4);
		expect(pageAfter(pages, 5, no)).toBeNull();
		expect(isShown(sections[0]!, no)).toBe(true);
	});
});

describe('what a form says', () => {
	test('a page says anew what it holds, and leaves what other pages said', () => {
		const first = withPage(NOTHING, SIPAS19, 1, form('answer.TC1=5&answer.TC2=na&reasons.TC=R01'));
		const again = withPage(first.ok ? first.value : NOTHING, SIPAS19, 1, form('answer.TC1=2&answer.HC1=1'));
		const second = withPage(again.ok ? again.value : NOTHING, SIPAS19, 2, form('answer.HC1=4'));
		expect(second).toMatchObject({ ok: true, value: { items: { TC1: 2, HC1: 4 }, reasons: [] } });
		expect(second.ok && Object.keys(second.value.items)).toEqual(['TC1', 'HC1']);
	});

	test.each([
		'answer.PV=6',
		'answer.PV=0',
		'answer.PV=05',
		'answer.PV=null',
		'answer.PV=[5]',
		'answer.PV=5&answer.PV=5',
		'comment=a&comment=b'
	])('%s is nothing that a page of ours can send', (text) => {
		expect(withPage(NOTHING, SIPAS5, 'all', form(text)).ok).toBe(false);
	});

	test('what nobody asked is not heard: another item, a reason of another version, a name that objects have', () => {
		const text = 'answer.X=5&reasons.PV=R00&reasons.PV=R09&answer.__proto__=5&band.age=2&gate.back=no';
		expect(said(SIPAS5, text)).toEqual({ ...NOTHING, reasons: ['PV:R09'] });
	});

	test('"not applicable" only where it is offered', () => {
		const items = SIPAS5.items.map((item) => ({ ...item, notApplicable: false }));
		expect(withPage(NOTHING, { ...SIPAS5, items }, 'all', form('answer.PV=na')).ok).toBe(false);
		expect(said(SIPAS5, 'answer.PV=na').items).toEqual({ PV: null });
	});

	test('a page that is not there is refused', () => {
		expect(withPage(NOTHING, SIPAS5, 2, form('')).ok).toBe(false);
	});
});

describe('the sheet', () => {
	test('holds the answers in the order of the version, and reasons only of a criterion with a low score', () => {
		const answers = said(SIPAS5, 'answer.PV=2&answer.TC=4&answer.KQ=na&reasons.PV=R09&reasons.PV=R99&reasons.TC=R01');
		expect(sheetOf(SIPAS5, answers)).toEqual({
			ok: true,
			value: {
				answers: [
					{ itemId: 'TC', value: 4 },
					{ itemId: 'PV', value: 2 },
					{ itemId: 'KQ', value: null }
				],
				reasons: ['R09', 'R99'],
				comment: null,
				bands: ''
			}
		});
	});

	test('leaves out what a gate skips, even where it was answered', () => {
		const sheet = sheetOf(GATED, said(GATED, 'gate.back=no&answer.KQ1=1&reasons.KQ=R13&answer.TT1=5'));
		expect(sheet).toMatchObject({ value: { answers: [{ itemId: 'TT1', value: 5 }], reasons: [] } });
	});

	test('nothing but "not applicable" is no answer', () => {
		expect(sheetOf(SIPAS5, said(SIPAS5, 'answer.PV=na'))).toEqual({ ok: false, reason: 'answers-empty' });
	});

	test('about the person only bands, and only of grown-ups', () => {
		const bands = 'answer.PV1=4&band.gender=2&band.age=5';
		expect(sheetOf(GATED, said(GATED, bands))).toEqual({ ok: false, reason: 'adult-missing' });
		expect(sheetOf(GATED, said(GATED, `${bands}&adult=yes`))).toMatchObject({ value: { bands: 'age=5,gender=2' } });
		expect(sheetOf(GATED, said(GATED, 'answer.PV1=4'))).toMatchObject({ value: { bands: '' } });
		expect(withPage(NOTHING, GATED, 'all', form('band.age=6')).ok).toBe(false);
	});

	test('a comment of 1 000 characters fits, in any form of its marks', () => {
		const comment = (length: number) =>
			said(SIPAS5, `answer.PV=4&comment=${encodeURIComponent('ế'.normalize('NFD').repeat(length))}`);
		expect(sheetOf(SIPAS5, comment(1000))).toMatchObject({ value: { comment: 'ế'.repeat(1000) } });
		expect(sheetOf(SIPAS5, comment(1001))).toEqual({ ok: false, reason: 'comment-too-long' });
	});
});
