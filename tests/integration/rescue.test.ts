import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { quarantine, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import { readTerminalHealth } from '../../src/lib/server/terminal/reads.ts';
import { closeRescue, openRescue } from '../../src/lib/server/terminal/upkeep/writes.ts';
import { revokeTerminal } from '../../src/lib/server/terminal/writes.ts';
import { rescueOnce } from '../../terminals/app/rescue.ts';
import { MemoryStore } from '../../terminals/simulator/store.ts';
import { aPairedTablet, CONFIGURATION, HEARTBEAT, heartbeat } from '../actors/paired-tablet.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const RESCUE = '/api/v1/terminals/rescue';
const SUBMISSIONS = '/api/v1/submissions';

/** A tablet that stored sheets 1..10, was revoked, and holds 11..60. */
async function aRevokedTablet() {
	const paired = await aPairedTablet();
	const { tablet, db } = paired;
	const made = Array.from({ length: 60 }, (_, i) => aSheet({ sequence: i + 1 }));
	await tablet.call('POST', SUBMISSIONS, { sheets: made.slice(0, 10) }, NOON);
	await tablet.call('POST', HEARTBEAT, heartbeat({ made: 60, queued: 50 }), NOON);
	const ids = { organizationId: 'w1', terminalId: tablet.terminalId };
	await revokeTerminal(db, { ...ids, reason: 'mất máy', revokedBy: 'u1', now: NOON });
	const open = (now = NOON) => openRescue(db, { ...ids, reason: 'đã tìm lại được máy', by: 'u1', now });
	const close = (now = NOON) => closeRescue(db, { ...ids, by: 'u1', now });
	const report = async () => (await readTerminalHealth(db, 'w1', NOON)).find(({ id }) => id === tablet.terminalId)!;
	const send = (list: unknown[], now = NOON) =>
		tablet.call('POST', RESCUE, { made: 60, queued: 50, sheets: list }, now);
	return { ...paired, made, queue: made.slice(10), open, close, report, send };
}

test('fifty sheets of a revoked tablet all come into quarantine, none is counted, and the tablet is empty', async () => {
	const { tablet, db, queue, open, report } = await aRevokedTablet();
	const store = new MemoryStore();
	for (const sheet of queue) store.add(sheet);
	const before = await db.select().from(dailyCounts);
	const step = () =>
		rescueOnce(
			store,
			async () => ({ made: 60, queued: store.waiting }),
			async (body) => {
				const { status, value } = await tablet.call('POST', RESCUE, body, NOON);
				return { status, code: '', value, retryAfter: null };
			},
			Math.random
		);
	expect(await step()).toMatchObject({ outcome: 'kept', status: 403 });
	expect(store.waiting).toBe(50);
	expect(await db.select().from(quarantine)).toEqual([]);

	expect(await open()).toMatchObject({ ok: true });
	expect(await step()).toMatchObject({ outcome: 'sent', stored: 50, refused: 0, more: false });
	expect([store.waiting, store.confirmed.length]).toEqual([0, 50]);
	const waiting = await db.select().from(quarantine);
	expect(waiting).toHaveLength(50);
	expect(new Set(waiting.map(({ code, state }) => `${code} ${state}`))).toEqual(new Set(['rescued waiting']));
	expect(waiting.map(({ body }) => body).sort()).toEqual(queue.map((sheet) => JSON.stringify(sheet)).sort());
	expect(await db.select().from(sheets)).toHaveLength(10);
	expect(await db.select().from(dailyCounts)).toEqual(before);
	expect(await report()).toMatchObject({ made: 60, received: 60, missing: 0, queued: 0, gaps: [], quarantined: 50 });
});

test('a revoked tablet without an open window is refused as before, and after a day it is closed again', async () => {
	const { tablet, open, close, queue, send } = await aRevokedTablet();
	const state = (now: number) => tablet.call('GET', RESCUE, undefined, now);
	const refused = { status: 403, value: { code: 'terminal-revoked' } };
	expect(await state(NOON)).toMatchObject(refused);
	expect(await send(queue.slice(0, 1))).toMatchObject(refused);
	await open();
	expect(await state(NOON + DAY_MS - 1)).toMatchObject({
		status: 200,
		value: { until: new Date(NOON + DAY_MS).toISOString() }
	});
	for (const [method, path, body] of [
		['GET', CONFIGURATION, undefined],
		['POST', HEARTBEAT, heartbeat()],
		['POST', SUBMISSIONS, { sheets: queue.slice(0, 1) }]
	] as const) {
		expect(await tablet.call(method, path, body, NOON)).toMatchObject(refused);
	}
	expect(await state(NOON + DAY_MS)).toMatchObject(refused);
	expect(await send(queue, NOON + DAY_MS)).toMatchObject(refused);
	expect(await close(NOON + HOUR_MS)).toMatchObject({ ok: true });
	expect(await close(NOON + HOUR_MS)).toMatchObject({ ok: false });
	expect(await send(queue, NOON + HOUR_MS)).toMatchObject(refused);
});

test('what is sent again changes nothing: not the quarantine, not the numbers, not what is missing', async () => {
	const { db, queue, open, report, send } = await aRevokedTablet();
	await open();
	await send(queue.slice(0, 30));
	const [lines, said] = [await db.select().from(quarantine), await report()];
	expect(said).toMatchObject({ received: 40, queued: 20, missing: 0 });
	const again = await send(queue.slice(0, 30), NOON + HOUR_MS);
	expect(again.value).toHaveLength(30);
	expect(again.value).toContainEqual({ id: queue[0].id, status: 'quarantined', code: 'rescued' });
	expect(await db.select().from(quarantine)).toEqual(lines);
	expect(await report()).toMatchObject({ received: 40, queued: 20, missing: 0, quarantined: 30 });
});

test('a tablet that holds less than it once said shows what was lost, and a late repeat does not hide it', async () => {
	const { tablet, queue, open, report } = await aRevokedTablet();
	await open();
	const half = (queued: number, list: unknown[]) =>
		tablet.call('POST', RESCUE, { made: 60, queued, sheets: list }, NOON);
	await half(40, queue.slice(0, 20));
	await half(20, queue.slice(20, 40));
	expect(await report()).toMatchObject({ made: 60, received: 50, queued: 0, missing: 10, gaps: [[51, 60]] });
	await half(40, queue.slice(0, 20));
	expect(await report()).toMatchObject({ received: 50, queued: 0, missing: 10 });
});

test('what had come before the tablet was revoked is not doubled, stored or quarantined', async () => {
	const { tablet, db, made, open, report, send } = await aRevokedTablet();
	await open();
	const answer = await send([...made.slice(8, 10), { ...made[9], locale: 'en' }, 'không phải phiếu']);
	expect((answer.value as unknown as { status: string }[]).map(({ status }) => status)).toEqual([
		...['duplicate', 'duplicate'],
		...['quarantined', 'quarantined']
	]);
	expect(await db.select().from(quarantine)).toHaveLength(2);
	expect(await report()).toMatchObject({ received: 10, quarantined: 2 });
	expect(await db.select().from(sheets)).toHaveLength(10);
	expect((await tablet.call('POST', RESCUE, { made: 60, queued: 0, sheets: [] }, NOON)).value).toEqual([]);
	expect(await report()).toMatchObject({ queued: 0, missing: 50 });
});

test('a tablet at work is told to send as usual, and a malformed rescue is a coded answer', async () => {
	const { tablet } = await aPairedTablet();
	const working = { status: 409, value: { code: 'terminal-active' } };
	expect(await tablet.call('GET', RESCUE, undefined, NOON)).toMatchObject(working);
	expect(await tablet.call('POST', RESCUE, { made: 1, queued: 1, sheets: [aSheet()] }, NOON)).toMatchObject(working);
	const { tablet: revoked, db, open, send } = await aRevokedTablet();
	await open();
	for (const body of [{}, { made: 1, queued: 1 }, { made: -1, queued: 1, sheets: [] }, { sheets: [] }])
		expect((await revoked.call('POST', RESCUE, body, NOON)).value).toMatchObject({ code: 'body-malformed' });
	expect((await send(Array.from({ length: 501 }, () => 1))).value).toMatchObject({ code: 'too-many-sheets' });
	expect(await db.select().from(quarantine)).toEqual([]);
});

test('only a revoked tablet of the same organization can be rescued, and the log says who and why', async () => {
	const { tablet, db, open } = await aRevokedTablet();
	const ids = { terminalId: tablet.terminalId, reason: 'x', by: 'u1', now: NOON };
	expect(await openRescue(db, { organizationId: 'w2', ...ids })).toEqual({ ok: false, reason: 'terminal-unknown' });
	expect(await openRescue(db, { organizationId: 'w1', ...ids, terminalId: 't1' })).toEqual({
		ok: false,
		reason: 'terminal-active'
	});
	await open();
	expect(await readAuditLines(db, 'w1', 1)).toMatchObject([
		{ action: 'terminal-rescue-opened', reason: 'đã tìm lại được máy', object: tablet.terminalId }
	]);
});
