import type { Role } from '../../domain/account/role.ts';
import { DEFAULT_FIELDS, type DefaultFieldCode } from '../../domain/place/field.ts';
import { shortId } from '../../domain/shared/id.ts';
import { posterCode } from '../../domain/survey/code.ts';
import { seeded } from '../../domain/shared/random.ts';

/** The made-up ward: its places and people. All names say that they are examples; nobody real is rated here. */

const SEED = 20_260_523;

/** Supervises one site, and decides on the comments of the whole ward. */
export const MODERATOR = 'phu-trach';

/** Printed at every start, so no secret: they open made-up data only. */
export const SIGN_INS: readonly DemonstrationPerson[] = [
	{ login: 'lanh-dao', name: 'Lãnh đạo Trình Diễn', role: 'leader', password: 'lanh-dao-trinh-dien' },
	{ login: 'quan-tri', name: 'Quản trị Trình Diễn', role: 'administrator', password: 'quan-tri-trinh-dien' },
	{
		...{ login: MODERATOR, name: 'Phụ trách Hừng Đông', password: 'phu-trach-trinh-dien' },
		...{ role: 'supervisor', site: 1, besides: 'moderator' }
	},
	{ login: 'cong-chuc', name: 'Nguyễn Thị Minh Họa', role: 'officer', password: 'cong-chuc-trinh-dien', officer: 0 },
	{ login: 'kiem-tra', name: 'Kiểm tra Trình Diễn', role: 'auditor', password: 'kiem-tra-trinh-dien' },
	{
		login: 'lanh-dao-tinh',
		name: 'Lãnh đạo Tỉnh Trình Diễn',
		role: 'province-leader',
		password: 'lanh-dao-tinh-trinh-dien'
	}
];

interface DemonstrationPerson {
	login: string;
	name: string;
	role: Role;
	password: string;
	/** The one site it is about, a place in SITES. */
	site?: number;
	/** The officer they are themselves, a place in OFFICERS. */
	officer?: number;
	/** What else they do, for the whole ward. */
	besides?: Role;
}

/** Opens the staff corner of the demonstration's tablets. */
export const STAFF_PIN = '2468';

/** What is true of each field here: how much more content its citizens are, in log odds. */
const FIELD_EFFECTS: Record<DefaultFieldCode, number> = {
	HT: 0.25,
	CT: 0.55,
	DD: -0.35,
	XD: -0.4,
	KD: 0.1,
	BT: 0,
	NC: 0.15,
	LD: -0.1,
	GD: 0.1,
	YT: -0.05,
	VH: 0.05,
	NN: -0.1
};

const SITES = [
	{ name: 'Trung tâm Phục vụ hành chính công phường Bình Minh', kind: 'main' },
	{ name: 'Điểm tiếp nhận Hừng Đông', kind: 'satellite' },
	{ name: 'Điểm tiếp nhận Ban Mai', kind: 'satellite' },
	{ name: 'Tổ phục vụ tại nhà Bình Minh', kind: 'home' }
] as const;

/**
 * Counter n stands at place n − 1. `traffic` is its share of the visitors; `full`: its tablet asks all five questions; `tickets`: the
 * share of them who answer at home by the code on their receipt, everybody where there is no tablet.
 */
const COUNTERS: readonly CounterPlan[] = [
	{ site: 0, name: 'Chứng thực', fields: { CT: 1 }, traffic: 17 },
	{ site: 0, name: 'Hộ tịch', fields: { HT: 3, CT: 1 }, traffic: 15, full: true, tickets: 0.22 },
	{ site: 0, name: 'Đất đai', fields: { DD: 1 }, traffic: 14, full: true, tickets: 0.22 },
	{ site: 0, name: 'Xây dựng, đất đai', fields: { XD: 3, DD: 2 }, traffic: 9, tickets: 0.22 },
	{ site: 0, name: 'Hộ kinh doanh', fields: { KD: 1 }, traffic: 8 },
	{ site: 0, name: 'Bảo trợ xã hội, người có công, lao động', fields: { BT: 3, NC: 2, LD: 2 }, traffic: 10 },
	{ site: 0, name: 'Giáo dục, y tế, văn hóa', fields: { GD: 2, YT: 2, VH: 1 }, traffic: 7, full: true },
	{ site: 0, name: 'Nông nghiệp và môi trường', fields: { NN: 1 }, traffic: 6 },
	{ site: 1, name: 'Chứng thực, hộ tịch (Hừng Đông)', fields: { CT: 3, HT: 2 }, traffic: 6 },
	{ site: 1, name: 'Đất đai (Hừng Đông)', fields: { DD: 1 }, traffic: 4 },
	{
		site: 2,
		name: 'Chứng thực, bảo trợ xã hội (Ban Mai)',
		fields: { CT: 2, BT: 1 },
		traffic: 4,
		morningsOnly: true,
		full: true
	},
	{ site: 3, name: 'Phục vụ tại nhà', fields: { CT: 1 }, traffic: 3, morningsOnly: true, tickets: 1 }
];

interface CounterPlan {
	site: number;
	name: string;
	fields: Partial<Record<DefaultFieldCode, number>>;
	traffic: number;
	full?: boolean;
	morningsOnly?: boolean;
	tickets?: number;
}

