import { addDays, dayOfWeek, daysBetween, isLocalDay } from '../shared/time.ts';

/** Local days, both included: four whole weeks, Monday to Sunday, all of them over. */
export interface OwnBlock {
	from: string;
	to: string;
	/** The block before, and the one after where it is over too. */
	before: string;
	after: string | null;
}

const BLOCK_DAYS = 28;
/** A Monday; every block is counted from it, so that no two that anybody looks at overlap. */
const FIRST_MONDAY = '2024-01-01';

/** The Sunday before the week that is going on. */
export function lastFinishedSunday(today: string): string {
	return addDays(today, -dayOfWeek(today));
}

/**
 * The block of four weeks that holds a day; what makes no sense, or is not over, is the last finished one. Blocks never slide: of two
 * that overlap the difference would be one week of the centre, and of a week with two officers that is the other one.
 */
export function readOwnBlock(day: string | null, today: string): OwnBlock {
	const started = (of: string) =>
		addDays(FIRST_MONDAY, Math.floor(daysBetween(FIRST_MONDAY, of) / BLOCK_DAYS) * BLOCK_DAYS);
	const last = addDays(started(addDays(lastFinishedSunday(today), 1)), -BLOCK_DAYS);
	const asked = day !== null && isLocalDay(day) && day >= FIRST_MONDAY ? started(day) : last;
	const from = asked < last ? asked : last;
	return {
		from,
		to: addDays(from, BLOCK_DAYS - 1),
		before: addDays(from, -BLOCK_DAYS),
		after: from < last ? addDays(from, BLOCK_DAYS) : null
	};
}
