import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/domain/shared/time.ts';
import { showCode } from '../../src/lib/domain/survey/code.ts';
import { VISIT_TICKET_DAYS, VISITS_AT_ONCE, VISITS_PER_DAY } from '../../src/lib/domain/survey/visit.ts';
import { commit, type Tx } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { counterFields, counters, duties, fields, officers, sites } from '../../src/lib/server/db/schema/place.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { ticketBatches, tickets } from '../../src/lib/server/db/schema/survey.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { readTicket } from '../../src/lib/server/survey/tickets/reads.ts';
import { readVisits } from '../../src/lib/server/survey/tickets/visit/reads.ts';
import { makeVisitTicket, voidVisitTicket, type NewVisit } from '../../src/lib/server/survey/tickets/visit/writes.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

/** The ward with a team that serves at home: officer o9 on duty there from 11:00 to 15:00. */
async function aHomeService() {
	const serving = await aServing();
	await aWard(serving.db);
	await aWard(serving.db, 'w2');
	const store = (work: (tx: Tx) => PromiseLike<unknown>) => commit(serving.db, async (tx) => void (await work(tx)));
	const own = { organizationId: 'w1' };
	await commit(serving.db, async (tx) => {
		await tx.insert(sites).values({ ...own, id: 's9', name: 'Tổ phục vụ tại nhà', kind: 'home' });
		await tx.insert(counters).values({ ...own, id: 'q9', siteId: 's9', number: '9', name: 'Tại nhà' });
		await tx.insert(counterFields).values({ counterId: 'q9', fieldId: 'f2' });
		await tx.insert(officers).values({ ...own, id: 'o9', name: 'Công Chức 9' });
		const hours = { startsAt: NOON - HOUR_MS, endsAt: NOON + 3 * HOUR_MS, source: 'roster' as const };
		await tx.insert(duties).values({ ...own, id: 'd9', counterId: 'q9', officerId: 'o9', ...hours });
	});
	return { serving, store };
}

let forms = 0;
const a = (change: Partial<NewVisit> = {}): NewVisit => ({
	id: `visit${String(++forms).padStart(5, '0')}`,
	organizationId: 'w1',
	changedBy: 'u9',
	officerId: 'o9',
	dutyId: 'd9',
	fieldId: 'f2',
	versionId: 'SIPAS5-v1',
	now: NOON,
	...change
});

async function make(serving: Serving, change: Partial<NewVisit> = {}): Promise<string> {
	const made = await makeVisitTicket(serving, a(change));
	if (!made.ok) throw new Error(made.reason);
	return made.value.code;
}

const answer = async ({ db, secret }: Serving, code: string, now = NOON) => {
	const [outcome] = await acceptDirect(
		db,
		[
			{
				...{ id: crypto.randomUUID(), organizationId: 'w1', channel: 'ticket' as const, at: now },
				place: { siteId: '', counterId: '', fieldId: '', officerId: '' },
				...{ versionId: 'SIPAS5-v1', locale: 'vi', reasons: [], comment: null, bands: '', flags: [] },
				answers: [{ itemId: 'PV', value: 4 }],
				ticketHash: secret.mark('ticket', code)
			}
		],
		now
	);
	return outcome;
};
const visitsOf = ({ db }: Serving, now = NOON, sites: string[] | null = null) =>
	readVisits(db, { organizationId: 'w1', officerId: 'o9', sites, now });
const lines = async ({ db }: Serving) =>
	(await db.select().from(auditLines)).filter((line) => /^visit/.test(line.action));

test('a visit’s ticket is bound to the duty that holds: officer, counter, site, day and shift are its own', async () => {
	const { serving } = await aHomeService();
	const code = await make(serving);
	const bound = {
		siteId: 's9',
		counterId: 'q9',
		fieldId: 'f2',
		officerId: 'o9',
		day: '2026-11-23',
		shift: 'afternoon'
	};
	expect(await readTicket(serving, showCode(code), NOON)).toMatchObject({
		problem: null,
		ticket: { ...bound, versionId: 'SIPAS5-v1', expiresOn: '2026-12-07', flags: '' }
	});
	expect((await readTicket(serving, code, NOON + (VISIT_TICKET_DAYS + 1) * DAY_MS)).problem).toBe('ticket-expired');
	// Answered a week later, it counts for the visit.
	await answer(serving, code, NOON + 7 * DAY_MS);
	expect(await serving.db.select().from(sheets)).toMatchObject([{ ...bound, channel: 'ticket', flags: '' }]);
});

