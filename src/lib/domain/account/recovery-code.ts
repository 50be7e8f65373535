import { base32 } from '../shared/id.ts';

/** On paper for whoever lost the phone. 120 bits each, so that their hashes may be plain SHA-256 (ASVS 6.5.2 wants 112). */
export const RECOVERY_CODES = 10;
export const RECOVERY_BYTES = 15;
const CHARACTERS = 24;
/** Codes that were printed before they grew; each is good until it is used or new ones are made. */
const SHORTER = 16;

/** 'xxxx-xxxx-xxxx-xxxx-xxxx-xxxx' of base 32, from `RECOVERY_BYTES` random ones. */
export function recoveryCode(bytes: Uint8Array): string {
	return base32(bytes, CHARACTERS).replace(/(.{4})(?=.)/g, '$1-');
}

/** A code as somebody typed it, without what does not matter; null where it can be none. O, I and L are read as the digits they look like. */
export function normalizeRecoveryCode(text: string): string | null {
	const plain = text.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
	const isOne = [CHARACTERS, SHORTER].includes(plain.length) && /^[0-9a-hjkmnp-tv-z]+$/.test(plain);
	return isOne ? plain.replace(/(.{4})(?=.)/g, '$1-') : null;
}
