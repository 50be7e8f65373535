import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { isCounted, parseFlags } from '../../src/lib/domain/submission/flag.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { quarantine, sheetComments, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import {
	readDeskCounts,
	readDeskLine,
	readDeskLines,
	totalsOf,
	type DeskScope
} from '../../src/lib/server/submission/quarantine/reads.ts';
import {
	acceptProposals,
	keepOut,
	proposeSheets,
	reopenLines,
	withdrawProposals
} from '../../src/lib/server/submission/quarantine/writes.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const LEADER = { id: 'leader', officerId: null };
const DEPUTY = { id: 'deputy', officerId: null };
const SCOPE: DeskScope = { organizationId: 'w1', sites: null };
const ALL = { state: null, terminalId: null, code: null };

/** A ward whose desk holds these bodies, each refused by the intake itself. */
async function aDesk(...bodies: unknown[]) {
	const db = await freshDb();
	const { sender, sender2 } = await aWard(db);
	const receipts = await acceptSheets(db, sender, bodies, NOON);
	const lines = await db.select({ id: quarantine.id, code: quarantine.code }).from(quarantine);
	const deciding = (user: { id: string; officerId: string | null }, reason = 'sai danh tính máy', scope = SCOPE) => ({
		scope,
		ids: lines.map(({ id }) => id),
		user,
		reason,
		now: NOON
	});
	return { db, sender, sender2, receipts, lines, deciding };
}

/** The first is stored, the second has its running number. */
const forked = (overrides: Partial<Sheet> = {}) => [aSheet(), aSheet(overrides)];
const stateOf = async (db: Db) =>
	(await db.select({ state: quarantine.state }).from(quarantine)).map(({ state }) => state);
const countedSheets = async (db: Db) => {
	const rows = await db.select().from(dailyCounts).where(eq(dailyCounts.itemId, ''));
	return rows.filter(({ counted }) => counted === 1).reduce((sum, row) => sum + row.sheets, 0);
};
const differences = async (db: Db) => (await verifyCounts(db)).differences;

test('one person proposes with a reason, another takes the sheet in, and the counts have it', async () => {
	const { db, deciding, lines } = await aDesk(...forked({ answers: [{ itemId: 'PV', value: 2 }], comment: 'Chờ lâu' }));
	expect(lines).toMatchObject([{ code: 'sequence-forked' }]);
	const before = await countedSheets(db);
	expect(await proposeSheets(db, deciding(LEADER))).toEqual({ done: 1, refused: {} });
	expect(await countedSheets(db)).toBe(before);
	expect(await acceptProposals(db, deciding(DEPUTY, ''))).toEqual({ done: 1, refused: {} });
	expect(await countedSheets(db)).toBe(before + 1);
	expect(await differences(db)).toEqual([]);

	const [taken] = (await db.select().from(sheets)).filter(({ flags }) => flags.includes('from-quarantine'));
	expect(taken).toMatchObject({
		day: '2026-11-23',
		counterId: 'q1',
		officerId: 'o1',
		fieldId: 'f1',
		channel: 'terminal'
	});
	expect(isCounted(parseFlags(taken.flags))).toBe(true);
	expect(await db.select().from(sheetComments)).toMatchObject([{ sheetId: taken.id, comment: 'Chờ lâu' }]);
	const log = await readAuditLines(db, 'w1', 10);
	expect(log.map(({ action, actorId, reason }) => [action, actorId, reason])).toEqual([
		['quarantine-accepted', 'deputy', 'sai danh tính máy'],
		['quarantine-proposed', 'leader', 'sai danh tính máy']
	]);
});

test('whoever proposed does not decide, and nobody acts on the sheet that rates himself', async () => {
	const { db, deciding } = await aDesk(...forked());
	const rated = { id: 'rated', officerId: 'o1' };
	expect(await proposeSheets(db, deciding(rated))).toEqual({ done: 0, refused: { 'own-sheet': 1 } });
	expect(await keepOut(db, deciding(rated))).toEqual({ done: 0, refused: { 'own-sheet': 1 } });
	await proposeSheets(db, deciding(LEADER));
	expect(await acceptProposals(db, deciding(LEADER))).toEqual({ done: 0, refused: { 'own-proposal': 1 } });
	expect(await acceptProposals(db, deciding(rated))).toEqual({ done: 0, refused: { 'own-sheet': 1 } });
	expect(await keepOut(db, deciding(rated))).toEqual({ done: 0, refused: { 'own-sheet': 1 } });
	expect(await withdrawProposals(db, deciding(DEPUTY))).toEqual({ done: 0, refused: { 'changed-meanwhile': 1 } });
	expect(await stateOf(db)).toEqual(['proposed']);
	expect(await withdrawProposals(db, deciding(LEADER))).toMatchObject({ done: 1 });
	expect(await acceptProposals(db, deciding(DEPUTY))).toEqual({ done: 0, refused: { 'changed-meanwhile': 1 } });
	expect(await stateOf(db)).toEqual(['waiting']);
});

