import { addDays, HOUR_MS, startOfLocalDay } from '../shared/time.ts';
import { dutyAt, type Duty } from './duty.ts';

/**
 * The duties that can still say who is at a counter from `from` on: changes made on tablets stay open for ever, and without this a
 * roster would carry every one of them. Those that another, later and at least as long, stands before are left out.
 */
export function standing<Row extends Pick<Duty, 'id' | 'counterId' | 'startsAt' | 'endsAt'>>(
	duties: readonly Row[],
	from: number
): Row[] {
	const kept: Row[] = [];
	for (const those of Map.groupBy(duties, ({ counterId }) => counterId).values()) {
		let covered = from;
		for (const duty of those.toSorted((a, b) => b.startsAt - a.startsAt || (a.id < b.id ? 1 : -1))) {
			const end = duty.endsAt ?? Infinity;
			if (duty.startsAt > from ? end > from : end > covered) kept.push(duty);
			if (duty.startsAt <= from) covered = Math.max(covered, end);
		}
	}
	return kept.sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
}

/** A stretch of time in which one duty holds its counter; milliseconds, half-open. */
export interface Stretch<Row> {
	duty: Row;
	from: number;
	until: number;
}

/** Who holds one counter between two instants, in order; where nobody does there is a hole. */
export function heldBetween<Row extends Duty>(
	duties: readonly Row[],
	counterId: string,
	from: number,
	until: number
): Stretch<Row>[] {
	const own = duties.filter((duty) => duty.counterId === counterId);
	const edges = own.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt ?? until]);
	const cuts = [...new Set([from, ...edges, until])].filter((at) => at >= from && at <= until).sort((a, b) => a - b);
	const held: Stretch<Row>[] = [];
	for (const [index, start] of cuts.slice(0, -1).entries()) {
		const duty = dutyAt(own, counterId, start) as Row | null;
		if (duty === null || duty.officerId === null) continue;
		const last = held.at(-1);
		if (last?.duty === duty && last.until === start) last.until = cuts[index + 1];
		else held.push({ duty, from: start, until: cuts[index + 1] });
	}
	return held;
}

/** One line of a day's roster at one counter; milliseconds. */
export interface Turn<Row> extends Stretch<Row> {
	/** Began on an earlier day, or goes on into a later one: that end is not to be shown as a time. */
	sinceBefore: boolean;
	goesOn: boolean;
}

/** A change of officers before this time of day belongs to the opening; who was left over from the day before is not news then. */
const OPENED_BY_MS = 9 * HOUR_MS;

/**
 * A counter's day as somebody would write it down: whoever was left over from yesterday stands only where nobody relieves them at
 * the opening.
 */
export function turnsOfDay<Row extends Duty>(duties: readonly Row[], counterId: string, day: string): Turn<Row>[] {
	const from = startOfLocalDay(day);
	const until = startOfLocalDay(addDays(day, 1));
	return heldBetween(duties, counterId, from, until)
		.map(({ duty, ...stretch }) => ({
			duty,
			...stretch,
			sinceBefore: stretch.from === from && duty.startsAt < from,
			goesOn: stretch.until === until && (duty.endsAt === null || duty.endsAt > until)
		}))
		.filter((turn, i, turns) => !(turn.sinceBefore && i + 1 < turns.length && turn.until - from <= OPENED_BY_MS));
}
