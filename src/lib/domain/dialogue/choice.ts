import type { RoundContent } from './round.ts';

/**
 * What a ballot says, as one short text: '' blank, 'x' spoiled (paper alone), of `single` the option's number from 0, of `multiple`
 * such numbers with commas, of `scale` 1..5, of `questionnaire` one sign an item: 1..5, 0 not applicable, - not answered.
 */
export type Choice = string;
export const BLANK: Choice = '';
export const SPOILED: Choice = 'x';

/** The choice as it is stored, or null where this round has no such choice. */
export function readChoice(
	round: Pick<RoundContent, 'kind' | 'options' | 'most' | 'items'>,
	text: string
): Choice | null {
	if (text === BLANK) return BLANK;
	if (round.kind === 'scale') return /^[1-5]$/.test(text) ? text : null;
	if (round.kind === 'questionnaire') {
		if (text.length !== round.items || !/^[0-5-]+$/.test(text)) return null;
		return /^-+$/.test(text) ? BLANK : text;
	}
	if (!/^\d(,\d){0,7}$/.test(text)) return null;
	const numbers = [...new Set(text.split(',').map(Number))].sort((a, b) => a - b);
	const most = round.kind === 'single' ? 1 : round.most;
	return numbers.length <= most && numbers.every((n) => n < round.options.length) ? numbers.join() : null;
}
