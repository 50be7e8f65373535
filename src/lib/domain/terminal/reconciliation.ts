import { gaps, received, type Ranges } from './sequence.ts';

/** The running numbers of one tablet, made against received. */
export interface Reconciliation {
	/** The highest running number the server knows to exist; null before the tablet has said or sent anything. */
	made: number | null;
	received: number;
	/** Made, not waiting on the tablet and never received; null until the tablet has said what waits on it. */
	missing: number | null;
	/** Which numbers up to `made` have not come, waiting ones among them. */
	gaps: Ranges;
}

/**
 * `said` is the tablet's last word about itself. Numbers it made since then may still wait on it, so a gap counts as a loss only up
 * to the number it spoke of, and only beyond what it said was waiting.
 */
export function reconcile(ranges: Readonly<Ranges>, said: { made: number; queued: number } | null): Reconciliation {
	const highest = ranges.at(-1)?.[1] ?? 0;
	const made = Math.max(said?.made ?? 0, highest);
	return {
		made: said === null && highest === 0 ? null : made,
		received: received(ranges),
		missing: said === null ? null : Math.max(0, received(gaps(ranges, said.made)) - said.queued),
		gaps: gaps(ranges, made)
	};
}
