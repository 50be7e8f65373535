import type { Criterion } from './criterion.ts';
import { REASONS_OFFERED, type QuestionnaireVersion, type Reason } from './questionnaire.ts';

/** "Another reason": fits every criterion and always stands last. */
export const OTHER_REASON = 'R99';

function reason(code: string, criterion: Criterion | null, vi: string, en: string): Reason {
	return { code, criterion, text: { vi, en } };
}

/** Why somebody was not satisfied; offered after a low score. R12 goes to the head of the centre, never to the officer. */
export const REASONS: readonly Reason[] = [
	reason('R01', 'TC', 'Chờ đợi lâu, thiếu người tiếp nhận', 'Long wait, too few staff'),
	reason('R02', 'TC', 'Thiếu mẫu hồ sơ, hướng dẫn tại bàn viết', 'No sample forms or guidance at the writing desk'),
	reason('R03', 'TC', 'Thiếu ghế ngồi, nước uống, bút, tiện nghi', 'Lack of seats, water, pens'),
	reason('R04', 'TC', 'Bảng chỉ dẫn, số thứ tự khó theo dõi', 'Signs or queue numbers hard to follow'),
	reason('R05', 'HC', 'Thủ tục phức tạp, khó hiểu', 'Procedure complex, unclear'),
	reason('R06', 'HC', 'Phải bổ sung hồ sơ nhiều lần', 'Asked to supplement several times'),
	reason('R07', 'HC', 'Yêu cầu giấy tờ ngoài quy định', 'Papers asked beyond the rules'),
	reason('R08', 'HC', 'Thu phí, lệ phí không đúng hoặc không rõ', 'Fee wrong or unclear'),
	reason('R09', 'PV', 'Công chức khó chịu khi được hỏi, thiếu lịch sự', 'Officer annoyed or impolite'),
	reason('R10', 'PV', 'Không chủ động cung cấp thông tin', 'Did not offer information'),
	reason('R11', 'PV', 'Giải thích khó hiểu', 'Explanation hard to understand'),
	reason('R12', 'PV', 'Có biểu hiện gây phiền hà, sách nhiễu', 'Harassment'),
	reason('R13', 'KQ', 'Trễ hẹn trả kết quả', 'Result late'),
	reason('R14', 'KQ', 'Trễ hẹn không thông báo, không xin lỗi', 'Late without notice or apology'),
	reason('R15', 'KQ', 'Kết quả sai sót thông tin', 'Errors in the result'),
	reason('R16', 'TT', 'Không biết phản ánh ở đâu', 'Did not know where to complain'),
	reason('R17', 'TT', 'Phản ánh không được trả lời hoặc trả lời chậm', 'Feedback unanswered or late'),
	reason('R18', 'TC', 'Hệ thống trực tuyến lỗi, khó dùng', 'Online system fails or is hard to use'),
	reason(OTHER_REASON, null, 'Lý do khác', 'Other')
];

/** What to offer after a low score on this criterion: its own reasons, then "another reason", REASONS_OFFERED in all. */
export function reasonsFor(version: Pick<QuestionnaireVersion, 'reasons'>, criterion: Criterion | null): Reason[] {
	const own = version.reasons.filter((each) => each.criterion === criterion && each.code !== OTHER_REASON);
	const other = version.reasons.filter((each) => each.code === OTHER_REASON);
	return [...own.slice(0, REASONS_OFFERED - other.length), ...other];
}
