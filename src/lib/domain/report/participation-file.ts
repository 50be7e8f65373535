import type { LocalText } from '../survey/criterion.ts';
import type { ParticipationBy, ParticipationRow, Rate } from './participation.ts';

export interface ParticipationTable {
	by: ParticipationBy;
	from: string;
	to: string;
	rows: readonly RatedRow[];
	/** Everything together; it has no key and no name. */
	total: Omit<RatedRow, 'key' | 'name'>;
}
type RatedRow = ParticipationRow & { rate: Rate | null; begunRate: Rate | null };

/** The columns of participation as a file, in this order for ever; new ones come at the end. */
const COLUMNS: readonly { column: string; means: LocalText; of: (row: RatedRow) => string | number | null }[] = [
	{ column: 'key', means: { vi: 'mã của dòng', en: 'id of the row' }, of: ({ key }) => key },
	{ column: 'name', means: { vi: 'tên của dòng', en: 'name of the row' }, of: ({ name }) => name },
	{
		column: 'served',
		means: { vi: 'số lượt phục vụ do một cửa cung cấp', en: 'served, as the one-stop shop says' },
		of: ({ served }) => served
	},
	{
		column: 'answered',
		means: { vi: 'số phiếu; trống là chưa đủ dữ liệu', en: 'sheets; empty where withheld' },
		of: ({ answered }) => answered
	},
	{
		column: 'rate',
		means: { vi: 'trả lời trên phục vụ, phần trăm', en: 'answered of served, percent' },
		of: ({ rate }) => rate?.value ?? null
	},
	{ column: 'low', means: { vi: 'cận dưới 95 %', en: 'lower 95 % limit' }, of: ({ rate }) => rate?.low ?? null },
	{ column: 'high', means: { vi: 'cận trên 95 %', en: 'upper 95 % limit' }, of: ({ rate }) => rate?.high ?? null },
	{
		column: 'begun',
		means: { vi: 'số lần bắt đầu trên máy', en: 'begun on a tablet' },
		of: ({ begun }) => begun
	},
	{
		column: 'onTablet',
		means: { vi: 'số phiếu trả lời trên máy', en: 'sheets from tablets' },
		of: ({ onTablet }) => onTablet
	},
	{
		column: 'begunRate',
		means: { vi: 'trả lời trên máy trên bắt đầu, phần trăm', en: 'answered of begun, percent' },
		of: ({ begunRate }) => begunRate?.value ?? null
	},
	{
		column: 'begunLow',
		means: { vi: 'cận dưới 95 %', en: 'lower 95 % limit' },
		of: ({ begunRate }) => begunRate?.low ?? null
	},
	{
		column: 'begunHigh',
		means: { vi: 'cận trên 95 %', en: 'upper 95 % limit' },
		of: ({ begunRate }) => begunRate?.high ?? null
	}
];

/** What every column is, for whoever opens the file without us. */
export const PARTICIPATION_CODEBOOK = COLUMNS.map(({ column, means }) => ({ column, means }));

/** The table as lines, the period first and everything together last; a decimal comma, as a Vietnamese spreadsheet reads it. */
export function participationLines({ by, from, to, rows, total }: ParticipationTable): string[][] {
	const written = (value: string | number | null) =>
		typeof value === 'number' ? String(value).replace('.', ',') : (value ?? '');
	const all = [...rows, { ...total, key: null, name: '' }];
	return [
		['from', 'to', 'by', ...COLUMNS.map(({ column }) => column)],
		...all.map((row) => [from, to, by, ...COLUMNS.map(({ of }) => written(of(row)))])
	];
}
