import type { Duty } from './duty.ts';

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
