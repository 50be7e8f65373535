import type { LocalText, Locale } from '../survey/criterion.ts';

/** One line of an organization's chain, without its own hash. Instants in milliseconds. */
export interface AuditLine {
	organizationId: string;
	/** 1, 2, 3 … without gaps. */
	seq: number;
	at: number;
	/** A user, a tablet, or 'system'. */
	actorId: string;
	action: string;
	/** The id of what was changed or read. */
	object: string;
	detail: string;
	reason: string;
	/** The hash of the line before; '' for the first. */
	previous: string;
}

/**
 * The text whose SHA-256 is the line's hash: every field with its length before it, so that no two lines can be written as one and
 * the same text.
 */
export function auditText(line: AuditLine): string {
	const { organizationId, seq, at, actorId, action, object, detail, reason, previous } = line;
	return [organizationId, String(seq), String(at), actorId, action, object, detail, reason, previous]
		.map((field) => `${field.length}:${field}`)
		.join('');
}

/** Controls, line ends of every kind, marks that turn the direction of writing, signs without width, halves of a pair. */
const DECEIVING = /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]+/gu;

/** Text for a log: one line, in the order it is read in, so that no name or reason can look like a line of its own. */
export function plainText(text: string): string {
	return text.normalize('NFC').replace(DECEIVING, ' ').replace(/ {2,}/g, ' ').trim();
}

