import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { conflicts } from '../../src/lib/domain/place/duty.ts';
import type { Cell } from '../../src/lib/domain/report/cell.ts';
import type { Dimension } from '../../src/lib/domain/report/table.ts';
import { addDays, DAY_MS, HOUR_MS, localDay, startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import { CASE_STATES } from '../../src/lib/domain/casework/case.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { hashPassword } from '../../src/lib/server/account/password.ts';
import { signIn } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { auditLines, users } from '../../src/lib/server/db/schema/account.ts';
import { dialogues } from '../../src/lib/server/db/schema/dialogue.ts';
import { counters, duties, organizations } from '../../src/lib/server/db/schema/place.ts';
import { ledger, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { collectors } from '../../src/lib/server/db/schema/survey.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { countPressingCases, readCasesWithin } from '../../src/lib/server/casework/due/reads.ts';
import { openCasesFromCounts } from '../../src/lib/server/casework/sheets/writes.ts';
import { demonstrationSheets } from '../../src/lib/server/demo/answers.ts';
import { demonstrationSignIns } from '../../src/lib/server/demo/reads.ts';
import { demonstrationRoster } from '../../src/lib/server/demo/roster.ts';
import { demonstrationWard, STAFF_PIN } from '../../src/lib/server/demo/ward.ts';
import { liveThroughCases } from '../../src/lib/server/demo/cases/writes.ts';
import { loadDemonstration } from '../../src/lib/server/demo/writes.ts';
import { readImprovements } from '../../src/lib/server/report/improvement/reads.ts';
import { readPublicMonths } from '../../src/lib/server/report/publication/reads.ts';
import { countComments } from '../../src/lib/server/submission/comment/reads.ts';
import { readBatches, readOwnBatches } from '../../src/lib/server/submission/comment/release/reads.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { readBatchList } from '../../src/lib/server/dialogue/paper/reads.ts';
import { readLedger } from '../../src/lib/server/dialogue/promises/reads.ts';
import { readQuestionCounts } from '../../src/lib/server/dialogue/questions/reads.ts';
import { readResult } from '../../src/lib/server/dialogue/result/reads.ts';
import { readDuties } from '../../src/lib/server/place/reads.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { readVisits } from '../../src/lib/server/survey/tickets/visit/reads.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';
import { FULL } from '../lane.ts';

const SECRET = secretFrom('a-secret-for-tests-of-thirty-two-signs');
const TODAY = localDay(NOON);
const FROM = addDays(TODAY, -183);
const YESTERDAY = addDays(TODAY, -1);
const ward = demonstrationWard();
/** Half a year at the counters, and what a dialogue's 917 answers to one question and 1 844 to a questionnaire became. */
const SHEETS = 10_300 + 917 + 1_844;
/** Loading takes some seconds alone, on PostgreSQL in this process ten times that, longer where everything else runs beside it. */
const PATIENCE = { timeout: 180_000 };

/** What the made-up ward is, not how it is stored; loading it takes longest of all that PostgreSQL is asked. */
const onOneEngine = test.runIf(engine === 'sqlite' || FULL);

async function table(db: Db, by: Dimension, from = FROM, to = YESTERDAY) {
	const question = { organizationId: ward.ward.id, by, from, to, versionId: 'SIPAS5-v1', target: 90 };
	return readIndexTable(db, question);
}

const percent = (cell: Cell) => ('value' in cell ? cell.value : NaN);

test(
	'an empty database becomes a ward with half a year of answers, and its counts agree with them',
	PATIENCE,
	async () => {
		const db = await freshDb();
		const spent = process.cpuUsage();
		expect((await loadDemonstration(db, NOON)).loaded).toBe(true);
		// Of the processor, which others may be using too.
		const { user, system } = process.cpuUsage(spent);
		if (engine === 'sqlite') expect((user + system) / 1000).toBeLessThan(8_000);

		expect(await verifyCounts(db)).toMatchObject({ sheets: SHEETS, differences: [] });
		expect(await db.select().from(ledger)).toEqual([]);
		// Six whole months are over and told; the one that is going on is not.
		const months = await readPublicMonths(db, ward.ward.id);
		expect(months.map(({ from }) => from).slice(0, 2)).toEqual(['2026-10-01', '2026-09-01']);
		expect(months.length).toBeGreaterThanOrEqual(5);
		expect(months.slice(0, 3).every(({ content }) => 'value' in content.sipas)).toBe(true);
		expect(await readImprovements(db, ward.ward.id, 9)).toHaveLength(3);
		const stored = await db.select().from(sheets);
		expect(stored.every(({ id }) => /^[\w-]{22}$/.test(id) && Buffer.from(id, 'base64url')[6] >> 4 === 4)).toBe(true);
		expect(stored.map(({ day }) => day).sort()[0] >= FROM).toBe(true);
		expect(stored.every(({ day }) => day <= YESTERDAY)).toBe(true);
		for (const holiday of ['2026-09-01', '2026-09-02', '2026-11-22']) {
			expect(stored.filter(({ day }) => day === holiday)).toEqual([]);
		}
		expect(stored.some(({ flags }) => flags === 'repeat')).toBe(true);
		expect(stored.some(({ reasons, answers }) => reasons === 'X01' && answers === '-----')).toBe(true);
		expect(await db.select().from(counters)).toHaveLength(12);
		expect((await db.select().from(organizations)).every(({ demonstration }) => demonstration)).toBe(true);

		// Comments came out for leaders and for the officer who can sign in, masked; the last week's wait.
		const all = { organizationId: ward.ward.id, sites: null, officerId: null };
		const { waiting, withheld } = await countComments(db, all);
		expect(Math.min(waiting, withheld)).toBeGreaterThan(0);
		const batches = await readBatches(db, ward.ward.id, {}, 99);
		expect(batches.some(({ counterId }) => counterId !== '')).toBe(true);
		expect(await readOwnBatches(db, ward.ward.id, ward.officers[0].id, 99)).not.toEqual([]);
		const said = batches.flatMap((batch) => batch.comments.map(({ text }) => text)).join(' ');
		expect(said).toContain('[số điện thoại]');
		expect(said).not.toMatch(/0900|example\.com/);

		// What is true of the made-up ward shows in its released counts.
		const { rows, total } = await table(db, 'officer');
		const officer = (name: string) => percent(rows.find((row) => row.name === name)!.criteria.PV);
		expect(officer('Nguyễn Thị Minh Họa')).toBeGreaterThan(percent(total.criteria.PV) + 4);
		expect(officer('Hồ Văn Diễn Tập')).toBeLessThan(percent(total.criteria.PV) - 5);
		const lowest = CRITERIA.toSorted((a, b) => percent(total.criteria[a]) - percent(total.criteria[b]))[0];
		expect(lowest).toBe('TC');
		expect(total.sheets).toBeGreaterThan(9_000);
		const channels = await table(db, 'channel');
		expect(channels.rows.map(({ key }) => key)).toEqual([
			...['terminal', 'ticket', 'poster'],
			...['live-hall', 'live-stream', 'live-paper']
		]);
		const poster = channels.rows[2];
		expect(poster.sheets).toBeGreaterThan(400);
		expect(poster.gap!.sipas).toMatchObject({ value: expect.any(Number) });
		expect('value' in poster.gap!.sipas && poster.gap!.sipas.high).toBeLessThan(-3);
		const home = (await table(db, 'site')).rows.find(({ name }) => name.includes('tại nhà'));
		expect('n' in home!.sipas && home!.sipas.n).toBeGreaterThan(100);
		expect((await db.select().from(collectors)).map(({ code }) => code.length)).toEqual([8, 8]);
		const byField = await table(db, 'field');
		const field = (name: string) => percent(byField.rows.find((row) => row.name === name)!.sipas);
		expect(field('Chứng thực')).toBeGreaterThan(field('Đất đai') + 4);
		const troubled = async (from: string, to: string) =>
			percent(
				(await table(db, 'counter', from, to)).rows.find(({ key }) => key === ward.troubledCounterId)!.criteria.HC
			);
		const before = await troubled(FROM, addDays(YESTERDAY, -45));
		expect(await troubled(addDays(YESTERDAY, -44), YESTERDAY)).toBeLessThan(before - 10);
	}
);

test('the printed sign-ins open the demonstration until their passwords are changed', PATIENCE, async () => {
	const db = await freshDb();
	const { signIns } = await loadDemonstration(db, NOON);
	expect(signIns.map(({ role }) => role)).toEqual([
		'leader',
		'administrator',
		'supervisor',
		'officer',
		'auditor',
		'province-leader'
	]);
	for (const { login, password } of signIns) {
		expect(await signIn(db, { login, password, now: NOON })).toMatchObject({ ok: true });
	}
	expect(await demonstrationSignIns(db)).toEqual(signIns);

	const passwordHash = await hashPassword('mật khẩu mới của riêng tôi');
	await commit(db, async (tx) => {
		await tx.update(users).set({ passwordHash }).where(eq(users.login, signIns[0].login));
	});
	expect(await demonstrationSignIns(db)).toEqual(signIns.slice(1));
	// A second start finds the ward and adds nothing.
	expect(await loadDemonstration(db, NOON)).toEqual({ loaded: false, signIns: [] });
	expect((await verifyCounts(db)).sheets).toBe(SHEETS);

	const [organization] = await db.select().from(organizations).where(eq(organizations.id, ward.ward.id));
	const { salt, iterations, hash } = organization.staffPin!;
	const key = await crypto.subtle.importKey('raw', Buffer.from(STAFF_PIN), 'PBKDF2', false, ['deriveBits']);
	const how = { name: 'PBKDF2', hash: 'SHA-256', salt: Buffer.from(salt, 'base64'), iterations };
	expect(Buffer.from(await crypto.subtle.deriveBits(how, key, 256)).toString('base64')).toBe(hash);
});

test('a database with a real ward is left as it is', async () => {
	const db = await freshDb();
	await aWard(db);
	expect(await loadDemonstration(db, NOON)).toEqual({ loaded: false, signIns: [] });
	expect(await db.select().from(organizations)).toHaveLength(1);
	expect(await db.select().from(users)).toEqual([]);
	expect(await db.select().from(duties)).toHaveLength(2);
});

test('the made-up roster reaches four weeks ahead, keeps holidays and puts nobody at two counters at once', () => {
	const roster = demonstrationRoster(ward, FROM, addDays(TODAY, 28));
	expect(conflicts(roster)).toEqual([]);
	const starts = roster.map(({ startsAt }) => startsAt);
	expect(Math.max(...starts)).toBeGreaterThan(startOfLocalDay(addDays(TODAY, 25)));
	// The new holiday of 24 November, the day after the load, has no duty; the day after it has.
	expect(roster.filter(({ startsAt }) => localDay(startsAt) === '2026-11-24')).toEqual([]);
	expect(roster.some(({ startsAt }) => localDay(startsAt) === '2026-11-25')).toBe(true);
	expect(new Set(roster.map(({ id }) => id)).size).toBe(roster.length);
	expect(new Set(roster.map(({ officerId }) => officerId)).size).toBe(15);
	expect(ward.teams.every(({ counters, officerIds }) => officerIds.length >= counters.length)).toBe(true);
});

test('the same day makes the same answers, each attributed to the officer of the roster, a poster’s to nobody', () => {
	const roster = demonstrationRoster(ward, FROM, YESTERDAY);
	const made = demonstrationSheets(ward, roster, { from: FROM, to: YESTERDAY, count: 500 });
	expect(demonstrationSheets(ward, roster, { from: FROM, to: YESTERDAY, count: 500 })).toEqual(made);
	expect(made.filter(({ channel, officerId }) => channel === 'poster' && officerId !== '')).toEqual([]);
	for (const sheet of made.filter(({ channel }) => channel !== 'poster')) {
		const there = roster.find(
			({ counterId, startsAt }) =>
				counterId === sheet.counterId &&
				startsAt === startOfLocalDay(sheet.day) + (sheet.shift === 'morning' ? 7.5 : 13.5) * 3_600_000
		);
		expect(sheet.officerId).toBe(there?.officerId ?? '');
		const served = ward.counters.find(({ id }) => id === sheet.counterId)!.fields.map(({ id }) => id);
		expect(served.concat('')).toContain(sheet.fieldId);
	}
});

onOneEngine(
	'on a weekend the officer who can sign in serves people at home, and nobody is at two counters',
	PATIENCE,
	async () => {
		const db = await freshDb();
		const sunday = NOON + 6 * DAY_MS;
		await loadDemonstration(db, sunday);
		const [{ officerId, organizationId }] = await db.select().from(users).where(eq(users.login, 'cong-chuc'));
		const mine = { organizationId, officerId: officerId!, sites: null };
		for (const now of [sunday, sunday + 10 * HOUR_MS]) {
			const { duties: home, left } = await readVisits(db, { ...mine, now });
			expect(home).toMatchObject([{ site: 'Tổ phục vụ tại nhà Bình Minh', fields: [{ name: 'Chứng thực' }] }]);
			expect(left).toBe(20);
		}
		expect(conflicts(await readDuties(db, organizationId, sunday - 2 * DAY_MS, sunday + 28 * DAY_MS))).toEqual([]);
		expect((await readVisits(db, { ...mine, now: sunday + DAY_MS })).duties).toEqual([]);
	}
);

onOneEngine(
	'its dialogue is closed: 1 855 ballots by hall, stream and paper, its criteria beside the index; its cases are lived through once',
	PATIENCE,
	async () => {
		const db = await freshDb();
		await loadDemonstration(db, NOON);
		const [dialogue] = await db.select().from(dialogues);
		expect(dialogue).toMatchObject({ state: 'closed', sealedSecret: null, organizationId: ward.ward.id });
		const { rounds } = (await readResult(db, dialogue!, 'vi'))!;
		const { channels, total } = rounds.at(-1)!;
		expect(Object.values(channels).map(({ ballots }) => ballots)).toEqual([1_104, 431, 320]);
		expect(total).toMatchObject({ ballots: 1_855, valid: 1_844, blank: 6, spoiled: 5, suspects: 14 });
		// Its paper is a batch that was keyed twice and settled; its questions and promises have come to every end there is.
		const [batch] = await readBatchList(db, dialogue!.id);
		expect(batch).toMatchObject({ state: 'closed', counted: 320, ballots: 320, aside: 0 });
		expect(batch!.keyings.map(({ userId }) => userId)).toHaveLength(2);
		const settled = await db.select().from(auditLines).where(eq(auditLines.action, 'paper-mismatch-settled'));
		expect(settled).toHaveLength(1);
		expect(await readQuestionCounts(db, dialogue!.id)).toMatchObject({
			...{ received: 11, waiting: 0, shown: 0, merged: 2, answered: 4, deferred: 3, declined: 2 },
			byReason: { private: 1, advertising: 1, check: 1, elsewhere: 1, time: 1 }
		});
		const ledger = await readLedger(db, ward.ward.id, localDay(NOON));
		expect(ledger.map(({ standing }) => standing).sort()).toEqual(['done', 'late', 'open', 'open']);
		const question = { organizationId: ward.ward.id, from: FROM, to: YESTERDAY, versionId: 'SIPAS5-v1', target: 90 };
		const hall = await readIndexTable(db, { ...question, by: 'criterion', channels: ['live-hall'] });
		// The criterion's own item of the round, in the hall: the same n, and nobody of it in the official index.
		const item = channels['live-hall'].votes.slice(0, 5).reduce((sum, n) => sum + n, 0);
		expect(hall.total.criteria.TC).toMatchObject({ n: item });
		const all = await table(db, 'criterion');
		expect(all.channels).not.toContain('live-hall');

		// Its cases stand in every state, two of them late; to live through them again, and to look for low ratings again, adds none.
		const scope = { organizationId: ward.ward.id, sites: null, head: true, userId: '' };
		await liveThroughCases(db, SECRET, NOON);
		const lived = await readCasesWithin(db, scope, NOON);
		expect(CASE_STATES.filter((state) => !lived.some((row) => row.state === state))).toEqual([]);
		expect((await countPressingCases(db, scope, NOON)).late).toBe(2);
		await liveThroughCases(db, SECRET, NOON);
		expect(await openCasesFromCounts(db, SECRET, NOON)).toBe(0);
		expect(await readCasesWithin(db, scope, NOON)).toHaveLength(lived.length);
	}
);
