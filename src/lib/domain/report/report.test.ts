import { expect, test } from 'vitest';
import { CRITERIA } from '../survey/criterion.ts';
import { changesBetween } from './change.ts';
import { countedTable } from './counted-table.fixture.ts';
import { calendarPeriod } from './period.ts';
import { drawReport, type ReportRequest, spreadColumns } from './report.ts';
import { dateLine, periodName, placeOf } from './report-words.ts';
import type { Dimension } from './table.ts';
import { noSheets } from './totals.ts';

type Shares = Parameters<typeof countedTable>[0];
const OCTOBER = '2026-11-02T03:00:00Z';

function aReport(by: Dimension, now: Shares, then: Shares | null, rest: Partial<ReportRequest> = {}) {
	const table = countedTable(now, by);
	const before = then && changesBetween(table, countedTable(then, by));
	return {
		table,
		report: drawReport({
			organization: { name: 'Phường Thử Nghiệm', above: 'Tỉnh Thử', demonstration: false },
			period: calendarPeriod('month', '2026-10-05'),
			asOf: Date.parse(OCTOBER),
			scope: [],
			tables: [{ table, changes: { before, yearBefore: null } }],
			byChannel: countedTable({ terminal: [90, 100] }, 'channel'),
			comments: [],
			participation: null,
			work: null,
			totals: { official: noSheets(), others: noSheets() },
			exclusions: [],
			audit: { seq: 17, hash: '0123456789abcdef' },
			...rest
		})
	};
}

test('every figure of the table stands in the report with its n, its interval and its verdict', () => {
	const { table, report } = aReport('counter', { q1: [95, 100], q2: [1200, 2000], q3: [10, 12] }, null);
	const [{ rows }] = report.tables;
	expect(rows.map(({ name, sheets }) => [name, sheets])).toEqual([
		...[['q1', '100 phiếu'] as const, ['q2', '2.000 phiếu'] as const, ['q3', '12 phiếu'] as const],
		['Toàn đơn vị', '2.112 phiếu']
	]);
	expect(rows[1].cells).toHaveLength(CRITERIA.length + 1);
	expect(rows[1].cells[0]).toMatchObject({
		value: '60,00',
		n: 'n\u00a0=\u00a02.000',
		interval: '57,83 – 62,13',
		says: 'chưa đạt',
		few: false
	});
	expect(rows[2].cells[0]).toMatchObject({ says: 'chưa đủ dữ liệu, chỉ tham khảo', few: true });
	expect(report.cover.rows.map(({ cells }) => cells[0])).toEqual(rows[3].cells);
	expect(report.index.cell).toEqual(rows[3].cells[5]);
	expect(table.total.sipas).toMatchObject({ value: 61.79 });
	expect(report.index.cell).toMatchObject({ value: '61,79' });
});

test('what the table withholds the report withholds', () => {
	const { table, report } = aReport('counter', { q1: [95, 100], q2: [90, 100], q3: [3, 4] }, null);
	const hides = (cells: readonly object[]) => cells.every((cell) => 'withheld' in cell);
	const rows = [...table.rows, table.total].map(({ criteria }) => hides(Object.values(criteria)));
	expect(rows.filter(Boolean).length).toBeGreaterThan(1);
	expect(report.tables[0].rows.map(({ cells }) => hides(cells))).toEqual(rows);
	expect(report.tables[0].rows[2]).toMatchObject({ sheets: 'chưa đủ dữ liệu' });
	expect(JSON.stringify(report)).not.toContain('75,00');
});

test('a change says its direction in a shape, and that it is clear only where it is', () => {
	const { report } = aReport(
		'counter',
		{ q1: [110, 200], q2: [178, 200], few: [12, 29] },
		{ q1: [180, 200], q2: [180, 200], few: [29, 29] }
	);
	const [few, fell, same] = report.tables[0].rows.map(({ cells: [cell] }) => 'value' in cell && cell.change);
	expect(fell).toBe('▼ 35,00 (rõ)');
	expect(same).toBe('▼ 1,00');
	expect(few).toBe('▼ 58,62');
	expect(report.findings?.sentences[0]).toMatch(
		/^Quầy q1 giảm 35,00 điểm ở Tiếp cận dịch vụ \(khoảng tin cậy 95 %: từ −\d\d,\d\d đến −\d\d,\d\d\)\.$/
	);
});

test('officers are compared on the service alone, in columns of words', () => {
	const { report } = aReport('officer', { 'Trần Thị B': [95, 100], 'Lê Văn A': [90, 100] }, null);
	const [table] = report.tables;
	expect(table.columns.map(({ code }) => code)).toEqual(['PV']);
	expect(table.rows.map(({ name }) => name)).toEqual(['Lê Văn A', 'Trần Thị B', 'Toàn đơn vị']);
	expect(spreadColumns(table).map(({ head }) => head)).not.toContain('So với cùng kỳ năm trước');
});

