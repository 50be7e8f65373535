import type { LocalText } from './criterion.ts';

/** The five-point scale, negative first: the order is the same on every device and print. */
export const SCORES = [1, 2, 3, 4, 5] as const;
export type Score = (typeof SCORES)[number];

export const SCORE_WORDS: Record<Score, LocalText> = {
	1: { vi: 'Rất không hài lòng', en: 'Very dissatisfied' },
	2: { vi: 'Không hài lòng', en: 'Dissatisfied' },
	3: { vi: 'Bình thường', en: 'Neutral' },
	4: { vi: 'Hài lòng', en: 'Satisfied' },
	5: { vi: 'Rất hài lòng', en: 'Very satisfied' }
};

/** After a score this low the citizen is offered reasons. */
export const LOW_SCORE: Score = 2;
