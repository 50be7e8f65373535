import { formatDay, formatInstant } from '$lib/domain/shared/time.ts';
import { m } from '$lib/paraglide/messages.js';

interface RefusedCell {
	/** Counter, day and half-day with dots between. */
	key: string;
	reason: string;
	typed: string;
	officer: string;
	there: string;
	from: number | null;
	until: number | null;
}

const WHY: Record<string, () => string> = {
	'counter-unknown': m.admin_problem_counter_unknown,
	'officer-unknown': m.admin_problem_officer_unknown,
	'officer-away': m.roster_problem_officer_away,
	closed: m.roster_problem_closed,
	over: m.roster_problem_over,
	'changed-meanwhile': m.roster_problem_changed_meanwhile
};

/** Why a cell of the grid was not taken, as a sentence that names the place and the time. */
export function cellProblem({ key, reason, typed, officer, there, from, until }: RefusedCell, counter: string): string {
	const [, day, half] = key.split('.');
	const part = half === 'morning' ? m.roster_morning_of : m.roster_afternoon_of;
	const here = `${counter}, ${part({ day: formatDay(day) })}`;
	if (reason === 'officer-elsewhere' && from !== null) {
		const end = until === null ? '' : ` – ${formatInstant(until)}`;
		return m.roster_problem_elsewhere({ officer, here, there, time: `${formatInstant(from)}${end}` });
	}
	if (reason === 'nobody') return m.roster_problem_nobody({ here, typed });
	if (reason === 'several') return m.roster_problem_several({ here, typed });
	return `${here}: ${(WHY[reason] ?? m.problem_unknown)()}`;
}