test('another organization and another site find nothing here', async () => {
	const { db, deciding, lines } = await aDesk(...forked());
	await aWard(db, 'w2');
	const elsewhere: DeskScope[] = [
		{ organizationId: 'w2', sites: null },
		{ organizationId: 'w1', sites: ['another'] },
		{ organizationId: 'w1', sites: [] }
	];
	for (const scope of elsewhere) {
		for (const act of [proposeSheets, withdrawProposals, acceptProposals, keepOut, reopenLines]) {
			expect(await act(db, deciding(LEADER, 'x', scope))).toEqual({ done: 0, refused: { unknown: 1 } });
		}
		expect(await readDeskLine(db, scope, lines[0].id)).toBeNull();
		expect(await readDeskLines(db, scope, ALL, { offset: 0, limit: 9 })).toEqual([]);
		expect(await readDeskCounts(db, scope)).toEqual([]);
	}
	expect(await proposeSheets(db, deciding(LEADER, 'x', { organizationId: 'w1', sites: ['s1'] }))).toMatchObject({
		done: 1
	});
});

test('a hundred people decide at once: one sheet is stored', async () => {
	const { db, deciding } = await aDesk(...forked());
	await proposeSheets(db, deciding(LEADER));
	const before = await countedSheets(db);
	const all = await Promise.all(
		Array.from({ length: 100 }, (_, i) => acceptProposals(db, deciding({ id: `d${i % 2}`, officerId: null })))
	);
	expect(all.reduce((sum, { done }) => sum + done, 0)).toBe(1);
	expect(await countedSheets(db)).toBe(before + 1);
	expect(await differences(db)).toEqual([]);
	expect((await readAuditLines(db, 'w1', 300)).filter(({ action }) => action === 'quarantine-accepted')).toHaveLength(
		1
	);
});

test('of two who decide otherwise at the same moment one is too late', async () => {
	const { db, deciding } = await aDesk(...forked());
	await proposeSheets(db, deciding(LEADER));
	const both = await Promise.all([acceptProposals(db, deciding(DEPUTY)), keepOut(db, deciding(LEADER))]);
	expect(both.map(({ done }) => done).sort()).toEqual([0, 1]);
	const [state] = await stateOf(db);
	expect((await db.select().from(sheets)).length).toBe(state === 'accepted' ? 2 : 1);
	expect(await differences(db)).toEqual([]);
});

test('what is kept out can be taken up again, what was taken in cannot', async () => {
	const { db, deciding } = await aDesk(...forked());
	expect(await keepOut(db, deciding(LEADER, 'thử máy'))).toMatchObject({ done: 1 });
	expect(totalsOf(await readDeskCounts(db, SCOPE))).toEqual({ accepted: 0, keptOut: 1, waiting: 0 });
	expect(await proposeSheets(db, deciding(LEADER))).toEqual({ done: 0, refused: { 'changed-meanwhile': 1 } });
	expect(await reopenLines(db, deciding(LEADER, ''))).toMatchObject({ done: 1 });
	await proposeSheets(db, deciding(LEADER));
	await acceptProposals(db, deciding(DEPUTY));
	expect(await reopenLines(db, deciding(LEADER, ''))).toEqual({ done: 0, refused: { 'changed-meanwhile': 1 } });
	expect(await keepOut(db, deciding(LEADER))).toEqual({ done: 0, refused: { 'changed-meanwhile': 1 } });
	expect(totalsOf(await readDeskCounts(db, SCOPE))).toEqual({ accepted: 1, keptOut: 0, waiting: 0 });
});

test('what does not have the form of a sheet can only be kept out', async () => {
	const malformed = [
		null,
		'phiếu',
		{ ...aSheet(), answers: [{ itemId: 'PV', value: 9 }] },
		aSheet({ comment: 'x'.repeat(1_500) })
	];
	const { db, deciding, lines } = await aDesk(...malformed);
	expect(lines).toHaveLength(4);
	expect(await proposeSheets(db, deciding(LEADER))).toEqual({ done: 0, refused: { malformed: 4 } });
	await commit(db, (tx) =>
		tx
			.update(quarantine)
			.set({ state: 'proposed', proposedBy: 'x' })
			.then(() => {})
	);
	expect(await acceptProposals(db, deciding(LEADER))).toEqual({ done: 0, refused: { malformed: 4 } });
	expect(await keepOut(db, deciding(LEADER))).toEqual({ done: 4, refused: {} });
	expect(await db.select().from(sheets)).toEqual([]);
});

