import type { LocalText } from '../survey/criterion.ts';

/**
 * A named way to compute the index; it never changes, a change is a new name, and results of two methods never share a trend.
 * T2B: the share of satisfied answers (4 and 5). SCORE: the mean answer as a percentage of five.
 */
export const METHODS = ['T2B-5C-v1', 'SCORE-5C-v1'] as const;
export type MethodId = (typeof METHODS)[number];

export const DEFAULT_METHOD: MethodId = 'T2B-5C-v1';

/** What the index is called on every screen and print. The national SIPAS asks the population, so its name is not ours to use. */
export const INDEX_NAME: LocalText = {
	vi: 'Chỉ số hài lòng (5 tiêu chí SIPAS) – khảo sát tại Trung tâm',
	en: 'Satisfaction index (five SIPAS criteria) – surveyed at the centre'
};

export const METHOD_NAMES: Record<MethodId, LocalText> = {
	'T2B-5C-v1': { vi: 'Tỷ lệ hài lòng (mức 4 và 5)', en: 'Share of satisfied answers (4 and 5)' },
	'SCORE-5C-v1': { vi: 'Điểm trung bình quy đổi (trên 5)', en: 'Mean score as a percentage of five' }
};

export function isMethod(text: string): text is MethodId {
	return (METHODS as readonly string[]).includes(text);
}

/** The method shown beside this one. */
export function otherMethod(method: MethodId): MethodId {
	return method === 'T2B-5C-v1' ? 'SCORE-5C-v1' : 'T2B-5C-v1';
}
