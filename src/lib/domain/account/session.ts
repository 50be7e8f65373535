import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import { SECOND_FACTOR_ROLES, type Role } from './role.ts';

/** A session ends after this long without a request (leaders' sooner), and after this long in any case. */
export const IDLE_MS = 30 * MINUTE_MS;
export const LEADERS_IDLE_MS = 15 * MINUTE_MS;
export const LONGEST_SESSION_MS = 12 * HOUR_MS;
/** So long the list of people knows when somebody was last there. */
export const SESSIONS_KEPT_MS = 30 * DAY_MS;

const LEADERS: readonly Role[] = ['leader', 'province-leader'];

/** Instants in milliseconds. */
export interface SessionTimes {
	createdAt: number;
	usedAt: number;
}

/** A clock that was set back by more than this would lengthen every session by as much. Nodes differ by less. */
const SET_BACK_MS = 2 * MINUTE_MS;

export function isSessionAlive({ createdAt, usedAt }: SessionTimes, roles: readonly Role[], now: number): boolean {
	const idle = roles.some((role) => LEADERS.includes(role)) ? LEADERS_IDLE_MS : IDLE_MS;
	return usedAt - now <= SET_BACK_MS && now - usedAt < idle && now - createdAt < LONGEST_SESSION_MS;
}

/**
 * How far somebody has come: `second-factor`: the password was right, the code of the phone is still asked for; `enrol`: their roles
 * need a second factor and there is none yet. Only `complete` opens anything else.
 */
export type SessionStage = 'complete' | 'second-factor' | 'enrol';

export function stageOf(session: {
	/** The user has a second factor. */
	hasFactor: boolean;
	/** It has been shown in this session. */
	factorShown: boolean;
	roles: readonly Role[];
	/** A demonstration's passwords are printed, so a second factor would protect nothing. */
	demonstration: boolean;
}): SessionStage {
	if (session.hasFactor) return session.factorShown ? 'complete' : 'second-factor';
	const needed = !session.demonstration && session.roles.some((role) => SECOND_FACTOR_ROLES.includes(role));
	return needed ? 'enrol' : 'complete';
}
