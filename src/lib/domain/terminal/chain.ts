interface Link {
	id: string;
	predecessorId: string | null;
}

/** A tablet with those whose place it took and those that took its own, the newest first. */
export function chainOf<Each extends Link>(all: readonly Each[], id: string): Each[] {
	const byId = new Map(all.map((each) => [each.id, each]));
	const successorOf = new Map(all.map((each) => [each.predecessorId, each]));
	const start = byId.get(id);
	if (!start) return [];
	const after = follow(successorOf.get(id), (each) => successorOf.get(each.id));
	const before = follow(byId.get(start.predecessorId ?? ''), (each) => byId.get(each.predecessorId ?? ''));
	return [...after.reverse(), start, ...before];
}

function follow<Each>(first: Each | undefined, next: (each: Each) => Each | undefined): Each[] {
	const seen: Each[] = [];
	for (let each = first; each && !seen.includes(each); each = next(each)) seen.push(each);
	return seen;
}
