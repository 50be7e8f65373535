import type { CountRow, Dimension, IndexTable } from '../../src/lib/domain/report/table.ts';
import { drawTable } from '../../src/lib/domain/report/table.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { healthOf, type TerminalHealthRow } from '../../src/lib/domain/terminal/health.ts';

export const NOW = Date.UTC(2026, 10, 20, 3, 32);

const NAMES: Record<Dimension, string[]> = {
	officer: [
		'Nguyễn Thị Hoa',
		'Trần Văn Bình',
		'Lê Hoàng Phương Thảo',
		'Phạm Quốc Đạt',
		'Võ Thị Kim Ngân',
		'Đặng Minh Khuê',
		'Nguyễn Ngọc Ánh Dương',
		'Bùi Thị Thuý'
	],
	counter: ['Quầy 1', 'Quầy 2', 'Quầy 3', 'Quầy 4', 'Quầy 5', 'Quầy 6'],
	field: ['Hộ tịch – Chứng thực', 'Đất đai', 'Đăng ký kinh doanh', 'Xây dựng', 'Lao động, người có công'],
	site: ['Trụ sở Trần Phú', 'Điểm tiếp nhận Hoà Xuân'],
	channel: ['Máy tính bảng tại quầy', 'Phiếu giấy', 'Mã QR trên phiếu hẹn'],
	criterion: []
};

/** Sheets of each row in turn; small ones so that every state of a cell is seen. */
const SIZES = [412, 388, 305, 96, 61, 24, 12, 7];
const SHARES = [0.96, 0.93, 0.88, 0.97, 0.79, 0.92, 0.83, 1];

export function sampleTable(by: Dimension, few = false): IndexTable {
	const names = new Map<string | null, string>(NAMES[by].map((name, index) => [String(index), name]));
	const keys = by === 'criterion' ? ['0', '1', '2'] : [...names.keys()];
	const counts: CountRow[] = keys.flatMap((key) =>
		CRITERIA.map((itemId, c) => {
			const size = few ? 0 : Math.round((SIZES[Number(key)] ?? 0) * (1 - c * 0.06));
			const good = Math.round(size * Math.min(1, (SHARES[Number(key)] ?? 0) + [0, -0.05, 0.02, 0.01, -0.09][c]));
			const bad = size - good;
			const n: CountRow['n'] = [Math.floor(bad / 4), Math.floor(bad / 4), bad - 2 * Math.floor(bad / 4), 0, good];
			return { key, itemId, n, notApplicable: 0 };
		})
	);
	return drawTable({
		by,
		version: SIPAS5,
		method: 'T2B-5C-v1',
		target: 90,
		from: '2026-11-16',
		to: '2026-11-20',
		counts,
		sheets: new Map(keys.map((key) => [key, few ? 0 : (SIZES[Number(key)] ?? 0)])),
		names
	});
}

function terminal(
	index: number,
	facts: Partial<TerminalHealthRow> & { forked?: boolean; silent?: boolean }
): TerminalHealthRow {
	const lastSeenAt = facts.silent ? NOW - 47 * 60_000 : NOW - 25_000;
	const { forked = false, ...shown } = facts;
	return {
		id: `t${index}`,
		name: `Máy ${index}`,
		counter: `Quầy ${index}`,
		health: healthOf({ lastSeenAt, now: NOW, open: true, revoked: false, missing: 0, ...shown, forked } as never),
		made: 412,
		received: 412,
		missing: 0,
		queued: 0,
		oldestQueuedAt: null,
		lastSeenAt,
		battery: 0.86,
		charging: true,
		appVersion: '0.1.0',
		...shown
	} as TerminalHealthRow;
}

export const TERMINALS: TerminalHealthRow[] = [
	terminal(1, {}),
	terminal(2, { made: 388, received: 371, queued: 17, oldestQueuedAt: NOW - 90 * 60_000, silent: true }),
	terminal(3, { made: 412, received: 409, missing: 3, battery: 0.12, charging: false }),
	terminal(4, { forked: true, made: 96, received: 96 }),
	terminal(5, {
		made: null,
		received: 0,
		missing: null,
		queued: null,
		lastSeenAt: null,
		battery: null,
		appVersion: null
	})
];

export const VERSIONS = [
	{
		id: 'SIPAS5-v1',
		title: {
			vi: 'Phiếu khảo sát nhanh mức độ hài lòng tại Trung tâm Phục vụ hành chính công',
			en: 'Short SIPAS, 5 items'
		}
	},
	{ id: 'SIPAS19-v1', title: { vi: 'SIPAS đầy đủ, 19 câu', en: 'Full SIPAS, 19 items' } }
];
