import { isBelievable, MOST_BEGUN, type Begun } from '$lib/domain/terminal/begun.ts';
import { readFact, writeFact, type Database, type KeptBegun } from './database.ts';

/** What is lost when the power goes is one visit of a statistic, so no citizen waits for this write. */
const KEEP_AFTER_MS = 5000;

/** How often somebody began here, also without answering: by the day and duty, never by the hour. */
export class BegunVisits {
	#db: Database;
	#kept: KeptBegun[];
	#writing = false;

	private constructor(db: Database, kept: KeptBegun[]) {
		this.#db = db;
		this.#kept = kept;
	}

	static async load(db: Database): Promise<BegunVisits> {
		return new BegunVisits(db, (await readFact(db, 'begun')) ?? []);
	}

	count(day: string, dutyId: string | null) {
		const known = this.#kept.find((each) => each.day === day && each.dutyId === dutyId);
		if (known) known.times++;
		else this.#kept.push({ day, dutyId, times: 1, told: 0 });
		this.#keep();
	}

	/** Totals that the server does not have, the oldest days first. */
	untold(): Begun[] {
		const untold = this.#kept.filter(({ times, told }) => times > told).slice(0, MOST_BEGUN);
		return untold.map(({ day, dutyId, times }) => ({ day, dutyId, times }));
	}

	/** The server has these; a day that is over and told is forgotten. */
	told(heard: readonly Begun[], today: string) {
		for (const kept of this.#kept) {
			const said = heard.find(({ day, dutyId }) => day === kept.day && dutyId === kept.dutyId);
			kept.told = Math.max(kept.told, said?.times ?? 0);
		}
		this.#kept = this.#kept.filter(
			({ day, times, told }) => day >= today || (times > told && isBelievable(day, today))
		);
		if (heard.length > 0) this.#keep();
	}

	#keep() {
		if (this.#writing) return;
		this.#writing = true;
		setTimeout(() => {
			this.#writing = false;
			void writeFact(this.#db, 'begun', this.#kept).catch(() => {});
		}, KEEP_AFTER_MS);
	}
}
