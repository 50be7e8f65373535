import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { bitsDoneFor, forgetTraffic } from '../../src/lib/server/http/poster-gate.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { OFFICIAL_CHANNELS, type Channel } from '../../src/lib/domain/submission/channel.ts';
import { CROWD } from '../../src/lib/domain/submission/stuffing.ts';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { sheetBands, surveyDrafts, collectors, questionnaireVersions } from '../../src/lib/server/db/schema/survey.ts';
import { sheetComments, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { forgetDrafts } from '../../src/lib/server/survey/drafts/writes.ts';
import { makeTickets } from '../../src/lib/server/survey/tickets/writes.ts';
import { SIPAS19 } from '../../src/lib/domain/survey/sipas19.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { aCitizen, leadsTo, unsealed } from '../actors/citizen.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const A_POSTER: typeof collectors.$inferInsert = {
	id: 'c1',
	organizationId: 'w1',
	code: 'k7m29qxd',
	name: 'Sảnh chờ',
	siteId: 's1',
	counterId: 'q1',
	createdAt: 0
};

async function aPoster(poster: Partial<typeof A_POSTER> = {}) {
	forgetTraffic();
	const serving = await aServing();
	await aWard(serving.db);
	await commit(serving.db, (tx) => tx.insert(collectors).values({ ...A_POSTER, ...poster }));
	return { serving, db: serving.db, citizen: aCitizen(serving) };
}

async function aBatch(count: number) {
	const { serving, db, citizen } = await aPoster();
	const made = await makeTickets(serving, {
		id: 'batch00001',
		organizationId: 'w1',
		changedBy: 'u1',
		now: NOON,
		kind: 'sheet',
		name: 'Giấy hẹn',
		count,
		counterId: 'q2',
		fieldId: 'f2',
		officerId: '',
		versionId: 'SIPAS5-v1',
		day: '',
		shift: '',
		expiresOn: '2026-12-21'
	});
	if (!made.ok) throw new Error(made.reason);
	return { serving, db, citizen, codes: made.value.codes };
}

const tokenIn = (answer: { headers: Record<string, string> }) =>
	new URLSearchParams(answer.headers.location!.split(/[?#]/)[1]).get('form')!;
const stored = (db: Db) => db.select().from(sheets);

test('a poster’s answers are stored for its place under its channel, and lead to the thanks', async () => {
	const { db, citizen } = await aPoster();
	const fields = { 'answer.PV': '2', 'answer.KQ': 'na', 'reasons.PV': 'R09', comment: ' Cảm ơn ' };
	expect(leadsTo(await citizen.send(citizen.form(), fields))).toBe('303 /thanks/w1');
	expect(await stored(db)).toMatchObject([
		{ channel: 'poster', siteId: 's1', counterId: 'q1', answers: '--20-', reasons: 'R09', locale: 'vi', flags: '' }
	]);
	expect(await db.select().from(sheetComments)).toMatchObject([{ comment: 'Cảm ơn' }]);
});

test('a form sent twice, or twice at once, is one sheet; a changed one is told that the first counts', async () => {
	const { db, citizen } = await aPoster();
	const form = citizen.form();
	const twice = await Promise.all([1, 2].map(() => citizen.send(form, { 'answer.PV': '4' })));
	expect(twice.map(leadsTo)).toEqual(['303 /thanks/w1', '303 /thanks/w1']);
	expect(leadsTo(await citizen.send(form, { 'answer.PV': '1' }))).toBe('303 /thanks/w1?again=1');
	expect(await stored(db)).toMatchObject([{ answers: '--4--' }]);
});

test('nineteen questions go page by page: kept between, changed by going back, sent once, then forgotten', async () => {
	const { db, citizen } = await aPoster();
	const form = citizen.form({ versionId: SIPAS19.id });
	const page = (number: number, fields: Record<string, string>) =>
		citizen.send(form, { ...fields, page: String(number), lang: 'en' });
	const to = (number: number) => `303 /s/k7m29qxd?form=${form}${number === 1 ? '' : `&page=${number}`}&lang=en`;
	expect(leadsTo(await page(1, { 'answer.TC1': '1' }))).toBe(to(2));
	expect(leadsTo(await page(2, { 'answer.HC1': '3', to: 'back' }))).toBe(to(1));
	expect(leadsTo(await page(1, { 'answer.TC1': '5' }))).toBe(to(2));
	expect(leadsTo(await page(2, { 'answer.HC1': '3' }))).toBe(to(3));
	expect(leadsTo(await page(3, { 'answer.PV1': '4' }))).toBe(to(4));
	expect(leadsTo(await page(4, {}))).toBe(to(5));
	const last = { 'answer.TT1': 'na' };
	expect(leadsTo(await page(5, last))).toBe('303 /thanks/w1?lang=en');
	const [sheet] = await stored(db);
	expect(sheet).toMatchObject({ answers: '5---3---4-------0--', locale: 'en' } satisfies Partial<typeof sheet>);
	expect(await db.select().from(surveyDrafts)).toEqual([]);
	expect(leadsTo(await page(5, last))).toBe('303 /thanks/w1?lang=en&again=1');
	expect(await stored(db)).toHaveLength(1);
});

test('what is not answered a day later is forgotten, which the next page says', async () => {
	const { serving, db, citizen } = await aPoster();
	const form = citizen.form({ versionId: SIPAS19.id });
	await citizen.send(form, { 'answer.TC1': '1' });
	await forgetDrafts(db, NOON + DAY_MS - 1);
	expect(await db.select().from(surveyDrafts)).toHaveLength(1);
	const late = aCitizen(serving, NOON + DAY_MS);
	const answer = await late.send(form, { page: '5', 'answer.TT1': '4' });
	expect(leadsTo(answer)).toBe(`303 /s/k7m29qxd?form=${form}&problem=draft-forgotten#trouble`);
	expect(await stored(db)).toEqual([]);
	await forgetDrafts(db, NOON + 2 * DAY_MS + 1);
	expect(await db.select().from(surveyDrafts)).toEqual([]);
});

test('what lacks something is kept and shown again with what it lacks', async () => {
	const { db, citizen } = await aPoster();
	const form = citizen.form();
	const answer = await citizen.send(form, { comment: 'Không có gì' });
	expect(leadsTo(answer)).toBe(`303 /s/k7m29qxd?form=${form}&problem=answers-empty#trouble`);
	expect(await db.select().from(surveyDrafts)).toMatchObject([{ answers: { comment: 'Không có gì' } }]);
	expect(await stored(db)).toEqual([]);
});

test('a ticket counts once, for what it was issued for, however it is typed and however many open it', async () => {
	const { db, citizen, codes } = await aBatch(1);
	const opened = [await citizen.open(codes[0]!.toLowerCase()), await citizen.open(codes[0]!)];
	expect(opened.map(leadsTo)).toEqual([
		expect.stringMatching(/^303 \/r\?form=/),
		expect.stringMatching(/^303 \/r\?form=/)
	]);
	expect(opened.map(leadsTo).join()).not.toContain(codes[0]);
	const [first, second] = opened.map(tokenIn);
	expect(leadsTo(await citizen.send(first!, { 'answer.PV': '5' }))).toBe('303 /thanks/w1');
	expect(leadsTo(await citizen.send(second!, { 'answer.PV': '1' }))).toBe('303 /r?problem=ticket-used&lang=vi');
	expect(leadsTo(await citizen.send(first!, { 'answer.PV': '5' }))).toBe('303 /thanks/w1');
	expect(leadsTo(await citizen.open(codes[0]!))).toBe('303 /r?problem=ticket-used&lang=vi');
	expect(await stored(db)).toMatchObject([{ channel: 'ticket', counterId: 'q2', fieldId: 'f2', answers: '--5--' }]);
});

test('a thousand who redeem one ticket at once make one sheet', { timeout: 180_000 }, async () => {
	const { db, citizen, codes } = await aBatch(1);
	const forms = await Promise.all(Array.from({ length: 1000 }, async () => tokenIn(await citizen.open(codes[0]!))));
	const answers = await Promise.all(forms.map((form, i) => citizen.send(form, { 'answer.PV': String((i % 5) + 1) })));
	expect(answers.filter((answer) => leadsTo(answer) === '303 /thanks/w1')).toHaveLength(1);
	expect(answers.filter((answer) => leadsTo(answer) === '303 /r?problem=ticket-used&lang=vi')).toHaveLength(999);
	expect(await stored(db)).toHaveLength(1);
});

test('a code that opens nothing is said, and carried back unread', async () => {
	const { citizen } = await aBatch(1);
	const answer = await citizen.open('AAAA-BBBB-CCCC-D');
	expect(leadsTo(answer)).toMatch(/^303 \/r\?problem=ticket-unknown&typed=[\w-]+&lang=vi$/);
	expect(leadsTo(answer)).not.toContain('AAAA');
	for (const code of ['', 'x'.repeat(5000), '\u0000'])
		expect(leadsTo(await citizen.open(code))).toMatch(/problem=ticket-unknown/);
});

test('a poster that closes while somebody answers takes no more; a version that retires still counts', async () => {
	const closed = await aPoster({ closedAt: NOON });
	expect(leadsTo(await closed.citizen.send(closed.citizen.form(), { 'answer.PV': '5' }))).toBe('303 /s/k7m29qxd');
	expect(await stored(closed.db)).toEqual([]);

	const { db, citizen } = await aPoster();
	const row = { organizationId: 'w1', questionnaireId: 'mine', number: 1, name: 'Phiếu', createdAt: 0, changedAt: 0 };
	const content = { title: { vi: 'Phiếu' }, items: SIPAS19.items.slice(0, 2), reasons: [] };
	await commit(db, (tx) =>
		tx.insert(questionnaireVersions).values({ ...row, id: 'mine', state: 'published', content })
	);
	const form = citizen.form({ versionId: 'mine' });
	await commit(db, (tx) =>
		tx
			.update(questionnaireVersions)
			.set({ state: 'retired', retiredAt: NOON })
			.where(eq(questionnaireVersions.id, 'mine'))
	);
	expect(leadsTo(await citizen.send(form, { 'answer.TC1': '5' }))).toBe('303 /thanks/w1');
	expect(await stored(db)).toMatchObject([{ versionId: 'mine', answers: '5-' }]);
});

test('a form that nobody drew here, was changed, or comes from another site is refused, and nothing is stored', async () => {
	const { serving, db, citizen } = await aPoster();
	const form = citizen.form();
	const other = serving.secret.seal('request', '["poster","w1","c1","","SIPAS5-v1","id",0]');
	for (const wrong of ['', 'x', 'null', '[]', form.slice(0, -2), other, serving.secret.seal('form', 'typed ["x"]')])
		expect(leadsTo(await citizen.send(wrong, { 'answer.PV': '5' }))).toBe('303 /r?problem=form-malformed');
	const unknown = citizen.form({ versionId: 'none' });
	expect(leadsTo(await citizen.send(unknown, { 'answer.PV': '5' }))).toBe('303 /s/k7m29qxd');
	for (const page of ['0', '-1', '2', '1.5', 'x', '', '100'])
		expect(leadsTo(await citizen.send(form, { page, 'answer.PV': '5' }))).toBe('303 /s/k7m29qxd');
	const foreign = [
		[{ origin: 'https://elsewhere.example' }, 403],
		[{ origin: 'null' }, 403],
		[{ 'sec-fetch-site': 'cross-site' }, 403],
		[{ host: 'elsewhere.example' }, 421],
		[{ 'content-type': 'application/json' }, 415],
		[{ 'content-type': 'multipart/form-data; boundary=x' }, 415],
		[{ 'content-type': 'text/plain' }, 415]
	] as const;
	for (const [headers, status] of foreign)
		expect(await citizen.send(form, { 'answer.PV': '5' }, headers)).toMatchObject({ status });
	const path = '/api/v1/surveys/answers';
	for (const body of ['', 'null', '""', '[]', '{"form":null}', `form=${form}&form=${form}&page=1&answer.PV=5`])
		expect(leadsTo(await citizen.post(path, body))).toBe('303 /r?problem=form-malformed');
	expect(leadsTo(await citizen.post(path, `form=${form}&page=1&answer.PV=5&answer.PV=1`))).toBe('303 /s/k7m29qxd');
	expect(await stored(db)).toEqual([]);
	expect(await db.select().from(surveyDrafts)).toEqual([]);
});

test('about the person only bands are kept, apart from the scores', async () => {
	const { db, citizen } = await aPoster();
	const row = { organizationId: 'w1', questionnaireId: 'm', number: 1, name: 'Phiếu', createdAt: 0, changedAt: 0 };
	const content = {
		title: { vi: 'Phiếu' },
		items: SIPAS19.items.slice(0, 1),
		reasons: [],
		demographics: ['age' as const]
	};
	await commit(db, (tx) => tx.insert(questionnaireVersions).values({ ...row, id: 'm', state: 'published', content }));
	const form = citizen.form({ versionId: 'm' });
	const fields = { 'answer.TC1': '5', 'band.age': '3' };
	expect(leadsTo(await citizen.send(form, fields))).toContain('problem=adult-missing');
	expect(leadsTo(await citizen.send(form, { ...fields, adult: 'yes' }))).toBe('303 /thanks/w1');
	expect(await db.select().from(sheetBands)).toMatchObject([{ bands: 'age=3' }]);
});

test('twenty thousand posts at a poster store a hundred sheets, all but the first of them flagged, and no official number moves', async () => {
	const { serving, db, citizen, codes } = await aBatch(5);
	for (const code of codes) await citizen.send(tokenIn(await citizen.open(code)), { 'answer.PV': '5' });
	await releaseCounts(db);
	const question = { organizationId: 'w1', versionId: 'SIPAS5-v1', by: 'counter' as const, target: 90 };
	const official = (channels?: readonly Channel[]) =>
		readIndexTable(db, { ...question, channels, from: '2026-11-01', to: '2026-11-30' });
	const before = await official();

	forgetTraffic();
	// PGlite is slow; the flood ends before the database anyway.
	const posts = engine === 'postgres' ? 2_000 : 20_000;
	const script = Array.from({ length: 20 }, (_, second) => aCitizen(serving, NOON + second * 1000));
	const seen: Record<string, number> = {};
	for (const each of script)
		for (let i = 0; i < posts / 20; i++) {
			const { status, headers } = await each.send(each.form(), { 'answer.PV': '1' });
			const what = headers.location?.startsWith('/thanks') ? 'taken' : status === 303 ? 'kept' : String(status);
			seen[what] = (seen[what] ?? 0) + 1;
		}
	expect(seen.taken).toBeLessThan(60);
	expect(seen.kept).toBeLessThan(320);
	expect(seen['429']).toBe(posts - seen.taken! - seen.kept!);
	const posters = (await stored(db)).filter(({ channel }) => channel === 'poster');
	const flagged = posters.filter(({ flags }) => flags === 'burst').length;
	console.log(
		`poster: ${posts} posts, ${seen.taken} taken (${flagged} flagged), ${seen.kept} kept and told to wait, ${seen['429']} refused`
	);
	expect(posters).toHaveLength(seen.taken!);
	expect(posters.length - flagged).toBeLessThanOrEqual(CROWD + 1);
	await releaseCounts(db);
	expect(await official()).toEqual(before);
	// Were posters counted with the others, the numbers would move.
	expect((await official([...OFFICIAL_CHANNELS, 'poster'])).total).not.toEqual(before.total);
});

test('in a burst a script of ours is told how much work to do, and with it the answers are taken', async () => {
	const { citizen, db } = await aPoster();
	forgetTraffic();
	for (let i = 0; i < 60; i++) await citizen.send(citizen.form(), { 'answer.PV': '4' });
	const form = citizen.form();
	const asked = await citizen.send(form, { 'answer.PV': '4', script: '1' });
	const { work: bits } = JSON.parse(asked.body) as { work: number };
	expect(bits).toBeGreaterThanOrEqual(10);
	let work = 0;
	while (bitsDoneFor(form, String(work)) < bits) work++;
	const other = await citizen.send(citizen.form(), { 'answer.PV': '4', script: '1', work: String(work) });
	expect(JSON.parse(other.body)).toHaveProperty('work');
	const taken = await citizen.send(form, { 'answer.PV': '4', script: '1', work: String(work) });
	expect(unsealed((JSON.parse(taken.body) as { location: string }).location)).toBe('/thanks/w1');
	const kept = await citizen.send(citizen.form(), { 'answer.PV': '4' });
	expect(leadsTo(kept)).toContain('problem=crowded');
	expect((await stored(db)).at(-1)).toBeDefined();
});

test('a phone is known by a number that only it keeps, and its second answer of a day is flagged', async () => {
	const { citizen, db } = await aPoster();
	forgetTraffic();
	const first = await citizen.send(citizen.form(), { 'answer.PV': '4' });
	expect(first.headers['set-cookie']).toMatch(
		/^__Host-device=[\da-f-]{36}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure$/
	);
	const cookie = `a=b; ${first.headers['set-cookie']!.split(';')[0]}`;
	const again = await citizen.send(citizen.form(), { 'answer.PV': '4' }, { cookie });
	expect(again.headers).not.toHaveProperty('set-cookie');
	expect((await stored(db)).map(({ flags }) => flags).sort()).toEqual(['', 'device-again']);
	const rows = JSON.stringify(await stored(db));
	expect(rows).not.toContain(cookie.slice(20));
});
