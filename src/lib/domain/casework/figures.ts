import { CASE_CLASSES, type CaseClass, type CaseState } from './case.ts';
import { dueOf, punctualityOf, type Office, type Timed } from './clock.ts';

/** Of the steps that are over or whose time is, how many were in time; the others were not. */
export interface Kept {
	inTime: number;
	of: number;
}

/** What becomes of the cases that were received in a period, as it stands now. */
export interface CaseFigures {
	received: number;
	forwarded: Kept;
	answered: Kept;
	published: Kept;
	/** Of those received in the period: still without an answer, and refused. */
	open: number;
	refused: number;
	byClass: Record<CaseClass, number>;
	/** How many rated their answer 1, 2, 3, 4 and 5. */
	ratings: readonly [number, number, number, number, number];
}

export type CountedCase = Timed & { class: CaseClass; rating: number | null };

export function countCases(received: readonly CountedCase[], office: Office, now: number): CaseFigures {
	const standing = received.map((each) => punctualityOf(each, office, now));
	const kept = (step: 'forward' | 'answer' | 'publish'): Kept => ({
		inTime: standing.filter((each) => each[step] === true).length,
		of: standing.filter((each) => each[step] !== null).length
	});
	const inState = (...states: CaseState[]) => received.filter(({ state }) => states.includes(state)).length;
	const rated = (score: number) => received.filter(({ rating }) => rating === score).length;
	return {
		received: received.length,
		forwarded: kept('forward'),
		answered: kept('answer'),
		published: kept('publish'),
		open: inState('new', 'forwarded', 'processing', 'waiting'),
		refused: inState('refused'),
		byClass: Object.fromEntries(
			CASE_CLASSES.map((own) => [own, received.filter((each) => each.class === own).length])
		) as Record<CaseClass, number>,
		ratings: [rated(1), rated(2), rated(3), rated(4), rated(5)]
	};
}

/** How many wait past their time, and how many are due by the end of the next working day; whenever they were received. */
export interface Pressing {
	late: number;
	dueSoon: number;
}

export function countPressing(owed: readonly Timed[], office: Office, now: number): Pressing {
	const standings = owed.map((each) => dueOf(each, office, now).standing);
	return {
		late: standings.filter((standing) => standing === 'late').length,
		dueSoon: standings.filter((standing) => standing === 'due-soon').length
	};
}
