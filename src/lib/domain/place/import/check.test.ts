import { describe, expect, test } from 'vitest';
import { HOUR_MS, startOfLocalDay } from '../../shared/time.ts';
import { guessMapping, missingColumns } from './columns.ts';
import { checkCounters, type KnownPlaces } from './counters.ts';
import { checkOfficers } from './officers.ts';
import { checkRoster, type KnownRoster } from './roster.ts';

const sheet = (...cells: Record<string, string>[]) => cells.map((each, i) => ({ row: i + 2, cells: each }));
const said = (checked: { problems: { row: number; column: string | null; code: string; other?: string }[] }) =>
	checked.problems.map(({ row, column, code, other }) => [row, column, code, ...(other ? [other] : [])]);
const states = (checked: { rows: { state: string }[] }) => checked.rows.map(({ state }) => state);

describe('columns', () => {
	test('are known by their names, marks, case and stars aside', () => {
		expect(guessMapping('officers', ['STT', 'HỌ TÊN *', 'Chức vụ', 'Mã NV'])).toEqual({
			header: true,
			mapping: [null, 'name', 'title', 'code']
		});
		expect(guessMapping('roster', ['Ngày', 'Quầy', 'Công chức', 'Ca']).mapping).toEqual([
			'day',
			'counter',
			'officer',
			'session'
		]);
	});
	test('without names are taken in the order of the template', () => {
		expect(guessMapping('officers', ['CC01', 'Nguyễn Thị Hoa'])).toEqual({ header: false, mapping: ['code', 'name'] });
		expect(guessMapping('officers', ['Nguyễn Thị Hoa'])).toEqual({ header: false, mapping: ['name'] });
		expect(missingColumns('officers', ['code', null]).map(({ key }) => key)).toEqual(['name']);
	});
});

describe('officers', () => {
	const hoa = { id: 'o1', code: 'CC01', name: 'Nguyễn Thị Hoa', title: 'Công chức' };
	const minh = { id: 'o2', code: '', name: 'Trần Văn Minh', title: '' };

	test('are known again by the code, else by a name that only one bears', () => {
		const checked = checkOfficers(
			sheet(
				{ code: 'cc01', name: 'Nguyễn Thị Hoa', title: 'Công chức' },
				{ code: 'CC02', name: 'Trần Văn Minh', title: 'Viên chức' },
				{ code: '', name: 'Lê Đức', title: '' }
			),
			[hoa, minh]
		);
		expect(said(checked)).toEqual([]);
		expect(states(checked)).toEqual(['changed', 'changed', 'new']);
		expect(checked.rows.map(({ change }) => change?.id)).toEqual(['o1', 'o2', null]);
		expect(states(checkOfficers(sheet({ name: ' trần  văn minh ' }), [minh]))).toEqual(['changed']);
		expect(states(checkOfficers(sheet({ name: 'Trần Văn Minh' }), [minh]))).toEqual(['unchanged']);
	});

	test('of one name, or twice in the file, must be told apart', () => {
		const twins = [minh, { ...minh, id: 'o3' }];
		expect(said(checkOfficers(sheet({ name: 'Trần Văn Minh' }), twins))).toEqual([[2, 'name', 'name-ambiguous', '2']]);
		const rows = sheet({ name: 'Lê Đức' }, { name: 'Lê Đức' }, { code: 'A', name: 'B' }, { code: 'a', name: 'C' });
		expect(said(checkOfficers(rows, []))).toEqual([
			[3, 'name', 'name-twice', '2'],
			[5, 'code', 'code-twice', '4']
		]);
		const both = sheet({ code: 'CC01', name: 'Nguyễn Thị Hoa' }, { name: 'Nguyễn Thị Hoa' });
		expect(said(checkOfficers(both, [hoa]))).toEqual([[3, 'name', 'officer-twice', '2']]);
	});

	test('are refused with a formula, without a name, or with one that is a page long', () => {
		const rows = sheet(
			{ name: '=HYPERLINK("http://x","Hoa")' },
			{ name: '' },
			{ name: 'x'.repeat(200) },
			{ code: '@a', name: 'Hoa' }
		);
		expect(said(checkOfficers(rows, []))).toEqual([
			[2, 'name', 'formula'],
			[3, 'name', 'required'],
			[4, 'name', 'too-long'],
			[5, 'code', 'formula']
		]);
	});
});

