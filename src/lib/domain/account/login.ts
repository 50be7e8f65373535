import { clean } from '../shared/text.ts';

/** A password is long rather than odd (NIST SP 800-63B); the upper bound keeps hashing from being a way to stop the server. */
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 256;
export const LONGEST_LOGIN = 64;

/** A login as it is stored and compared: NFKC, lower case, without spaces around it. */
export function normalizeLogin(text: string): string {
	return text.normalize('NFKC').trim().toLowerCase();
}

/** Latin letters, digits and . _ @ + -, so that nobody has to guess which marks were typed. */
export function isLogin(login: string): boolean {
	return login.length <= LONGEST_LOGIN && /^[a-z0-9][a-z0-9._@+-]+$/.test(login);
}

/** Passwords are compared as NFC: one keyboard sends 'ế' as one sign, another as three. Nothing is trimmed. */
export function normalizePassword(text: string): string {
	return text.normalize('NFC');
}

export function isPasswordAcceptable(password: string): boolean {
	return password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD && clean(password) !== '';
}
