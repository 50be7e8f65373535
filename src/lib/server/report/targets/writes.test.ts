import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import type { TargetColumn } from '../../../domain/report/targets.ts';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import type { Db } from '../../db/db.ts';
import { acceptDirect } from '../../submission/direct/writes.ts';
import { readDetail } from '../detail/reads.ts';
import { readIndexTable } from '../reads.ts';
import { releaseCounts } from '../writes.ts';
import { readTargetHistory, readTargets } from './reads.ts';
import { setTargets } from './writes.ts';

const NONE: Record<TargetColumn, number | null> = { TC: null, HC: null, PV: null, KQ: null, TT: null, SIPAS: null };
const set = (db: Db, values: Partial<typeof NONE>, year = 2026) =>
	setTargets(db, { organizationId: 'w1', changedBy: 'u1', now: NOON, year, values: { ...NONE, ...values } });

/** Sixty people, all of them content: every figure is 100 %, of which the interval begins at 93,98. */
async function aContentWard() {
	const db = await freshDb();
	await aWard(db);
	const place = { siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: 'o1' };
	const answers = CRITERIA.map((itemId) => ({ itemId, value: 5 }));
	const sheets = Array.from({ length: 60 }, () => ({
		...{ id: randomUUID(), organizationId: 'w1', channel: 'ticket' as const, versionId: 'SIPAS5-v1', locale: 'vi' },
		...{ flags: [], at: NOON, answers, reasons: [], comment: null, bands: '', place, ticketHash: null }
	}));
	await acceptDirect(db, sheets, NOON);
	await releaseCounts(db);
	return db;
}

const question = { organizationId: 'w1', versionId: 'SIPAS5-v1', target: 90, from: '2026-11-01', to: '2026-11-30' };

test('a target holds for its criterion and year in the table and behind its cell, and setting it again undoes it', async () => {
	const db = await aContentWard();
	const verdicts = async () => {
		const { total, targets } = await readIndexTable(db, { ...question, by: 'counter' });
		const { detail, target } = await readDetail(db, question, 'TC');
		expect(target).toBe(targets.TC);
		expect(detail.cell).toEqual(total.criteria.TC);
		const said = [total.criteria.TC, total.criteria.PV].map((cell) => 'value' in cell && cell.verdict);
		return [targets.TC, targets.PV, ...said];
	};
	expect(await verdicts()).toEqual([90, 90, 'met', 'met']);
	expect(await set(db, { TC: 9900 }, 2025)).toBe(1);
	expect(await verdicts()).toEqual([90, 90, 'met', 'met']);
	expect(await set(db, { TC: 9900 })).toBe(1);
	expect(await verdicts()).toEqual([99, 90, 'not-enough', 'met']);
	expect(await set(db, { TC: 9900 })).toBe(0);
	expect(await set(db, {})).toBe(1);
	expect(await verdicts()).toEqual([90, 90, 'met', 'met']);
});

test('every change stands in the history and in the log, and another organization has its own', async () => {
	const db = await freshDb();
	await aWard(db);
	await set(db, { TC: 8550, SIPAS: 9200 });
	await set(db, { SIPAS: 9200 });
	expect(await readTargets(db, 'w1', 2026)).toEqual({ SIPAS: 92 });
	expect(await readTargets(db, 'w2', 2026)).toEqual({});
	const history = await readTargetHistory(db, 'w1', 9);
	expect(history.map(({ criterion, value }) => [criterion, value])).toEqual([
		['TC', null],
		['SIPAS', 92],
		['TC', 85.5]
	]);
	const lines = await readAuditLines(db, 'w1', 9);
	expect(lines.map(({ action, detail }) => `${action} ${detail}`).toReversed()).toEqual([
		'targets-set năm 2026: TC chung → 85,50, SIPAS chung → 92,00',
		'targets-set năm 2026: TC 85,50 → chung'
	]);
});
