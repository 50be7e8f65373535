import { base32 } from '../shared/id.ts';

/** On paper for whoever lost the phone. 80 bits each, so that their hashes may be plain SHA-256. */
export const RECOVERY_CODES = 10;
const CHARACTERS = 16;

/** 'xxxx-xxxx-xxxx-xxxx' of base 32, from 10 random bytes. */
export function recoveryCode(bytes: Uint8Array): string {
	return base32(bytes, CHARACTERS).replace(/(.{4})(?=.)/g, '$1-');
}

/** A code as somebody typed it, without what does not matter; null where it can be none. O, I and L are read as the digits they look like. */
export function normalizeRecoveryCode(text: string): string | null {
	const plain = text.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
	return /^[0-9a-hjkmnp-tv-z]{16}$/.test(plain) ? plain.replace(/(.{4})(?=.)/g, '$1-') : null;
}