test.each<[string, string, Partial<NewVisit>, ((tx: Tx) => PromiseLike<unknown>)?]>([
	['of a colleague', 'visit-duty-unknown', { officerId: 'o1' }],
	['that is at a counter of the centre', 'visit-duty-unknown', { officerId: 'o1', dutyId: 'd1', fieldId: 'f1' }],
	['of another ward', 'visit-duty-unknown', { officerId: 'w2-o1', dutyId: 'w2-d1', fieldId: 'w2-f1' }],
	['named to another ward', 'visit-duty-unknown', { organizationId: 'w2' }],
	['that nobody has', 'visit-duty-unknown', { dutyId: '' }],
	['before it begins', 'visit-duty-unknown', { now: NOON - HOUR_MS - 1 }],
	['after its end', 'visit-duty-unknown', { now: NOON + 3 * HOUR_MS }],
	['for a field of another counter', 'visit-field-unknown', { fieldId: 'f1' }],
	['without a field', 'visit-field-unknown', { fieldId: '' }],
	[
		'for an archived field',
		'visit-field-unknown',
		{},
		(tx) => tx.update(fields).set({ archivedAt: 1 }).where(eq(fields.id, 'f2'))
	],
	[
		'after somebody else has come',
		'visit-duty-unknown',
		{},
		(tx) =>
			tx.insert(duties).values({
				...{ id: 'd10', organizationId: 'w1', counterId: 'q9', officerId: 'o1', source: 'office' },
				startsAt: NOON - MINUTE_MS
			})
	],
	['at a closed site', 'visit-duty-unknown', {}, (tx) => tx.update(sites).set({ archivedAt: 1 })],
	['at a closed counter', 'visit-duty-unknown', {}, (tx) => tx.update(counters).set({ archivedAt: 1 })]
])('no ticket comes from a duty %s', async (_, reason, change, before) => {
	const { serving, store } = await aHomeService();
	if (before) await store(before);
	expect(await makeVisitTicket(serving, a(change))).toEqual({ ok: false, reason });
	expect([await serving.db.select().from(tickets), await lines(serving)]).toEqual([[], []]);
});

test('a form sent twenty times at once is one ticket; another officer’s with the same id is another', async () => {
	const { serving, store } = await aHomeService();
	const form = a();
	const all = await Promise.all(Array.from({ length: 20 }, () => makeVisitTicket(serving, form)));
	expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
	expect(await serving.db.select({ made: ticketBatches.made }).from(ticketBatches)).toEqual([{ made: 1 }]);
	expect(await lines(serving)).toHaveLength(1);
	await store((tx) => tx.update(duties).set({ officerId: 'o1' }).where(eq(duties.id, 'd9')));
	const other = await make(serving, { ...form, officerId: 'o1', changedBy: 'u1' });
	expect(all).not.toContainEqual(expect.objectContaining({ value: expect.objectContaining({ code: other }) }));
});

test('an officer makes twenty a day, whatever becomes of them, over all their duties, and none more at the same time', async () => {
	const { serving, store } = await aHomeService();
	const form = a();
	const first = await make(serving, form);
	await voidVisitTicket(serving, form);
	await answer(serving, await make(serving, { now: NOON + MINUTE_MS }));
	const later = { startsAt: NOON + HOUR_MS, source: 'office' as const };
	await store((tx) =>
		tx.insert(duties).values({ ...later, id: 'd10', organizationId: 'w1', counterId: 'q9', officerId: 'o9' })
	);
	const now = NOON + 2 * HOUR_MS;
	const rest = await Promise.all(
		Array.from({ length: VISITS_PER_DAY }, () => makeVisitTicket(serving, a({ dutyId: 'd10', now })))
	);
	expect(rest.filter(({ ok }) => ok)).toHaveLength(VISITS_PER_DAY - 2);
	expect(rest.filter(({ ok }) => !ok)[0]).toEqual({ ok: false, reason: 'visit-budget-spent' });
	expect(await visitsOf(serving, now)).toMatchObject({ left: 0, counts: [{ counter: 'Quầy 9 · Tại nhà', made: 20 }] });
	// What was made before is shown again; tomorrow there are new ones.
	expect(await make(serving, { ...form, now })).toBe(first);
	expect(await makeVisitTicket(serving, a({ dutyId: 'd10', now: now + DAY_MS }))).toMatchObject({ ok: true });
});

