import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { writeExport } from '../../src/entry/commands/export.ts';
import type { Db, Queries } from '../../src/lib/server/db/db.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { PAGE_ROWS, readReleasedDays } from '../../src/lib/server/report/export/reads.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { LINES_A_DAY, releaseDays } from '../factories/released.ts';

const DAYS = 300;
const EVERYTHING = { organizationId: 'w1', versionId: 'SIPAS5-v1', from: '2026-01-01', to: '2026-12-31' };

async function aYear() {
	const db = await freshDb();
	await aWard(db);
	await releaseDays(db, EVERYTHING.from, DAYS);
	return db;
}

/** Takes what it is given only when told to, and keeps all of it. */
class SlowReader extends Writable {
	text = '';
	#taken: (() => void) | undefined;
	constructor() {
		super({ highWaterMark: 1 });
	}
	override _write(chunk: Buffer, _: unknown, done: () => void) {
		this.#taken = () => {
			this.text += chunk.toString();
			done();
		};
	}
	take() {
		const taken = this.#taken;
		this.#taken = undefined;
		taken?.();
	}
	get lines() {
		return Math.max(0, this.text.split('\r\n').length - 2);
	}
}

/** Counts the rows that come out of the database. */
function counted(db: Db, asked: { rows: number }): Db {
	const counting = (target: object): object =>
		new Proxy(target, {
			get(from, name) {
				const value = Reflect.get(from, name) as unknown;
				if (typeof value !== 'function') return value;
				return (...args: unknown[]) => {
					const [done, ...rest] = args as [(rows: unknown[]) => unknown];
					if (name !== 'then') {
						const next = Reflect.apply(value, from, args) as object;
						return next !== null && typeof next === 'object' ? counting(next) : next;
					}
					const told = (rows: unknown[]) => {
						asked.rows += rows.length;
						return done(rows);
					};
					return Reflect.apply(value, from, [told, ...rest]) as unknown;
				};
			}
		});
	const snapshot: Db['store']['snapshot'] = (work) => db.store.snapshot((at) => work(counting(at) as Queries));
	return Object.assign(Object.create(db) as Db, { store: { ...db.store, snapshot } });
}

/** Lets everything happen that can happen while nobody takes anything. */
async function idle() {
	for (let turn = 0; turn < 20; turn++) await setImmediate();
}

test('an export asks for no more than a page beyond what was taken of it, and is whole', async () => {
	const db = await aYear();
	const asked = { rows: 0 };
	const reader = new SlowReader();
	let ended = false;
	const exported = writeExport(counted(db, asked), EVERYTHING, reader).finally(() => (ended = true));
	let most = 0;
	while (!ended) {
		await idle();
		most = Math.max(most, asked.rows - reader.lines);
		reader.take();
	}
	await exported;
	expect(asked.rows).toBe(DAYS * LINES_A_DAY);
	expect(DAYS * LINES_A_DAY).toBeGreaterThan(3 * PAGE_ROWS);
	expect(most).toBeGreaterThan(0);
	expect(most).toBeLessThanOrEqual(PAGE_ROWS);

	const { data } = Papa.parse<Record<string, string>>(reader.text.slice(1).trimEnd(), { header: true });
	const keys = data.map((row) => [row.day, row.counterNumber, row.officer, row.item].join(' '));
	expect(new Set(keys).size).toBe(DAYS * LINES_A_DAY);
	expect(data.map(({ day }) => day)).toEqual(data.map(({ day }) => day).sort());
	expect(data.every(({ sheets, n5 }) => sheets === '12' && n5 === '12')).toBe(true);
});

// PostgreSQL in this process has one connection, so it has one moment only; a server is asked in tests/faults/postgres.test.ts.
test.runIf(engine === 'sqlite')(
	'a release during an export waits for nothing and is in none of its pages',
	async () => {
		const db = await aYear();
		const days = await readReleasedDays(db, EVERYTHING, async (pages) => {
			const seen: string[] = [];
			for await (const page of pages) {
				if (seen.length === 0) await releaseDays(db, '2026-12-30', 1);
				seen.push(...page.map(({ day }) => day));
			}
			return seen;
		});
		expect(days).toHaveLength(DAYS * LINES_A_DAY);
		const after = await readReleasedDays(db, EVERYTHING, (pages) => Array.fromAsync(pages));
		expect(after.flat()).toHaveLength((DAYS + 1) * LINES_A_DAY);
	}
);
