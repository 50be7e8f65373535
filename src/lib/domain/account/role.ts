import type { LocalText } from '../survey/criterion.ts';

/** Who somebody is for the product. One person may hold several roles, each at an organization or at one of its sites. */
export const ROLES = [
	'officer',
	'supervisor',
	'leader',
	'province-leader',
	'administrator',
	'auditor',
	'moderator',
	'clerk'
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, LocalText> = {
	officer: { vi: 'Công chức', en: 'Officer' },
	supervisor: { vi: 'Phụ trách quầy', en: 'Counter supervisor' },
	leader: { vi: 'Lãnh đạo', en: 'Leader' },
	'province-leader': { vi: 'Lãnh đạo tỉnh', en: 'Province leader' },
	administrator: { vi: 'Quản trị viên', en: 'Administrator' },
	auditor: { vi: 'Kiểm tra viên', en: 'Auditor' },
	moderator: { vi: 'Điều hành đối thoại', en: 'Moderator' },
	clerk: { vi: 'Nhập liệu', en: 'Data clerk' }
};

/** What each role is for, in the words of the person who gives it. */
export const ROLE_TASKS: Record<Role, LocalText> = {
	officer: { vi: 'Xem kết quả của chính mình, nhận bàn giao quầy.', en: 'Sees own results, takes over a counter.' },
	supervisor: {
		vi: 'Xếp lịch trực, theo dõi máy tính bảng, duyệt góp ý tại địa điểm của mình.',
		en: 'Plans the roster, watches the tablets and decides on the comments of their site.'
	},
	leader: {
		vi: 'Xem kết quả của đơn vị, duyệt phiếu cách ly, quản lý người dùng của đơn vị.',
		en: 'Reads results, decides on quarantined sheets, manages the staff of the organization.'
	},
	'province-leader': {
		vi: 'Xem kết quả các phường, xã; quản lý lãnh đạo phường, xã.',
		en: 'Reads the results of the wards; manages ward leaders.'
	},
	administrator: {
		vi: 'Cài đặt địa điểm, quầy, công chức, máy tính bảng, người dùng. Không xem kết quả.',
		en: 'Sets up places, officers, tablets and users. Does not read results.'
	},
	auditor: {
		vi: 'Xem mọi thứ và nhật ký để kiểm tra; không sửa gì.',
		en: 'Reads everything and the audit log; changes nothing.'
	},
	moderator: {
		vi: 'Điều hành buổi đối thoại; duyệt góp ý của người dân.',
		en: 'Runs a dialogue conference; decides which comments are released.'
	},
	clerk: { vi: 'Nhập phiếu giấy.', en: 'Keys paper ballots.' }
};

/** Whose account must have a second factor: whoever could change the numbers' foundations, and whoever sees beyond one ward. */
export const SECOND_FACTOR_ROLES: readonly Role[] = ['administrator', 'auditor', 'province-leader'];

/** Roles that one person must not hold together: who sets up does not audit. */
export const EXCLUSIVE_ROLES: readonly (readonly [Role, Role])[] = [['administrator', 'auditor']];

/** Which roles somebody with a role may give to others and take from them; never to oneself. */
export const MAY_GIVE: Partial<Record<Role, readonly Role[]>> = {
	administrator: ROLES,
	'province-leader': ['leader', 'auditor'],
	leader: ['officer', 'supervisor', 'moderator', 'clerk']
};

export function isRole(text: string): text is Role {
	return (ROLES as readonly string[]).includes(text);
}
