import { expect, test } from 'vitest';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { readCode } from '../../src/lib/domain/survey/code.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { forgetTickets, makeTickets } from '../../src/lib/server/survey/tickets/writes.ts';
import { aCitizen, leadsTo } from '../actors/citizen.ts';
import { everything, type StoredRow } from '../factories/everything.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

/** As many as make an order that chance does not: two orders of 24 things are alike by more than 0.8 once in some 10^5. */
const MANY = 24;
const ALIKE = 0.8;
/** What as many rows of one column have in common says nothing about one of them. */
const K = 4;

/** Citizens answer a batch of tickets, one after the other, in an order that is not that of the printing; each in a minute of its own. */
async function redeemed() {
	const serving = await aServing();
	const { db } = serving;
	await aWard(db);
	const made = await makeTickets(serving, {
		...{ id: 'batch00001', organizationId: 'w1', changedBy: 'u1', now: NOON, kind: 'sheet', name: 'Giấy hẹn' },
		...{ count: MANY, counterId: 'q2', fieldId: 'f2', officerId: '', versionId: 'SIPAS5-v1' },
		...{ day: '', shift: '', expiresOn: '2026-12-21' }
	});
	if (!made.ok) throw new Error(made.reason);
	const random = seeded(7);
	const order = made.value.codes
		.map((code) => ({ code, at: random.next() }))
		.sort((a, b) => a.at - b.at)
		.map(({ code }) => code);
	const pairs: { ticket: string; sheet: string }[] = [];
	const known = new Set<string>();
	for (const [i, code] of order.entries()) {
		const citizen = aCitizen(serving, NOON + i * 61_000);
		const form = new URLSearchParams(leadsTo(await citizen.open(code)).split('?')[1]).get('form')!;
		const answer = { 'answer.PV': String((i % 5) + 1), comment: `Ý kiến ${random.next()}` };
		expect(leadsTo(await citizen.send(form, answer))).toBe('303 /thanks/w1');
		const fresh = (await db.select({ id: sheets.id }).from(sheets)).find(({ id }) => !known.has(id))!;
		known.add(fresh.id);
		pairs.push({ ticket: serving.secret.mark('ticket', readCode(code)), sheet: fresh.id });
	}
	return { db, pairs };
}

const holds = ({ cells }: StoredRow, value: string) => Object.values(cells).includes(value);

/** What of a database leads from a ticket to the sheet that it was redeemed for. */
async function linksOf(db: Db, pairs: readonly { ticket: string; sheet: string }[]): Promise<string[]> {
	const rows = await everything(db);
	return [...new Set([...sharedValues(rows, pairs), ...sharedOrders(rows, pairs)])];
}

/** Values that a row of a ticket has in common with a row of its sheet, and with few others; rows in between lead on. */
function sharedValues(rows: readonly StoredRow[], pairs: readonly { ticket: string; sheet: string }[]): string[] {
	const name = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
	const columns = new Map<string, number>();
	const cells = rows.flatMap((row) =>
		Object.entries(row.cells)
			.filter(([column]) => column !== 'ctid')
			.map(([column, value]) => ({ row, column: `${row.table}.${column}`, value: name(value) }))
	);
	for (const { column, value } of cells) {
		const key = `${column}=${value}`;
		columns.set(key, (columns.get(key) ?? 0) + 1);
	}
	// Small figures and marks are everywhere; what is longer than that, and rare, is told.
	const telling = cells.filter(({ column, value }) => value.length > 3 && columns.get(`${column}=${value}`)! < K);
	const byRow = Map.groupBy(telling, ({ row }) => row);
	const byValue = Map.groupBy(telling, ({ value }) => value);
	const links: string[] = [];
	for (const { ticket, sheet } of pairs) {
		const seen = new Set(rows.filter((row) => holds(row, ticket)));
		const waiting = [...seen].map((row) => ({ row, by: '' }));
		for (let here = waiting.pop(); here; here = waiting.pop()) {
			if (holds(here.row, sheet)) links.push(here.by || `${here.row.table} has both`);
			for (const { value, column } of byRow.get(here.row) ?? [])
				for (const next of byValue.get(value) ?? [])
					if (!seen.has(next.row)) {
						seen.add(next.row);
						waiting.push({ row: next.row, by: `${column} = ${next.column}` });
					}
		}
	}
	return links;
}

