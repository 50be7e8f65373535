import type { Cookies } from '@sveltejs/kit';
import { LONGEST_SESSION_MS } from '../../domain/account/session.ts';

/** 256 bits, base64url; anything else never was a token of ours and is not looked up. */
const TOKEN = /^[\w-]{43}$/;

/** A browser gives `__Host-` only to this host over https. Plain http, for a demonstration, has another name, so neither is taken for the other. */
function nameAt(origin: string): string {
	return origin.startsWith('https:') ? '__Host-s' : 's-http';
}

export function readSessionCookie(
	cookies: { get: (name: string) => string | undefined },
	origin: string
): string | undefined {
	const token = cookies.get(nameAt(origin));
	return token && TOKEN.test(token) ? token : undefined;
}

export function setSessionCookie(cookies: Cookies, origin: string, token: string) {
	cookies.set(nameAt(origin), token, { ...attributesAt(origin), maxAge: LONGEST_SESSION_MS / 1000 });
}

export function dropSessionCookie(cookies: Cookies, origin: string) {
	cookies.delete(nameAt(origin), attributesAt(origin));
}

function attributesAt(origin: string) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: origin.startsWith('https:') } as const;
}

/** For the two steps of the set-up before anybody can sign in: SHA-256, hex. */
const CLAIM = /^[0-9a-f]{64}$/;

const claimNameAt = (origin: string) => (origin.startsWith('https:') ? '__Host-setup' : 'setup-http');

export function readClaimCookie(cookies: Cookies, origin: string): string | undefined {
	const token = cookies.get(claimNameAt(origin));
	return token && CLAIM.test(token) ? token : undefined;
}

export function setClaimCookie(cookies: Cookies, origin: string, token: string) {
	cookies.set(claimNameAt(origin), token, { ...attributesAt(origin), maxAge: LONGEST_SESSION_MS / 1000 });
}

export function dropClaimCookie(cookies: Cookies, origin: string) {
	cookies.delete(claimNameAt(origin), attributesAt(origin));
}