/** What an audit line can say, as a sentence with the line's detail after it. */
export const AUDIT_SENTENCES = {
	'user-added': { vi: 'Thêm người dùng', en: 'Added user' },
	'user-changed': { vi: 'Sửa người dùng', en: 'Changed user' },
	'user-disabled': { vi: 'Khóa người dùng', en: 'Disabled user' },
	'user-enabled': { vi: 'Mở khóa người dùng', en: 'Enabled user' },
	'user-invited': { vi: 'Gửi lời mời', en: 'Sent an invitation' },
	'role-given': { vi: 'Cấp vai trò', en: 'Gave a role' },
	'role-withdrawn': { vi: 'Rút vai trò', en: 'Withdrew a role' },
	'password-reset-sent': { vi: 'Gửi liên kết đặt lại mật khẩu', en: 'Sent a password reset' },
	'password-changed': { vi: 'Đổi mật khẩu', en: 'Changed the password' },
	'second-factor-set': { vi: 'Bật xác thực hai lớp', en: 'Turned the second factor on' },
	'second-factor-removed': { vi: 'Gỡ xác thực hai lớp', en: 'Removed the second factor' },
	'recovery-codes-made': { vi: 'Tạo mã dự phòng mới', en: 'Made new recovery codes' },
	'recovery-code-used': { vi: 'Đăng nhập bằng mã dự phòng', en: 'Signed in with a recovery code' },
	'session-ended': { vi: 'Đóng phiên đăng nhập', en: 'Ended a session' },
	'organization-added': { vi: 'Thêm đơn vị', en: 'Added organization' },
	'organization-changed': { vi: 'Sửa đơn vị', en: 'Changed organization' },
	'site-added': { vi: 'Thêm địa điểm', en: 'Added site' },
	'site-changed': { vi: 'Sửa địa điểm', en: 'Changed site' },
	'counter-added': { vi: 'Thêm quầy', en: 'Added counter' },
	'counter-changed': { vi: 'Sửa quầy', en: 'Changed counter' },
	'field-added': { vi: 'Thêm lĩnh vực', en: 'Added field' },
	'field-changed': { vi: 'Sửa lĩnh vực', en: 'Changed field' },
	'officer-added': { vi: 'Thêm công chức', en: 'Added officer' },
	'officer-changed': { vi: 'Sửa công chức', en: 'Changed officer' },
	archived: { vi: 'Lưu trữ', en: 'Archived' },
	restored: { vi: 'Khôi phục', en: 'Restored' },
	'calendar-changed': { vi: 'Sửa lịch nghỉ', en: 'Changed the calendar' },
	'hours-changed': { vi: 'Sửa giờ làm việc', en: 'Changed working hours' },
	imported: { vi: 'Nhập từ tệp', en: 'Imported from a file' },
	'answers-imported': { vi: 'Nhập phiếu trả lời từ tệp', en: 'Imported answers from a file' },
	'duty-added': { vi: 'Xếp trực', en: 'Put on duty' },
	'week-planned': { vi: 'Xếp lịch tuần', en: 'Planned the week' },
	'duty-ended': { vi: 'Kết thúc lượt trực', en: 'Ended duty' },
	'duty-moved': { vi: 'Chuyển lượt trực', en: 'Moved duty' },
	'duty-handed-over': { vi: 'Bàn giao quầy', en: 'Handed over' },
	'duty-changed-on-terminal': { vi: 'Đổi người trực ngay trên máy', en: 'Changed duty on the tablet' },
	'duty-corrected': { vi: 'Đính chính người trực', en: 'Corrected duty' },
	'terminal-approved': { vi: 'Duyệt máy tính bảng', en: 'Approved tablet' },
	'terminal-changed': { vi: 'Sửa máy tính bảng', en: 'Changed tablet' },
	'terminal-replaced': { vi: 'Thay máy tính bảng', en: 'Replaced tablet' },
	'terminal-revoked': { vi: 'Thu hồi máy tính bảng', en: 'Revoked tablet' },
	'terminal-rescue-opened': { vi: 'Cho máy đã thu hồi gửi phiếu vào khu cách ly', en: 'Opened a rescue of sheets' },
	'terminal-rescue-closed': { vi: 'Đóng việc gửi phiếu của máy đã thu hồi', en: 'Closed a rescue of sheets' },
	'staff-pin-set': { vi: 'Đặt lại mã PIN của nhân viên tại quầy', en: 'Set the staff PIN' },
	'quarantine-proposed': { vi: 'Đề nghị nhận phiếu cách ly', en: 'Proposed to take in a sheet' },
	'quarantine-accepted': { vi: 'Nhận phiếu từ khu cách ly', en: 'Took in a sheet' },
	'quarantine-kept-out': { vi: 'Giữ phiếu ở ngoài', en: 'Kept a sheet out' },
	'quarantine-withdrawn': { vi: 'Rút đề nghị nhận phiếu', en: 'Withdrew the proposal of a sheet' },
	'quarantine-reopened': { vi: 'Xem lại phiếu đã giữ ngoài', en: 'Took a sheet up again' },
	'exclusion-proposed': { vi: 'Đề nghị loại phiếu', en: 'Proposed to exclude sheets' },
	'exclusion-accepted': { vi: 'Loại phiếu khỏi chỉ số', en: 'Excluded sheets' },
	'exclusion-declined': { vi: 'Không loại phiếu', en: 'Declined to exclude sheets' },
	'exclusion-withdrawn': { vi: 'Rút đề nghị loại phiếu', en: 'Withdrew the exclusion of sheets' },
	'exclusion-lifted': { vi: 'Tính lại phiếu đã loại', en: 'Reinstated excluded sheets' },
	'officer-scores-read': { vi: 'Xem kết quả theo công chức', en: 'Read results by officer' },
	'quarantine-opened': { vi: 'Mở xem một phiếu cách ly', en: 'Opened a quarantined sheet' },
	'questionnaire-added': { vi: 'Tạo bản nháp bộ câu hỏi', en: 'Added a draft questionnaire' },
	'questionnaire-changed': { vi: 'Sửa bản nháp bộ câu hỏi', en: 'Changed a draft questionnaire' },
	'questionnaire-removed': { vi: 'Xóa bản nháp bộ câu hỏi', en: 'Removed a draft questionnaire' },
	'questionnaire-published': { vi: 'Công bố bộ câu hỏi', en: 'Published a questionnaire' },
	'questionnaire-retired': { vi: 'Ngừng dùng bộ câu hỏi', en: 'Retired a questionnaire' },
	'questionnaire-chosen': { vi: 'Chọn bộ câu hỏi cho đơn vị', en: 'Chose the questionnaire in use' },
	'poster-added': { vi: 'Tạo mã QR khảo sát', en: 'Added a survey poster' },
	'poster-renamed': { vi: 'Đổi tên mã QR khảo sát', en: 'Renamed a survey poster' },
	'poster-closed': { vi: 'Đóng mã QR khảo sát', en: 'Closed a survey poster' },
	'poster-reopened': { vi: 'Mở lại mã QR khảo sát', en: 'Opened a survey poster again' },
	'tickets-made': { vi: 'Tạo mã một lần', en: 'Made one-time codes' },
	'visit-ticket-made': { vi: 'Tạo mã cho lượt phục vụ tại nhà', en: 'Made a code for a visit at home' },
	'visit-ticket-voided': { vi: 'Hủy mã của lượt phục vụ tại nhà', en: 'Voided a code for a visit at home' },
	'api-key-made': { vi: 'Tạo khóa API', en: 'Made an API key' },
	'api-key-revoked': { vi: 'Thu hồi khóa API', en: 'Revoked an API key' },
	'tickets-voided': { vi: 'Hủy lô mã một lần', en: 'Voided one-time codes' },
	'request-opened': { vi: 'Mở xem phản ánh, kiến nghị', en: 'Opened a citizen’s request' },
	'request-done': { vi: 'Đánh dấu đã xử lý phản ánh, kiến nghị', en: 'Marked a citizen’s request as dealt with' },
	'request-reopened': { vi: 'Mở lại phản ánh, kiến nghị', en: 'Took up a citizen’s request again' },
	'results-published': { vi: 'Công bố kết quả', en: 'Published results' },
	'improvement-written': { vi: 'Viết việc đã thay đổi nhờ ý kiến', en: 'Wrote what was changed thanks to answers' },
	'improvement-withdrawn': { vi: 'Gỡ việc đã thay đổi nhờ ý kiến', en: 'Withdrew what was changed thanks to answers' },
	'report-subscribed': { vi: 'Đăng ký nhận báo cáo qua thư', en: 'Subscribed to the report by mail' },
	'report-unsubscribed': { vi: 'Thôi nhận báo cáo qua thư', en: 'Unsubscribed from the report by mail' },
	'report-mailed': { vi: 'Gửi báo cáo qua thư', en: 'Mailed the report' },
	'served-changed': { vi: 'Nhập số lượt phục vụ', en: 'Entered how many were served' },
	'alert-seen': { vi: 'Đã xem cảnh báo', en: 'Saw an alert' },
	'quiet-hours-changed': { vi: 'Sửa giờ không gửi thư cảnh báo', en: 'Changed the quiet hours of alerts' },
	'dialogue-added': { vi: 'Tạo buổi đối thoại', en: 'Added a dialogue' },
	'rehearsal-begun': { vi: 'Diễn tập đối thoại', en: 'Rehearsed a dialogue' },
	'rehearsal-cancelled': { vi: 'Huỷ diễn tập đối thoại', en: 'Cancelled a rehearsal' },
	'dialogue-commanded': { vi: 'Điều hành đối thoại', en: 'Ran a dialogue' },
	'slips-made': { vi: 'Tạo phiếu mời đối thoại', en: 'Made seat slips of a dialogue' },
	'slips-voided': { vi: 'Hủy phiếu mời đối thoại', en: 'Voided seat slips of a dialogue' },
	'paper-batch-added': { vi: 'Thêm tập phiếu giấy', en: 'Added a batch of paper' },
	'paper-batch-recounted': { vi: 'Sửa số đếm của tập phiếu giấy', en: 'Corrected the count of a batch of paper' },
	'paper-batch-closed': { vi: 'Khóa tập phiếu giấy', en: 'Closed a batch of paper' },
	'paper-batch-reopened': { vi: 'Mở lại tập phiếu giấy', en: 'Opened a batch of paper again' },
	'paper-keying-begun': { vi: 'Bắt đầu nhập phiếu giấy', en: 'Began to key a batch of paper' },
	'paper-keying-finished': { vi: 'Nhập xong phiếu giấy', en: 'Finished keying a batch of paper' },
	'paper-keying-resumed': { vi: 'Nhập tiếp phiếu giấy', en: 'Went on keying a batch of paper' },
	'paper-keying-dropped': { vi: 'Bỏ một lần nhập phiếu giấy', en: 'Threw away a keying of paper' },
	'paper-file-imported': { vi: 'Nhập phiếu giấy từ tệp', en: 'Imported paper from a file' },
	'paper-mismatch-settled': { vi: 'Quyết định phiếu nhập lệch', en: 'Settled a ballot that was keyed differently' },
	'paper-conflict-settled': {
		vi: 'Ghi nhận phiếu giấy trùng với bình chọn bằng điện thoại',
		en: 'Acknowledged paper of a slip that had voted by phone'
	},
	'display-added': { vi: 'Tạo đường dẫn màn hình đối thoại', en: 'Added a screen of a dialogue' },
	'display-revoked': { vi: 'Thu hồi đường dẫn màn hình đối thoại', en: 'Withdrew a screen of a dialogue' },
	'round-added': { vi: 'Thêm câu hỏi đối thoại', en: 'Added a question of a dialogue' },
	'round-removed': { vi: 'Bỏ câu hỏi đối thoại', en: 'Removed a question of a dialogue' },
	'round-moved': { vi: 'Đổi thứ tự câu hỏi đối thoại', en: 'Moved a question of a dialogue' },
	'round-final': { vi: 'Chốt kết quả bình chọn', en: 'A round became final' },
	'question-decided': { vi: 'Xét câu hỏi từ hội trường', en: 'Decided on a question from the hall' },
	'question-answered-later': {
		vi: 'Trả lời bằng văn bản câu hỏi từ hội trường',
		en: 'Answered a question from the hall in writing'
	},
	'promise-written': { vi: 'Ghi lời hứa tại đối thoại', en: 'Wrote down a promise of a dialogue' },
	'promise-changed': { vi: 'Sửa lời hứa tại đối thoại', en: 'Changed a promise of a dialogue' },
	'promise-done': { vi: 'Ghi lời hứa đã xong', en: 'Noted that a promise is kept' },
	'promise-reopened': { vi: 'Mở lại lời hứa', en: 'Took up a promise again' },
	'promise-withdrawn': { vi: 'Rút lời hứa', en: 'Withdrew a promise' },
	'plan-begun': { vi: 'Lập kế hoạch năm', en: 'Began the plan of a year' },
	'plan-task-added': { vi: 'Thêm nhiệm vụ kế hoạch', en: 'Added a task of the plan' },
	'plan-task-changed': { vi: 'Sửa nhiệm vụ kế hoạch', en: 'Changed a task of the plan' },
	'plan-task-done': { vi: 'Ghi nhiệm vụ kế hoạch đã xong', en: 'Noted that a task of the plan is done' },
	'plan-task-retired': { vi: 'Thôi nhiệm vụ kế hoạch', en: 'Retired a task of the plan' },
	'plan-task-reopened': { vi: 'Mở lại nhiệm vụ kế hoạch', en: 'Took up a task of the plan again' },
	'plan-note-written': { vi: 'Ghi tiến độ nhiệm vụ kế hoạch', en: 'Noted progress of the plan' },
	'plan-note-withdrawn': { vi: 'Rút ghi chú tiến độ kế hoạch', en: 'Took back a note of the plan' },
	'plan-week-ticked': { vi: 'Ghi một tuần đã làm của kế hoạch', en: 'Ticked a week of the plan' },
	'plan-week-unticked': { vi: 'Bỏ ghi một tuần của kế hoạch', en: 'Took back the tick of a week of the plan' },
	'plan-case-linked': { vi: 'Nối vụ việc với nhiệm vụ kế hoạch', en: 'Linked a case to a task of the plan' },
	'plan-case-unlinked': { vi: 'Bỏ nối vụ việc với nhiệm vụ kế hoạch', en: 'Unlinked a case from a task of the plan' },
	'round-corrected': { vi: 'Lập vòng đính chính', en: 'Added a correction round' },
	'hall-lent': { vi: 'Giao buổi đối thoại cho máy hội trường', en: 'Lent a dialogue to a hall’s machine' },
	'hall-opened': { vi: 'Mở buổi đối thoại trên máy hội trường', en: 'Opened a dialogue on a hall’s machine' },
	'hall-returned': { vi: 'Xuất phiếu của máy hội trường', en: 'Gave back the ballots of a hall’s machine' },
	'hall-merged': { vi: 'Ghép phiếu của máy hội trường', en: 'Merged the ballots of a hall’s machine' },
	'hall-dropped': { vi: 'Thôi chờ máy hội trường', en: 'Waited no more for a hall’s machine' },
	'dialogue-closed': { vi: 'Khóa sổ buổi đối thoại', en: 'Closed a dialogue' },
	'dialogue-close-refused': {
		vi: 'Từ chối khóa sổ vì kiểm lại không khớp',
		en: 'Refused to close a dialogue: the recount differs'
	},
	'case-opened': { vi: 'Mở vụ việc', en: 'Opened a case' },
	'case-moved': { vi: 'Xử lý vụ việc', en: 'Worked on a case' },
	'case-file-added': { vi: 'Thêm tệp vào vụ việc', en: 'Added a file to a case' },
	'case-file-removed': { vi: 'Gỡ tệp khỏi vụ việc', en: 'Removed a file from a case' },
	'case-file-opened': { vi: 'Tải tệp của vụ việc', en: 'Opened a file of a case' },
	'case-settings-changed': { vi: 'Đổi thời hạn, quy tắc mở vụ việc', en: 'Changed the terms and rules of cases' },
	'answer-template-added': { vi: 'Thêm câu trả lời mẫu', en: 'Added a template answer' },
	'answer-template-archived': { vi: 'Bỏ câu trả lời mẫu', en: 'Archived a template answer' },
	'case-rated': { vi: 'Người dân đánh giá câu trả lời', en: 'A citizen rated an answer' },
	'case-terms-set': { vi: 'Đặt thời hạn xử lý vụ việc', en: 'Set the terms of cases' },
	'meeting-decided': { vi: 'Ghi kết luận họp', en: 'Wrote down a decision of a meeting' },
	'meeting-decision-done': { vi: 'Ghi kết luận họp đã xong', en: 'Noted that a decision of a meeting is done' },
	'meeting-decision-withdrawn': { vi: 'Rút kết luận họp', en: 'Withdrew a decision of a meeting' },
	'meeting-decision-reopened': { vi: 'Mở lại kết luận họp', en: 'Took up a decision of a meeting again' },
	'targets-set': { vi: 'Đặt mục tiêu', en: 'Set targets' },
	'predecessors-set': { vi: 'Ghi các đơn vị trước sáp nhập', en: 'Named the predecessors' },
	'peers-imported': { vi: 'Nhập số liệu đã công bố', en: 'Imported published figures' },
	'peers-removed': { vi: 'Gỡ số liệu đã công bố', en: 'Removed published figures' },
	'peers-restored': { vi: 'Đưa lại số liệu đã công bố', en: 'Brought published figures back' },
	'objection-made': { vi: 'Phản đối kết quả một tuần của mình', en: 'Objected to a week of own results' },
	'objection-accepted': { vi: 'Chấp nhận phản đối kết quả', en: 'Accepted an objection to results' },
	'objection-declined': { vi: 'Không chấp nhận phản đối kết quả', en: 'Declined an objection to results' },
	'comment-approved': { vi: 'Duyệt công bố góp ý', en: 'Approved a comment' },
	'comment-withheld': { vi: 'Không công bố góp ý', en: 'Withheld a comment' },
	'comment-reopened': { vi: 'Rút lại quyết định về góp ý', en: 'Took back a decision on a comment' },
	'comment-taken-down': { vi: 'Gỡ góp ý đã công bố', en: 'Took down a released comment' },
	'comments-released': { vi: 'Công bố góp ý', en: 'Released comments' },
	exported: { vi: 'Xuất số liệu', en: 'Exported figures' },
	'set-up': { vi: 'Cài đặt lần đầu', en: 'First set-up' }
} as const satisfies Record<string, LocalText>;
export type AuditAction = keyof typeof AUDIT_SENTENCES;

