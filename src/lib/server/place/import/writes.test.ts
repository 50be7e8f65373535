import { describe, expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { IMPORT_KINDS, type ImportKind } from '../../../domain/place/import/columns.ts';
import { LARGEST_BYTES, MOST_ROWS, SEPARATORS } from '../../../domain/place/import/separator.ts';
import { addDays, DAY_MS, formatDay } from '../../../domain/shared/time.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import type { Db } from '../../db/db.ts';
import { duties, importDrafts } from '../../db/schema/place.ts';
import { readCounters, readOfficers } from '../reads.ts';
import { readImportDraft, readingOf, readPlan } from './reads.ts';
import { readSheet, templateOf } from './sheet.ts';
import { applyDraft, keepDraft } from './writes.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const own = { organizationId: 'w1', userId: 'u1' };
const ALL = { sites: null, now: NOON };

async function keep(db: Db, kind: ImportKind, text: string, id = 'draft00001') {
	const kept = await keepDraft(db, { ...own, id, kind, fileName: 'danh-sach.csv', bytes: utf8(text), now: NOON });
	expect(kept).toEqual({ ok: true });
	return id;
}
const apply = (db: Db, id = 'draft00001', change: Partial<Parameters<typeof applyDraft>[1]> = {}) =>
	applyDraft(db, { ...own, id, kinds: IMPORT_KINDS, sites: null, wish: {}, now: NOON, ...change });

async function look(db: Db, id = 'draft00001') {
	const draft = (await readImportDraft(db, { ...own, id }))!;
	return (await readPlan(db, draft, readingOf(draft, {}), ALL))!;
}
const names = async (db: Db) => (await readOfficers(db, 'w1')).map(({ name }) => name).sort();

describe('what a file holds', () => {
	const ROWS = [
		['Mã', 'Họ và tên', 'Chức danh'],
		['CC01', 'Nguyễn Thị Ánh', 'Công chức; tư pháp, hộ tịch'],
		['CC02', 'Đỗ "Tèo" Ẫm', 'Hai\ndòng']
	];
	const quoted = (separator: string) =>
		ROWS.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n');
	const wide = (text: string, bigEndian: boolean) => {
		const buffer = Buffer.from(`\ufeff${text}`, 'utf16le');
		return bigEndian ? buffer.swap16() : buffer;
	};
	/** CP1258 has no letter for what it writes with a mark behind; found by trying every byte. */
	const cp1258 = (text: string) => {
		const bytes = new Map(
			Array.from({ length: 256 }, (_, i) => [new TextDecoder('windows-1258').decode(new Uint8Array([i])), i])
		);
		const split = [...text.normalize('NFC')].flatMap((letter) => {
			if (bytes.has(letter)) return [letter];
			const parts = [...letter.normalize('NFD')];
			const tone = parts.findIndex((mark) => '\u0300\u0301\u0303\u0309\u0323'.includes(mark) && mark !== '');
			return [
				parts
					.filter((_, i) => i !== tone)
					.join('')
					.normalize('NFC'),
				parts[tone]
			];
		});
		return new Uint8Array(split.map((letter) => bytes.get(letter)!));
	};
	const ENCODERS: Record<string, (text: string) => Uint8Array> = {
		'UTF-8': utf8,
		'UTF-8 with a mark': (text) => utf8(`\ufeff${text}`),
		'UTF-8, decomposed': (text) => utf8(text.normalize('NFD')),
		'UTF-16 LE': (text) => wide(text, false),
		'UTF-16 BE': (text) => wide(text, true),
		CP1258: cp1258
	};
	for (const [name, encode] of Object.entries(ENCODERS)) {
		for (const separator of SEPARATORS) {
			test(`comes out the same from ${name} parted by ${JSON.stringify(separator)}`, () => {
				const sheet = readSheet(encode(quoted(separator)));
				expect(sheet.ok && sheet.value.rows.map(({ cells }) => cells)).toEqual(ROWS);
				expect(sheet.ok && sheet.value.separator).toBe(separator);
			});
		}
	}

	test('keeps the spreadsheet’s row numbers over empty lines, and says where a quotation mark never closes', () => {
		const sheet = readSheet(utf8('a;b\n\n;\n1;2\n3;"4\n5;6'));
		expect(sheet.ok && sheet.value.rows.map(({ row }) => row)).toEqual([1, 4, 5]);
		expect(sheet.ok && sheet.value.unclosed).toBe(5);
	});

	test('is refused where it is too much', () => {
		const reason = (bytes: Uint8Array) => {
			const sheet = readSheet(bytes);
			return sheet.ok ? null : sheet.reason;
		};
		expect(reason(new Uint8Array(LARGEST_BYTES + 1).fill(97))).toBe('too-large');
		expect(reason(utf8('a\n'.repeat(MOST_ROWS + 1)))).toBeNull();
		expect(reason(utf8('a\n'.repeat(MOST_ROWS + 2)))).toBe('too-many-rows');
		expect(reason(utf8(`a${';a'.repeat(30)}`))).toBe('too-many-columns');
		expect(reason(utf8(';'.repeat(4_999_999)))).toBe('empty');
	});

	test('a template is read back as its own columns', () => {
		for (const kind of IMPORT_KINDS) {
			const template = templateOf(kind);
			expect(template.startsWith('\ufeff')).toBe(true);
			const sheet = readSheet(utf8(template));
			expect(sheet.ok && sheet.value.separator).toBe(';');
		}
	});
});

describe('importing officers', () => {
	test('stores all rows with one audit line that says how many and from where', async () => {
		const db = await freshDb();
		await aWard(db);
		await keep(db, 'officers', 'Mã;Họ tên;Chức danh\nCC01;Lê Ánh;Công chức\nCC02;Công Chức 1;Trưởng bộ phận\n');
		expect(await apply(db)).toEqual({ ok: true, value: { new: 1, changed: 1 } });
		expect(await names(db)).toEqual(['Công Chức 1', 'Công Chức 2', 'Lê Ánh']);
		const o1 = (await readOfficers(db, 'w1')).find(({ id }) => id === 'o1');
		expect(o1).toMatchObject({ code: 'CC02', title: 'Trưởng bộ phận', state: 'active' });
		expect(await readAuditLines(db, 'w1', 5)).toMatchObject([
			{ action: 'imported', actorId: 'u1', detail: 'Công chức: thêm 1, sửa 1 (danh-sach.csv)' }
		]);
	});

	test('one wrong row of many and nothing is stored', async () => {
		const db = await freshDb();
		await aWard(db);
		const rows = Array.from({ length: 500 }, (_, i) => `CC${i};Người Thứ ${i}`);
		await keep(db, 'officers', ['Mã;Họ tên', ...rows, 'CC900;"=HYPERLINK(""http://x"";""y"")"'].join('\n'));
		expect(await apply(db)).toEqual({ ok: false, reason: 'rows-wrong' });
		expect(await names(db)).toHaveLength(2);
		expect(await readAuditLines(db, 'w1', 5)).toEqual([]);
		expect((await look(db)).problems).toMatchObject([{ row: 502, column: 'name', code: 'formula' }]);
	});

	test('a hundred sendings of one draft store its rows once', async () => {
		const db = await freshDb();
		await aWard(db);
		await keep(db, 'officers', 'Họ tên\nLê Ánh\nLê Bình\n');
		const all = await Promise.all(Array.from({ length: 100 }, () => apply(db)));
		expect(all.filter(({ ok }) => ok)).toHaveLength(1);
		expect(all.filter((each) => !each.ok && each.reason === 'already')).toHaveLength(99);
		expect(await names(db)).toHaveLength(4);
		expect(await readAuditLines(db, 'w1', 5)).toHaveLength(1);
	});

	test('the same file a second time changes nothing', async () => {
		const db = await freshDb();
		await aWard(db);
		const text = 'Mã,Họ tên,Chức danh\nCC01,Lê Ánh,Công chức\n,Lê Bình,\n';
		await keep(db, 'officers', text);
		await apply(db);
		await keep(db, 'officers', text, 'draft00002');
		expect((await look(db, 'draft00002')).rows.map(({ state }) => state)).toEqual(['unchanged', 'unchanged']);
		expect(await apply(db, 'draft00002')).toEqual({ ok: false, reason: 'nothing-new' });
	});

	test('what stands now decides, not what stood at the look', async () => {
		const db = await freshDb();
		await aWard(db);
		await keep(db, 'officers', 'Họ tên\nLê Ánh\n');
		await keepDraft(db, {
			...own,
			userId: 'u2',
			id: 'draft00002',
			kind: 'officers',
			fileName: '',
			bytes: utf8('Mã;Họ tên\nA;Lê Ánh\nB;Lê Ánh'),
			now: NOON
		});
		expect(await apply(db, 'draft00002', { userId: 'u2' })).toMatchObject({ ok: true });
		expect(await apply(db)).toEqual({ ok: false, reason: 'rows-wrong' });
	});
});

describe('a draft', () => {
	test('belongs to who sent it, in their organization, for what they may', async () => {
		const db = await freshDb();
		await aWard(db);
		const id = await keep(db, 'officers', 'Họ tên\nLê Ánh\n');
		expect(await readImportDraft(db, { ...own, userId: 'u2', id })).toBeNull();
		expect(await readImportDraft(db, { ...own, organizationId: 'w2', id })).toBeNull();
		for (const change of [{ userId: 'u2' }, { organizationId: 'w2' }, { kinds: ['roster'] as const }]) {
			expect(await apply(db, id, change)).toEqual({ ok: false, reason: 'draft-unknown' });
		}
	});

	test('is kept once however often it is sent, until the next one or for a day', async () => {
		const db = await freshDb();
		await aWard(db);
		const draft = { ...own, kind: 'officers' as const, fileName: '', bytes: utf8('Họ tên\nLê Ánh\n') };
		await Promise.all(Array.from({ length: 100 }, () => keepDraft(db, { ...draft, id: 'draft00001', now: NOON })));
		expect(await db.select().from(importDrafts)).toHaveLength(1);
		await keepDraft(db, { ...draft, id: 'draft00002', now: NOON });
		await keepDraft(db, { ...draft, userId: 'u2', id: 'draft00003', now: NOON });
		expect((await db.select().from(importDrafts)).map(({ id }) => id).sort()).toEqual(['draft00002', 'draft00003']);
		await keepDraft(db, { ...draft, userId: 'u3', id: 'draft00004', now: NOON + DAY_MS + 1 });
		expect((await db.select().from(importDrafts)).map(({ id }) => id)).toEqual(['draft00004']);
	});
});

describe('importing counters and rosters', () => {
	test('counters come with their fields; a column that is empty takes none away', async () => {
		const db = await freshDb();
		await aWard(db);
		await keep(db, 'counters', 'Số quầy;Tên quầy;Lĩnh vực\n1;Tiếp nhận;\n3;;HT, Chứng thực\n');
		expect(await apply(db)).toEqual({ ok: true, value: { new: 1, changed: 1 } });
		const counters = await readCounters(db, 'w1');
		expect(counters.map(({ number, name, fields }) => [number, name, fields.map(({ code }) => code)])).toEqual([
			['1', 'Tiếp nhận', ['HT']],
			['2', 'Quầy 2', ['CT', 'HT']],
			['3', 'Quầy 3', ['CT', 'HT']]
		]);
	});

	test('a roster is stored, is known again, and keeps to the sites of who plans', async () => {
		const db = await freshDb();
		await aWard(db);
		// Both officers stand at their counters for ever; each is moved nowhere else.
		const text = 'Ngày;Quầy;Công chức;Buổi\n24/11/2026;1;Công Chức 1;sáng\n24/11/2026;2;Công Chức 2;cả ngày\n';
		await keep(db, 'roster', text);
		expect(await apply(db, 'draft00001', { sites: ['elsewhere'] })).toEqual({ ok: false, reason: 'rows-wrong' });
		expect(await apply(db)).toEqual({ ok: true, value: { new: 2, changed: 0 } });
		expect(await db.select().from(duties)).toHaveLength(4);
		await keep(db, 'roster', text, 'draft00002');
		expect((await look(db, 'draft00002')).rows.map(({ state }) => state)).toEqual(['unchanged', 'unchanged']);
		const moved = 'Ngày;Quầy;Công chức;Buổi\n25/11/2026;2;Công Chức 1;sáng\n';
		await keep(db, 'roster', moved, 'draft00003');
		expect((await look(db, 'draft00003')).problems).toMatchObject([
			{ row: 2, column: 'officer', code: 'officer-elsewhere' }
		]);
	});
});

describe('50 000 rows', () => {
	const seconds = async (work: () => Promise<unknown>) => {
		const start = performance.now();
		await work();
		return (performance.now() - start) / 1000;
	};

	test('of officers are looked at and stored within seconds', { timeout: 120_000 }, async () => {
		const db = await freshDb();
		await aWard(db);
		const rows = Array.from({ length: MOST_ROWS }, (_, i) => `CC${i};Nguyễn Văn Người Thứ ${i};Công chức`);
		await keep(db, 'officers', ['Mã;Họ và tên;Chức danh', ...rows].join('\n'));
		const looked = await seconds(() => look(db));
		const stored = await seconds(async () => expect(await apply(db)).toMatchObject({ ok: true }));
		console.log(`50 000 officers: ${looked.toFixed(2)} s to look at, ${stored.toFixed(2)} s to store`);
		expect(await names(db)).toHaveLength(MOST_ROWS + 2);
		expect(looked).toBeLessThan(8);
	});

	test('of a roster, all of them wrong, are looked at within seconds', { timeout: 120_000 }, async () => {
		const db = await freshDb();
		await aWard(db);
		const rows = Array.from({ length: MOST_ROWS }, (_, i) => {
			const minute = String(i % 60).padStart(2, '0');
			const day = formatDay(addDays('2026-11-23', i % 300));
			return `${day};${1 + (i % 2)};Công Chức ${1 + (Math.floor(i / 2) % 2)};${String(7 + (i % 9)).padStart(2, '0')}:${minute}-${17 + (i % 6)}:${minute}`;
		});
		await keep(db, 'roster', ['Ngày;Quầy;Công chức;Buổi', ...rows].join('\n'));
		const looked = await seconds(async () => expect((await look(db)).problems.length).toBeGreaterThan(1000));
		console.log(`50 000 turns: ${looked.toFixed(2)} s to look at`);
		expect(looked).toBeLessThan(8);
	});
});
