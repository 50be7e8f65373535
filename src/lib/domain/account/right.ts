import type { LocalText } from '../survey/criterion.ts';
import { ROLES, type Role } from './role.ts';

/** A role that somebody holds: at an organization and everything below it, or at one of its sites only (`siteId` not ''). */
export interface Grant {
	role: Role;
	organizationId: string;
	siteId: string;
}

/** Where a thing lies: its organization with all above it, its site where it has one, and the person it is about. */
export interface Extent {
	/** The organization first, then what stands above it. */
	path: readonly string[];
	siteId: string | null;
	/** The user it belongs to, where it belongs to one. */
	userId?: string | null;
}

interface RightRule {
	says: LocalText;
	roles: readonly Role[];
	/** Whoever holds the role at one site may too, and sees that site only. */
	bySite?: boolean;
	/** Everybody may, for what is their own. */
	self?: boolean;
}

/**
 * Everything that may be done, and by whom; who is not named may not. The guard, docs/rights.md and the rights matrix of
 * `npm test` are made from this table. Start: reference/reliability.md 5.3.
 */
export const RIGHTS = {
	'organization:read': {
		says: { vi: 'Xem cây đơn vị', en: 'See the tree of organizations' },
		roles: ['administrator', 'auditor', 'province-leader', 'leader']
	},
	'organization:write': {
		says: { vi: 'Thêm, sửa đơn vị cấp dưới', en: 'Add and change organizations below' },
		roles: ['administrator']
	},
	'place:read': {
		says: { vi: 'Xem địa điểm, quầy, lĩnh vực, công chức', en: 'See sites, counters, fields, officers' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'place:write': {
		says: {
			vi: 'Thêm, sửa, lưu trữ địa điểm, quầy, lĩnh vực, công chức',
			en: 'Change sites, counters, fields, officers'
		},
		roles: ['administrator']
	},
	'photo:read': {
		says: { vi: 'Xem ảnh công chức', en: 'See the photos of officers' },
		roles: ROLES,
		bySite: true
	},
	'roster:read': {
		says: { vi: 'Xem lịch trực', en: 'See the roster' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'roster:write': {
		says: { vi: 'Xếp lịch trực', en: 'Plan the roster' },
		roles: ['administrator', 'leader', 'supervisor'],
		bySite: true
	},
	'roster:correct': {
		says: { vi: 'Đính chính người trực của 7 ngày qua', en: 'Correct who was on duty in the last 7 days' },
		roles: ['leader', 'supervisor'],
		bySite: true
	},
	'calendar:read': {
		says: { vi: 'Xem lịch nghỉ', en: 'See the calendar' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'calendar:write': {
		says: { vi: 'Sửa lịch nghỉ và giờ làm việc', en: 'Change the calendar and working hours' },
		roles: ['administrator', 'leader']
	},
	'terminal:read': {
		says: { vi: 'Xem tình trạng máy tính bảng', en: 'See how the tablets are' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'terminal:write': {
		says: { vi: 'Duyệt, cài đặt, thay thế, thu hồi máy tính bảng', en: 'Approve, configure, replace, revoke tablets' },
		roles: ['administrator']
	},
	'survey:read': {
		says: { vi: 'Xem bộ câu hỏi', en: 'See questionnaires' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'survey:write': {
		says: { vi: 'Soạn, công bố, chọn bộ câu hỏi', en: 'Write, publish and choose questionnaires' },
		roles: ['administrator', 'leader']
	},
	'collector:read': {
		says: { vi: 'Xem, in mã QR khảo sát', en: 'See and print survey posters' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'collector:write': {
		says: { vi: 'Tạo, đổi tên, đóng, mở mã QR khảo sát', en: 'Make, rename, close and open survey posters' },
		roles: ['administrator', 'leader']
	},
	'ticket:read': {
		says: { vi: 'Xem các lô mã một lần', en: 'See the batches of one-time codes' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor']
	},
	'ticket:write': {
		says: { vi: 'Tạo, in, hủy mã một lần', en: 'Make, print and void one-time codes' },
		roles: ['administrator', 'leader']
	},
	'api-key:read': {
		says: { vi: 'Xem khóa API', en: 'See API keys' },
		roles: ['administrator', 'auditor']
	},
	'api-key:write': {
		says: { vi: 'Tạo, thu hồi khóa API', en: 'Make and revoke API keys' },
		roles: ['administrator']
	},
	'report:read': {
		says: { vi: 'Xem kết quả hài lòng', en: 'Read results' },
		roles: ['leader', 'province-leader', 'auditor']
	},
	'report:officers': {
		says: { vi: 'Xem kết quả theo từng công chức', en: 'Read results by officer' },
		roles: ['leader', 'auditor']
	},
	'alert:handle': {
		says: { vi: 'Xử lý cảnh báo, đặt giờ không gửi thư', en: 'Deal with alerts, set their quiet hours' },
		roles: ['leader']
	},
	'served:write': {
		says: { vi: 'Nhập số lượt phục vụ của một cửa', en: 'Enter how many the one-stop shop served' },
		roles: ['leader']
	},
	'report:own': {
		says: { vi: 'Xem kết quả đã công bố của chính mình', en: 'Read own released results' },
		roles: [],
		self: true
	},
	'improvement:write': {
		says: {
			vi: 'Viết, gỡ câu về việc đã thay đổi nhờ ý kiến người dân',
			en: 'Write and withdraw what was changed thanks to answers'
		},
		roles: ['leader']
	},
	'target:write': {
		says: { vi: 'Đặt mục tiêu theo tiêu chí và năm', en: 'Set the targets of criteria and years' },
		roles: ['leader', 'province-leader']
	},
	'plan:read': {
		says: { vi: 'Xem kế hoạch năm theo tiêu chí', en: 'See the plan of a year by criterion' },
		roles: ['leader', 'province-leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'plan:write': {
		says: { vi: 'Lập kế hoạch năm, ghi tiến độ', en: 'Write the plan of a year and its progress' },
		roles: ['leader']
	},
	'peers:read': {
		says: {
			vi: 'Xem số liệu đã công bố của nơi khác, năm khác',
			en: 'See published figures of elsewhere and other years'
		},
		roles: ['administrator', 'leader', 'province-leader', 'auditor']
	},
	'peers:write': {
		says: { vi: 'Nhập, gỡ số liệu đã công bố', en: 'Import and remove published figures' },
		roles: ['administrator', 'leader', 'province-leader']
	},
	'dialogue:read': {
		says: { vi: 'Xem các buổi đối thoại và kết quả', en: 'See dialogues and their results' },
		roles: ['moderator', 'leader', 'province-leader', 'auditor', 'clerk']
	},
	'dialogue:write': {
		says: { vi: 'Chuẩn bị buổi đối thoại', en: 'Prepare a dialogue' },
		roles: ['moderator', 'leader']
	},
	'dialogue:run': {
		says: { vi: 'Điều hành buổi đối thoại', en: 'Run a dialogue' },
		roles: ['moderator', 'leader']
	},
	'dialogue:key': {
		says: { vi: 'Nhập phiếu giấy của buổi đối thoại', en: 'Key the paper ballots of a dialogue' },
		roles: ['clerk', 'moderator', 'leader']
	},
	'objection:answer': {
		says: { vi: 'Trả lời phản đối kết quả của công chức', en: 'Answer objections of officers to their results' },
		roles: ['leader']
	},
	'comment:moderate': {
		says: {
			vi: 'Đọc nguyên văn và duyệt góp ý, trừ góp ý về bàn của chính mình',
			en: 'Read comments as written and decide on them, but for those about their own desk'
		},
		roles: ['moderator', 'supervisor'],
		bySite: true
	},
	'comment:take-down': {
		says: { vi: 'Gỡ góp ý đã công bố, có lý do', en: 'Take down a released comment, with a reason' },
		roles: ['leader', 'moderator', 'supervisor'],
		bySite: true
	},
	'user:read': {
		says: { vi: 'Xem người dùng', en: 'See users' },
		roles: ['administrator', 'leader', 'province-leader', 'auditor']
	},
	'user:write': {
		says: { vi: 'Mời, khóa người dùng; cấp, rút vai trò', en: 'Invite and disable users; give and withdraw roles' },
		roles: ['administrator', 'leader', 'province-leader']
	},
	'quarantine:read': {
		says: { vi: 'Xem khu cách ly', en: 'See the quarantine' },
		roles: ['leader', 'auditor', 'supervisor'],
		bySite: true
	},
	'quarantine:propose': {
		says: { vi: 'Đề nghị nhận phiếu cách ly', en: 'Propose to take in a quarantined sheet' },
		roles: ['leader', 'supervisor'],
		bySite: true
	},
	'quarantine:decide': {
		says: { vi: 'Quyết định nhận hoặc giữ ngoài phiếu cách ly', en: 'Decide on a quarantined sheet' },
		roles: ['leader']
	},
	'exclusion:read': {
		says: { vi: 'Xem phiếu bị loại', en: 'See excluded sheets' },
		roles: ['leader', 'auditor', 'supervisor', 'province-leader'],
		bySite: true
	},
	'exclusion:propose': {
		says: { vi: 'Đề nghị loại phiếu', en: 'Propose to exclude sheets' },
		roles: ['leader', 'supervisor'],
		bySite: true
	},
	'exclusion:decide': {
		says: { vi: 'Quyết định loại phiếu, tính lại phiếu đã loại', en: 'Exclude sheets and reinstate them' },
		roles: ['leader', 'province-leader']
	},
	'answers:import': {
		says: { vi: 'Nhập phiếu trả lời từ tệp', en: 'Import answers from a file' },
		roles: ['administrator', 'clerk']
	},
	'case:read': {
		says: { vi: 'Xem vụ việc', en: 'See cases' },
		roles: ['leader', 'auditor', 'supervisor', 'province-leader'],
		bySite: true,
		self: true
	},
	'case:head': {
		says: {
			vi: 'Xem và xử lý cả vụ việc chỉ dành cho người đứng đầu',
			en: 'See and work on cases that are for the head alone'
		},
		roles: ['leader', 'auditor']
	},
	'case:open': {
		says: { vi: 'Mở, phân loại, chuyển, từ chối vụ việc', en: 'Open, classify, forward and refuse cases' },
		roles: ['leader', 'supervisor'],
		bySite: true
	},
	'case:work': {
		says: {
			vi: 'Xử lý, trả lời vụ việc; ai được giao thì xử lý vụ việc của mình',
			en: 'Work on cases and answer them; whoever is named for one may too'
		},
		roles: ['leader', 'supervisor'],
		bySite: true,
		self: true
	},
	'case:files': {
		says: {
			vi: 'Thêm, tải, gỡ tệp của vụ việc; ai được giao thì của vụ việc mình',
			en: 'Add, open and remove files of cases; whoever is named for one may too'
		},
		roles: ['leader', 'supervisor'],
		bySite: true,
		self: true
	},
	'case:publish': {
		says: { vi: 'Công khai câu trả lời', en: 'Publish answers' },
		roles: ['leader']
	},
	'case:settings': {
		says: {
			vi: 'Đặt thời hạn, quy tắc mở vụ việc, câu trả lời mẫu',
			en: 'Set terms, rules and template answers of cases'
		},
		roles: ['leader']
	},
	'meeting:write': {
		says: { vi: 'Ghi kết luận họp thứ Sáu', en: 'Write down the decisions of Friday’s meeting' },
		roles: ['leader']
	},
	'audit:read': {
		says: { vi: 'Xem nhật ký', en: 'Read the audit log' },
		roles: ['auditor', 'leader', 'province-leader', 'administrator']
	},
	'status:read': {
		says: { vi: 'Xem tình trạng máy chủ', en: 'See how the server is' },
		roles: ['administrator']
	},
	'audit-results:read': {
		says: { vi: 'Xem cả dòng nhật ký về phiếu và kết quả', en: 'Read the lines about sheets and results too' },
		roles: ['auditor', 'leader', 'province-leader']
	},
	'office:read': {
		says: { vi: 'Mở trang công việc tại quầy', en: 'Open the page of the counter staff' },
		roles: ['officer', 'supervisor', 'leader', 'moderator', 'clerk', 'administrator'],
		bySite: true
	},
	'office:hand-over': {
		says: {
			vi: 'Nhận quầy cho mình; phụ trách đổi cho cả người khác',
			en: 'Take over a counter; supervisors for others too'
		},
		roles: ['officer', 'supervisor', 'leader'],
		bySite: true
	},
	'visit:make': {
		says: { vi: 'Tạo mã cho lượt phục vụ tại nhà của mình', en: 'Make codes for own visits at home' },
		roles: ['officer', 'supervisor'],
		bySite: true
	},
	'own:manage': {
		says: {
			vi: 'Đổi mật khẩu, mã xác thực, phiên đăng nhập của mình',
			en: 'Change own password, second factor, sessions'
		},
		roles: [],
		self: true
	}
} as const satisfies Record<string, RightRule>;
export type Right = keyof typeof RIGHTS;

/** The whole extent, some sites of it, or nothing. */
export type Permission = { allowed: true; sites: readonly string[] | null } | { allowed: false };

/**
 * Whether these grants give the right at this extent. `sites` is null where all of it may be seen, else the sites that may: a page
 * of an organization shows a supervisor the part that is theirs.
 */
export function permits(grants: readonly Grant[], right: Right, extent: Extent, userId: string): Permission {
	const rule: RightRule = RIGHTS[right];
	if (rule.self && extent.userId === userId) return { allowed: true, sites: null };
	const held = grants.filter(
		({ role, organizationId }) => rule.roles.includes(role) && extent.path.includes(organizationId)
	);
	if (held.some(({ siteId }) => siteId === '')) return { allowed: true, sites: null };
	if (!rule.bySite) return { allowed: false };
	const sites = held.map(({ siteId }) => siteId);
	if (extent.siteId !== null) return sites.includes(extent.siteId) ? { allowed: true, sites } : { allowed: false };
	return sites.length > 0 ? { allowed: true, sites } : { allowed: false };
}

/** Whether somebody has the right anywhere, for what a navigation offers. */
export function hasSomewhere(grants: readonly Grant[], right: Right): boolean {
	const rule: RightRule = RIGHTS[right];
	return grants.some(({ role }) => rule.roles.includes(role));
}
