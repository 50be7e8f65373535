import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as v from 'valibot';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { answerMapSchema, type WrittenMap } from '../../src/lib/domain/submission/import/map.ts';
import { SIPAS19 } from '../../src/lib/domain/survey/sipas19.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { sheetComments, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { answerFiles } from '../../src/lib/server/db/schema/survey.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import {
	draftDigest,
	readAnswerFile,
	readAnswerPlan,
	readAnswerTable,
	sheetIdOf,
	tableOf
} from '../../src/lib/server/submission/import/reads.ts';
import { readAnswerLook, suggestDraft } from '../../src/lib/server/submission/import/look/reads.ts';
import {
	forgetAnswerFiles,
	importAnswers,
	importKept,
	keepAnswerFile,
	keepMap
} from '../../src/lib/server/submission/import/writes.ts';
import { langNghe } from '../actors/lang-nghe.ts';
import { freshDb } from '../factories/db.ts';
import { aMap, foreignCsv } from '../factories/foreign.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const WARD = { id: 'w1', versionId: 'SIPAS5-v1' };
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function plan(db: Db, csv: string | Uint8Array, map: Partial<WrittenMap> = {}) {
	const table = readAnswerTable(typeof csv === 'string' ? bytesOf(csv) : csv);
	if (!table.ok) throw new Error(table.reason);
	const whole = v.parse(answerMapSchema, aMap(SIPAS5, map));
	const read = await readAnswerPlan(db, { organization: WARD, table: table.value, map: whole, now: NOON });
	if (!read.ok) throw new Error(read.reason);
	return read.value;
}

async function bringIn(db: Db, csv: string | Uint8Array, map: Partial<WrittenMap> = {}, fileId: string | null = null) {
	const own = { organizationId: 'w1', actorId: 'u1', fileName: 'phieu.csv', fileId };
	return importAnswers(db, { ...own, plan: await plan(db, csv, map), now: NOON });
}

test('a file becomes sheets of the channel "import", counted where and when it says, with a line in the audit log', async () => {
	const db = await freshDb();
	await aWard(db);
	const head = 'Mã phiếu;Ngày;Quầy;Công chức;Câu 1;Câu 2;Câu 3;Câu 4;Câu 5;Ý kiến';
	const csv = [head, 'A1;20/11/2026;2;cong chuc 2;5;4;Hài lòng;;1;Cảm ơn', 'A2;20/11/2026;;;;;;;;'].join('\n');
	const comment = { comment: 'Ý kiến' };
	expect(await bringIn(db, csv, comment)).toEqual({
		ok: true,
		value: { stored: 1, known: 0, differs: 0, empty: 1 }
	});
	const place = { siteId: 's1', counterId: 'q2', officerId: 'o2', fieldId: '' };
	expect(await db.select().from(sheets)).toMatchObject([
		{ ...place, day: '2026-11-20', channel: 'import', answers: '544-1', versionId: 'SIPAS5-v1', flags: '' }
	]);
	const counts = await db.select().from(dailyCounts);
	expect(counts.find(({ itemId }) => itemId === 'PV')).toMatchObject({ ...place, channel: 'import', n4: 1, sheets: 0 });
	expect(await db.select().from(sheetComments)).toMatchObject([{ comment: 'Cảm ơn' }]);
	expect(await readAuditLines(db, 'w1', 5)).toMatchObject([
		{
			action: 'answers-imported',
			actorId: 'u1',
			detail:
				'1 phiếu mới, 1 dòng không có câu trả lời (SIPAS5-v1; kênh Nhập từ tệp; nguồn “Khảo sát của tỉnh”; phieu.csv)'
		}
	]);
});

