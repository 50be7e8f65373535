import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import type { ChainHead } from '../../domain/account/chain.ts';

export type RowCounts = Map<string, number>;

/** What a file holds, read through to the end. */
export interface Content {
	rows: RowCounts;
	heads: ChainHead[];
	/** SHA-256 over every count that reports stand on; two databases with the same one show the same figures. */
	fingerprint: string;
}

/** Every table of counts; those that an older schema does not have yet are left out. */
const COUNTS = [
	'daily_count',
	'released_count',
	'monthly_count',
	'margin_count',
	'settled_sheet',
	'served_count',
	'begun_count',
	'hour_count'
];

/** What a file holds in which nothing is broken; null where something is. */
export function readWhole(path: string): Content | null {
	let client: Database.Database | undefined;
	try {
		client = new Database(path, { readonly: true });
		client.pragma('cell_size_check = ON');
		if (client.pragma('integrity_check', { simple: true }) !== 'ok') return null;
		return { rows: countRows(client), heads: readHeads(client), fingerprint: fingerprintOf(client) };
	} catch (problem) {
		if (problem instanceof Database.SqliteError) return null;
		throw problem;
	} finally {
		client?.close();
	}
}

/** The fingerprint of the counts of a database that may be open elsewhere. */
export function readFingerprint(path: string): string {
	const client = new Database(path, { readonly: true, timeout: 5_000 });
	try {
		return fingerprintOf(client);
	} finally {
		client.close();
	}
}

export function countRows(client: Database.Database): RowCounts {
	return new Map(
		tablesOf(client).map((name) => [
			name,
			client
				.prepare(`select count(*) from ${quoted(name)}`)
				.pluck()
				.get() as number
		])
	);
}

/** The last line of every chain of the audit log; none in a file from before there was one. */
export function readHeads(client: Database.Database): ChainHead[] {
	if (!tablesOf(client).includes('audit_entry')) return [];
	const heads = client.prepare(
		`select organization_id as organizationId, seq, hash from audit_entry as line
		where hash <> '' and seq = (select max(seq) from audit_entry where organization_id = line.organization_id)`
	);
	return heads.all() as ChainHead[];
}

/** The hash of one line of a chain; undefined where there is no such line. */
export function readHash(client: Database.Database, { organizationId, seq }: Omit<ChainHead, 'hash'>) {
	const line = client.prepare('select hash from audit_entry where organization_id = ? and seq = ?').pluck();
	return line.get(organizationId, seq) as string | undefined;
}

function fingerprintOf(client: Database.Database): string {
	const hash = createHash('sha256');
	const tables = tablesOf(client);
	for (const table of COUNTS.filter((name) => tables.includes(name))) {
		const columns = client.pragma(`table_info(${quoted(table)})`) as { name: string; pk: number }[];
		const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
		const order = (key.length > 0 ? key : columns).map(({ name }) => quoted(name)).join(', ');
		hash.update(`${table}\n`);
		const rows = client
			.prepare(`select * from ${quoted(table)} order by ${order}`)
			.raw()
			.iterate();
		for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
	}
	return hash.digest('hex');
}

function tablesOf(client: Database.Database): string[] {
	return client
		.prepare(
			`select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`
		)
		.pluck()
		.all() as string[];
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
