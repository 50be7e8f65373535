import { readSerial } from '../survey/serial.ts';
import { BLANK, readChoice, SPOILED, type Choice } from './choice.ts';
import type { RoundContent } from './round.ts';

/** What keying needs to know of a question. */
export type KeyedRound = Pick<RoundContent, 'kind' | 'options' | 'most' | 'items'> & { id: string };

const BLANK_KEY = '0';
const SPOILED_KEY = '9';
/** In a questionnaire, where 0 is an item left out: the box "not applicable". */
const NOT_APPLICABLE_KEY = '8';

const SERIAL_DIGITS = 7;

/** The serial with its check digit as somebody types it: noughts in front may be left out. Null where a digit is wrong. */
export const readTypedSerial = (typed: string) => readSerial(typed.replace(/[\s–-]/g, '').padStart(SERIAL_DIGITS, '0'));

/** How many digits a question's key has, where that is fixed: then the next question follows by itself. */
export function keyLength({ kind, items }: KeyedRound): number | null {
	if (kind === 'multiple') return null;
	return kind === 'questionnaire' ? items : 1;
}

/**
 * What was keyed for one question: 1–5, or the option's number, or several; a digit an item of a questionnaire; 0 left blank, 9 spoiled.
 * Null where no ballot of this question can say so: more than may be chosen is spoiled, and whoever keys says that.
 */
export function readKeyed(round: KeyedRound, typed: string): Choice | null {
	const digits = typed.replace(/[\s,]/g, '');
	if (digits === BLANK_KEY) return BLANK;
	if (digits === SPOILED_KEY) return SPOILED;
	if (!/^\d+$/.test(digits)) return null;
	if (round.kind === 'scale') return readChoice(round, digits) || null;
	if (round.kind === 'questionnaire') return readChoice(round, [...digits].map(itemSign).join(''));
	const numbers = [...digits].map((digit) => Number(digit) - 1);
	if (new Set(numbers).size < numbers.length || numbers.includes(-1)) return null;
	return readChoice(round, numbers.join());
}

const itemSign = (digit: string) => {
	if (digit === BLANK_KEY) return '-';
	return digit === NOT_APPLICABLE_KEY ? '0' : /[1-5]/.test(digit) ? digit : '?';
};

/** The digits that say a choice: what `readKeyed` reads back. */
export function showKeyed(round: KeyedRound, choice: Choice): string {
	if (choice === BLANK) return BLANK_KEY;
	if (choice === SPOILED) return SPOILED_KEY;
	if (round.kind === 'scale') return choice;
	if (round.kind === 'questionnaire')
		return [...choice].map((sign) => ({ '-': BLANK_KEY, '0': NOT_APPLICABLE_KEY })[sign] ?? sign).join('');
	return choice
		.split(',')
		.map((number) => Number(number) + 1)
		.join('');
}

/** What one ballot says, by question. */
export type Choices = Readonly<Record<string, Choice>>;

/** A ballot's digits question by question, as two keyings are compared and shown. */
export const showBallot = (rounds: readonly KeyedRound[], choices: Choices) =>
	rounds.map((round) => showKeyed(round, choices[round.id] ?? BLANK)).join(' ');

/** The questions keyed as texts in their order; or the first that cannot be, from 0. */
export function readBallot(
	rounds: readonly KeyedRound[],
	typed: readonly string[]
): { ok: true; choices: Record<string, Choice> } | { ok: false; at: number } {
	const choices: Record<string, Choice> = {};
	for (const [at, round] of rounds.entries()) {
		const choice = readKeyed(round, typed[at] ?? '');
		if (choice === null) return { ok: false, at };
		choices[round.id] = choice;
	}
	return { ok: true, choices };
}
