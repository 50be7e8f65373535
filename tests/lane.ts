/**
 * `npm test` has ten minutes and tries a part of the longest lists;
 * `npm run test:full` tries all of it everywhere.
 */
export const FULL = process.env.LANE === 'full';

/**
 * Journeys through the desks of the staff, on paper and at dialogues that `npm test` leaves to `npm run test:full`: what they say of rights,
 * secrecy and counts is held by tests without a browser too, and every page is opened by `screens.test.ts` in both (decision 0033). A file
 * that is asked for by name runs in any case.
 */
export const ONLY_IN_FULL: readonly string[] = process.env.LANE === 'short' ? longJourneys() : [];

export function longJourneys(): string[] {
	const desks = ['backup', 'case-desk', 'comments', 'meeting', 'peers', 'places', 'plan', 'questionnaires', 'report'];
	const more = ['roster', 'set-up', 'shape', 'visits', 'workbook'];
	const dialogues = ['live-closing', 'live-network', 'live-questions', 'overlay', 'paper', 'rehearsal'];
	const journeys = [...desks, ...more, ...dialogues, 'prints'].map((name) => `tests/e2e/${name}.test.ts`);
	return [...journeys, 'tests/tablet/staff.test.ts', 'tests/architecture/planted.test.ts'];
}
