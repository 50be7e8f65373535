import { expect, test } from 'vitest';
import { BUILT_IN_VERSIONS } from './catalogue.ts';
import type { QuestionnaireContent } from './questionnaire.ts';
import { LIMITS, fitsTablet, judgeContent, judgeTrend, missingCriteria } from './publishing.ts';
import { SIPAS19 } from './sipas19.ts';
import { SIPAS5 } from './sipas5.ts';

const codesOf = (content: QuestionnaireContent) => judgeContent(content).map(({ path, code }) => `${path} ${code}`);
const item = (id: string, overrides = {}) => ({ id, criterion: 'PV' as const, text: { vi: 'Câu hỏi' }, ...overrides });
const small = (overrides: Partial<QuestionnaireContent> = {}): QuestionnaireContent => ({
	title: { vi: 'Phiếu' },
	items: [item('PV1'), item('KQ1', { criterion: 'KQ' })],
	reasons: [],
	reasonsUpTo: 0,
	...overrides
});

test('what is built in could be published, and so could the smallest questionnaire', () => {
	for (const version of BUILT_IN_VERSIONS) expect(codesOf(version)).toEqual([]);
	expect(codesOf(small())).toEqual([]);
});

test('every text needs Vietnamese, whatever other languages there are', () => {
	const blank = { vi: ' ', en: 'Something' };
	const content = small({
		title: blank,
		introduction: blank,
		items: [item('PV1', { text: blank }), item('PV2')],
		reasons: [{ code: 'L1', criterion: 'PV', text: blank }],
		gates: [{ id: 'gate1', text: blank, skips: ['PV1'] }]
	});
	expect(codesOf(content)).toEqual(
		['title', 'introduction', 'items.0.text', 'gates.0.text', 'reasons.0.text'].map(
			(path) => `${path}.vi vietnamese-missing`
		)
	);
});

test('without an item under a criterion there is nothing to compute an index from', () => {
	expect(codesOf(small({ items: [] }))).toEqual(['items criterion-missing']);
	expect(codesOf(small({ items: [item('Q1', { criterion: null })] }))).toEqual(['items criterion-missing']);
});

test('ids are plain, stand once, and none is the one that means "not served"', () => {
	const items = ['PV1', 'PV1', '=1+1', 'x', 'X01', 'flag:repeat', ''].map((id) => item(id));
	expect(codesOf(small({ items }))).toEqual([
		'items.1.id id-taken',
		'items.2.id id-malformed',
		'items.3.id id-malformed',
		'items.4.id id-reserved',
		'items.5.id id-malformed',
		'items.6.id id-malformed'
	]);
	const reasons = ['L1', 'L,1', 'X01'].map((code) => ({ code, criterion: 'PV' as const, text: { vi: 'Lý do' } }));
	expect(codesOf(small({ reasons }))).toEqual(['reasons.1.code id-malformed', 'reasons.2.code id-reserved']);
});

test('too much of anything is told where it is', () => {
	const long = { vi: 'ê'.repeat(LIMITS.item + 1) };
	const items = Array.from({ length: LIMITS.items + 1 }, (_, n) => item(`PV${n}`, n === 2 ? { text: long } : {}));
	expect(codesOf(small({ items }))).toEqual(['items too-many', 'items.2.text.vi too-long']);
	expect(codesOf(small({ languages: ['vi', 'en', 'en'] }))).toEqual(['languages language-malformed']);
	expect(codesOf(small({ languages: ['vi', '__proto__'] }))).toEqual(['languages language-malformed']);
});

test('a gate skips something that is asked, and something is asked of everybody', () => {
	const gate = (skips: string[]) => [{ id: 'gate1', text: { vi: 'Đã có kết quả chưa?' }, skips }];
	expect(codesOf(small({ gates: gate(['KQ1']) }))).toEqual([]);
	expect(codesOf(small({ gates: gate([]) }))).toEqual(['gates.0.skips skips-nothing']);
	expect(codesOf(small({ gates: gate(['TT1']) }))).toEqual(['gates.0.skips skips-unknown']);
	expect(codesOf(small({ gates: gate(['PV1', 'KQ1']) }))).toEqual(['gates skips-everything']);
});

test('where reasons are asked there are some', () => {
	expect(codesOf(small({ reasonsUpTo: 2 }))).toEqual(['reasons reasons-missing']);
	expect(codesOf(small({ reasonsUpTo: 0 }))).toEqual([]);
});

test('a trend goes on over the same items under the same criteria, whatever their order and words', () => {
	const turned = { ...SIPAS5, items: SIPAS5.items.map((one) => ({ ...one, text: { vi: 'Khác' } })).reverse() };
	expect(judgeTrend(SIPAS5, turned)).toEqual([]);
	const changed = small({ items: [item('PV'), item('TC', { criterion: 'HC' }), item('KQ', { scale: 'quality' })] });
	expect(judgeTrend(SIPAS5, changed)).toEqual([
		{ id: 'TC', code: 'item-moved' },
		{ id: 'HC', code: 'item-gone' },
		{ id: 'KQ', code: 'item-moved' },
		{ id: 'TT', code: 'item-gone' }
	]);
	const rescaled = { ...SIPAS5, items: SIPAS5.items.map((one) => ({ ...one, scale: 'quality' as const })) };
	expect(judgeTrend(SIPAS5, rescaled).every(({ code }) => code === 'item-rescaled')).toBe(true);
	expect(judgeTrend(small(), SIPAS19).some(({ code }) => code === 'item-new')).toBe(true);
});

test('a tablet can ask what has a question about the officer', () => {
	expect([SIPAS5, SIPAS19, small(), small({ items: [item('KQ1', { criterion: 'KQ' })] })].map(fitsTablet)).toEqual([
		true,
		true,
		true,
		false
	]);
});

test('criteria without a question are named', () => {
	expect(missingCriteria(SIPAS5)).toEqual([]);
	expect(missingCriteria(small({ items: [item('PV'), item('Q1', { criterion: null })] }))).toEqual([
		'TC',
		'HC',
		'KQ',
		'TT'
	]);
});