/** Columns of tickets' rows, and the places of these rows, that go in the order in which the tickets were redeemed: sheets have come in it. */
function sharedOrders(rows: readonly StoredRow[], pairs: readonly { ticket: string; sheet: string }[]): string[] {
	const turn = new Map(pairs.map(({ ticket }, i) => [ticket, i]));
	const own = rows.flatMap((row) => {
		const ticket = Object.values(row.cells).find((value) => turn.has(value as string));
		return ticket === undefined ? [] : [{ row, turn: turn.get(ticket as string)! }];
	});
	const links: string[] = [];
	for (const [table, all] of Map.groupBy(own, ({ row }) => row.table)) {
		const inTurn = all.sort((a, b) => a.turn - b.turn).map(({ row }) => row);
		const columns = Object.keys(inTurn[0].cells);
		for (const column of columns)
			if (Math.abs(likeness(inTurn.map((row) => row.cells[column]))) > ALIKE) links.push(`order of ${table}.${column}`);
		if (Math.abs(likeness(inTurn.map((row) => row.place))) > ALIKE) links.push(`order of the rows of ${table}`);
	}
	return links;
}

/** Spearman's: how much values go in the order in which they stand here; 0 where all are the same. */
function likeness(values: readonly unknown[]): number {
	const numbers = (value: unknown) => (String(value).match(/\d+/g) ?? []).map(Number);
	const compare = (a: unknown, b: unknown) => {
		const [left, right] = /^[\d(),]+$/.test(String(a)) ? [numbers(a), numbers(b)] : [[a], [b]];
		const differs = left.findIndex((part, i) => part !== right[i]);
		return differs < 0 ? 0 : left[differs]! < right[differs]! ? -1 : 1;
	};
	if (new Set(values.map(String)).size < values.length / 2) return 0;
	const ranked = values.map((value, i) => ({ value, i })).sort((a, b) => compare(a.value, b.value));
	const n = values.length;
	return 1 - (6 * ranked.reduce((sum, { i }, rank) => sum + (rank - i) ** 2, 0)) / (n * (n * n - 1));
}

test('nothing in the database leads from a used ticket to its sheet', { timeout: 120_000 }, async () => {
	const { db, pairs } = await redeemed();
	// PostgreSQL knows which transaction wrote a row last, and where, until the night writes all used tickets anew at once.
	if (engine === 'sqlite') expect(await linksOf(db, pairs)).toEqual([]);
	else expect(await linksOf(db, pairs)).toContain('ticket.xmin = sheet.xmin');
	await forgetTickets(db, NOON + DAY_MS);
	expect(await linksOf(db, pairs)).toEqual([]);

	// What would lead there is found, whatever it is called and wherever it stands.
	const each = (statement: (pair: { ticket: string; sheet: string }, i: number) => string) =>
		pairs.map(statement).join(';');
	const planted: [RegExp, string][] = [
		[
			/ticket\.noted = sheet\./,
			`alter table ticket add column noted text; ${each(({ ticket, sheet }) => `update ticket set noted = '${sheet}' where hash = '${ticket}'`)}`
		],
		[
			/order of ticket\.used_at/,
			`alter table ticket add column used_at bigint; ${each(({ ticket }, i) => `update ticket set used_at = ${NOON + i * 60_500} where hash = '${ticket}'`)}`
		],
		[
			/between_them has both|between_them\./,
			`create table between_them (one text, other text); ${each(({ ticket, sheet }) => `insert into between_them values ('${ticket}', '${sheet}')`)}`
		],
		[
			/order of the rows of journal/,
			`create table journal (hash text); ${each(({ ticket }) => `insert into journal values ('${ticket}')`)}`
		]
	];
	for (const [found, statements] of planted) {
		await run(db, statements);
		expect(await linksOf(db, pairs)).toContainEqual(expect.stringMatching(found));
	}
});

function run(db: Db, statements: string): Promise<void> {
	return db.store.transaction(async (_, connection) => {
		for (const statement of statements.split(';'))
			if (connection.engine === 'sqlite') connection.client.exec(statement);
			else await connection.query(statement, []);
	});
}
