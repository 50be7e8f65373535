import { MINUTE_MS } from '../shared/time.ts';
import type { Flag } from '../submission/flag.ts';

/** A visit's code is good on its day and this many days after it: whoever was served at home answers soon or not at all. */
export const VISIT_TICKET_DAYS = 14;
/** What an officer may make in a day: one every twenty minutes of a whole working day, more than anybody serves at home (decision 0035). */
export const VISITS_PER_DAY = 20;
/** So many in so long go unremarked: a household of three, served together. */
export const VISITS_AT_ONCE = 3;
export const VISIT_BURST_MS = 30 * MINUTE_MS;

/** What the sheet of the next ticket will carry, where so many were made in the last half hour. */
export function visitFlags(lately: number): Flag[] {
	return lately >= VISITS_AT_ONCE ? ['burst'] : [];
}