test('from the fourth within half an hour on, sheets carry the doubt of a burst and count', async () => {
	const { serving } = await aHomeService();
	const codes: string[] = [];
	for (let n = 0; n <= VISITS_AT_ONCE; n++) {
		expect((await visitsOf(serving, NOON + n * MINUTE_MS)).hurried).toBe(n === VISITS_AT_ONCE);
		codes.push(await make(serving, { now: NOON + n * MINUTE_MS }));
	}
	codes.push(await make(serving, { now: NOON + HOUR_MS }));
	for (const code of codes) expect(await answer(serving, code)).toMatchObject({ value: { status: 'stored' } });
	const stored = (await serving.db.select().from(sheets)).map(({ flags }) => flags).sort();
	expect(stored).toEqual(['', '', '', '', 'burst']);
	expect((await lines(serving)).filter(({ detail }) => detail.includes('dồn dập'))).toHaveLength(1);
	// A used ticket forgets this too.
	expect(await serving.db.select({ flags: tickets.flags }).from(tickets).groupBy(tickets.flags)).toEqual([
		{ flags: '' }
	]);
});

test('a ticket is taken back by who made it, and by nobody else', async () => {
	const { serving } = await aHomeService();
	const form = a();
	const code = await make(serving, form);
	for (const foreign of [{ changedBy: 'u1' }, { id: 'visit99999' }, { dutyId: 'd1' }, { organizationId: 'w2' }])
		expect(await voidVisitTicket(serving, { ...form, ...foreign })).toEqual({
			ok: false,
			reason: 'visit-ticket-unknown'
		});
	expect((await readTicket(serving, code, NOON)).problem).toBe(null);
	expect(await voidVisitTicket(serving, form)).toEqual({ ok: true, value: null });
	expect((await readTicket(serving, code, NOON)).problem).toBe('ticket-void');
});

test('nothing an officer can ask for tells an answered ticket from an open one', async () => {
	const sees = async (answered: boolean) => {
		const { serving } = await aHomeService();
		const form = a({ id: 'visitsame1' });
		const code = await make(serving, form);
		if (answered) await answer(serving, code);
		const seen = [await visitsOf(serving), await makeVisitTicket(serving, form)];
		seen.push((await voidVisitTicket(serving, form)) as never, await visitsOf(serving));
		seen.push(await makeVisitTicket(serving, form));
		const log = (await lines(serving)).map(({ action, object, detail }) => ({ action, object, detail }));
		const [batch] = await serving.db.select().from(ticketBatches);
		// A sheet that was given is not taken away, nor is its ticket good for something else now.
		expect(await serving.db.select({ state: tickets.state }).from(tickets)).toEqual([
			{ state: answered ? 'used' : 'void' }
		]);
		expect(await serving.db.select({ day: sheets.day }).from(sheets)).toHaveLength(answered ? 1 : 0);
		return { seen, log, batch };
	};
	const [open, used] = [await sees(false), await sees(true)];
	expect(used).toEqual(open);
	expect(open.log.map(({ action }) => action)).toEqual(['visit-ticket-made', 'visit-ticket-voided']);
});

test('the code is in the answer alone: no table and no log has it', async () => {
	const { serving } = await aHomeService();
	const code = await make(serving);
	const kept = JSON.stringify([
		await serving.db.select().from(tickets),
		await serving.db.select().from(ticketBatches),
		await serving.db.select().from(auditLines)
	]).toLowerCase();
	expect(kept).toContain('công chức 9, hết hạn 07/12/2026');
	expect([code, showCode(code).toLowerCase()].filter((each) => kept.includes(each))).toEqual([]);
});

test('the page knows when the officer serves at home today, and at which of the sites they may', async () => {
	const { serving, store } = await aHomeService();
	const field = [{ id: 'f2', code: 'CT', name: 'Chứng thực', counterId: 'q9' }];
	const now = { id: 'd9', counter: 'Quầy 9 · Tại nhà', site: 'Tổ phục vụ tại nhà', fields: field };
	const turn = { counter: 'Quầy 9 · Tại nhà', from: NOON - HOUR_MS, until: NOON + 3 * HOUR_MS };
	expect(await visitsOf(serving)).toMatchObject({ none: false, duties: [now], turns: [turn], counts: [], left: 20 });
	expect(await visitsOf(serving, NOON + 4 * HOUR_MS)).toMatchObject({ none: false, duties: [], turns: [turn] });
	expect(await visitsOf(serving, NOON + DAY_MS)).toMatchObject({ none: false, duties: [], turns: [] });
	expect(await visitsOf(serving, NOON, ['s1'])).toMatchObject({ none: true, duties: [], turns: [] });
	await store((tx) =>
		tx
			.update(sites)
			.set({ kind: 'satellite' })
			.where(and(eq(sites.id, 's9'), eq(sites.organizationId, 'w1')))
	);
	expect(await visitsOf(serving)).toMatchObject({ none: true, duties: [] });
});
