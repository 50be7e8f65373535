import { DAY_MS } from '../shared/time.ts';
import { trustedInstant } from '../terminal/clock.ts';

/** Who was really at a counter; milliseconds, half-open. No officer: nobody was. */
export interface Correction {
	id: string;
	counterId: string;
	officerId: string | null;
	startsAt: number;
	endsAt: number;
	correctedAt: number;
}

/** So long is known which sheet was answered when; nothing older can be re-attributed. */
export const CORRECTABLE_MS = 7 * DAY_MS;
/** A tablet keeps sheets so long and brings them late: until then a correction goes on. */
export const CORRECTION_LASTS_MS = 30 * DAY_MS;

export type IntervalProblem = 'interval-empty' | 'interval-future' | 'interval-too-old';

/** What is wrong with the time a correction is about, if anything. */
export function problemOfInterval(startsAt: number, endsAt: number, now: number): IntervalProblem | null {
	if (startsAt >= endsAt) return 'interval-empty';
	if (endsAt > now) return 'interval-future';
	return startsAt < now - CORRECTABLE_MS ? 'interval-too-old' : null;
}

/** The correction that says who was at a counter when a sheet was answered there: the latest of those that cover the moment. */
export function correctionOf<Each extends Correction>(
	corrections: readonly Each[],
	counterId: string,
	{ answeredAt, receivedAt }: { answeredAt: number; receivedAt: number }
): Each | null {
	const { at } = trustedInstant(answeredAt, receivedAt);
	let found: Each | null = null;
	for (const each of corrections) {
		if (each.counterId !== counterId || at < each.startsAt || at >= each.endsAt) continue;
		if (found === null || isLater(each, found)) found = each;
	}
	return found;
}

function isLater(a: Correction, b: Correction): boolean {
	return a.correctedAt > b.correctedAt || (a.correctedAt === b.correctedAt && a.id > b.id);
}
