import { DAY_MS, MINUTE_MS } from '../shared/time.ts';

/** A tablet may be this far ahead before its word is doubted. */
export const AHEAD_MS = 2 * MINUTE_MS;
/** A tablet keeps sheets for 30 days and more; what claims to be older than this is a clock that was reset. */
export const OLDEST_MS = 60 * DAY_MS;

export interface TrustedInstant {
	at: number;
	flag: null | 'clock-future' | 'clock-past';
}

/**
 * When a sheet was answered, as far as a device's clock can be believed: its own word, unless that lies in the future or is
 * impossibly old (or unreadable, NaN); then the instant of arrival, flagged. Milliseconds.
 */
export function trustedInstant(answeredAt: number, receivedAt: number): TrustedInstant {
	if (answeredAt > receivedAt + AHEAD_MS) return { at: receivedAt, flag: 'clock-future' };
	if (!(answeredAt >= receivedAt - OLDEST_MS)) return { at: receivedAt, flag: 'clock-past' };
	return { at: answeredAt, flag: null };
}
