import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { showCode } from '../../src/lib/domain/survey/code.ts';
import { MOST_TICKETS } from '../../src/lib/domain/survey/ticket.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { tickets } from '../../src/lib/server/db/schema/survey.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { acceptDirect, type DirectSheet } from '../../src/lib/server/submission/direct/writes.ts';
import { readTicket } from '../../src/lib/server/survey/tickets/reads.ts';
import { makeTickets, newTicketCode } from '../../src/lib/server/survey/tickets/writes.ts';
import { aCitizen, leadsTo } from '../actors/citizen.ts';
import { everything } from '../factories/everything.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

async function aBatch(count: number, now = NOON) {
	const serving = await aServing();
	await aWard(serving.db);
	await aWard(serving.db, 'w2');
	const made = await makeTickets(serving, {
		...{ id: 'batch00001', organizationId: 'w1', changedBy: 'u1', now, kind: 'sheet', name: 'Giấy hẹn' },
		...{ count, counterId: 'q2', fieldId: 'f2', officerId: '', versionId: 'SIPAS5-v1' },
		...{ day: '', shift: '', expiresOn: '2026-12-21' }
	});
	if (!made.ok) throw new Error(made.reason);
	const { db } = serving;
	const written = async () => JSON.stringify((await everything(db)).map(({ table, cells }) => [table, cells]));
	return { serving, db, citizen: aCitizen(serving), codes: made.value.codes, written };
}

const formIn = (answer: Parameters<typeof leadsTo>[0]) =>
	new URLSearchParams(answer.headers.location!.split('?')[1]).get('form')!;

test.each([
	['used', { state: 'used' }, 'ticket-used'],
	['void', { state: 'void' }, 'ticket-void'],
	['expired', { expiresOn: '2026-11-22' }, 'ticket-expired']
] as const)(
	'a ticket that is %s is told, before its questions and after them, and nothing is written',
	async (_, is, code) => {
		const { db, citizen, codes, written } = await aBatch(2);
		const form = formIn(await citizen.open(codes[0]));
		await commit(db, (tx) => tx.update(tickets).set(is));
		const before = await written();
		for (const answer of [await citizen.open(codes[1]), await citizen.send(form, { 'answer.PV': '5' })])
			expect(leadsTo(answer)).toBe(`303 /r?problem=${code}&lang=vi`);
		expect(await written()).toBe(before);
	}
);

test('each slip of one character opens nothing; O for 0 and I or L for 1 are no slips', async () => {
	const { serving, codes, written } = await aBatch(400);
	const before = await written();
	const code = codes.find((each) => /0.*1|1.*0/.test(each.slice(0, -1)))!;
	const slips = [...code].flatMap((right, i) =>
		[...'0123456789abcdefghjkmnpqrstvwxyz']
			.filter((sign) => sign !== right)
			.map((sign) => code.slice(0, i) + sign + code.slice(i + 1))
	);
	expect(slips).toHaveLength(13 * 31);
	for (const slip of slips)
		expect((await readTicket(serving, slip, NOON)).problem, `${slip} for ${code}`).toBe('ticket-unknown');
	for (const typed of [code.replaceAll('0', 'O').replaceAll('1', 'I'), code.replaceAll('0', 'o').replaceAll('1', 'l')])
		for (const shown of [typed, showCode(typed), showCode(typed).replaceAll('-', ' ')])
			expect(await readTicket(serving, shown, NOON)).toMatchObject({ problem: null, ticket: { counterId: 'q2' } });
	expect(await written()).toBe(before);
});

