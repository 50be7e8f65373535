import { expect, test } from 'vitest';
import { caseCode } from '../../src/lib/server/casework/cases/reads.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { collectors, tickets } from '../../src/lib/server/db/schema/survey.ts';
import { codesOfLow } from '../../src/lib/server/http/low-answers.ts';
import { aCitizen } from '../actors/citizen.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

/** Monday of NOON's week. */
const MONDAY = '2026-11-23';
const HOURS = 3_600_000;
const THURSDAY = NOON + 72 * HOURS;
const WHEN = { day: '2026-11-20', shift: 'morning' } as const;

test('whoever gives a 1 at a counter can follow what becomes of it; no address, and nothing stored, tells them from others', async () => {
	const serving = await aServing();
	await aWard(serving.db);
	const poster = { organizationId: 'w1', name: 'Quầy', siteId: 's1', createdAt: 0 };
	await commit(serving.db, (tx) =>
		tx.insert(collectors).values([
			{ ...poster, id: 'c1', code: 'k7m29qxd', counterId: 'c1' },
			{ ...poster, id: 'c2', code: 'k7m29qxe' }
		])
	);
	const citizen = aCitizen(serving, THURSDAY);
	const give = async (fields: Record<string, string>, target = 'c1', now = THURSDAY) => {
		const { headers } = await citizen.send(citizen.form({ target }), fields);
		const token = new URL(headers.location!, 'https://x').searchParams.get('follow');
		return { token: token!, codes: codesOfLow(serving.secret, 'w1', token, now) };
	};
	const low = await give({ 'answer.TC': '1', 'answer.PV': '1', 'answer.HC': '2', 'answer.TT': '5' });
	const codeOf = (criterion: string) =>
		caseCode(serving.secret, { organizationId: 'w1', source: 'sheet', sourceId: `${MONDAY}|c1|${criterion}` });
	expect(low.codes).toEqual([
		{ criterion: 'TC', code: codeOf('TC') },
		{ criterion: 'PV', code: codeOf('PV') }
	]);
	const glad = await give({ 'answer.TC': '5' });
	expect(glad.codes).toEqual([]);
	expect(glad.token).toHaveLength(low.token.length);
	const nowhere = await give({ 'answer.TC': '1' }, 'c2');
	expect([nowhere.codes, nowhere.token.length]).toEqual([[], low.token.length]);
	expect(codesOfLow(serving.secret, 'w1', low.token, THURSDAY + 3 * HOURS)).toEqual([]);
	expect(codesOfLow(serving.secret, 'w2', low.token, THURSDAY)).toEqual([]);
	expect(await serving.db.select().from(cases)).toEqual([]);
});

test('a ticket’s form that is sent again leads to the same codes, though its ticket is used by then', async () => {
	const serving = await aServing();
	await aWard(serving.db);
	const slip = {
		hash: 'h1',
		organizationId: 'w1',
		batchId: 'b',
		siteId: 's1',
		counterId: 'c1',
		versionId: 'SIPAS5-v1'
	};
	await commit(serving.db, (tx) =>
		tx.insert(tickets).values({ ...slip, ...WHEN, state: 'open', expiresOn: '2099-12-31', fieldId: '', officerId: '' })
	);
	const citizen = aCitizen(serving, THURSDAY);
	const form = citizen.form({ kind: 'ticket', target: 'h1', code: '' });
	const codes = async (score: string) => {
		const { headers } = await citizen.send(form, { 'answer.TC': score });
		const token = new URL(headers.location!, 'https://x').searchParams.get('follow');
		return codesOfLow(serving.secret, 'w1', token, THURSDAY).map(({ code }) => code);
	};
	// In the week of the ticket's own day.
	const sourceId = '2026-11-16|c1|TC';
	expect(await codes('1')).toEqual([caseCode(serving.secret, { organizationId: 'w1', source: 'sheet', sourceId })]);
	expect(await codes('1')).toEqual(await codes('1'));
	expect(await codes('5')).toEqual([]);
});
