/**
 * `npm test` has ten minutes and tries a part of the longest lists;
 * `npm run test:full` tries all of it everywhere.
 */
export const FULL = process.env.LANE === 'full';

/** Set by tests/run.ts alone: who asks for a file or a test by name has it whole. */
export const SHORT = process.env.LANE === 'short';

/**
 * Journeys through the desks of the staff, on paper and at dialogues that `npm test` leaves to `npm run test:full`: what they say of rights,
 * secrecy and counts is held by tests without a browser too, and every page is opened by `screens.test.ts` in both (decision 0033).
 */
export const LONG_JOURNEYS: readonly string[] = [
	...['backup', 'case-desk', 'comments', 'meeting', 'peers', 'places', 'plan', 'questionnaires', 'report', 'roster'],
	...['set-up', 'shape', 'visits', 'workbook', 'prints'],
	...['live-closing', 'live-network', 'live-questions', 'overlay', 'paper', 'rehearsal']
]
	.map((name) => `tests/e2e/${name}.test.ts`)
	.concat('tests/tablet/staff.test.ts', 'tests/architecture/planted.test.ts');
