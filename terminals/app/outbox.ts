import { CRITERIA, type Criterion } from '$lib/domain/survey/criterion.ts';
import type { Sheet } from '$lib/domain/submission/sheet.ts';
import { BATCH_SHEETS } from '$lib/domain/terminal/outbox.ts';
import { inState, readFact, strictly, type Database, type Facts, type KeptSheet, type Writing } from './database.ts';
import type { Refusal, SheetStore } from './upload.ts';

/** What the staff corner and the heartbeat say about the sheets of this tablet. */
export interface OutboxStatus {
	made: number;
	confirmed: number;
	queued: number;
	/** ISO instant of the oldest sheet still here, refused ones aside. */
	oldest: string | null;
	refused: { sequence: number; code: string }[];
}

const NOTHING_ASKED = Object.fromEntries(CRITERIA.map((criterion) => [criterion, 0])) as Facts['asked'];

/** The sheets of this tablet, each on the disk before anybody is thanked, none removed before the server has it. */
export class Outbox implements SheetStore {
	#db: Database;
	#changed: () => void;

	/** `changed` is told after every write that leaves something to send. */
	constructor(db: Database, changed: () => void = () => {}) {
		this.#db = db;
		this.#changed = changed;
	}

	/**
	 * Stores a new sheet with the next running number, and counts the criteria it asks, all in one transaction.
	 * An *open* sheet can still grow; a *sealed* one is final.
	 */
	async begin(draft: Omit<Sheet, 'sequence'>, state: 'open' | 'sealed', asking: readonly Criterion[]): Promise<Sheet> {
		const sheet = await strictly(this.#db, async (tx) => {
			const facts = tx.objectStore('facts');
			const sequence = (((await facts.get('sequence')) as number | undefined) ?? 0) + 1;
			const asked = { ...NOTHING_ASKED, ...((await facts.get('asked')) as Facts['asked'] | undefined) };
			for (const criterion of asking) asked[criterion] += 1;
			const numbered: Sheet = { ...draft, sequence };
			await Promise.all([
				tx.objectStore('sheets').add({ id: draft.id, state, sheet: numbered }),
				facts.put(sequence, 'sequence'),
				facts.put(asked, 'asked')
			]);
			return numbered;
		});
		if (state === 'sealed') this.#changed();
		return sheet;
	}

	/** Replaces the content of an open sheet; a sealed one may be on its way already, so it stays as it is. */
	amend(sheet: Sheet): Promise<void> {
		return strictly(this.#db, async (tx) => {
			const kept = await tx.objectStore('sheets').get(sheet.id);
			if (kept?.state !== 'open') throw new Error('the sheet is sealed');
			await tx.objectStore('sheets').put({ ...kept, sheet });
		});
	}

	/** Makes every open sheet final: at the end of a visit, and at the start, for whatever a power cut left open. */
	async seal(): Promise<void> {
		const sealed = await strictly(this.#db, async (tx) => {
			const open = await tx.objectStore('sheets').index('queue').getAll(inState('open'));
			await Promise.all(open.map((kept) => tx.objectStore('sheets').put({ ...kept, state: 'sealed' })));
			return open.length;
		});
		if (sealed > 0) this.#changed();
	}

	/** The oldest that wait to be sent: a batch and one more, so that the upload knows whether to go on. */
	async sealed(): Promise<Sheet[]> {
		const kept = await this.#db.getAllFromIndex('sheets', 'queue', inState('sealed'), BATCH_SHEETS + 1);
		return kept.map(({ sheet }) => sheet);
	}

	settle(remove: readonly string[], refused: readonly Refusal[]): Promise<void> {
		return strictly(this.#db, async (tx) => {
			await Promise.all(remove.map((id) => tx.objectStore('sheets').delete(id)));
			for (const { id, code } of refused) await refuse(tx, id, code);
			const confirmed = ((await tx.objectStore('facts').get('confirmed')) as number | undefined) ?? 0;
			await tx.objectStore('facts').put(confirmed + remove.length, 'confirmed');
		});
	}

	async asked(): Promise<Record<Criterion, number>> {
		return { ...NOTHING_ASKED, ...(await readFact(this.#db, 'asked')) };
	}

	async status(): Promise<OutboxStatus> {
		const waiting = await Promise.all([this.#waiting('open'), this.#waiting('sealed')]);
		const refused = await this.#db.getAllFromIndex('sheets', 'queue', inState('refused'));
		return {
			made: (await readFact(this.#db, 'sequence')) ?? 0,
			confirmed: (await readFact(this.#db, 'confirmed')) ?? 0,
			queued: waiting.reduce((sum, { count }) => sum + count, 0),
			oldest: waiting.flatMap(({ oldest }) => oldest).sort()[0] ?? null,
			refused: refused.map(asRefused)
		};
	}

	async #waiting(state: KeptSheet['state']) {
		const [oldest] = await this.#db.getAllFromIndex('sheets', 'queue', inState(state), 1);
		const count = await this.#db.countFromIndex('sheets', 'queue', inState(state));
		return { count, oldest: oldest ? [oldest.sheet.answeredAt] : [] };
	}
}

async function refuse(tx: Writing, id: string, code: string) {
	const kept = await tx.objectStore('sheets').get(id);
	if (kept) await tx.objectStore('sheets').put({ ...kept, state: 'refused', code });
}

function asRefused({ sheet, code }: KeptSheet) {
	return { sequence: sheet.sequence, code: code ?? 'unknown' };
}
