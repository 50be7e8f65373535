import { randomUUID } from 'node:crypto';
import { eq, getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import type { Move } from '../../src/lib/domain/casework/case.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/domain/shared/time.ts';
import { moveCase } from '../../src/lib/server/casework/cases/writes.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { readRequest } from '../../src/lib/server/casework/request/reads.ts';
import { openRequest } from '../../src/lib/server/casework/request/sealing.ts';
import { forgetRequests, keepRequest, noteOpening } from '../../src/lib/server/casework/request/writes.ts';
import { connectionOf, type Db } from '../../src/lib/server/db/db.ts';
import * as accountTables from '../../src/lib/server/db/schema/account.ts';
import * as caseTables from '../../src/lib/server/db/schema/casework.ts';
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
const { cases, caseSteps } = caseTables;

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
	expect(await db.select().from(citizenRequests)).toHaveLength(1);
	expect(await db.select().from(cases)).toHaveLength(1);
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
		...caseTables,
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
	const others = all.filter(({ table }) => table !== 'citizen_request');
	expect(requests).toHaveLength(12);
	expect(others.length).toBeGreaterThan(12);

	// What a request shares with anything but its case is its organization and its day, which it shares with every request of that day.
	const values = (row: Record<string, unknown>) => Object.values(row).filter((value) => value !== null && value !== '');
	const elsewhere = new Set(
		others
			.filter(({ table }) => !table.startsWith('citizen_case'))
			.map(({ row }) => row)
			.flatMap(values)
	);
	const shared = new Set(requests.flatMap(values).filter((value) => elsewhere.has(value)));
	expect(shared).toEqual(new Set(['w1', '2026-11-23']));
	const everything = JSON.stringify(all);
	for (const word of Object.values(WORDS)) expect(everything).not.toContain(word);

	// A table without rowids keeps its rows by key, and the key is random: their order is not that of their coming.
	const { client } = connectionOf(db) as { client?: { prepare: (sql: string) => unknown } };
	if (client) expect(() => client.prepare('select rowid from citizen_request')).toThrow(/no such column/);
	const columns = Object.keys(getTableColumns(citizenRequests));
	expect(columns).toEqual(['id', 'organizationId', 'sealed', 'day', 'state', 'doneAt']);
});

test('it opens its case, which holds none of its words and the hour at most; an accusation is for the head alone', async () => {
	const db = await freshDb();
	const [asks, accuses] = [aRequest(), aRequest({ text: 'Bị vòi vĩnh 500 nghìn ở Quầy 1.' })];
	const at = NOON + 17 * MINUTE_MS;
	for (const request of [asks, accuses]) await keepRequest(db, SECRET, request, at);
	const all = await db.select().from(cases).orderBy(cases.seq);
	expect(all).toMatchObject([
		{
			source: 'request',
			sourceId: asks.id,
			receivedAt: NOON,
			toHead: false,
			subject: 'Phản ánh, kiến nghị ngày 23/11/2026'
		},
		{ source: 'request', sourceId: accuses.id, receivedAt: NOON, toHead: true }
	]);
	const others = [all, await db.select().from(caseSteps), await db.select().from(auditLines)];
	for (const word of Object.values(WORDS)) expect(JSON.stringify(others)).not.toContain(word);
	expect(JSON.stringify(others)).not.toContain(String(at));
});

test('each opening of a request is in the log, without its sender', async () => {
	const db = await freshDb();
	const request = aRequest();
	await keepRequest(db, SECRET, request, NOON);
	const stored = (await readRequest(db, 'w1', request.id))!;
	for (let n = 0; n < 2; n++) await noteOpening(db, stored, BY);
	const lines = await db.select().from(auditLines).where(eq(auditLines.action, 'request-opened'));
	const said = { object: request.id, actorId: 'u1', detail: 'đơn gửi ngày 23/11/2026' };
	expect(lines).toMatchObject([said, said]);
	for (const word of Object.values(WORDS)) expect(JSON.stringify(lines)).not.toContain(word);
});

/** Does the deeds one after the other with the case of a request. */
async function work(db: Db, requestId: string, now: number, ...deeds: [Move, Record<string, string>][]) {
	for (const [move, entry] of deeds) {
		const [row] = await db.select().from(cases).where(eq(cases.sourceId, requestId));
		const by = { caseId: row.id, expected: row.version, actorId: 'u1', now };
		expect(await moveCase(db, by, move, entry as never)).toMatchObject({ ok: true });
	}
}
const ANSWERED: [Move, Record<string, string>][] = [
	['forward', { unit: 'Phòng Kinh tế', assigneeId: '' }],
	['answer', { text: 'Đã sửa.' }]
];

test('a request is dealt with once its case is refused, published or kept private, and no more when that is taken up again', async () => {
	const db = await freshDb();
	const [refused, answered, kept] = [aRequest(), aRequest(), aRequest()];
	for (const request of [refused, answered, kept]) await keepRequest(db, SECRET, request, NOON);
	await work(db, refused.id, NOON, ['refuse', { reason: 'unclear', text: 'Xin ghi rõ nơi.' }]);
	await work(db, answered.id, NOON, ...ANSWERED);
	await work(db, kept.id, NOON, ...ANSWERED, ['keep-private', { text: 'Việc riêng.' }]);
	const states = async () =>
		Promise.all([refused, answered, kept].map(async ({ id }) => (await readRequest(db, 'w1', id))!.state));
	expect(await states()).toEqual(['done', 'new', 'done']);
	await work(db, answered.id, NOON, ['publish', { question: 'Mái che', answer: 'Đã sửa.', looked: 'yes' }]);
	await work(db, refused.id, NOON, ['reopen', { text: 'Đã ghi rõ.' }]);
	expect(await states()).toEqual(['new', 'done', 'done']);
});

test('what was dealt with is forgotten after half a year, what waits is not', async () => {
	const db = await freshDb();
	const [waiting, done, recent] = [aRequest(), aRequest(), aRequest()];
	for (const request of [waiting, done, recent]) await keepRequest(db, SECRET, request, NOON);
	const refusal: [Move, Record<string, string>] = ['refuse', { reason: 'unclear', text: 'Xin ghi rõ.' }];
	await work(db, done.id, NOON, refusal);
	await work(db, recent.id, NOON + DAY_MS, refusal);
	await forgetRequests(db, NOON + 179 * DAY_MS);
	expect(await db.select().from(citizenRequests)).toHaveLength(3);
	await forgetRequests(db, NOON + 180 * DAY_MS);
	const left = await db.select({ id: citizenRequests.id }).from(citizenRequests);
	expect(left.map(({ id }) => id).sort()).toEqual([waiting.id, recent.id].sort());
});
