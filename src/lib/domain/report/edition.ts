import { addDays, DAY_MS, HOUR_MS, localDay, monthOf, startOfLocalDay } from '../shared/time.ts';
import { lastFinishedSunday, readOwnBlock } from './own.ts';
import { weekOf } from './week.ts';

/** Who a result is published for: officers once a week, everybody once a month. */
export const AUDIENCES = ['officers', 'public'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Local days, both included. */
export interface Span {
	from: string;
	to: string;
}

/** Editions come out on Monday, and on this day of the month, when the sheets of tablets that were offline have had time to come in. */
export const PUBLIC_DAY = 5;
const HOUR = 6;

/** How far a first start reaches back. */
const CATCH_UP = { weeks: 26, months: 24 };

/** When the newest edition came out, or should have. */
export function lastEdition(audience: Audience, now: number): number {
	return startOfLocalDay(editionDay(audience, localDay(now - HOUR * HOUR_MS))) + HOUR * HOUR_MS;
}

function editionDay(audience: Audience, today: string): string {
	if (audience === 'officers') return weekOf(today);
	const own = `${monthOf(today)}-${String(PUBLIC_DAY).padStart(2, '0')}`;
	return own <= today ? own : `${monthOf(addDays(`${monthOf(today)}-01`, -1))}${own.slice(7)}`;
}

/**
 * Every period that the newest edition tells of, oldest first, from the one that holds the first day with answers: months for the
 * public; for officers weeks, and the blocks of four in which the centre stands beside them (decision 0015). Publishing what of it
 * is not published yet is all there is to catching up.
 */
export function duePeriods(audience: Audience, firstDay: string, now: number): Span[] {
	const day = localDay(lastEdition(audience, now));
	if (audience === 'public') return monthsBefore(day, firstDay);
	return [...weeksBefore(day, firstDay), ...blocksBefore(day, firstDay)];
}

function monthsBefore(day: string, firstDay: string): Span[] {
	const months: Span[] = [];
	for (let to = addDays(`${monthOf(day)}-01`, -1); to >= firstDay && months.length < CATCH_UP.months;) {
		const from = `${monthOf(to)}-01`;
		months.unshift({ from, to });
		to = addDays(from, -1);
	}
	return months;
}

function weeksBefore(day: string, firstDay: string): Span[] {
	const weeks: Span[] = [];
	for (let to = lastFinishedSunday(day); to >= firstDay && weeks.length < CATCH_UP.weeks; to = addDays(to, -7))
		weeks.unshift({ from: addDays(to, -6), to });
	return weeks;
}

function blocksBefore(day: string, firstDay: string): Span[] {
	const blocks: Span[] = [];
	for (
		let block = readOwnBlock(null, day);
		block.to >= firstDay && blocks.length < CATCH_UP.weeks / 4;
		block = readOwnBlock(block.before, day)
	)
		blocks.unshift({ from: block.from, to: block.to });
	return blocks;
}

/**
 * Whether late sheets may change a period that stands published: on the day of an edition only, once, so that nobody who looks
 * every hour sees a figure move from one hour to the next.
 */
export function mayRevise(audience: Audience, publishedAt: number, now: number): boolean {
	const edition = lastEdition(audience, now);
	return now < edition + DAY_MS && publishedAt < edition;
}

/** A month is named by its number, anything else by its days. */
export const isFourWeeks = ({ from, to }: Span): boolean => addDays(from, 27) === to;

/** When the edition after this moment comes out. */
export function nextEdition(audience: Audience, now: number): number {
	const day = localDay(lastEdition(audience, now));
	const next =
		audience === 'officers'
			? addDays(day, 7)
			: addDays(`${monthOf(addDays(`${monthOf(day)}-28`, 4))}-01`, PUBLIC_DAY - 1);
	return startOfLocalDay(next) + HOUR * HOUR_MS;
}
