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
	busy: 'Máy chủ đang bận, sẽ tự gửi lại'
};

/** A code as the staff read it: the sentence where there is one, and always the code. */
export function explain(code: string): string {
	return codes[code] ? `${codes[code]} (${code})` : code;
}
