import { expect, test } from 'vitest';
import { BATCH_SHEETS } from '../../src/lib/domain/terminal/outbox.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { BAD } from '../../terminals/simulator/network.ts';
import { uuidFrom, type Random } from '../../terminals/simulator/random.ts';
import { MemoryStore } from '../../terminals/simulator/store.ts';
import { ALL_WELL } from './compare.ts';
import { liveThrough, LONG, PATIENCE_MS } from './history.ts';
import { FULL } from '../lane.ts';

const WEEK = { days: 7, faults: BAD, wrongClocks: true, offline: 0.15 };

test(
	'a week of 100 tablets on a bad network arrives whole, once, and rightly counted',
	async () => {
		const ends = Array.from({ length: FULL ? 20 : 10 }, (_, i) => (i % 2 === 0 ? 'kill' : 'stop') as 'kill' | 'stop');
		const { findings, statuses, made } = await liveThrough({
			...WEEK,
			tablets: 100,
			visits: LONG ? 200 : FULL ? 30 : 15,
			ends
		});
		console.log(
			`week: 100 tablets, ${made} sheets, ${ends.length} restarts; answers by status ${JSON.stringify(statuses)}`
		);
		expect(findings).toEqual(ALL_WELL);
		expect(statuses).not.toHaveProperty('500');
	},
	PATIENCE_MS
);

test('without the rule to delete only what is confirmed, sheets are lost and the comparison says so', async () => {
	/** Deletes a sheet when it is sent. */
	class Forgetful extends MemoryStore {
		override async sealed(): Promise<Sheet[]> {
			const sent = (await super.sealed()).slice(0, BATCH_SHEETS);
			for (const { id } of sent) this.queue.delete(id);
			return sent;
		}
	}
	const storeOf = () => new Forgetful();
	const { findings } = await liveThrough({ ...WEEK, tablets: 5, visits: 20, ends: [], storeOf });
	expect(findings.lost).not.toEqual([]);
});

test('without one id and number for all tries of a sheet, sheets are doubled and the comparison says so', async () => {
	/** Makes a new sheet of every try. */
	class Renaming extends MemoryStore {
		#tries = 1_000_000;
		readonly #names = new Map<string, string>();
		readonly #random: Random;
		constructor(random: Random) {
			super();
			this.#random = random;
		}
		override async sealed(): Promise<Sheet[]> {
			return (await super.sealed()).map((sheet) => {
				const id = uuidFrom(this.#random);
				this.#names.set(id, sheet.id);
				return { ...sheet, id, sequence: this.#tries++, replaces: null };
			});
		}
		override async settle(remove: readonly string[]) {
			await super.settle(
				remove.map((id) => this.#names.get(id)!),
				[]
			);
		}
	}
	const storeOf = (random: Random) => new Renaming(random);
	const { findings } = await liveThrough({ ...WEEK, tablets: 5, visits: 20, ends: [], storeOf });
	expect(findings.invented).not.toEqual([]);
});