/** What a line says, in one line; an action of a later version is said by its name. */
export function sayAuditLine({ action, detail }: { action: string; detail: string }, locale: Locale): string {
	const sentence = (AUDIT_SENTENCES as Record<string, LocalText>)[action]?.[locale] ?? plainText(action);
	return detail ? `${sentence}: ${plainText(detail)}` : sentence;
}

/** Kinds of lines, for whoever looks for something in the log; each takes the actions that begin like this, the last all others. */
export const AUDIT_GROUPS = {
	people: {
		says: { vi: 'Người dùng và đăng nhập', en: 'People and sign-in' },
		begins: ['user-', 'role-', 'password-', 'second-factor-', 'recovery-', 'session-']
	},
	duties: { says: { vi: 'Lịch trực', en: 'Duty' }, begins: ['duty-'] },
	terminals: { says: { vi: 'Máy tính bảng', en: 'Tablets' }, begins: ['terminal-', 'staff-pin-'] },
	quarantine: {
		says: { vi: 'Phiếu cách ly, phiếu loại', en: 'Quarantined and excluded sheets' },
		begins: ['quarantine-', 'exclusion-']
	},
	readings: {
		says: { vi: 'Xem, xuất, công bố kết quả', en: 'Results read, exported, published' },
		begins: ['officer-scores-', 'exported', 'results-', 'report-', 'improvement-', 'objection-']
	},
	comments: { says: { vi: 'Góp ý', en: 'Comments' }, begins: ['comment-', 'comments-'] },
	requests: {
		says: { vi: 'Phản ánh, kiến nghị, vụ việc', en: 'Requests of citizens and cases' },
		begins: ['request-', 'case-']
	},
	settings: { says: { vi: 'Đơn vị, lịch, cài đặt', en: 'Places, calendar, settings' }, begins: [] }
} as const satisfies Record<string, { says: LocalText; begins: readonly string[] }>;
export type AuditGroup = keyof typeof AUDIT_GROUPS;

/** What an administrator sees: who set up what, not what became of sheets and who looked at results (reference/reliability.md 5.3). */
export const SYSTEM_GROUPS: readonly AuditGroup[] = ['people', 'duties', 'terminals', 'settings'];

export function groupOf(action: string): AuditGroup {
	const groups = Object.keys(AUDIT_GROUPS) as AuditGroup[];
	return groups.find((group) => AUDIT_GROUPS[group].begins.some((begin) => action.startsWith(begin))) ?? 'settings';
}
