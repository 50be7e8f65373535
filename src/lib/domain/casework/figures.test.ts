import { expect, test } from 'vitest';
import { sinceMidnight, USUAL_HOURS } from '../place/calendar/hours.ts';
import { NATIONAL } from '../place/calendar/national.ts';
import { startOfLocalDay } from '../shared/time.ts';
import { USUAL_TERMS } from './clock.ts';
import { countCases, countPressing, type CountedCase } from './figures.ts';

const OFFICE = { calendar: NATIONAL, hours: USUAL_HOURS };
const at = (day: string, clock = '08:00') => startOfLocalDay(day) + sinceMidnight(clock);
const COME = at('2026-11-25');
const aCase = (more: Partial<CountedCase> = {}): CountedCase => ({
	...USUAL_TERMS,
	...{ state: 'new', receivedAt: COME, startedAt: COME, forwardedAt: null, answeredAt: null, publishedAt: null },
	...{ keptPrivate: false, pauses: [], class: 'rules', rating: null, ...more }
});
const forwarded = { state: 'processing', forwardedAt: at('2026-11-25', '09:00') } as const;
const answered = { ...forwarded, state: 'answered', answeredAt: at('2026-12-01') } as const;

test('a step counts once it is over or its time is, and a case that waits for the citizen owes none', () => {
	const figures = countCases(
		[
			aCase(),
			aCase({ state: 'forwarded', forwardedAt: at('2026-11-30') }),
			aCase({ ...forwarded, class: 'behaviour' }),
			aCase({ ...forwarded, state: 'waiting', pauses: [[at('2026-11-26'), null]] }),
			aCase({ ...answered, rating: 2 }),
			aCase({ ...answered, state: 'published', publishedAt: at('2026-12-02'), rating: 5 }),
			aCase({ ...answered, keptPrivate: true }),
			aCase({ state: 'refused' })
		],
		OFFICE,
		at('2026-12-10')
	);
	expect(figures).toEqual({
		received: 8,
		// Never forwarded, forwarded on the third day, and five in time; one was refused without.
		...{ forwarded: { inTime: 5, of: 7 }, answered: { inTime: 3, of: 6 }, published: { inTime: 1, of: 2 } },
		...{ open: 4, refused: 1, byClass: { rules: 7, behaviour: 1 }, ratings: [0, 1, 0, 0, 1] }
	});
});

test('pressing is what is late, and what is due by the end of the next working day', () => {
	const open = [aCase(), aCase(forwarded), aCase({ ...forwarded, state: 'waiting', pauses: [[COME, null]] })];
	expect(countPressing(open, OFFICE, at('2026-11-25', '10:00'))).toEqual({ late: 0, dueSoon: 1 });
	expect(countPressing(open, OFFICE, at('2026-12-08', '10:00'))).toEqual({ late: 1, dueSoon: 1 });
	expect(countPressing(open, OFFICE, at('2026-12-10', '10:00'))).toEqual({ late: 2, dueSoon: 0 });
});