test('the same file twice, also in another order and encoding, stores nothing twice; other answers leave what stands', async () => {
	const db = await freshDb();
	await aWard(db);
	const csv = foreignCsv(SIPAS5, 300, 1);
	await bringIn(db, csv);
	const before = await db.select().from(dailyCounts);
	expect(await bringIn(db, csv)).toEqual({ ok: false, reason: 'nothing-new' });
	const [head, ...rows] = csv.split('\r\n');
	const shuffled = Buffer.from(`\ufeff${[head, ...rows.toReversed()].join('\n')}`, 'utf16le');
	expect(await bringIn(db, shuffled)).toEqual({ ok: false, reason: 'nothing-new' });
	const changed = csv.replace(/^P7;.*$/m, 'P7;01/11/2026;Quầy 1;;1;1;1;1;1');
	expect((await plan(db, changed)).counts).toEqual({ new: 0, known: 299, differs: 1, empty: 0, wrong: 0 });
	expect(await bringIn(db, `${changed}\r\nP301;01/11/2026;;;5;5;5;5;5`)).toEqual({
		ok: true,
		value: { stored: 1, known: 299, differs: 1, empty: 0 }
	});
	expect(await db.select().from(sheets)).toHaveLength(301);
	const after = await db.select().from(dailyCounts);
	const sum = (counts: typeof before) => counts.reduce((all, { n1 }) => all + n1, 0);
	expect(sum(after)).toBe(sum(before));
	// Another source numbers its sheets as it likes.
	expect(await bringIn(db, csv, { source: 'Nguồn khác' })).toMatchObject({ value: { stored: 300 } });
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('one wrong cell of many and nothing is stored; each is said with its row and column', async () => {
	const db = await freshDb();
	await aWard(db);
	const csv = foreignCsv(SIPAS5, 2500, 2).replace(/^(P2400;[^;]*;[^;]*;[^;]*);[^;]*/m, '$1;7');
	const wrong = await plan(db, csv);
	expect(wrong.problems).toEqual([{ row: 2401, column: 4, code: 'value-range', text: '7', other: undefined }]);
	expect(wrong.counts).toMatchObject({ new: 2499, wrong: 1 });
	expect(await bringIn(db, csv)).toEqual({ ok: false, reason: 'rows-wrong' });
	const unclosed = `${foreignCsv(SIPAS5, 3, 2)}\r\nP4;20/11/2026;;;5;5;5;5;"5`;
	expect((await plan(db, unclosed)).problems).toMatchObject([{ row: 5, column: null, code: 'quotes' }]);
	expect(await db.select().from(sheets)).toEqual([]);
	expect(await readAuditLines(db, 'w1', 5)).toEqual([]);
});

test('nothing is half done: a database that fails in the last thousand rows has none of them', async () => {
	const db = await freshDb();
	await aWard(db);
	const whole = await plan(db, foreignCsv(SIPAS5, 6000, 3));
	const last = whole.sheets[5999];
	// What no check lets through, so that the database is what refuses it.
	whole.sheets[5999] = { ...last, arrival: { ...last.arrival, channel: null as never } };
	const request = { organizationId: 'w1', actorId: 'u1', plan: whole, fileName: '', fileId: null, now: NOON };
	await expect(importAnswers(db, request)).rejects.toThrow();
	expect(await db.select().from(sheets)).toEqual([]);
	expect(await db.select().from(dailyCounts)).toEqual([]);
	expect(await readAuditLines(db, 'w1', 5)).toEqual([]);
});

test('an id is the same for ever, another for every organization, source and number, and has the form of a UUID', () => {
	const id = sheetIdOf('w1', 'Khảo sát', '17');
	expect(id).toBe('adababc8-61b8-8c81-a092-df501de164f1');
	expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	const others: [string, string, string][] = [
		['w2', 'Khảo sát', '17'],
		['w1', 'Khảo sát1', '7'],
		['w11', 'Khảo sát', '7'],
		['w1', 'Khảo sát', '017']
	];
	expect(new Set([id, ...others.map((parts) => sheetIdOf(...parts))])).toHaveLength(5);
});

test('a questionnaire that the organization may not use is refused', async () => {
	const db = await freshDb();
	await aWard(db);
	const table = readAnswerTable(bytesOf(foreignCsv(SIPAS5, 1, 1)));
	const map = v.parse(answerMapSchema, aMap(SIPAS5, { version: 'foreign-v1' }));
	const request = { organization: WARD, table: table.ok ? table.value : null!, map, now: NOON };
	expect(await readAnswerPlan(db, request)).toEqual({ ok: false, reason: 'version-unknown' });
});

describe('a kept file', () => {
	const own = { organizationId: 'w1', userId: 'u1', id: 'file000001' };
	const keep = (db: Db, overrides: Partial<typeof own> = {}, now = NOON) =>
		keepAnswerFile(db, { ...own, ...overrides, fileName: 'x.csv', bytes: bytesOf(foreignCsv(SIPAS5, 5, 1)), now });

	test('belongs to who sent it; of each person the last is kept, and none longer than a day', async () => {
		const db = await freshDb();
		await keep(db);
		expect(tableOf((await readAnswerFile(db, own))!).rows).toHaveLength(6);
		for (const change of [{ userId: 'u2' }, { organizationId: 'w2' }])
			expect(await readAnswerFile(db, { ...own, ...change })).toBeNull();
		await keepMap(db, { ...own, userId: 'u2', map: aMap(SIPAS5) });
		expect((await readAnswerFile(db, own))!.mapping).toBe('');
		await keepMap(db, { ...own, map: aMap(SIPAS5) });
		expect(JSON.parse((await readAnswerFile(db, own))!.mapping)).toEqual(aMap(SIPAS5));
		await keep(db, { id: 'file000002' });
		await keep(db, { id: 'file000003', userId: 'u2' });
		expect((await db.select().from(answerFiles)).map(({ id }) => id).sort()).toEqual(['file000002', 'file000003']);
		await forgetAnswerFiles(db, NOON + DAY_MS + 1);
		expect(await db.select().from(answerFiles)).toEqual([]);
	});

	test('a hundred sendings of one file store its sheets once, and its words are gone', async () => {
		const db = await freshDb();
		await aWard(db);
		await keep(db);
		const csv = foreignCsv(SIPAS5, 5, 1);
		const all = await Promise.all(Array.from({ length: 100 }, () => bringIn(db, csv, {}, own.id)));
		expect(all.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await db.select().from(sheets)).toHaveLength(5);
		expect(await db.select().from(answerFiles)).toMatchObject([{ content: '', appliedAt: NOON }]);
		expect(await readAuditLines(db, 'w1', 5)).toHaveLength(1);
	});
});

describe('the mapping page', () => {
	const own = { organizationId: 'w1', userId: 'u1', id: 'file000001' };
	const kept = async (db: Db, csv: string, id = own.id) => {
		await keepAnswerFile(db, { ...own, id, fileName: 'phieu.csv', bytes: bytesOf(csv), now: NOON });
		const table = readAnswerTable(bytesOf(csv));
		if (!table.ok) throw new Error(table.reason);
		const draft = await suggestDraft(db, WARD, table.value);
		await keepMap(db, { ...own, id, map: draft });
		return draft;
	};
	const look = async (db: Db, id = own.id) =>
		readAnswerLook(db, WARD, (await readAnswerFile(db, { ...own, id }))!, NOON);
	const apply = async (db: Db, seen?: string, id = own.id) => {
		const file = await readAnswerFile(db, { ...own, id });
		const map = seen ?? draftDigest(file!);
		return importKept(db, { organization: WARD, userId: 'u1', fileId: id, seen: map, now: NOON });
	};

	test('guesses everything but the source, imports what was looked at once, and reads the next file by the same map', async () => {
		const db = await freshDb();
		await aWard(db);
		const csv = foreignCsv(SIPAS5, 30, 1);
		const draft = await kept(db, csv);
		const { source, ...guessed } = aMap(SIPAS5);
		expect(draft).toMatchObject({ ...guessed, header: true, separator: ';' });
		expect(await look(db)).toMatchObject({ missing: ['source'], plan: null, total: 30 });
		expect(await apply(db)).toEqual({ ok: false, reason: 'map-unfit' });

		await keepMap(db, { ...own, map: { ...draft, source } });
		const { plan, seen } = await look(db);
		expect(plan).toMatchObject({ counts: { new: 30, wrong: 0 } });
		expect(plan!.first[0]).toMatchObject({ row: 2, sourceId: 'P1', place: 'Quầy 1' });
		// Changed in another window between the look and the decision.
		await keepMap(db, { ...own, map: { ...draft, source: 'Nguồn khác' } });
		expect(await apply(db, seen)).toEqual({ ok: false, reason: 'map-changed' });
		await keepMap(db, { ...own, map: { ...draft, source } });
		const twice = await Promise.all([apply(db, seen), apply(db, seen)]);
		expect(twice.filter(({ ok }) => ok)).toMatchObject([{ value: { stored: 30 } }]);
		expect(await apply(db, seen)).toEqual({ ok: false, reason: 'already' });

		await forgetAnswerFiles(db, NOON + 2 * DAY_MS);
		const next = await kept(db, `${csv}\r\nP31;20/11/2026;;;5;5;5;5;5`, 'file000002');
		expect(next).toMatchObject({ source, items: guessed.items });
		expect((await look(db, 'file000002')).plan).toMatchObject({ counts: { new: 1, known: 30 } });
		expect(await apply(db, undefined, 'file000002')).toMatchObject({ value: { stored: 1, known: 30 } });
		expect(await db.select().from(sheets)).toHaveLength(31);
	});

	test('somebody else brings in nothing by my file', async () => {
		const db = await freshDb();
		await aWard(db);
		await kept(db, foreignCsv(SIPAS5, 3, 1));
		await keepMap(db, { ...own, map: aMap(SIPAS5) });
		const { seen } = await look(db);
		for (const change of [{ userId: 'u2' }, { organization: { ...WARD, id: 'w2' } }]) {
			const request = { organization: WARD, userId: 'u1', fileId: own.id, seen, now: NOON, ...change };
			expect(await importKept(db, request)).toEqual({ ok: false, reason: 'file-unknown' });
		}
		expect(await db.select().from(sheets)).toEqual([]);
	});
});

describe.runIf(engine === 'sqlite')('lang-nghe import', { timeout: 60_000 }, () => {
	async function aWardOnDisk() {
		const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-import-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const url = `file:${folder}/ward.db`;
		await on(url, (db) => aWard(db));
		const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
		const run = (...args: string[]) => langNghe(args, { url, cwd: folder });
		return { folder, url, write, run };
	}
	async function on<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
		const db = await openDb(url);
		return work(db).finally(() => db.store.close());
	}

	test('brings in a foreign file, whose index is what a program outside computes from the file', async () => {
		const { folder, url, write, run } = await aWardOnDisk();
		// One cut, and every day has more than a block of answers: all of them are released.
		write('foreign.csv', foreignCsv(SIPAS5, 1000, 2026));
		write('map.json', JSON.stringify(aMap(SIPAS5, { counter: undefined, officer: undefined })));
		const dry = await run('import', 'foreign.csv', '--map', 'map.json', '--dry-run');
		expect(dry).toMatchObject({ code: 0, errors: '', out: expect.stringContaining('1.000 phiếu mới') });
		expect(await on(url, (db) => db.select().from(sheets))).toEqual([]);
		expect(await run('import', 'foreign.csv', '--map', 'map.json')).toMatchObject({
			code: 0,
			out: expect.stringContaining('Đã nhập 1.000 phiếu vào Phường w1.')
		});
		expect(await run('import', 'foreign.csv', '--map', 'map.json')).toMatchObject({
			code: 0,
			out: expect.stringContaining('Không có phiếu mới')
		});
		await on(url, (db) => releaseCounts(db));

		const awk = execFileSync('awk', ['-f', 'tests/integration/recompute-index.awk', join(folder, 'foreign.csv')], {
			encoding: 'utf8',
			env: { ...process.env, LC_ALL: 'C' }
		});
		const outside = awk
			.trim()
			.split('\n')
			.map((line) => line.split(' '));
		const asked = ['--by', 'criterion', '--channel', 'import', '--from', '2026-09-01', '--to', '2026-11-30', '--json'];
		const table = await run('index', ...asked);
		const { total } = JSON.parse(table.out);
		const [sipas] = outside.slice(-1);
		expect(['SIPAS', total.sipas.value.toFixed(2)]).toEqual(sipas);
		for (const [criterion, percent, n] of outside.slice(0, 5)) {
			const inside = total.criteria[criterion];
			expect([criterion, inside.n, inside.value.toFixed(2)]).toEqual([criterion, Number(n), percent]);
		}
	});

	test('says what is wrong by row and column, all counted, a hundred shown, and exits 3', async () => {
		const { url, write, run } = await aWardOnDisk();
		write('foreign.csv', foreignCsv(SIPAS19, 150, 1));
		const map = aMap(SIPAS19, { scale: { from: 1, to: 3 } });
		write('map.json', JSON.stringify(map));
		const { code, out, errors } = await run('import', 'foreign.csv', '--map', 'map.json');
		expect(code).toBe(3);
		expect(errors).toContain('Chưa nhập gì');
		expect(out.match(/^Dòng \d+, cột “Câu \d+”: số nằm ngoài thang điểm/gm)).toHaveLength(100);
		expect(out).toMatch(/… và [\d.]+ lỗi nữa\./);
		expect(await on(url, (db) => db.select().from(sheets))).toEqual([]);
	});

	test('a map that is none, or does not fit, is a sentence for each place of it', async () => {
		const { write, run } = await aWardOnDisk();
		write('foreign.csv', foreignCsv(SIPAS5, 3, 1));
		write('none.json', '{');
		write('wrong.json', JSON.stringify({ ...aMap(SIPAS5), kanal: 'paper' }));
		write('other.json', JSON.stringify(aMap(SIPAS5, { comment: 'Ghi chú' })));
		write('picture.csv', '\x89PNG\0\0');
		const refusal = async (file: string, map: string) => {
			const { code, errors } = await run('import', file, '--map', map);
			return [code, errors];
		};
		expect(await refusal('foreign.csv', 'none.json')).toEqual([3, expect.stringContaining('không phải là JSON')]);
		expect(await refusal('foreign.csv', 'wrong.json')).toEqual([3, expect.stringContaining('kanal')]);
		expect(await refusal('foreign.csv', 'other.json')).toEqual([
			3,
			expect.stringContaining('comment: tệp không có cột này (Ghi chú)')
		]);
		expect(await refusal('picture.csv', 'other.json')).toEqual([
			3,
			expect.stringContaining('không phải là tệp văn bản')
		]);
		expect(await refusal('missing.csv', 'other.json')).toEqual([3, expect.stringContaining('missing.csv')]);
		expect((await run('import', 'foreign.csv')).code).toBe(2);
	});
});
