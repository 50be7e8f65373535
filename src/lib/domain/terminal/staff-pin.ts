/** The staff's PIN of an organization: digits only, because the tablet shows a pad. */
export function isStaffPin(text: string): boolean {
	return /^\d{4,8}$/.test(text);
}

/** PBKDF2-SHA-256 with this many rounds (OWASP has 600 000 for passwords; a counter tablet takes 0,3 s for these). */
export const PIN_ITERATIONS = 210_000;
export const PIN_SALT_BYTES = 16;
export const PIN_HASH_BYTES = 32;
