import { randomUUID } from 'node:crypto';
import { getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { countRequests, readRequest, readRequests } from '../../src/lib/server/casework/request/reads.ts';
import { openRequest } from '../../src/lib/server/casework/request/sealing.ts';
import { forgetRequests, keepRequest, markRequest, noteOpening } from '../../src/lib/server/casework/request/writes.ts';
import { connectionOf, type Db } from '../../src/lib/server/db/db.ts';
import * as accountTables from '../../src/lib/server/db/schema/account.ts';
import * as placeTables from '../../src/lib/server/db/schema/place.ts';
import * as reportTables from '../../src/lib/server/db/schema/report.ts';
import * as submissionTables from '../../src/lib/server/db/schema/submission.ts';
import * as surveyTables from '../../src/lib/server/db/schema/survey.ts';
import * as terminalTables from '../../src/lib/server/db/schema/terminal.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const SECRET = secretFrom('a-key-for-tests-of-thirty-two-signs');
const WORDS = {
	name: 'Nguyễn Thị Thử Nghiệm',
	address: 'Tổ 3, đường Không Có Thật',
	phone: '0900000000',
	text: 'Xin sửa mái che trước Quầy 1.'
};
const aRequest = (overrides: Partial<typeof WORDS & { id: string; organizationId: string }> = {}) => ({
	id: newId(),
	organizationId: 'w1',
	...WORDS,
	...overrides
});
const BY = { organizationId: 'w1', actorId: 'u1', now: NOON };
const { citizenRequests } = surveyTables;
const { auditLines } = accountTables;

test('a form sent twice is one request, and one sent with other words changes nothing', async () => {
	const db = await freshDb();
	const request = aRequest();
	expect(await keepRequest(db, SECRET, request, NOON)).toEqual({ ok: true, value: 'kept' });
	expect(await keepRequest(db, SECRET, request, NOON + DAY_MS)).toEqual({ ok: true, value: 'duplicate' });
	const otherwise = { ok: false, reason: 'sent-otherwise' };
	expect(await keepRequest(db, SECRET, { ...request, text: 'Khác' }, NOON)).toEqual(otherwise);
	expect(await keepRequest(db, SECRET, { ...request, organizationId: 'w2' }, NOON)).toEqual(otherwise);
	const [row, ...others] = await db.select().from(citizenRequests);
	expect(others).toEqual([]);
	expect(row).toMatchObject({ organizationId: 'w1', day: '2026-11-23', state: 'new', doneAt: null });
	expect(openRequest(SECRET, row)).toEqual(WORDS);
});

test('of fifty sendings of one form at once, one is kept', async () => {
	const db = await freshDb();
	const request = aRequest();
	const kept = await Promise.all(Array.from({ length: 50 }, () => keepRequest(db, SECRET, request, NOON)));
	expect(kept.filter((one) => one.ok && one.value === 'kept')).toHaveLength(1);
	expect(await countRequests(db, 'w1', 'new')).toBe(1);
});

test('what is sealed is read by nobody without the secret, nor in another place than its own', async () => {
	const db = await freshDb();
	const request = aRequest();
	await keepRequest(db, SECRET, request, NOON);
	const row = (await readRequest(db, 'w1', request.id))!;
	expect(openRequest(secretFrom('another-key-for-tests-of-thirty-two'), row)).toBeNull();
	expect(openRequest(SECRET, { ...row, organizationId: 'w2' })).toBeNull();
	expect(openRequest(SECRET, { ...row, id: newId() })).toBeNull();
	expect(await readRequest(db, 'w2', request.id)).toBeUndefined();
});

/** Every row of every table of the product, with the name of its table. */
async function everyRow(db: Db): Promise<{ table: string; row: Record<string, unknown> }[]> {
	const tables = Object.values({
		...accountTables,
		...placeTables,
		...reportTables,
		...submissionTables,
		...surveyTables,
		...terminalTables
	}).filter((one) => is(one, Table)) as SQLiteTable[];
	expect(tables.length).toBeGreaterThan(25);
	const rows = await Promise.all(
		tables.map(async (table) => (await db.select().from(table)).map((row) => ({ table: getTableName(table), row })))
	);
	return rows.flat();
}

test('nothing that is stored leads from a request to a sheet: no word, no id, no time, no order', async () => {
	const db = await freshDb();
	await aWard(db);
	const ids: string[] = [];
	for (let n = 0; n < 12; n++) {
		// Each citizen answers and asks in the same minute, the one after the other.
		const sheet = {
			...{ id: randomUUID(), organizationId: 'w1', channel: 'poster' as const, versionId: 'SIPAS5-v1', locale: 'vi' },
			...{ answers: [{ itemId: 'PV', value: 4 }], reasons: [], comment: null, bands: '', flags: [], ticketHash: null },
			...{ place: { siteId: 's1', counterId: '', fieldId: '', officerId: '' }, at: NOON + n }
		};
		await acceptDirect(db, [sheet], NOON + n);
		const request = aRequest();
		ids.push(request.id);
		await keepRequest(db, SECRET, request, NOON + n);
	}
	const all = await everyRow(db);
	const requests = all.filter(({ table }) => table === 'citizen_request').map(({ row }) => row);
	const others = all.filter(({ table }) => table !== 'citizen_request').map(({ row }) => row);
	expect(requests).toHaveLength(12);
	expect(others.length).toBeGreaterThan(12);

	// What a request shares with anything else is its organization and its day, which it shares with every request of that day.
	const values = (row: Record<string, unknown>) => Object.values(row).filter((value) => value !== null && value !== '');
	const elsewhere = new Set(others.flatMap(values));
	const shared = new Set(requests.flatMap(values).filter((value) => elsewhere.has(value)));
	expect(shared).toEqual(new Set(['w1', '2026-11-23']));
	const everything = JSON.stringify(all);
	for (const word of Object.values(WORDS)) expect(everything).not.toContain(word);

	// A table without rowids keeps its rows by key, and the key is random: their order is not that of their coming.
	const { client } = connectionOf(db) as { client?: { prepare: (sql: string) => unknown } };
	if (client) expect(() => client.prepare('select rowid from citizen_request')).toThrow(/no such column/);
	const columns = Object.keys(getTableColumns(citizenRequests));
	expect(columns).toEqual(['id', 'organizationId', 'sealed', 'day', 'state', 'doneAt']);
	const listed = await readRequests(db, 'w1', 'new', { offset: 0, limit: 50 });
	expect(listed.map(({ id }) => id)).toEqual([...ids].sort());
});

test('marking is done once, by whoever has it in their organization, and both it and each opening are in the log', async () => {
	const db = await freshDb();
	const request = aRequest();
	await keepRequest(db, SECRET, request, NOON);
	const { id } = request;
	await noteOpening(db, (await readRequest(db, 'w1', id))!, BY);
	await noteOpening(db, (await readRequest(db, 'w1', id))!, BY);
	const refused = { ok: false, reason: 'changed-meanwhile' };
	expect(await markRequest(db, { ...BY, organizationId: 'w2', id, state: 'done' })).toEqual(refused);
	expect(await markRequest(db, { ...BY, id, state: 'new' })).toEqual(refused);
	expect(await markRequest(db, { ...BY, id, state: 'done' })).toMatchObject({ ok: true });
	expect(await markRequest(db, { ...BY, id, state: 'done' })).toEqual(refused);
	expect(await readRequest(db, 'w1', id)).toMatchObject({ state: 'done', doneAt: NOON });
	expect(await markRequest(db, { ...BY, id, state: 'new' })).toMatchObject({ ok: true });
	expect(await readRequest(db, 'w1', id)).toMatchObject({ state: 'new', doneAt: null });
	const lines = await db.select().from(auditLines);
	const said = { object: id, actorId: 'u1', detail: 'đơn gửi ngày 23/11/2026' };
	expect(lines).toMatchObject(
		['request-opened', 'request-opened', 'request-done', 'request-reopened'].map((action) => ({ ...said, action }))
	);
	for (const word of Object.values(WORDS)) expect(JSON.stringify(lines)).not.toContain(word);
});

test('what was dealt with is forgotten after half a year, what waits is not', async () => {
	const db = await freshDb();
	const [waiting, done, recent] = [aRequest(), aRequest(), aRequest()];
	for (const request of [waiting, done, recent]) await keepRequest(db, SECRET, request, NOON);
	await markRequest(db, { ...BY, id: done.id, state: 'done' });
	await markRequest(db, { ...BY, id: recent.id, state: 'done', now: NOON + DAY_MS });
	await forgetRequests(db, NOON + 179 * DAY_MS);
	expect(await db.select().from(citizenRequests)).toHaveLength(3);
	await forgetRequests(db, NOON + 180 * DAY_MS);
	const left = await db.select({ id: citizenRequests.id }).from(citizenRequests);
	expect(left.map(({ id }) => id).sort()).toEqual([waiting.id, recent.id].sort());
});
