import { eq } from 'drizzle-orm';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { addDays, localDay } from '../../src/lib/domain/shared/time.ts';
import { readCode } from '../../src/lib/domain/survey/code.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { ticketBatches, tickets } from '../../src/lib/server/db/schema/survey.ts';
import type { Permitted } from '../../src/lib/server/http/guard.ts';
import { makeFromForm, ticketFile } from '../../src/lib/server/http/ticket-form.ts';
import { readBatches, readTicket } from '../../src/lib/server/survey/tickets/reads.ts';
import { voidBatch } from '../../src/lib/server/survey/tickets/writes.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const WARD = { organizationId: 'w1', changedBy: 'u1', now: NOON };
const TODAY = localDay(NOON);
const ASKED = { id: 'batch00001', name: 'Giấy hẹn', count: '20', counterId: 'q1', expiresOn: addDays(TODAY, 30) };

let people = 0;
async function aForm(overrides: Record<string, string> = {}) {
	const serving = await aServing();
	await aWard(serving.db);
	await aWard(serving.db, 'w2');
	const permitted = { user: { id: `u${++people}` }, organization: { id: 'w1' } } as Permitted;
	const send = (more: Record<string, string> = {}) => {
		const form = new FormData();
		for (const [name, value] of Object.entries({ ...ASKED, ...overrides, ...more })) form.set(name, value);
		return makeFromForm(serving, permitted, form, NOON);
	};
	return { serving, send };
}

test('a form makes a batch once: sent again it makes nothing and shows nothing', async () => {
	const { serving, send } = await aForm({ fieldId: 'f1', officerId: 'o1' });
	const made = await send();
	expect(made.ok && made.codes).toHaveLength(20);
	expect(await send()).toMatchObject({ ok: false, problems: { form: 'form-stale' } });
	expect(await serving.db.select({ made: ticketBatches.made }).from(ticketBatches)).toEqual([{ made: 20 }]);
	expect(await serving.db.select({ hash: tickets.hash }).from(tickets)).toHaveLength(20);
	const look = await readTicket(serving, (made.ok && made.codes[0]) || '', NOON);
	expect(look.ticket).toMatchObject({ fieldId: 'f1', officerId: 'o1', day: '', shift: '', versionId: 'SIPAS5-v1' });
});

test.each([
	['count', { count: '0' }],
	['count', { count: '5001' }],
	['count', { count: '2.5' }],
	['count', { count: '' }],
	['counterId', { counterId: '' }],
	['counterId', { counterId: 'w2-q1' }],
	['fieldId', { fieldId: 'w2-f1' }],
	['officerId', { officerId: 'w2-o1' }],
	['expiresOn', { expiresOn: addDays(TODAY, -1) }],
	['expiresOn', { expiresOn: addDays(TODAY, 91) }],
	['expiresOn', { expiresOn: '2026-02-30' }],
	['name', { name: 'x'.repeat(81) }],
	['id', { id: '../../x' }]
])('what is wrong is said beside %s, and nothing is made: %j', async (field, overrides) => {
	const { serving, send } = await aForm(overrides);
	const refused = await send();
	expect(!refused.ok && Object.keys(refused.problems)).toEqual([field]);
	expect(await serving.db.select().from(ticketBatches)).toEqual([]);
});

test('a file of codes runs nothing in a spreadsheet, whatever the places are called', async () => {
	const hostile = ['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1', '\r=1', '"x', 'a\u202Eb', '＝1'];
	for (const name of hostile) {
		const about = { counter: name, field: name, officer: name, expires: '21/02/2027' };
		const csv = ticketFile(['k7m29qxd00000'], 'https://x.example', about);
		const { data } = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ''), { skipEmptyLines: true });
		expect(data).toHaveLength(2);
		for (const cell of data[1]) expect(cell).toMatch(/^[^=+\-@\t\r\u202E]/);
	}
});

test('voiding ends what is open, says no number, and asked for twice happens once', async () => {
	const { serving, send } = await aForm();
	const made = await send();
	const codes = made.ok ? made.codes : [];
	const { db } = serving;
	const [first] = await db.select().from(tickets).limit(1);
	await commit(db, (tx) => tx.update(tickets).set({ state: 'used' }).where(eq(tickets.hash, first.hash)));
	const annul = (organizationId: string) =>
		voidBatch(db, { ...WARD, organizationId, id: ASKED.id, reason: 'Thất lạc một tập giấy' });
	expect((await annul('w2')).ok).toBe(false);
	expect([(await annul('w1')).ok, (await annul('w1')).ok]).toEqual([true, true]);
	const looks = await Promise.all(codes.map(async (code) => (await readTicket(serving, code, NOON)).problem));
	expect(looks.filter((problem) => problem === 'ticket-void')).toHaveLength(19);
	expect(looks.filter((problem) => problem === 'ticket-used')).toHaveLength(1);
	const lines = (await db.select().from(auditLines)).filter(({ action }) => action === 'tickets-voided');
	expect(lines).toMatchObject([{ object: ASKED.id, detail: 'Giấy hẹn', reason: 'Thất lạc một tập giấy' }]);
	expect(JSON.stringify(lines[0])).not.toMatch(/19\b/);
	const ask = { kind: null, page: null, now: NOON };
	expect((await readBatches(db, 'w1', ask)).rows).toMatchObject([{ state: 'void', made: 20, used: null }]);
});

test('the list says so many used or more, of the own organization and the asked kind only', async () => {
	const { serving, send } = await aForm();
	const made = await send();
	const codes = made.ok ? made.codes : [];
	const { db } = serving;
	const list = async (organizationId: string, kind: 'sheet' | 'api' | null = null) =>
		(await readBatches(db, organizationId, { kind, page: null, now: NOON })).rows.map(({ used }) => used);
	const shown: (number | null)[] = [];
	for (const code of codes) {
		const hash = serving.secret.mark('ticket', readCode(code));
		await commit(db, (tx) => tx.update(tickets).set({ state: 'used' }).where(eq(tickets.hash, hash)));
		shown.push(...(await list('w1')));
	}
	expect(shown).toEqual([...Array(4).fill(null), ...Array(5).fill(5), ...Array(5).fill(10), ...Array(6).fill(15)]);
	expect([await list('w2'), await list('w1', 'api'), await list('w1', 'sheet')]).toEqual([[], [], [15]]);
});
