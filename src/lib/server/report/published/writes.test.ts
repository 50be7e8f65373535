import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { SIX_WARDS } from '../../../domain/report/published/six-wards.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import type { Db } from '../../db/db.ts';
import { lookAtPublished, readPredecessors, readPublished } from './reads.ts';
import { importPublished, setPredecessors, shelvePublished } from './writes.ts';

const by = { organizationId: 'w1', changedBy: 'u1', now: NOON };
const fileOf = (csv: string, said: { year?: number | null; method?: string } = {}) => ({
	...{ year: null, method: SIX_WARDS.method, source: SIX_WARDS.source, ...said },
	bytes: new TextEncoder().encode(csv)
});
const bring = (db: Db, id: string, file = fileOf(SIX_WARDS.csv)) => importPublished(db, { ...by, id, file });
const actions = async (db: Db) => (await readAuditLines(db, 'w1', 9)).map(({ action }) => action).toReversed();

test('the six wards are imported once, listed with their changes, removed and brought back, each with a line', async () => {
	const db = await freshDb();
	await aWard(db);
	expect(await bring(db, 'series0001')).toEqual({ ok: true, value: { units: 6 } });
	expect(await bring(db, 'series0001')).toEqual({ ok: true, value: { units: 0 } });
	const [table] = await readPublished(db, ['w1']);
	expect(table).toMatchObject({ year: 2024, changeSince: 2023, method: SIX_WARDS.method, source: SIX_WARDS.source });
	expect(table.units.map(({ values, change }) => [values.SIPAS, change])).toEqual([
		...[
			[8890, 328],
			[8967, 198],
			[9021, 381]
		],
		...[
			[8371, 730],
			[9141, 314],
			[8613, 523]
		]
	]);
	const shelve = (removed: boolean) => shelvePublished(db, { ...by, id: 'series0001', removed });
	expect(await shelve(true)).toEqual({ ok: true, value: null });
	expect(await readPublished(db, ['w1'])).toEqual([]);
	expect(await readPublished(db, ['w1'], { removed: true })).toHaveLength(1);
	expect(await shelve(false)).toEqual({ ok: true, value: null });
	expect(await readPublished(db, ['w1'])).toEqual([table]);
	expect(await actions(db)).toEqual(['peers-imported', 'peers-removed', 'peers-restored']);
});

test('a unit has one figure of a year and method: a second table is refused line by line, also when it is brought back', async () => {
	const db = await freshDb();
	await aWard(db);
	await bring(db, 'series0001');
	const look = await lookAtPublished(db, 'w1', fileOf(SIX_WARDS.csv));
	expect(look.ok && look.value.problems.map(({ code }) => code)).toEqual(Array(6).fill('unit-standing'));
	expect(await bring(db, 'series0002')).toEqual({ ok: false, reason: 'rows-wrong' });
	expect(await bring(db, 'series0003', fileOf(SIX_WARDS.csv, { method: 'Cách khác' }))).toMatchObject({ ok: true });
	await shelvePublished(db, { ...by, id: 'series0001', removed: true });
	expect(await bring(db, 'series0002')).toMatchObject({ ok: true });
	const back = await shelvePublished(db, { ...by, id: 'series0001', removed: false });
	expect(back).toEqual({ ok: false, reason: 'unit-standing' });
});

test('one wrong line keeps the whole table out, and another organization does not reach it', async () => {
	const db = await freshDb();
	await aWard(db);
	const wrong = SIX_WARDS.csv.replace('78.25', '178.25');
	expect(await bring(db, 'series0001', fileOf(wrong))).toEqual({ ok: false, reason: 'rows-wrong' });
	expect(await readPublished(db, ['w1'], { removed: true })).toEqual([]);
	await bring(db, 'series0002');
	const foreign = { ...by, organizationId: 'w2', id: 'series0002', removed: true };
	expect(await shelvePublished(db, foreign)).toEqual({ ok: false, reason: 'series-unknown' });
	expect(await readPublished(db, ['w2'])).toEqual([]);
});

test('what is not a table of one year is refused as a whole', async () => {
	const db = await freshDb();
	const reason = async (csv: string, said = {}) => {
		const look = await lookAtPublished(db, 'w1', fileOf(csv, said));
		return look.ok ? null : look.reason;
	};
	expect(await reason('a,b\n1,2')).toBe('headings');
	expect(await reason('don_vi,TC\nA,80')).toBe('year-missing');
	expect(await reason(SIX_WARDS.csv, { year: 2023 })).toBe('year-differs');
	expect(await reason('don_vi,TC\nA,80', { year: 2023 })).toBeNull();
	expect(await reason('')).toBe('empty');
});

test('what a ward was merged from is said once, in the log too, and is its own', async () => {
	const db = await freshDb();
	await aWard(db);
	await aWard(db, 'w2');
	const predecessors = { units: ['Xã A', 'Xã B'], basis: 'Nghị quyết' };
	await setPredecessors(db, { ...by, predecessors });
	await setPredecessors(db, { ...by, predecessors });
	expect(await readPredecessors(db, 'w1')).toEqual(predecessors);
	expect(await readPredecessors(db, 'w2')).toBeNull();
	expect(await actions(db)).toEqual(['predecessors-set']);
	await setPredecessors(db, { ...by, predecessors: null });
	expect(await readPredecessors(db, 'w1')).toBeNull();
});
