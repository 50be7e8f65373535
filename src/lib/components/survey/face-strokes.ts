import type { Score } from '$lib/domain/survey/scale.ts';

/** The head never changes: two strokes for the eyes, one for the mouth, so that only the expression is compared. */
export const EYES: Record<Score, [string, string]> = {
	1: ['M28 47 L38 41', 'M72 47 L62 41'],
	2: ['M34 39 V48', 'M66 39 V48'],
	3: ['M34 39 V48', 'M66 39 V48'],
	4: ['M34 38 V47', 'M66 38 V47'],
	5: ['M27 45 Q34 34 41 45', 'M59 45 Q66 34 73 45']
};
export const MOUTH: Record<Score, string> = {
	1: 'M29 74 Q50 50 71 74',
	2: 'M33 70 Q50 59 67 70',
	3: 'M33 67 H67',
	4: 'M32 62 Q50 76 68 62',
	5: 'M26 59 Q50 90 74 59'
};
