/** Crockford's base 32: no I, L, O, U, so nothing reads as another character or as a word. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SHORT_ID_CHARACTERS = 10;

/** `length` characters of base 32, five bits each, lower case. Throws RangeError when there are too few bytes. */
export function base32(bytes: Uint8Array, length: number): string {
	if (bytes.length * 8 < length * 5) throw new RangeError(`${length} characters need more than ${bytes.length} bytes`);
	let text = '';
	for (let index = 0; index < length; index++) text += ALPHABET[fiveBits(bytes, index * 5)];
	return text;
}

/** The id of a place, officer, terminal or duty: 10 characters from at least 7 random bytes (50 bits). */
export function shortId(bytes: Uint8Array): string {
	return base32(bytes, SHORT_ID_CHARACTERS);
}

function fiveBits(bytes: Uint8Array, from: number): number {
	const byte = from >> 3;
	const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0);
	return (pair >> (11 - (from & 7))) & 31;
}

/** Whether a text could be an id that `shortId` made: what a form brings as the id of something new is looked at first. */
export function isShortId(text: string): boolean {
	return /^[0-9a-hjkmnp-tv-z]{10}$/.test(text);
}