describe('counters', () => {
	const known: KnownPlaces = {
		sites: [
			{ id: 's1', name: 'Trung tâm' },
			{ id: 's2', name: 'Điểm 2' }
		],
		counters: [{ id: 'q1', siteId: 's1', number: '1', name: 'Quầy 1', fieldIds: ['f1'] }],
		fields: [
			{ id: 'f1', code: 'HT', name: 'Hộ tịch' },
			{ id: 'f2', code: 'DD', name: 'Đất đai, xây dựng' }
		]
	};

	test('are known again by site and number; fields stand by code or name, some with a comma of their own', () => {
		const checked = checkCounters(
			sheet(
				{ site: 'trung tâm', number: '1', name: 'Quầy 1', fields: 'HT' },
				{ site: 'Điểm 2', number: 'Quầy 1', name: '', fields: 'Hộ tịch; Đất đai, xây dựng' },
				{ site: 'Điểm 2', number: '2', name: 'Một cửa', fields: 'ht, dd' }
			),
			known
		);
		expect(said(checked)).toEqual([]);
		expect(states(checked)).toEqual(['unchanged', 'new', 'new']);
		expect(checked.rows[1].change).toEqual({
			id: null,
			siteId: 's2',
			number: '1',
			name: 'Quầy 1',
			fieldIds: ['f1', 'f2']
		});
		expect(checked.rows[2].change?.fieldIds).toEqual(['f1', 'f2']);
	});

	test('need a site that is there, and a number that is one', () => {
		const rows = sheet(
			{ site: '', number: '2' },
			{ site: 'Điểm 9', number: '2' },
			{ site: 'Điểm 2', number: '' },
			{ site: 'Điểm 2', number: '2', fields: 'Thuế' }
		);
		expect(said(checkCounters(rows, known))).toEqual([
			[2, 'site', 'site-required', '“Trung tâm”, “Điểm 2”'],
			[3, 'site', 'site-unknown', '“Trung tâm”, “Điểm 2”'],
			[4, 'number', 'required'],
			[5, 'fields', 'field-unknown']
		]);
		const twice = sheet({ site: 'Điểm 2', number: '7' }, { site: 'Điểm 2', number: '7' });
		expect(said(checkCounters(twice, known))).toEqual([[3, 'number', 'counter-twice', '2']]);
	});
});

