/** Resolves when everything that has already arrived was looked at: what comes in one turn of the loop can be done in one go. */
export function turnOfTheLoop(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** So many newcomers may hold up a commit: a small part of a millisecond each. */
const MOST_NEWCOMERS = 100;
let connections = 0;
/** How many there were when nobody more came in. */
let settled = 0;

/** Said by the entry for each new connection. */
export function noteConnection() {
	connections++;
}

/**
 * Turns of the loop until nobody new comes in. Node takes one waiting connection a turn; a commit blocks the loop, so with one turn
 * between commits each commit would let in one citizen, and everybody else would wait outside for as many commits as are before them.
 */
export async function turnsForNewcomers(): Promise<void> {
	for (let turn = 0; turn < MOST_NEWCOMERS; turn++) {
		await turnOfTheLoop();
		if (connections === settled) return;
		settled = connections;
	}
}
