import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';

/** A session ends after this long without a request, and after this long in any case. */
export const IDLE_MS = 30 * MINUTE_MS;
export const LONGEST_SESSION_MS = 12 * HOUR_MS;

/** Instants in milliseconds. */
export interface SessionTimes {
	createdAt: number;
	usedAt: number;
}

export function isSessionAlive({ createdAt, usedAt }: SessionTimes, now: number): boolean {
	return now - usedAt < IDLE_MS && now - createdAt < LONGEST_SESSION_MS;
}
