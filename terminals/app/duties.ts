import type { Api } from './api.ts';
import { strictly, type Database, type KeptDuty } from './database.ts';

/** Not known here, not wanted any more, too slow, too many: the same request may be taken later. */
const TRY_AGAIN = [401, 403, 408, 429];

/** The changes of duty made on this tablet, on the disk before the screen shows them, and sent before the sheets they explain. */
export class Duties {
	#db: Database;
	#changes: KeptDuty[];

	private constructor(db: Database, changes: KeptDuty[]) {
		this.#db = db;
		this.#changes = changes;
	}

	static async load(db: Database): Promise<Duties> {
		return new Duties(db, await db.getAll('duties'));
	}

	get changes(): readonly KeptDuty[] {
		return this.#changes;
	}

	/** From `startsAt` on this officer, or nobody (null), is at the counter. */
	async change(id: string, officerId: string | null, startsAt: string) {
		const change: KeptDuty = { id, officerId, startsAt, sent: false };
		await this.#write((duties) => [...duties, change]);
	}

	/**
	 * Sends what has not been sent. True when the sheets may follow: everything has arrived, or the server has looked at it and will
	 * never take it. The sheets then carry a duty it does not know, and it says so of each.
	 */
	async send(api: Api, terminalId: string): Promise<boolean> {
		const unsent = this.#changes.filter(({ sent }) => !sent);
		if (unsent.length === 0) return true;
		const duties = unsent.map(({ id, officerId, startsAt }) => ({ id, officerId, startsAt }));
		const { status } = await api.call('POST', '/api/v1/terminals/duties', {
			body: JSON.stringify({ duties }),
			terminalId
		});
		const arrived = status >= 200 && status < 300;
		if (arrived)
			await this.#write((kept) => kept.map((duty) => (unsent.includes(duty) ? { ...duty, sent: true } : duty)));
		return arrived || (status >= 400 && status < 500 && !TRY_AGAIN.includes(status));
	}

	/** The server's new roster has come: what it was told before asking for it is in there. */
	async forget(known: readonly KeptDuty[]) {
		const ids = new Set(known.filter(({ sent }) => sent).map(({ id }) => id));
		if (ids.size > 0) await this.#write((kept) => kept.filter(({ id }) => !ids.has(id)));
	}

	async #write(change: (duties: KeptDuty[]) => KeptDuty[]) {
		const changes = change(this.#changes);
		await strictly(this.#db, async (tx) => {
			const duties = tx.objectStore('duties');
			await duties.clear();
			await Promise.all(changes.map((duty) => duties.put(duty)));
		});
		this.#changes = changes;
	}
}
