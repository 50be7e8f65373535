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

/** Words under the five points, for statements that ask for something else than satisfaction; the direction is always the same. */
export const SCALES = {
	satisfaction: SCORE_WORDS,
	agreement: {
		1: { vi: 'Rất không đồng ý', en: 'Strongly disagree' },
		2: { vi: 'Không đồng ý', en: 'Disagree' },
		3: { vi: 'Phân vân', en: 'Undecided' },
		4: { vi: 'Đồng ý', en: 'Agree' },
		5: { vi: 'Rất đồng ý', en: 'Strongly agree' }
	},
	quality: {
		1: { vi: 'Rất kém', en: 'Very poor' },
		2: { vi: 'Kém', en: 'Poor' },
		3: { vi: 'Trung bình', en: 'Fair' },
		4: { vi: 'Tốt', en: 'Good' },
		5: { vi: 'Rất tốt', en: 'Very good' }
	}
} as const satisfies Record<string, Record<Score, LocalText>>;
export type ScaleId = keyof typeof SCALES;

/** After a score this low the citizen is offered reasons. */
export const LOW_SCORE: Score = 2;
