import { expect, test } from 'vitest';
import { aWard } from '../../../../../tests/factories/place.ts';
import { aServing } from '../../../../../tests/factories/serving.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { DAY_MS } from '../../../domain/shared/time.ts';
import { isTicketCode, showCode } from '../../../domain/survey/code.ts';
import { commit } from '../../db/db.ts';
import { auditLines } from '../../db/schema/account.ts';
import { ticketBatches, tickets } from '../../db/schema/survey.ts';
import { readTicket } from './reads.ts';
import { forgetTickets, makeTickets, newTicketCode, type NewBatch } from './writes.ts';

const A_BATCH: NewBatch = {
	organizationId: 'w1',
	changedBy: 'u1',
	now: NOON,
	id: 'batch00001',
	kind: 'sheet',
	name: 'Giấy hẹn tháng 12',
	count: 3,
	counterId: 'q1',
	fieldId: 'f1',
	officerId: '',
	versionId: 'SIPAS5-v1',
	day: '',
	shift: '',
	expiresOn: '2027-02-21'
};

async function aBatch(overrides: Partial<NewBatch> = {}) {
	const serving = await aServing();
	await aWard(serving.db);
	const made = await makeTickets(serving, { ...A_BATCH, ...overrides });
	if (!made.ok) throw new Error(made.reason);
	return { serving, ...made.value };
}

test('a code opens its ticket however it is typed, until its last day is over', async () => {
	const { serving, codes } = await aBatch();
	const [code] = codes;
	for (const typed of [code, showCode(code), ` ${showCode(code).toLowerCase().replaceAll('0', 'o')} `])
		expect(await readTicket(serving, typed, NOON)).toMatchObject({ problem: null, ticket: { counterId: 'q1' } });
	const lastNoon = NOON + 90 * DAY_MS;
	expect((await readTicket(serving, code, lastNoon)).problem).toBe(null);
	expect(await readTicket(serving, code, lastNoon + DAY_MS)).toEqual({ ticket: null, problem: 'ticket-expired' });
});

test('what was mistyped, guessed or pasted by mistake opens nothing', async () => {
	const { serving, codes } = await aBatch();
	const other = codes[0].startsWith('7') ? '8' : '7';
	for (const typed of ['', 'k7m29qxd', other + codes[0].slice(1), '\0', 'x'.repeat(100_000), codes[0] + codes[1]])
		expect(await readTicket(serving, typed, NOON)).toEqual({ ticket: null, problem: 'ticket-unknown' });
});

test('a code that is right in itself opens only the ticket of its own installation', async () => {
	const [here, elsewhere] = [await aBatch(), newTicketCode(() => crypto.getRandomValues(new Uint8Array(8)))];
	expect(isTicketCode(elsewhere)).toBe(true);
	expect((await readTicket(here.serving, elsewhere, NOON)).problem).toBe('ticket-unknown');
});

test.each([
	['used', 'ticket-used'],
	['void', 'ticket-void']
] as const)('a ticket that is %s says so and shows nothing', async (state, problem) => {
	const { serving, codes } = await aBatch();
	await commit(serving.db, (tx) => tx.update(tickets).set({ state }));
	expect(await readTicket(serving, codes[0], NOON)).toEqual({ ticket: null, problem });
});

test('the codes are only in the answer: not in a table, not in the log', async () => {
	const { serving, codes } = await aBatch();
	const { db } = serving;
	const kept = JSON.stringify([
		await db.select().from(tickets),
		await db.select().from(ticketBatches),
		await db.select().from(auditLines)
	]).toLowerCase();
	for (const code of codes)
		expect([kept.includes(code), kept.includes(showCode(code).toLowerCase())]).not.toContain(true);
	expect(kept).toContain('3 mã, quầy 1, hộ tịch, hết hạn 21/02/2027');
});

test('five thousand at once are five thousand different codes that anybody can type', async () => {
	const { serving, codes } = await aBatch({ count: 5000 });
	expect(new Set(codes).size).toBe(5000);
	expect(codes.filter((code) => !/^[0-9a-z]{13}$/.test(code) || !isTicketCode(code))).toEqual([]);
	expect(await serving.db.select({ hash: tickets.hash }).from(tickets)).toHaveLength(5000);
});

test.each([
	['counter-unknown', { counterId: 'w2-q1' }],
	['counter-unknown', { counterId: '' }],
	['field-unknown', { fieldId: 'w2-f1' }],
	['officer-unknown', { officerId: 'w2-o1' }]
])('a ward makes no tickets for what is another ward’s: %s', async (reason, overrides) => {
	const serving = await aServing();
	await aWard(serving.db);
	await aWard(serving.db, 'w2');
	expect(await makeTickets(serving, { ...A_BATCH, ...overrides })).toEqual({ ok: false, reason });
	expect(await serving.db.select().from(tickets)).toEqual([]);
});

test('a ticket is forgotten sixty days after its last day, with its batch', async () => {
	const { serving, codes } = await aBatch();
	const lastNoon = NOON + 90 * DAY_MS;
	await forgetTickets(serving.db, lastNoon + 60 * DAY_MS);
	expect((await readTicket(serving, codes[0], lastNoon + 60 * DAY_MS)).problem).toBe('ticket-expired');
	await forgetTickets(serving.db, lastNoon + 61 * DAY_MS);
	expect((await readTicket(serving, codes[0], lastNoon)).problem).toBe('ticket-unknown');
	expect([await serving.db.select().from(tickets), await serving.db.select().from(ticketBatches)]).toEqual([[], []]);
});
