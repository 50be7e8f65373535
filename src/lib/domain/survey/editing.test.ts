import { expect, test } from 'vitest';
import { BUILT_IN_VERSIONS } from './catalogue.ts';
import { contentOf, edited, filledOut } from './editing.ts';
import type { QuestionnaireContent } from './questionnaire.ts';
import { SIPAS19 } from './sipas19.ts';
import { SIPAS5 } from './sipas5.ts';

/** The fields of the editor's form for a content, as a browser sends them. */
function fieldsOf(content: QuestionnaireContent): [string, string][] {
	const { title, introduction, languages = [], items, reasons, gates = [], demographics = [] } = content;
	const texts = (path: string, of: object) =>
		Object.entries(of).map(([language, text]): [string, string] => [`${path}.${language}`, String(text)]);
	return [
		...texts('title', title),
		...texts('introduction', introduction ?? {}),
		...languages.map((one): [string, string] => ['language', one]),
		...items.flatMap(({ id, criterion, text, scale, notApplicable }, n): [string, string][] => [
			[`items.${n}.id`, id],
			[`items.${n}.criterion`, criterion ?? ''],
			[`items.${n}.scale`, scale ?? 'satisfaction'],
			...(notApplicable === false ? [] : [[`items.${n}.notApplicable`, 'yes'] as [string, string]]),
			...texts(`items.${n}.text`, text)
		]),
		...reasons.flatMap(({ code, criterion, text }, n): [string, string][] => [
			[`reasons.${n}.code`, code],
			[`reasons.${n}.criterion`, criterion ?? ''],
			...texts(`reasons.${n}.text`, text)
		]),
		['reasonsUpTo', String(content.reasonsUpTo ?? 2)],
		...((content.comment ?? true) ? [['comment', 'yes'] as [string, string]] : []),
		...gates.flatMap(({ id, text, skips }, n): [string, string][] => [
			[`gates.${n}.id`, id],
			...texts(`gates.${n}.text`, text),
			...skips.map((one): [string, string] => [`gates.${n}.skips`, one])
		]),
		...demographics.map((one): [string, string] => ['demographics', one])
	];
}

test('what the form was filled with comes back as it was', () => {
	for (const { id: _, ...content } of BUILT_IN_VERSIONS) {
		const full = filledOut(content);
		expect(contentOf(fieldsOf(full))).toEqual(full);
	}
	const other: QuestionnaireContent = {
		...filledOut(SIPAS5),
		introduction: { vi: 'Xin mời', km: 'សូម' },
		languages: ['vi', 'km'],
		items: [{ id: 'Q1', criterion: null, text: { vi: 'Câu' }, scale: 'quality', notApplicable: false }],
		reasonsUpTo: 0,
		comment: false,
		demographics: ['age', 'gender']
	};
	const { id: _, ...content } = { id: '', ...other, title: { vi: 'Phiếu' }, reasons: [] };
	expect(contentOf(fieldsOf(content))).toEqual(contentOf(fieldsOf(contentOf(fieldsOf(content)))));
	expect(contentOf(fieldsOf(content)).items).toEqual(other.items);
});

test('a form of nothing, of files and of foreign names is an empty questionnaire', () => {
	const fields: [string, unknown][] = [
		['__proto__', 'x'],
		['items.__proto__.id', 'x'],
		['items.9999.id', 'x'],
		['title.vi', new Blob()],
		['language', '__proto__'],
		['demographics', 'name'],
		['reasonsUpTo', '9']
	];
	expect(contentOf(fields)).toMatchObject({ title: { vi: '' }, languages: ['vi'], items: [], demographics: [] });
});

test('rows stand in the order of their numbers and are cleaned', () => {
	const content = contentOf([
		['items.10.id', 'B'],
		['items.2.id', 'A'],
		['items.2.text.vi', ' Câu\u202E hỏi\r\n ']
	]);
	expect(content.items.map(({ id, text }) => [id, text.vi])).toEqual([
		['A', 'Câu hỏi'],
		['B', '']
	]);
});

const ids = ({ items }: QuestionnaireContent) => items.map(({ id }) => id).join(' ');

test('items move by one and stay within the list', () => {
	expect(ids(edited(SIPAS5, 'item-up:1'))).toBe('HC TC PV KQ TT');
	expect(ids(edited(SIPAS5, 'item-down:1'))).toBe('TC PV HC KQ TT');
	for (const nothing of ['item-up:0', 'item-down:4', 'item-up:99', 'item-up:x', 'item-up', 'item-remove', 'save'])
		expect(ids(edited(SIPAS5, nothing))).toBe('TC HC PV KQ TT');
});

test('a new item has an id that no other has, and one that goes leaves its gates', () => {
	const added = edited(edited(SIPAS19, 'item-add', 'TC'), 'item-add', 'none');
	expect(added.items.slice(-2)).toMatchObject([
		{ id: 'TC5', criterion: 'TC' },
		{ id: 'Q1', criterion: null }
	]);
	const without = edited(SIPAS19, 'item-remove:14');
	expect(ids(without)).not.toContain('KQ2');
	expect(without.gates).toMatchObject([{ skips: ['KQ1', 'KQ3'] }]);
});

test('reasons, gates and languages are added and taken away', () => {
	const content = filledOut(SIPAS5);
	expect(edited(content, 'reason-add', 'PV').reasons.at(-1)).toMatchObject({ code: 'L1', criterion: 'PV' });
	expect(edited(content, 'reason-remove:0').reasons).toHaveLength(content.reasons.length - 1);
	const gated = edited(content, 'gate-add');
	expect(gated.gates).toEqual([{ id: 'gate1', text: { vi: '' }, skips: [] }]);
	expect(edited(gated, 'gate-remove:0').gates).toEqual([]);
	expect(content.languages).toEqual(['vi', 'en']);
	expect(edited(content, 'language-add', ' KHM ').languages).toEqual(['vi', 'en', 'khm']);
	expect(edited(content, 'language-add', '<b>').languages).toEqual(['vi', 'en']);
	expect(edited(content, 'language-remove:en').languages).toEqual(['vi']);
	expect(edited(content, 'language-remove:vi').languages).toEqual(['vi', 'en']);
});
