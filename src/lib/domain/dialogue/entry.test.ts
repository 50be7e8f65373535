import * as v from 'valibot';
import { expect, test } from 'vitest';
import { dialogueEntry, roundEntry, roundOf } from './entry.ts';

const typed = (change: Record<string, string> = {}) => ({
	kind: 'single',
	text: 'Chọn gì?',
	options: 'A\nB',
	...change
});
const problemsOf = (entry: Record<string, string>) => {
	const parsed = v.safeParse(roundEntry, entry);
	return parsed.success ? [] : parsed.issues.map(({ message, path }) => `${String(path?.[0]?.key)} ${message}`);
};

test('a question with options has two to eight, a questionnaire names its version', () => {
	expect(problemsOf(typed())).toEqual([]);
	expect(problemsOf(typed({ options: 'A' }))).toEqual(['options options-wrong']);
	expect(problemsOf(typed({ options: Array.from({ length: 9 }, (_, i) => i).join('\n') }))).toEqual([
		'options options-wrong'
	]);
	expect(problemsOf(typed({ kind: 'scale', options: '' }))).toEqual([]);
	expect(problemsOf(typed({ kind: 'questionnaire' }))).toEqual(['versionId required']);
	expect(problemsOf(typed({ most: '0' }))).toEqual(['most most-wrong']);
});

test('only what a kind knows is kept of what was typed', () => {
	const all = { options: 'A\n\n B \nC', most: '8', criterion: 'PV', versionId: 'SIPAS5-v1', changeable: 'yes' };
	const round = (kind: string) => roundOf(v.parse(roundEntry, typed({ ...all, kind })), 5);
	const nothing = { most: 1, criterion: null, versionId: null, items: 0, options: [] };
	const asked = { text: 'Chọn gì?', changeable: true, onPaper: false };
	expect(round('single')).toEqual({ ...nothing, ...asked, kind: 'single', options: ['A', 'B', 'C'] });
	expect(round('multiple')).toEqual({ ...nothing, ...asked, kind: 'multiple', options: ['A', 'B', 'C'], most: 3 });
	expect(round('scale')).toEqual({ ...nothing, ...asked, kind: 'scale', criterion: 'PV' });
	expect(round('questionnaire')).toEqual({
		...{ ...nothing, ...asked, kind: 'questionnaire' },
		...{ versionId: 'SIPAS5-v1', items: 5 }
	});
});

test('a dialogue has a day that exists, at least one hall, and a stream that is https', () => {
	const entry = {
		title: 'Đối thoại',
		place: '',
		day: '2026-12-01',
		time: '',
		streamUrl: '',
		halls: 'Một\n\nHai',
		hallProof: 'code'
	};
	expect(v.parse(dialogueEntry, entry).halls).toEqual(['Một', 'Hai']);
	const wrong = { day: '2026-02-30', time: '25:00', streamUrl: 'javascript:alert(1)', halls: '\n', hallProof: 'ip' };
	const parsed = v.safeParse(dialogueEntry, { ...entry, ...wrong });
	expect(parsed.issues?.map(({ path }) => path?.[0]?.key)).toEqual(Object.keys(wrong));
});