test('a ticket of another ward counts there, and no sheet of this one takes it', async () => {
	const { serving, db, codes, written } = await aBatch(1);
	const before = await written();
	const { ticket } = await readTicket(serving, codes[0], NOON);
	const nowhere = { siteId: '', counterId: '', fieldId: '', officerId: '' };
	const sheet: DirectSheet = {
		channel: 'ticket',
		...{ id: crypto.randomUUID(), organizationId: 'w2', versionId: 'SIPAS5-v1', locale: 'vi' },
		...{ answers: [{ itemId: 'PV', value: 1 }], reasons: [], comment: null, bands: '', place: nowhere, at: NOON },
		...{ flags: [], ticketHash: ticket!.hash }
	};
	const [taken] = await acceptDirect(db, [sheet], NOON);
	expect(taken).toMatchObject({ value: { status: 'refused', code: 'ticket-unknown' } });
	expect(await written()).toBe(before);
	const [own] = await acceptDirect(db, [{ ...sheet, organizationId: 'w1' }], NOON);
	expect(own).toMatchObject({ value: { status: 'stored' } });
});

test('what is no code at all opens nothing, says so, and writes nothing', async () => {
	const { citizen, codes, written } = await aBatch(2);
	const before = await written();
	const [one, other] = codes.map((code) => `code=${code}`);
	const sent = ['', 'code', 'code=', 'code=null', 'code=%00', `${one}&${other}`, `${one}&${one}`];
	sent.push(one.replace('=', '[]='), one.replace('=', '%5B0%5D='), `${one}%0A${codes[1]}`, `code=["${codes[0]}"]`);
	sent.push(`code=${'7'.repeat(100_000)}`, 'code=%FF%FE', 'code=%F0%9F%98%80', `Code=${codes[0]}`);
	for (const body of sent)
		expect(leadsTo(await citizen.post('/api/v1/surveys/tickets', body)), body.slice(0, 60)).toMatch(
			/^303 \/r\?problem=ticket-unknown&typed=[\w-]*&lang=vi$/
		);
	const asJson = { 'content-type': 'application/json' };
	const refused = await citizen.post('/api/v1/surveys/tickets', JSON.stringify({ code: codes[0] }), asJson);
	expect([refused.status, refused.body]).toEqual([415, expect.stringContaining('lang="vi"')]);
	expect(await written()).toBe(before);
});

/**
 * Twelve of 32 characters: 32^12 = 2^60 ≈ 1,15·10^18 codes; the check character adds none. Of a province with a million open tickets
 * one code in 1,15·10^12 is open: whoever tries 5 000 a second, as much as one node answers, finds one in ln 2 · 1,15·10^12 / 5 000 s
 * ≈ 1,6·10^8 s = 5 years with an even chance, and has one sheet. Here: 5 000 open, 100 000 tries; one run in 2,3·10^9 finds one.
 */
test('a hundred thousand guesses with a right check character open no ticket', { timeout: 120_000 }, async () => {
	const { serving, codes, written } = await aBatch(MOST_TICKETS);
	const before = await written();
	// PGlite is slow, and the codes are the same.
	const guesses = engine === 'postgres' ? 2_000 : 100_000;
	let opened = 0;
	for (let i = 0; i < guesses; i++)
		if (
			(
				await readTicket(
					serving,
					newTicketCode(() => randomBytes(8)),
					NOON
				)
			).ticket
		)
			opened++;
	console.log(`tickets: ${guesses} guesses at ${MOST_TICKETS} open tickets opened ${opened}`);
	expect(opened).toBe(0);
	expect((await readTicket(serving, codes[0], NOON)).ticket).not.toBe(null);
	expect(await written()).toBe(before);
});

test('a ticket whose last day ends while somebody answers stores nothing', async () => {
	const { db, serving, codes } = await aBatch(1);
	const [{ hash }] = await db.select().from(tickets);
	await commit(db, (tx) => tx.update(tickets).set({ expiresOn: '2026-11-23' }).where(eq(tickets.hash, hash)));
	const form = formIn(await aCitizen(serving).open(codes[0]));
	const late = aCitizen(serving, NOON + DAY_MS);
	expect(leadsTo(await late.send(form, { 'answer.PV': '5' }))).toBe('303 /r?problem=ticket-expired&lang=vi');
	expect(await db.select().from(sheets)).toEqual([]);
});
