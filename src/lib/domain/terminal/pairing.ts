import { base32 } from '../shared/id.ts';
import { MINUTE_MS } from '../shared/time.ts';

/** How long a code on a new tablet waits for an administrator. */
export const PAIRING_TTL_MS = 10 * MINUTE_MS;

const CHARACTERS = 8;

/** Eight characters from at least 5 random bytes (40 bits), upper case, without I L O U: what is stored and compared. */
export function pairingCode(bytes: Uint8Array): string {
	return base32(bytes, CHARACTERS).toUpperCase();
}

/** As the tablet shows it: 'XXXX-XXXX'. */
export function showPairingCode(code: string): string {
	return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What somebody typed or scanned, as it is stored: any case, hyphens and spaces, O for 0, I or L for 1. null when it is no code. */
export function normalizePairingCode(text: string): string | null {
	const code = text
		.toUpperCase()
		.replace(/[\s\-–—]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : null;
}
