import type { LocalText } from '../../survey/criterion.ts';
import { searchKey } from '../../shared/list.ts';

/** What may be brought in from a file. */
export const IMPORT_KINDS = ['officers', 'counters', 'roster'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export interface Column {
	key: string;
	heading: LocalText;
	/** How people also head it, as search keys. */
	also: readonly string[];
	required?: boolean;
}

/** In the order of the template, which is how a file without a header is read. */
export const COLUMNS: Record<ImportKind, readonly Column[]> = {
	officers: [
		{
			key: 'code',
			heading: { vi: 'Mã công chức', en: 'Staff number' },
			also: ['ma', 'ma so', 'ma cb', 'ma can bo', 'ma nhan vien', 'ma nv', 'so hieu', 'code', 'staff code']
		},
		{
			key: 'name',
			heading: { vi: 'Họ và tên', en: 'Full name' },
			also: ['ho ten', 'ten', 'ten cong chuc', 'cong chuc', 'ho va ten cong chuc', 'can bo', 'name', 'officer'],
			required: true
		},
		{
			key: 'title',
			heading: { vi: 'Chức danh', en: 'Title' },
			also: ['chuc vu', 'vi tri', 'vi tri viec lam', 'position', 'job title']
		}
	],
	counters: [
		{
			key: 'site',
			heading: { vi: 'Địa điểm', en: 'Site' },
			also: ['ten dia diem', 'diem', 'tru so', 'noi lam viec', 'co so', 'site name', 'location']
		},
		{
			key: 'number',
			heading: { vi: 'Số quầy', en: 'Counter number' },
			also: ['so', 'quay', 'quay so', 'stt', 'number', 'counter', 'no'],
			required: true
		},
		{ key: 'name', heading: { vi: 'Tên quầy', en: 'Counter name' }, also: ['ten', 'name'] },
		{
			key: 'fields',
			heading: { vi: 'Lĩnh vực', en: 'Fields' },
			also: ['cac linh vuc', 'linh vuc phuc vu', 'ma linh vuc', 'field']
		}
	],
	roster: [
		{
			key: 'day',
			heading: { vi: 'Ngày', en: 'Day' },
			also: ['ngay truc', 'ngay thang', 'date', 'duty day'],
			required: true
		},
		{
			key: 'site',
			heading: { vi: 'Địa điểm', en: 'Site' },
			also: ['ten dia diem', 'diem', 'tru so', 'co so', 'location']
		},
		{
			key: 'counter',
			heading: { vi: 'Quầy', en: 'Counter' },
			also: ['so quay', 'ten quay', 'quay so', 'counter number'],
			required: true
		},
		{
			key: 'officer',
			heading: { vi: 'Công chức (mã hoặc họ tên)', en: 'Officer (number or name)' },
			also: ['cong chuc', 'ho ten', 'ho va ten', 'ma cong chuc', 'nguoi truc', 'can bo', 'officer', 'name'],
			required: true
		},
		{
			key: 'session',
			heading: { vi: 'Buổi', en: 'Session' },
			also: ['buoi truc', 'ca', 'ca truc', 'thoi gian', 'shift', 'time']
		},
		{ key: 'from', heading: { vi: 'Từ giờ', en: 'From' }, also: ['tu', 'bat dau', 'gio bat dau', 'start', 'starts'] },
		{ key: 'until', heading: { vi: 'Đến giờ', en: 'Until' }, also: ['den', 'ket thuc', 'gio ket thuc', 'end', 'to'] }
	]
};

/** For each column of the file which of ours it is; null is left out. */
export type Mapping = readonly (string | null)[];

/** Whether the first row names the columns, and which is which; without names they are taken in the template's order. */
export function guessMapping(kind: ImportKind, first: readonly string[]): { header: boolean; mapping: Mapping } {
	const taken = new Set<string>();
	const named = first.map((cell) => {
		const key = columnNamed(kind, cell);
		if (key === null || taken.has(key)) return null;
		taken.add(key);
		return key;
	});
	if (taken.size > 0) return { header: true, mapping: named };
	// One column without a name holds what the list cannot do without.
	const order = first.length === 1 ? COLUMNS[kind].filter(({ required }) => required) : COLUMNS[kind];
	return { header: false, mapping: first.map((_, i) => order[i]?.key ?? null) };
}

function columnNamed(kind: ImportKind, cell: string): string | null {
	const said = searchKey(cell).replace(/[*:.]/g, '').replace(/\s+/g, ' ').trim();
	const found = COLUMNS[kind].find(
		({ heading, also }) => searchKey(heading.vi) === said || searchKey(heading.en) === said || also.includes(said)
	);
	return found?.key ?? null;
}

/** The columns that no column of the file was given to, though nothing can be read without them. */
export function missingColumns(kind: ImportKind, mapping: Mapping): Column[] {
	return COLUMNS[kind].filter(({ key, required }) => required && !mapping.includes(key));
}
