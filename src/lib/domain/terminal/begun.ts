import { addDays } from '../shared/time.ts';

/** How often somebody began at a tablet on a local day, by the duty on its screen: the tablet's own running total of that day. */
export interface Begun {
	day: string;
	/** null: nobody was known to be there. */
	dutyId: string | null;
	times: number;
}

/** A tablet may be without a network for thirty days and tells of them afterwards. */
const KEPT_DAYS = 35;
/** More duties than any counter has in so many days, and more touches than any tablet has in one. */
export const MOST_BEGUN = 500;
export const MOST_TIMES = 10_000;

/** Whether a day that a tablet tells of may be true; its clock is a hint, so a day to come is nobody's. */
export function isBelievable(day: string, today: string): boolean {
	return day <= today && day > addDays(today, -KEPT_DAYS);
}
