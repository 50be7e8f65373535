/**
 * An officer at a counter from `startsAt` until just before `endsAt` (milliseconds; null is open). No officer means that nobody
 * is on duty from then on. Where duties overlap at one counter, the one that started later holds.
 */
export interface Duty {
	id: string;
	counterId: string;
	officerId: string | null;
	startsAt: number;
	endsAt: number | null;
	fieldIds?: string[];
}

/** One officer, two counters, the same time: `from` until just before `until` (null: open). */
export interface DutyConflict {
	officerId: string;
	duties: [Duty, Duty];
	from: number;
	until: number | null;
}

/** Who is at the counter at an instant; null when no duty covers it. Equal starts are settled by the id, the same everywhere. */
export function dutyAt(duties: readonly Duty[], counterId: string, at: number): Duty | null {
	let holding: Duty | null = null;
	for (const duty of duties) {
		if (duty.counterId !== counterId || !covers(duty, at)) continue;
		if (holding === null || supersedes(duty, holding)) holding = duty;
	}
	return holding;
}

/**
 * Where one officer holds two counters at once. A duty counts only while it holds its counter: an open duty that a later one
 * replaced is over.
 */
export function conflicts(duties: readonly Duty[]): DutyConflict[] {
	const held = [...Map.groupBy(duties, (duty) => duty.counterId).values()].flatMap(heldStretches);
	const found: DutyConflict[] = [];
	for (const stretches of Map.groupBy(held, ({ duty }) => duty.officerId).values()) {
		for (const [index, first] of stretches.entries()) {
			for (const second of stretches.slice(index + 1)) {
				const officerId = first.duty.officerId;
				const from = Math.max(first.from, second.from);
				const until = Math.min(first.until, second.until);
				if (officerId === null || first.duty.counterId === second.duty.counterId || from >= until) continue;
				found.push({ officerId, duties: [first.duty, second.duty], from, until: until === Infinity ? null : until });
			}
		}
	}
	return found.sort((a, b) => a.from - b.from);
}

interface Stretch {
	duty: Duty;
	from: number;
	until: number;
}

function heldStretches(duties: readonly Duty[]): Stretch[] {
	const edges = [...new Set(duties.flatMap((duty) => [duty.startsAt, duty.endsAt ?? Infinity]))].sort((a, b) => a - b);
	const stretches: Stretch[] = [];
	for (const [index, from] of edges.entries()) {
		const counterId = duties[0]?.counterId ?? '';
		const duty = from === Infinity ? null : dutyAt(duties, counterId, from);
		if (duty === null) continue;
		const until = edges[index + 1] ?? Infinity;
		const last = stretches.at(-1);
		if (last?.duty === duty && last.until === from) last.until = until;
		else stretches.push({ duty, from, until });
	}
	return stretches;
}

function covers(duty: Duty, at: number): boolean {
	return duty.startsAt <= at && (duty.endsAt === null || at < duty.endsAt);
}

function supersedes(duty: Duty, other: Duty): boolean {
	return duty.startsAt > other.startsAt || (duty.startsAt === other.startsAt && duty.id > other.id);
}
