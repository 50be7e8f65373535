import { base32 } from '../shared/id.ts';

const CHARACTERS = 12;
/** So many random bytes a code is made of (60 bits of them count). */
export const SET_UP_CODE_BYTES = 8;

/** Twelve characters without I L O U, upper case: what is hashed and compared. */
export function setUpCode(bytes: Uint8Array): string {
	return base32(bytes, CHARACTERS).toUpperCase();
}

/** As the server prints it: 'XXXX-XXXX-XXXX'. */
export function showSetUpCode(code: string): string {
	return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** What somebody typed from the server's screen: any case, hyphens and spaces, O for 0, I or L for 1. null when it is no code. */
export function normalizeSetUpCode(text: string): string | null {
	const code = text
		.toUpperCase()
		.replace(/[\s\-–—]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	return new RegExp(`^[0-9A-HJKMNP-TV-Z]{${CHARACTERS}}$`).test(code) ? code : null;
}
