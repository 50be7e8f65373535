/** What one counter did on one day: served as the one-stop shop says, and what its tablets brought. */
export interface CounterDay {
	day: string;
	counterId: string;
	served: number;
	sheets: number;
	/** Of those, sheets that stand on this day only because their tablet's clock was not believed. */
	strayed: number;
}

/** A family answers as several, and numbers are typed: more than this is no slip. */
const MOST_OF_SERVED = 1.1;
const LEAST_MORE = 3;

/**
 * Days on which a counter's tablets brought more sheets than people can have been served there. Only that it is so is told, never how
 * many: a single day of sheets is not shown. Where nobody has entered a number, nothing is known.
 */
export function daysOver(days: readonly CounterDay[]): Omit<CounterDay, 'sheets' | 'strayed'>[] {
	return days
		.filter(({ served, sheets, strayed }) => {
			const own = sheets - strayed;
			return served > 0 && own > served * MOST_OF_SERVED && own - served >= LEAST_MORE;
		})
		.map(({ day, counterId, served }) => ({ day, counterId, served }))
		.sort((a, b) => (a.day === b.day ? (a.counterId < b.counterId ? -1 : 1) : a.day < b.day ? 1 : -1));
}
