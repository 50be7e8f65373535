import { dutyAt, type Duty } from './duty.ts';
import { heldBetween } from './roster.ts';

/** Who is to hold a counter from `from` until just before `until` (milliseconds); null: nobody. */
export interface Wish {
	counterId: string;
	officerId: string | null;
	from: number;
	until: number;
}

/** What has to be written so that a wish holds, and everything outside of it stays as it was. */
export interface Replanning {
	/** Duties that get another end; one that ends where it starts never takes place. */
	ended: { id: string; endsAt: number }[];
	/** The wished duty, and what goes on after it. */
	added: Duty[];
}

/**
 * How one counter's duties change so that the wish holds. Duties lie in layers, whoever started later holds: a duty that began
 * before is left to lie beneath or cut short, one that begins inside gives way and is taken up again where it reached beyond.
 */
export function replan(duties: readonly Duty[], wish: Wish, newId: () => string): Replanning {
	const { counterId, officerId, from, until } = wish;
	const own = duties.filter((duty) => duty.counterId === counterId && duty.endsAt !== duty.startsAt);
	if (holds(own, wish)) return { ended: [], added: [] };
	const ended: Replanning['ended'] = [];
	const added: Duty[] = [];
	for (const { id, startsAt, endsAt } of own) {
		if (startsAt >= from && startsAt < until) ended.push({ id, endsAt: startsAt });
		else if (startsAt < from && endsAt !== null && endsAt > from && endsAt <= until) ended.push({ id, endsAt: from });
	}
	const after = applied(own, { ended, added: [] });
	if (officerId !== null || heldBetween(after, counterId, from, until).length > 0) {
		added.push({ id: newId(), counterId, officerId, startsAt: from, endsAt: until });
	}
	const gaveWay = new Set(ended.map(({ id }) => id));
	for (const { duty, from: startsAt, until: endsAt } of stretchesFrom(own, counterId, until)) {
		if (!gaveWay.has(duty.id)) continue;
		added.push({ id: newId(), counterId, officerId: duty.officerId, startsAt, endsAt });
	}
	return { ended, added };
}

/** The duties as they are once this has been written. */
export function applied(duties: readonly Duty[], { ended, added }: Replanning): Duty[] {
	const endOf = new Map(ended.map(({ id, endsAt }) => [id, endsAt]));
	return [...duties.map((duty) => ({ ...duty, endsAt: endOf.get(duty.id) ?? duty.endsAt })), ...added];
}

/** Whether the counter is held just so already. */
function holds(own: readonly Duty[], { counterId, officerId, from, until }: Wish): boolean {
	const held = heldBetween(own, counterId, from, until);
	if (officerId === null) return held.length === 0;
	const whole = held.every((stretch, i) => stretch.from === (held[i - 1]?.until ?? from));
	return held.at(-1)?.until === until && whole && held.every(({ duty }) => duty.officerId === officerId);
}

/** Which duty holds the counter from an instant on, to the open end; those without an officer too. */
function stretchesFrom(own: readonly Duty[], counterId: string, from: number) {
	const edges = [from, ...own.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt ?? startsAt])];
	const cuts = [...new Set(edges)].filter((at) => at >= from).sort((a, b) => a - b);
	const stretches: { duty: Duty; from: number; until: number | null }[] = [];
	for (const [index, start] of cuts.entries()) {
		const duty = dutyAt(own, counterId, start);
		if (duty) stretches.push({ duty, from: start, until: cuts[index + 1] ?? null });
	}
	return stretches;
}
