import { CRITERIA, type Criterion, type Texts } from './criterion.ts';
import { OUTCOME_NOT_SERVED, type QuestionnaireContent } from './questionnaire.ts';

/** How much a questionnaire may hold; texts in characters after NFC. */
export const LIMITS = {
	items: 60,
	reasons: 40,
	gates: 10,
	languages: 12,
	name: 80,
	title: 200,
	introduction: 600,
	item: 400,
	reason: 120,
	gate: 200
} as const;

/** What an answer names, so it must be plain in a file's column; capital letters and digits. */
export const ITEM_ID = /^[A-Z][A-Z0-9]{0,11}$/;
export const GATE_ID = /^[a-z][a-z0-9-]{0,31}$/;
/** ISO 639-1 or 639-3. */
export const LANGUAGE = /^[a-z]{2,3}$/;

/** What keeps a content from being published; each code has a sentence in components/survey/words.ts. */
export type ContentProblem =
	| 'vietnamese-missing'
	| 'too-long'
	| 'criterion-missing'
	| 'too-many'
	| 'id-malformed'
	| 'id-taken'
	| 'id-reserved'
	| 'reasons-missing'
	| 'skips-nothing'
	| 'skips-unknown'
	| 'skips-everything'
	| 'language-malformed';

/** `path` is the name of the form's field: 'items.3.text.vi'. */
export interface Judgement {
	path: string;
	code: ContentProblem;
}

/** Everything that keeps it from being published, in the order of the form; empty: it can be. */
export function judgeContent(content: QuestionnaireContent): Judgement[] {
	const { items, reasons, gates = [], languages = ['vi'], introduction, reasonsUpTo = 2 } = content;
	const found: Judgement[] = [];
	const say = (path: string, code: ContentProblem) => void found.push({ path, code });
	const judgeTexts = (path: string, texts: Texts, longest: number) => {
		if (texts.vi.trim() === '') say(`${path}.vi`, 'vietnamese-missing');
		for (const [language, text] of Object.entries(texts))
			if ((text ?? '').length > longest) say(`${path}.${language}`, 'too-long');
	};
	const judgeIds = (path: string, ids: readonly string[], form: RegExp, key: string) => {
		const seen = new Set<string>();
		for (const [place, id] of ids.entries()) {
			if (!form.test(id)) say(`${path}.${place}.${key}`, 'id-malformed');
			else if (id === OUTCOME_NOT_SERVED) say(`${path}.${place}.${key}`, 'id-reserved');
			else if (seen.has(id)) say(`${path}.${place}.${key}`, 'id-taken');
			seen.add(id);
		}
	};

	judgeTexts('title', content.title, LIMITS.title);
	if (introduction) judgeTexts('introduction', introduction, LIMITS.introduction);
	if (languages.length > LIMITS.languages) say('languages', 'too-many');
	if (!languages.every((language) => LANGUAGE.test(language)) || new Set(languages).size < languages.length)
		say('languages', 'language-malformed');

	if (items.length > LIMITS.items) say('items', 'too-many');
	if (!items.some(({ criterion }) => criterion !== null)) say('items', 'criterion-missing');
	for (const [place, { text }] of items.entries()) judgeTexts(`items.${place}.text`, text, LIMITS.item);
	const itemIds = items.map(({ id }) => id);
	judgeIds('items', itemIds, ITEM_ID, 'id');

	if (gates.length > LIMITS.gates) say('gates', 'too-many');
	for (const [place, { text, skips }] of gates.entries()) {
		judgeTexts(`gates.${place}.text`, text, LIMITS.gate);
		if (skips.length === 0) say(`gates.${place}.skips`, 'skips-nothing');
		else if (!skips.every((id) => itemIds.includes(id))) say(`gates.${place}.skips`, 'skips-unknown');
	}
	const skipped = new Set(gates.flatMap(({ skips }) => skips));
	if (items.length > 0 && itemIds.every((id) => skipped.has(id))) say('gates', 'skips-everything');
	judgeIds(
		'gates',
		gates.map(({ id }) => id),
		GATE_ID,
		'id'
	);

	if (reasons.length > LIMITS.reasons) say('reasons', 'too-many');
	if (reasonsUpTo > 0 && reasons.length === 0) say('reasons', 'reasons-missing');
	for (const [place, { text }] of reasons.entries()) judgeTexts(`reasons.${place}.text`, text, LIMITS.reason);
	judgeIds(
		'reasons',
		reasons.map(({ code }) => code),
		ITEM_ID,
		'code'
	);
	return found;
}

/** An item that is not the same measure in the next version, and why. */
export interface TrendBreak {
	id: string;
	code: 'item-gone' | 'item-new' | 'item-moved' | 'item-rescaled';
}

/**
 * What keeps a version from continuing the trend of the one before it: an index is a mean of items within criteria, so it goes on only
 * over the same items, under the same criteria, on the same scales. Their texts and their order may change.
 */
export function judgeTrend(before: QuestionnaireContent, next: QuestionnaireContent): TrendBreak[] {
	const byId = (content: QuestionnaireContent) => new Map(content.items.map((item) => [item.id, item]));
	const [old, now] = [byId(before), byId(next)];
	const scaleOf = (item: { scale?: string }) => item.scale ?? 'satisfaction';
	const kept = [...old].flatMap(([id, item]): TrendBreak[] => {
		const same = now.get(id);
		if (!same) return [{ id, code: 'item-gone' }];
		if (same.criterion !== item.criterion) return [{ id, code: 'item-moved' }];
		return scaleOf(same) === scaleOf(item) ? [] : [{ id, code: 'item-rescaled' }];
	});
	const fresh = [...now.keys()].filter((id) => !old.has(id));
	return [...kept, ...fresh.map((id): TrendBreak => ({ id, code: 'item-new' }))];
}

/** Whether tablets can ask it: the first question of every visit is about the officer (decision 0026). */
export function fitsTablet({ items }: Pick<QuestionnaireContent, 'items'>): boolean {
	return items.some(({ criterion }) => criterion === 'PV');
}

/** Criteria that no item is under; where there is one, no index over all five can be drawn. */
export function missingCriteria({ items }: Pick<QuestionnaireContent, 'items'>): Criterion[] {
	return CRITERIA.filter((one) => !items.some(({ criterion }) => criterion === one));
}
