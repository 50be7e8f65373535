import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { linkOldLines } from '../../src/lib/server/account/audit/writes.ts';
import { auditHash } from '../../src/lib/server/account/audit/reads.ts';
import { readGrants } from '../../src/lib/server/account/reads.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { like } from 'drizzle-orm';
import { marginCounts, settledSheets } from '../../src/lib/server/db/schema/margin.ts';
import { dailyCounts, monthlyCounts } from '../../src/lib/server/db/schema/report.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { openSqlite } from '../../src/lib/server/db/sqlite.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { openEmptyDatabase } from '../factories/postgres-database.ts';
import { SERVER } from '../factories/postgres-server.ts';

/** The migrations up to a place in the journal, as an older release had them. */
function releaseWith(migrations: number): string {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-release-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	cpSync('drizzle', folder, { recursive: true });
	for (const dialect of ['sqlite', 'postgres']) {
		const path = join(folder, dialect, 'meta/_journal.json');
		const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: unknown[] };
		writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, migrations) }));
	}
	return folder;
}

/** Somebody and two audit lines of theirs, as the first release wrote them. */
const OLD_ROWS = [
	`insert into user_account (id, organization_id, login, name, role, password_hash) values ('u1', 'w1', 'lan', 'Lan', 'leader', '')`,
	`insert into audit_line (id, organization_id, at, actor_id, action, object, detail) values ('b', 'w1', 2, 'u1', 'duty-ended', 'd1', 'sau')`,
	`insert into audit_line (id, organization_id, at, actor_id, action, object, detail) values ('a', 'w1', 1, 'u1', 'duty-added', 'd1', 'trước')`
];

async function openAt(migrations: number): Promise<{ db: Db; update: () => Promise<void> }> {
	const old = releaseWith(migrations);
	if (engine === 'sqlite') {
		const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-'));
		const db = openSqlite(`${folder}/test.db`);
		onTestFinished(async () => {
			await db.store.close();
			rmSync(folder, { recursive: true });
		});
		await db.store.migrate(old);
		return { db, update: () => db.store.migrate('drizzle') };
	}
	const server = process.env[SERVER];
	if (server) {
		const db = await openEmptyDatabase(server);
		onTestFinished(() => db.store.close());
		await db.store.migrate(old);
		return { db, update: () => db.store.migrate('drizzle') };
	}
	const { PGlite } = await import('@electric-sql/pglite');
	const { drizzle } = await import('drizzle-orm/pglite');
	const { migrate } = await import('drizzle-orm/pglite/migrator');
	const client = new PGlite();
	onTestFinished(() => client.close());
	const queries = drizzle(client);
	await migrate(queries, { migrationsFolder: `${old}/postgres` });
	const transaction = (work: (tx: unknown, connection: unknown) => Promise<unknown>) =>
		work(queries, {
			engine: 'postgres',
			query: async (text: string, values: unknown[]) => (await client.query(text, values)).rows
		});
	const db = Object.assign(queries, { store: { transaction } }) as unknown as Db;
	return { db, update: () => migrate(queries, { migrationsFolder: 'drizzle/postgres' }) };
}

test('an update keeps what people may do and every audit line, and links the old lines to a chain', async () => {
	const { db, update } = await openAt(1);
	for (const row of OLD_ROWS) await change(db, row);
	await update();
	expect(await readGrants(db, 'u1')).toEqual([{ role: 'leader', organizationId: 'w1', siteId: '' }]);
	await linkOldLines(db);
	const lines = await db.select().from(auditLines).orderBy(auditLines.seq);
	expect(lines.map(({ seq, detail }) => [seq, detail])).toEqual([
		[1, 'trước'],
		[2, 'sau']
	]);
	for (const [i, { hash, ...line }] of lines.entries()) {
		expect(hash).toBe(auditHash(line));
		expect(line.previous).toBe(i === 0 ? '' : lines[i - 1].hash);
	}
	await expect(change(db, `update audit_entry set detail = 'khác' where seq = 1`)).rejects.toThrow();
	await expect(change(db, `delete from audit_entry where seq = 2`)).rejects.toThrow();
	expect(await db.select().from(auditLines).orderBy(auditLines.seq)).toEqual(lines);
});

test('an update counts the reasons of sheets that came before reasons were counted', async () => {
	const { db, update } = await openAt(4);
	const place = `'2026-11-02', 'morning', 'terminal', 's1', 'q1', 'f1', 'o1', 'SIPAS5-v1', 'vi', '11111'`;
	const sheet = (id: string, reasons: string, flags: string) =>
		change(
			db,
			`insert into sheet (organization_id, id, day, shift, channel, site_id, counter_id, field_id, officer_id, version_id, locale, answers, reasons, digest, flags)
			values ('w1', '${id}', ${place}, '${reasons}', '', '${flags}')`
		);
	await sheet('a', 'R01,R09', '');
	await sheet('b', 'R09', 'repeat,clock-past');
	await sheet('c', 'R09', 'repeat,replaced');
	await sheet('d', 'X01', '');
	await sheet('e', '', '');
	await update();
	const rows = await db.select().from(dailyCounts).where(like(dailyCounts.itemId, 'reason:%'));
	const told = rows.map(({ itemId, counted, sheets, pending, rSheets }) =>
		[itemId, counted, sheets, pending, rSheets].join(' ')
	);
	expect(told.sort()).toEqual(['reason:R01 1 1 1 0', 'reason:R09 0 1 0 0', 'reason:R09 1 2 1 0']);
});

