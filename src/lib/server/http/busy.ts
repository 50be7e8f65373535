import { HashingBusy } from '../account/password.ts';

/** Too many passwords are looked at already: an answer like any other, for the page to say. */
export async function orBusy<T>(work: Promise<T>): Promise<T | { ok: false; reason: 'busy' }> {
	try {
		return await work;
	} catch (thrown) {
		if (thrown instanceof HashingBusy) return { ok: false, reason: 'busy' };
		throw thrown;
	}
}
