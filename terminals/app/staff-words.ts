import type { SheetProblem } from '../../src/lib/domain/submission/check.ts';

/** What only the staff read; in Vietnamese. Each trouble says what happened, what was kept and what to do. */
export const notices = {
	insecure: {
		title: 'Kết nối chưa an toàn',
		text: 'Máy tính bảng chỉ giữ được ý kiến của người dân khi mở bằng địa chỉ https. Hãy mở lại địa chỉ của trang bằng https, hoặc nhờ quản trị cài chứng thư.'
	},
	unkept: {
		title: 'Trình duyệt chưa cam kết giữ dữ liệu',
		text: 'Máy chưa nhận đánh giá, vì trình duyệt có thể tự xóa các ý kiến đang chờ gửi. Hãy cài trang này thành ứng dụng (Thêm vào màn hình chính) hoặc cho phép trang gửi thông báo, rồi thử lại.'
	},
	fetching: {
		title: 'Đã ghép, đang lấy cấu hình',
		text: 'Máy đã được duyệt và đang chờ cấu hình của quầy từ máy chủ. Máy sẽ tự thử lại mỗi phút.'
	},
	dismissed: {
		title: 'Máy này đã bị thu hồi',
		text: 'Máy không nhận đánh giá mới. Các ý kiến chưa gửi vẫn được giữ nguyên trên máy. Hãy báo quản trị của trung tâm.'
	},
	rescuing: {
		title: 'Đang gửi phiếu còn lại để cứu',
		text: 'Quản trị đã cho máy này gửi các phiếu còn lại vào khu cách ly. Xin để máy bật và có mạng cho đến khi gửi xong.'
	},
	rescued: {
		title: 'Đã gửi xong phiếu còn lại',
		text: 'Máy chủ đã giữ mọi phiếu của máy này trong khu cách ly. Máy không nhận đánh giá mới. Có thể ghép lại máy trong góc nhân viên.'
	},
	elsewhere: {
		title: 'Đang mở ở cửa sổ khác',
		text: 'Máy này đang nhận đánh giá ở một cửa sổ khác. Hãy đóng cửa sổ kia; cửa sổ này sẽ tự chạy tiếp.'
	},
	broken: {
		title: 'Máy không mở được bộ nhớ',
		text: 'Máy chưa nhận đánh giá để không làm mất ý kiến nào. Hãy khởi động lại máy; nếu vẫn như vậy, hãy báo quản trị.'
	}
};

export const codes: Record<string, string> = {
	network: 'Chưa có mạng, sẽ tự gửi lại',
	'terminal-unknown': 'Máy chủ chưa biết máy này',
	'terminal-revoked': 'Máy này đã bị thu hồi',
	'signature-wrong': 'Chữ ký của máy không đúng',
	'storage-full': 'Máy chủ hết chỗ, sẽ tự gửi lại',
	'storage-unavailable': 'Máy chủ chưa ghi được, sẽ tự gửi lại',
	rescued: 'Đã gửi vào khu cách ly trên máy chủ',
	busy: 'Máy chủ đang bận, sẽ tự gửi lại'
};

/** Why the server keeps a sheet aside instead of counting it. */
export const sheetProblems: Record<SheetProblem, string> = {
	'sheet-malformed': 'Phiếu không đúng mẫu',
	'id-malformed': 'Mã phiếu không đúng dạng',
	'sequence-malformed': 'Số thứ tự phiếu không hợp lệ',
	'value-invalid': 'Mức đánh giá không nằm trong 1 đến 5',
	'clock-malformed': 'Thời điểm trả lời không đọc được',
	'version-unknown': 'Máy chủ chưa có bộ câu hỏi này',
	'item-unknown': 'Câu hỏi không thuộc bộ câu hỏi này',
	'item-repeated': 'Một câu hỏi được trả lời hai lần',
	'answers-empty': 'Phiếu không có câu trả lời nào',
	'reason-unknown': 'Lý do không có trong danh mục',
	'comment-too-long': 'Góp ý dài quá 1.000 ký tự',
	'replaces-itself': 'Phiếu tự thay thế chính nó',
	'field-unknown': 'Lĩnh vực không thuộc đơn vị này',
	'duty-foreign': 'Ca trực thuộc đơn vị khác',
	'id-taken': 'Mã phiếu đã dùng cho phiếu khác',
	'sequence-forked': 'Số thứ tự đã dùng cho phiếu khác: có thể hai máy chung danh tính'
};

/** A code as the staff read it: the sentence where there is one, and always the code. */
export function explain(code: string): string {
	const sentence = codes[code] ?? (sheetProblems as Record<string, string>)[code];
	return sentence ? `${sentence} (${code})` : code;
}