test('an update adds up every month of what was released, whatever stood there of it', async () => {
	const { db, update } = await openAt(12);
	const cut = `'terminal', 's1', 'q1', 'f1', 'o1', 'PV'`;
	const released = (day: string, n5: number) =>
		change(db, `insert into released_count values ('w1', 'SIPAS5-v1', '${day}', ${cut}, 1, 0, 0, 0, ${n5}, 0, 0)`);
	for (const [day, n5] of [
		['2026-10-01', 9],
		['2026-10-31', 19],
		['2026-11-02', 11]
	] as const)
		await released(day, n5);
	// October was folded before its last block came, and is out of date.
	await change(db, `insert into monthly_count values ('w1', 'SIPAS5-v1', '2026-10', ${cut}, 1, 0, 0, 0, 9, 0, 0)`);
	await update();
	const months = await db.select().from(monthlyCounts).orderBy(monthlyCounts.month);
	expect(months.map(({ month, n1, n5 }) => [month, n1, n5])).toEqual([
		['2026-10', 2, 28],
		['2026-11', 1, 11]
	]);
});

test('an update adds up by one side what was released, says whose it is, and what is settled', async () => {
	const { db, update } = await openAt(14);
	const cut = (counter: string, officer: string) => `'terminal', 's1', '${counter}', 'f1', '${officer}'`;
	const at = async (day: string, counter: string, officer: string, n5: number) => {
		const [place, figures] = [`${cut(counter, officer)}, 'PV'`, `0, 0, 0, 0, ${n5}, 0, 0`];
		await change(db, `insert into released_count values ('w1', 'SIPAS5-v1', '${day}', ${place}, ${figures})`);
		const month = `'${day.slice(0, 7)}', ${place}, ${figures}`;
		await change(db, `insert into monthly_count values ('w1', 'SIPAS5-v1', ${month})`);
	};
	await at('2026-10-30', 'q1', 'o1', 10);
	await at('2026-10-30', 'q1', 'O2', 20);
	await at('2026-10-31', 'q2', 'o1', 40);
	await at('2026-11-02', 'q2', 'o1', 80);
	const daily = (item: string, counted: number, sheets: number, released: number) =>
		change(
			db,
			`insert into daily_count values ('w1', '2026-10-30', ${cut('q1', 'o1')}, 'SIPAS5-v1', '${item}', ${counted},
				0, 0, 0, 0, 0, 0, ${sheets}, 0, 0, 0, 0, 0, 0, ${released}, ${counted})`
		);
	await daily('', 1, 12, 10);
	await daily('', 0, 3, 0);
	await daily('flag:repeat', 1, 2, 1);
	await daily('PV', 1, 0, 0);
	await update();
	const told = (await db.select().from(marginCounts)).map(({ side, period, place, itemId, onlyOfficer, n5 }) =>
		[side, period, place, itemId, onlyOfficer, n5].join(' ')
	);
	expect(told.sort()).toEqual(
		[
			['all 2026-10-30  PV  30', 'all 2026-10-31  PV o1 40', 'all 2026-11-02  PV o1 80'],
			['all 2026-10  PV  70', 'all 2026-11  PV o1 80', 'site 2026-10 s1 PV  70', 'site 2026-11 s1 PV o1 80'],
			['counter 2026-10 q1 PV  30', 'counter 2026-10 q2 PV o1 40', 'counter 2026-11 q2 PV o1 80'],
			['field 2026-10 f1 PV  70', 'field 2026-11 f1 PV o1 80'],
			['officer 2026-10 o1 PV o1 50', 'officer 2026-10 O2 PV O2 20', 'officer 2026-11 o1 PV o1 80']
		]
			.flat()
			.sort()
	);
	const settled = (await db.select().from(settledSheets)).map(({ day, itemId, counted, sheets }) =>
		[day, itemId, counted, sheets].join(' ')
	);
	expect(settled.sort()).toEqual(['2026-10-30  0 3', '2026-10-30  1 10', '2026-10-30 flag:repeat 1 1']);
});

test('an update counts by the hour from the first month of which it knows every hour', async () => {
	const { db, update } = await openAt(16);
	const place = `'morning', 'terminal', 's1', 'q1', 'f1', 'o1', 'SIPAS5-v1', 'vi', '11111', '', '', ''`;
	for (const id of ['w1', 'w2'])
		await change(db, `insert into organization (id, kind, name) values ('${id}', 'ward', 'Phường ${id}')`);
	for (const day of ['2026-10-02', '2026-12-31'])
		await change(
			db,
			`insert into sheet (organization_id, id, day, shift, channel, site_id, counter_id, field_id, officer_id, version_id, locale, answers, reasons, digest, flags)
			values ('w1', '${day}', '${day}', ${place})`
		);
	await update();
	const since = await db.select({ id: organizations.id, since: organizations.hoursSince }).from(organizations);
	expect(since.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
		{ id: 'w1', since: '2027-01' },
		{ id: 'w2', since: '' }
	]);
});

function change(db: Db, statement: string): Promise<void> {
	return db.store.transaction(async (_, connection) => {
		if (connection.engine === 'sqlite') connection.client.exec(statement);
		else await connection.query(statement, []);
	});
}
