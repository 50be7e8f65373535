import { base32 } from '../shared/id.ts';

/** Crockford's base 32 without I, L, O, U; its check symbol is the value modulo 37, from these (crockford.com/base32.html). */
const SYMBOLS = '0123456789abcdefghjkmnpqrstvwxyz*~$=u';

const POSTER_CHARACTERS = 8;
/** 60 bits and a check character: guessing one of a million good tickets takes some 10^12 tries. */
export const TICKET_CHARACTERS = 12;

/** The code of a poster from at least 5 random bytes; lower case, without dashes, as it stands in addresses and in the store. */
export const posterCode = (bytes: Uint8Array) => base32(bytes, POSTER_CHARACTERS);

/** The code of a ticket from at least 8 random bytes, its check character last. */
export function ticketCode(bytes: Uint8Array): string {
	const code = base32(bytes, TICKET_CHARACTERS);
	return code + checkCharacter(code);
}

/**
 * What somebody typed or scanned, as the store knows it: any case, with or without dashes and spaces, with the look-alikes that
 * Crockford's alphabet has left out (O for 0, I and L for 1).
 */
export function readCode(typed: string): string {
	return typed
		.toLowerCase()
		.replace(/[\s\-–—_.]/g, '')
		.replaceAll('o', '0')
		.replace(/[il]/g, '1');
}

/** Whether a poster's code can be right: its length and its alphabet. */
export function isPosterCode(code: string): boolean {
	return code.length === POSTER_CHARACTERS && /^[0-9a-hjkmnp-tv-z]+$/.test(code);
}

/** Whether a ticket's code can be right: its length, its alphabet, and the check character, which finds every single slip. */
export function isTicketCode(code: string): boolean {
	const body = code.slice(0, -1);
	if (code.length !== TICKET_CHARACTERS + 1 || [...body].some((sign) => SYMBOLS.indexOf(sign) % 37 > 31)) return false;
	return [...body].every((sign) => SYMBOLS.includes(sign)) && code.at(-1) === checkCharacter(body);
}

/** 'k7m29qxd' → 'K7M2-9QXD': as it is printed and read aloud; a ticket's check character stands in the last group. */
export function showCode(code: string): string {
	return code.toUpperCase().replace(/(.{4})(?=.)/g, '$1-');
}

function checkCharacter(code: string): string {
	let rest = 0;
	for (const sign of code) rest = (rest * 32 + SYMBOLS.indexOf(sign)) % 37;
	return SYMBOLS[rest]!;
}
