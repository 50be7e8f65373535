import { timingSafeEqual } from 'node:crypto';
import { formatPass, parsePass, type Pass } from '../../domain/dialogue/pass.ts';
import type { Secret } from '../secret/secret.ts';

/** A pass with our mark behind it: nobody can write one for themselves, and nothing of it has to be kept here. */
export function sealPass(secret: Secret, pass: Pass): string {
	const text = formatPass(pass);
	return `${Buffer.from(text).toString('base64url')}.${secret.mark('live-pass', text)}`;
}

/** The pass, or null where we have not given it. */
export function openPass(secret: Secret, token: string): Pass | null {
	const [body = '', mark = ''] = token.split('.');
	const text = Buffer.from(body, 'base64url').toString();
	const own = Buffer.from(secret.mark('live-pass', text));
	const shown = Buffer.from(mark);
	return own.length === shown.length && timingSafeEqual(own, shown) ? parsePass(text) : null;
}
