import { HOUR_MS } from '../../domain/shared/time.ts';
import type { Secret } from '../secret/secret.ts';

/** A page that was opened by a code stays open as long, so that a reload asks for no code and an address left behind opens nothing. */
const LOOK_MS = 2 * HOUR_MS;
/** Nothing of ours is longer. */
const LONGEST_TOKEN = 1024;

/** A case that somebody has shown the code of: its mark, sealed for the address of the page, so that the code is in none. */
export const sealLook = (secret: Secret, mark: string, now: number) =>
	secret.seal('case', JSON.stringify(['look', mark, now]));

/** A code that somebody has just been given, for the address of the page that shows it: the page of thanks after a request. */
export const sealCode = (secret: Secret, code: string, now: number) =>
	secret.seal('case', JSON.stringify(['code', code, now]));
export const openCode = (secret: Secret, token: string | null, now: number) => opened(secret, 'code', token, now);

/** The mark, or null where nobody has shown a code, or long ago. */
export const openLook = (secret: Secret, token: string | null, now: number) => opened(secret, 'look', token, now);

function opened(secret: Secret, kind: 'look' | 'code', token: string | null, now: number): string | null {
	const text = token && token.length <= LONGEST_TOKEN ? secret.unseal('case', token) : null;
	if (!text?.startsWith(`["${kind}"`)) return null;
	const [, value, at] = JSON.parse(text) as [string, string, number];
	return now - at <= LOOK_MS ? value : null;
}