test('it says on every page whose it is, of when, by which method and of how many, and that a period goes on', () => {
	const over = aReport('counter', { q1: [95, 100] }, null).report;
	expect(over.foot).toBe(
		'Phường Thử Nghiệm · tháng 10 năm 2026 · T2B-5C-v1 · n\u00a0=\u00a0100 · Số liệu đến 10:00 02/11/2026'
	);
	expect(over.warnings).toEqual([]);
	expect(over.audit).toBe('Nhật ký: dòng 17 · 0123456789ab');
	const period = calendarPeriod('month', '2026-11-05');
	const organization = { name: 'Phường Thử', above: null, demonstration: true };
	const goesOn = aReport('counter', { q1: [95, 100] }, null, { period, organization, scope: ['1. Hộ tịch'] }).report;
	expect(goesOn.warnings).toEqual([
		'Số liệu trình diễn, không phải số liệu thật.',
		'Chỉ gồm: 1. Hộ tịch.',
		'Kỳ này chưa kết thúc; số liệu đến 10:00 02/11/2026.'
	]);
});

test.each([
	['week', '2026-11-20', 'tuần 47 (16/11–22/11/2026)'],
	['month', '2026-02-01', 'tháng 2 năm 2026'],
	['quarter', '2026-11-20', 'quý IV năm 2026'],
	['half-year', '2026-03-01', '6 tháng đầu năm 2026'],
	['year', '2026-03-01', 'năm 2026']
] as const)('a %s is named as an office names it', (preset, day, name) => {
	expect(periodName(calendarPeriod(preset, day))).toBe(name);
});

test('the place and the date stand as the decree has them', () => {
	expect(dateLine('2026-02-05')).toBe('ngày 05 tháng 02 năm 2026');
	expect(dateLine('2026-11-27')).toBe('ngày 27 tháng 11 năm 2026');
	expect(placeOf('Trung tâm Phục vụ hành chính công phường Bình Minh')).toBe('Phường Bình Minh');
	expect(placeOf('Phường Bình Minh (trình diễn)')).toBe('Phường Bình Minh');
	expect(placeOf('Đặc khu Thử')).toBe('Đặc khu Thử');
});

test('comments stand as they came out, none that goes to the head and none without words, up to fifteen', () => {
	const comment = (text: string, toHead = false) => ({ id: text, text, topic: '', toHead, takenDown: false });
	const batch = (places: string[], comments: ReturnType<typeof comment>[]) => ({
		...{ id: places.join(), week: '2026-10-12', siteId: '', counterId: '', fieldId: '' },
		...{ places, comments }
	});
	const many = Array.from({ length: 14 }, (_, i) => comment(`Góp ý ${i}`));
	const comments = [batch(['Quầy 3'], [comment('Nhanh'), comment('vòi tiền', true), comment('')]), batch([], many)];
	const { report } = aReport('counter', { q1: [95, 100] }, null, { comments: [...comments, batch([], many)] });
	expect(report.comments).toMatchObject({
		batches: [
			{ head: 'Quầy 3', texts: ['Nhanh'] },
			{ head: 'Toàn đơn vị', texts: many.map(({ text }) => text) }
		],
		rest: 'Còn 14 góp ý khác trên trang Góp ý.'
	});
	expect(aReport('counter', { q1: [95, 100] }, null).report.comments).toBe(null);
});

test('how many answered stands in the report with its n and interval, and what makes a score doubtful as a sentence', () => {
	const total = { served: 200, answered: 60, begun: 90, onTablet: 45 };
	const rows = [
		{ key: 'q1', name: '1. Hộ tịch', served: 200, answered: 60, begun: 90, onTablet: 45 },
		{ key: 'q2', name: '2. Đất đai', served: 40, answered: null, begun: 0, onTablet: null },
		{ key: 'q3', name: '3. Khác', served: 0, answered: 12, begun: 0, onTablet: 12 }
	];
	const signs = [{ of: 'begun', key: 'q1', kind: 'falling', rate: 50, other: 71.5 } as const];
	const { report } = aReport('counter', { q1: [60, 60] }, null, { participation: { rows, total, signs } });
	const first =
		'30,00 % (24,07 – 36,68), phục vụ n\u00a0=\u00a0200; 50,00 % (39,88 – 60,12), bắt đầu trên máy n\u00a0=\u00a090';
	expect(report.sections[0].lines).toEqual([
		{ name: '1. Hộ tịch', count: first },
		{ name: '2. Đất đai', count: 'chưa đủ dữ liệu, phục vụ n\u00a0=\u00a040' },
		{ name: 'Toàn đơn vị', count: first }
	]);
	expect(report.sections[0].signs).toEqual(['1. Hộ tịch: 50,00 % người bắt đầu trên máy trả lời, kỳ trước 71,50 %.']);
	const nobody = { served: 0, answered: 60, begun: 0, onTablet: 60 };
	const none = { rows: [], total: nobody, signs: [] };
	expect(aReport('counter', { q1: [60, 60] }, null, { participation: none }).report.sections).toEqual([]);
});