describe('a roster', () => {
	const TODAY = '2026-11-23';
	const at = (hour: number, day = TODAY) => startOfLocalDay(day) + hour * HOUR_MS;
	const known: KnownRoster = {
		sites: [
			{ id: 's1', name: 'Trung tâm', hours: null },
			{ id: 's2', name: 'Điểm 2', hours: [[['08:00', '16:00']], [], [], [], [], [], []] }
		],
		counters: [
			{ id: 'q1', siteId: 's1', number: '1', name: 'Quầy 1' },
			{ id: 'q2', siteId: 's1', number: '2', name: 'Đất đai' },
			{ id: 'q3', siteId: 's2', number: '1', name: 'Quầy 1' }
		],
		others: [],
		officers: [
			{ id: 'hoa', code: 'CC01', name: 'Nguyễn Thị Hoa', state: 'active' },
			{ id: 'minh', code: '', name: 'Trần Văn Minh', state: 'active' },
			{ id: 'lan', code: '', name: 'Lê Lan', state: 'away' }
		],
		duties: []
	};
	const check = (rows: Record<string, string>[], change: Partial<KnownRoster> = {}) =>
		checkRoster(sheet(...rows), { ...known, ...change }, TODAY);
	const row = (change: Record<string, string> = {}) => ({
		day: '24/11/2026',
		counter: '2',
		officer: 'CC01',
		session: 'Sáng',
		...change
	});

	test('takes sessions from the hours of the site, and times as they are written', () => {
		const checked = check([
			row(),
			row({ session: 'chiều' }),
			row({ session: '', from: '17:00', until: '18h30' }),
			row({ day: '2026-11-25', session: 'cả ngày', counter: 'Quầy 2 · Đất đai' }),
			row({ day: '30/11/2026', site: 'Điểm 2', counter: '1', session: 'sáng' })
		]);
		expect(said(checked)).toEqual([]);
		const hours = checked.rows.map(({ change }, i) => {
			const day = ['2026-11-24', '2026-11-24', '2026-11-24', '2026-11-25', '2026-11-30'][i];
			return [change?.counterId, (change!.startsAt - at(0, day)) / HOUR_MS, (change!.endsAt - at(0, day)) / HOUR_MS];
		});
		expect(hours).toEqual([
			['q2', 7.5, 11.5],
			['q2', 13.5, 17],
			['q2', 17, 18.5],
			['q2', 7.5, 17],
			['q3', 8, 12]
		]);
	});

	test('says of each cell what is wrong with it', () => {
		const rows = [
			row({ day: 'mai' }),
			row({ counter: '9' }),
			row({ counter: '1' }),
			row({ officer: 'Ai đó' }),
			row({ officer: 'Lê Lan' }),
			row({ session: 'tối' }),
			row({ session: '' }),
			row({ from: '11:00', until: '10:00' }),
			row({ day: '28/11/2026' }),
			row({ day: '20/11/2026' }),
			row({ day: '24/11/2062', from: '7:00', until: '8:00' }),
			row({ site: 'Điểm 9' })
		];
		expect(said(check(rows))).toEqual([
			[2, 'day', 'day-malformed'],
			[3, 'counter', 'counter-unknown'],
			[4, 'counter', 'counter-ambiguous'],
			[5, 'officer', 'officer-unknown'],
			[6, 'officer', 'officer-away'],
			[7, 'session', 'session-malformed'],
			[8, 'session', 'session-required'],
			[9, 'until', 'interval-empty'],
			[10, 'session', 'site-closed'],
			[11, 'day', 'day-past'],
			[12, 'day', 'day-far'],
			[13, 'site', 'site-unknown', '“Trung tâm”, “Điểm 2”']
		]);
	});

	test('does not put an officer at two counters, neither within the file nor beside what stands', () => {
		const within = check([row(), row({ site: 'Trung tâm', counter: '1' })]);
		expect(said(within)).toEqual([
			[3, 'officer', 'officer-elsewhere', 'Nguyễn Thị Hoa, Quầy 2 · Đất đai, 07:30–11:30 24/11/2026']
		]);
		const open = { id: 'd1', counterId: 'q3', officerId: 'hoa', startsAt: at(8), endsAt: null };
		expect(said(check([row()], { duties: [open] }))).toEqual([
			[2, 'officer', 'officer-elsewhere', 'Nguyễn Thị Hoa, Quầy 1, 08:00 23/11/2026 –']
		]);
		// Relieved in the meantime, she is free.
		const relieved = { id: 'd2', counterId: 'q3', officerId: 'minh', startsAt: at(9), endsAt: null };
		expect(said(check([row()], { duties: [open, relieved] }))).toEqual([]);
	});

	test('does not take a counter that somebody has from the same time', () => {
		const standing = {
			id: 'd1',
			counterId: 'q2',
			officerId: 'minh',
			startsAt: at(7.5, '2026-11-24'),
			endsAt: at(11.5, '2026-11-24')
		};
		expect(said(check([row()], { duties: [standing] }))).toEqual([
			[2, 'counter', 'counter-taken', 'Trần Văn Minh, Quầy 2 · Đất đai, 07:30–11:30 24/11/2026']
		]);
		expect(said(check([row(), row({ officer: 'Trần Văn Minh' })])).map(([line, , code]) => [line, code])).toEqual([
			[3, 'counter-taken']
		]);
	});

	test('a turn that stands already is left as it is, and one that stands twice in the file is said', () => {
		const standing = {
			id: 'd1',
			counterId: 'q2',
			officerId: 'hoa',
			startsAt: at(7.5, '2026-11-20'),
			endsAt: at(11.5, '2026-11-20')
		};
		expect(states(check([row({ day: '20/11/2026' })], { duties: [standing] }))).toEqual(['unchanged']);
		expect(said(check([row(), row()]))).toEqual([[3, 'day', 'row-twice', '2']]);
	});
});
