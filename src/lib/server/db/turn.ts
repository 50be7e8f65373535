/** Resolves when everything that has already arrived was looked at: what comes in one turn of the loop can be done in one go. */
export function turnOfTheLoop(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