/** Open codes on the wall: in the hall for everybody, and at one counter. `share` of the visitors there scan them instead. */
const POSTERS: readonly { name: string; site: number; counter?: number; share: number }[] = [
	{ name: 'Sảnh chờ trung tâm', site: 0, share: 0.045 },
	{ name: 'Quầy 3 – Đất đai', site: 0, counter: 2, share: 0.1 }
];

/** What the made-up leader says was changed thanks to answers, so many days before today. */
export const CHANGES = [
	{
		daysAgo: 19,
		criterion: 'HC',
		text: 'Bảng hướng dẫn giấy tờ của lĩnh vực đất đai được viết lại bằng lời dễ hiểu, kèm mẫu điền sẵn.'
	},
	{ daysAgo: 47, criterion: 'TC', text: 'Sảnh chờ có thêm 20 ghế và một lối riêng cho người dùng xe lăn.' },
	{
		daysAgo: 80,
		criterion: 'KQ',
		text: 'Hồ sơ chứng thực trả ngay trong buổi; ai phải chờ quá một giờ được báo trước.'
	}
] as const;

/** `effect` is how much more content an officer leaves citizens, in log odds; one clearly better, one clearly lower, the rest alike. */
const OFFICERS = [
	{ name: 'Nguyễn Thị Minh Họa', effect: 1 },
	{ name: 'Trần Văn Ví Dụ', effect: 0.1 },
	{ name: 'Lê Thị Làm Mẫu', effect: 0 },
	{ name: 'Phạm Văn Giả Định', effect: 0.1 },
	{ name: 'Hoàng Thị Phác Thảo', effect: -0.1 },
	{ name: 'Vũ Văn Mô Phỏng', effect: 0 },
	{ name: 'Đặng Thị Tượng Trưng', effect: 0.1 },
	{ name: 'Bùi Văn Thí Dụ', effect: 0 },
	{ name: 'Đỗ Thị Bản Nháp', effect: 0.15 },
	{ name: 'Hồ Văn Diễn Tập', effect: -1 },
	{ name: 'Ngô Thị Trình Diễn', effect: -0.05 },
	{ name: 'Dương Văn Tưởng Tượng', effect: 0 },
	{ name: 'Lý Thị Dùng Thử', effect: 0.05 },
	{ name: 'Huỳnh Văn Chạy Thử', effect: -0.1 },
	{ name: 'Mai Thị Lưu Động', effect: 0.6 }
];

/** Who takes turns at which counters (places in the lists above); each team has somebody in reserve or just enough. */
const TEAMS = [
	{ counters: [0, 1], officers: [0, 1, 2], shifts: 'half-day' },
	{ counters: [2, 3], officers: [3, 4, 5], shifts: 'day' },
	{ counters: [4, 7], officers: [6, 7], shifts: 'day' },
	{ counters: [5, 6], officers: [8, 9, 10], shifts: 'half-day' },
	{ counters: [8, 9, 10], officers: [11, 12, 13], shifts: 'day' },
	{ counters: [11], officers: [14], shifts: 'day' }
] as const;

export interface DemonstrationCounter {
	id: string;
	siteId: string;
	number: string;
	name: string;
	/** Its fields with the share of its visitors each has. */
	fields: { id: string; share: number }[];
	traffic: number;
	full: boolean;
	morningsOnly: boolean;
	tickets: number;
}

export type Ward = ReturnType<typeof demonstrationWard>;

/** The same places and people with the same ids every time. */
export function demonstrationWard() {
	const random = seeded(SEED);
	const newId = () => shortId(random.bytes(7));
	const province = { id: newId(), name: 'Tỉnh Trình diễn' };
	const ward = { id: newId(), name: 'Phường Bình Minh (trình diễn)' };
	const sites = SITES.map((site) => ({ id: newId(), ...site }));
	const fields = DEFAULT_FIELDS.map((field) => ({ id: newId(), ...field, effect: FIELD_EFFECTS[field.code] }));
	const officers = OFFICERS.map((officer) => ({ id: newId(), ...officer }));
	const fieldId = new Map<string, string>(fields.map(({ code, id }) => [code, id]));
	const counters = COUNTERS.map((plan, place): DemonstrationCounter => ({
		id: newId(),
		siteId: sites[plan.site].id,
		number: String(place + 1),
		name: plan.name,
		fields: Object.entries(plan.fields).map(([code, share]) => ({ id: fieldId.get(code)!, share })),
		traffic: plan.traffic,
		full: plan.full ?? false,
		morningsOnly: plan.morningsOnly ?? false,
		tickets: plan.tickets ?? 0
	}));
	const teams = TEAMS.map((team) => ({
		counters: team.counters.map((place) => counters[place]),
		officerIds: team.officers.map((place) => officers[place].id),
		halfDays: team.shifts === 'half-day'
	}));
	const posters = POSTERS.map(({ name, site, counter, share }) => ({
		id: newId(),
		code: posterCode(random.bytes(5)),
		name,
		siteId: sites[site].id,
		counterId: counter === undefined ? '' : counters[counter].id,
		fieldId: counter === undefined ? '' : counters[counter].fields[0].id,
		share
	}));
	/** Where the papers asked for have changed lately, and citizens like it less. */
	const troubledCounterId = counters[2].id;
	const publishedId = newId();
	return { province, ward, publishedId, sites, fields, officers, counters, teams, posters, troubledCounterId };
}