test('a sheet under a taken id gets another, and is taken in once however often it came', async () => {
	const stored = aSheet();
	const other = { ...stored, answers: [{ itemId: 'PV', value: 1 }] };
	const { db, deciding, lines, sender2 } = await aDesk(stored, other);
	expect(lines).toMatchObject([{ code: 'id-taken' }]);
	await acceptSheets(db, sender2, [other], NOON);
	const ids = (await db.select({ id: quarantine.id }).from(quarantine)).map(({ id }) => id);
	expect(ids).toHaveLength(2);
	await proposeSheets(db, { ...deciding(LEADER), ids });
	expect(await acceptProposals(db, { ...deciding(DEPUTY), ids })).toEqual({
		done: 1,
		refused: { 'already-stored': 1 }
	});
	const all = await db.select().from(sheets);
	expect(new Set(all.map(({ id }) => id)).size).toBe(2);
	expect(await differences(db)).toEqual([]);
});

test('a foreign duty leaves the sheet unattributed, a foreign field leaves it open, a strange clock its day of arrival', async () => {
	const db = await freshDb();
	const { sender2 } = await aWard(db);
	await aWard(db, 'w2');
	await acceptSheets(
		db,
		sender2,
		[aSheet({ dutyId: 'w2-d1' }), aSheet({ sequence: 2, dutyId: 'd2', fieldId: 'w2-f1' })],
		NOON
	);
	const future = aSheet({ sequence: 2, dutyId: 'gone', answeredAt: '2031-01-01T00:00:00Z', replaces: randomUUID() });
	await acceptSheets(db, sender2, [future], NOON);
	const ids = (await db.select({ id: quarantine.id }).from(quarantine)).map(({ id }) => id);
	const deciding = { scope: SCOPE, ids, reason: 'đúng là của phường', now: NOON };
	await proposeSheets(db, { ...deciding, user: LEADER });
	expect(await acceptProposals(db, { ...deciding, user: DEPUTY })).toEqual({ done: 3, refused: {} });
	const all = (await db.select().from(sheets)).map(({ officerId, fieldId, counterId, day, flags }) => [
		officerId,
		fieldId,
		counterId,
		day,
		flags
	]);
	expect(all.sort()).toEqual([
		['', '', 'q2', '2026-11-23', 'duty-unknown,from-quarantine'],
		['', '', 'q2', '2026-11-23', 'replaces-foreign,clock-future,duty-unknown,from-quarantine'],
		['o2', '', 'q2', '2026-11-23', 'from-quarantine']
	]);
	expect(await differences(db)).toEqual([]);
});

test('the desk tells the day of arrival and nothing finer, in an order that tells nothing', async () => {
	const { db, sender, lines } = await aDesk(...forked());
	for (let sequence = 1; sequence <= 8; sequence++) {
		await acceptSheets(db, sender, [{ ...aSheet({ sequence }), answers: [] }], NOON + sequence * 1_000);
	}
	const read = await readDeskLines(db, SCOPE, ALL, { offset: 0, limit: 99 });
	expect(read.map(({ id }) => id)).toEqual(read.map(({ id }) => id).toSorted());
	const opened = await readDeskLine(db, SCOPE, lines[0].id);
	expect(opened).toMatchObject({ officerId: 'o1', sheet: { officer: 'Công Chức 1', answers: [{ value: 5 }] } });
	const told = JSON.stringify([read, opened]);
	for (const secret of [/2026-11-23T/, /"sequence"/, /answeredAt/, /receivedAt/, new RegExp(String(NOON).slice(0, 8))])
		expect(told).not.toMatch(secret);
});

test('sheets from quarantine come into the table as all others do: in blocks', async () => {
	const first = Array.from({ length: 12 }, (_, i) => aSheet({ sequence: i + 1 }));
	const second = Array.from({ length: 12 }, (_, i) =>
		aSheet({ sequence: i + 1, answers: [{ itemId: 'PV', value: 3 }] })
	);
	const { db, deciding, lines } = await aDesk(...first, ...second);
	expect(lines).toHaveLength(12);
	const question = {
		organizationId: 'w1',
		by: 'officer',
		from: '2026-11-01',
		to: '2026-11-30',
		versionId: 'SIPAS5-v1',
		target: 90
	} as const;
	await proposeSheets(db, deciding(LEADER));
	await acceptProposals(db, { ...deciding(DEPUTY), ids: lines.slice(0, 9).map(({ id }) => id) });
	await releaseCounts(db);
	const row = async () => (await readIndexTable(db, question)).rows.find(({ key }) => key === 'o1');
	expect((await row())?.sheets ?? null).toBeNull();
	await acceptProposals(db, deciding(DEPUTY));
	await releaseCounts(db);
	// The twelve under shared numbers stay out: nobody knows which of two was the citizen's.
	expect(await row()).toMatchObject({ sheets: 12 });
	expect(await differences(db)).toEqual([]);
});
