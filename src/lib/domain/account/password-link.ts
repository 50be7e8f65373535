import { HOUR_MS } from '../shared/time.ts';

/** How long a link is good that lets its holder choose a password; it is good once. */
export const INVITATION_MS = 72 * HOUR_MS;
export const RESET_MS = HOUR_MS;

export type LinkPurpose = 'invitation' | 'reset';
/** `old`: used, expired, or a newer one was made; which of them is nobody's business but the log's. */
export type LinkState = 'good' | 'used' | 'old';

export function linkState(link: { usedAt: number | null; expiresAt: number }, now: number): LinkState {
	if (link.usedAt !== null) return 'used';
	return link.expiresAt > now ? 'good' : 'old';
}
