/**
 * The number of a printed form: six digits and a check digit, '000123-4'. The check is Damm's ("Total anti-symmetrische
 * Quasigruppen", 2004): it finds every single wrong digit and every swap of neighbours, which is what goes wrong in keying.
 */
const DIGITS = 6;
export const LAST_SERIAL = 10 ** DIGITS - 1;
/** Forms in one go: some 1 000 sheets of paper. */
export const FORMS_AT_ONCE = 500;

/** Row: what the digits before have come to; column: the next digit. */
const DAMM = [
	'0317598642',
	'7092154863',
	'4206871359',
	'1750983426',
	'6123045978',
	'3674209581',
	'5869720134',
	'8945362017',
	'9438617205',
	'2581436790'
];

const damm = (digits: string) => [...digits].reduce((sum, digit) => Number(DAMM[sum][Number(digit)]), 0);

export function showSerial(number: number): string {
	const digits = String(number).padStart(DIGITS, '0');
	return `${digits}-${damm(digits)}`;
}

/** The number that was typed or scanned, with or without the dash; null where a digit is wrong or missing. */
export function readSerial(text: string): number | null {
	const digits = text.replace(/[\s–-]/g, '');
	if (digits.length !== DIGITS + 1 || !/^\d+$/.test(digits) || damm(digits) !== 0) return null;
	const number = Number(digits.slice(0, -1));
	return number > 0 ? number : null;
}

/** What an address asks to be printed, brought into what can be: from 1 on, at most so many at once, none beyond the last. */
export function formsAsked(from: string | null, count: string | null): { from: number; count: number } {
	const within = (text: string | null, usual: number, most: number) =>
		/^\d{1,9}$/.test(text ?? '') ? Math.min(Math.max(Number(text), 1), most) : Math.min(usual, most);
	const first = within(from, 1, LAST_SERIAL);
	return { from: first, count: within(count, 10, Math.min(FORMS_AT_ONCE, LAST_SERIAL - first + 1)) };
}
