/** What a caller is told when something is refused: one table, so that a code means the same everywhere. */
export const PROBLEMS = {
	'terminal-unknown': { status: 401, message: 'Máy tính bảng này chưa được ghép nối.' },
	'signature-wrong': { status: 401, message: 'Chữ ký của máy tính bảng không đúng.' },
	'terminal-revoked': { status: 403, message: 'Máy tính bảng này đã bị thu hồi. Phiếu đã lưu vẫn còn trên máy.' },
	'terminal-active': {
		status: 409,
		message: 'Máy tính bảng này đang hoạt động bình thường, xin gửi phiếu theo cách thường lệ.'
	},
	'json-malformed': { status: 400, message: 'Nội dung gửi lên không phải JSON hợp lệ.' },
	'sheets-missing': { status: 400, message: 'Thiếu danh sách phiếu (sheets), hoặc danh sách rỗng.' },
	'too-many-sheets': { status: 413, message: 'Mỗi lần gửi nhiều nhất 500 phiếu.' },
	'body-too-large': { status: 413, message: 'Nội dung gửi lên quá lớn (nhiều nhất 512 KiB).' },
	'body-malformed': { status: 400, message: 'Nội dung gửi lên không đúng mẫu.' },
	'content-type': { status: 415, message: 'Chỉ nhận nội dung application/json.' },
	'method-not-allowed': { status: 405, message: 'Địa chỉ này không nhận phương thức đó.' },
	'not-found': { status: 404, message: 'Không tìm thấy.' },
	'pairing-unknown': { status: 404, message: 'Mã ghép nối không đúng hoặc đã hết hạn.' },
	'officer-unknown': { status: 422, message: 'Có công chức không thuộc đơn vị này.' },
	'api-key-unknown': { status: 401, message: 'Thiếu khóa API, hoặc khóa API không đúng.' },
	'api-key-revoked': { status: 403, message: 'Khóa API này đã bị thu hồi.' },
	'organization-closed': { status: 403, message: 'Đơn vị của khóa API này không còn hoạt động.' },
	'idempotency-key-missing': {
		status: 400,
		message: 'Thiếu tiêu đề Idempotency-Key, hoặc tiêu đề không đúng mẫu (1 đến 128 ký tự ASCII, không có dấu cách).'
	},
	'ticket-body-too-large': { status: 413, message: 'Nội dung gửi lên quá lớn (nhiều nhất 4 KiB).' },
	'site-unknown': { status: 422, message: 'Không có địa điểm nào như vậy trong đơn vị này.' },
	'counter-unknown': { status: 422, message: 'Không có quầy nào như vậy đang hoạt động trong đơn vị này.' },
	'counter-ambiguous': {
		status: 422,
		message: 'Nhiều quầy có tên hoặc số này. Xin ghi thêm địa điểm (site) hoặc dùng mã.'
	},
	'field-unknown': { status: 422, message: 'Không có lĩnh vực nào như vậy trong đơn vị này.' },
	'field-ambiguous': { status: 422, message: 'Nhiều lĩnh vực có tên này. Xin dùng mã lĩnh vực.' },
	'officer-ambiguous': { status: 422, message: 'Nhiều công chức có tên này. Xin dùng mã số.' },
	'survey-closed': { status: 422, message: 'Đơn vị này hiện không có bộ câu hỏi nào để trả lời.' },
	'ticket-budget-spent': {
		status: 429,
		message: 'Khóa API này đã tạo đủ số mã của ngày hôm nay.',
		retryAfter: 3600
	},
	'query-invalid': { status: 400, message: 'Tham số của địa chỉ không đúng.' },
	'sign-in-required': { status: 401, message: 'Xin đăng nhập.' },
	forbidden: { status: 403, message: 'Ông/Bà không có quyền xem mục này.' },
	'host-unknown': {
		status: 421,
		message: 'Địa chỉ này không phải địa chỉ công khai của máy chủ. Xin mở lại đúng địa chỉ.'
	},
	'cross-site': {
		status: 403,
		message: 'Yêu cầu này không đến từ trang của chúng tôi nên không được nhận. Xin mở lại trang.'
	},
	'address-malformed': { status: 400, message: 'Địa chỉ này không hợp lệ. Xin mở lại từ trang đầu.' },
	'address-too-long': { status: 414, message: 'Địa chỉ này quá dài. Xin mở lại từ trang đầu.' },
	'length-required': { status: 411, message: 'Nội dung gửi lên không cho biết độ dài nên không được nhận.' },
	'form-too-large': {
		status: 413,
		message: 'Tệp hoặc nội dung gửi lên quá lớn nên không được nhận. Chưa có gì thay đổi. Xin gửi tệp nhỏ hơn.'
	},
	'head-too-large': { status: 431, message: 'Phần đầu của yêu cầu quá lớn. Xin xóa cookie của trang này rồi thử lại.' },
	'request-malformed': { status: 400, message: 'Máy chủ không đọc được yêu cầu này.' },
	'live-room-unknown': { status: 404, message: 'Không có buổi đối thoại nào với mã này.' },
	'live-over': { status: 409, message: 'Buổi đối thoại đã kết thúc.' },
	'live-not-closed': { status: 409, message: 'Buổi đối thoại chưa khóa sổ nên chưa có kết quả để công bố.' },
	'display-unknown': { status: 403, message: 'Đường dẫn màn hình này không còn dùng được.' },
	'slip-unknown': { status: 422, message: 'Mã trên phiếu mời không đúng. Xin xem lại mã.' },
	'slip-void': {
		status: 409,
		message: 'Phiếu mời này đã bị hủy nên không bình chọn được nữa. Xin lấy phiếu mời khác ở bàn đón tiếp.'
	},
	'hall-code-wrong': { status: 422, message: 'Mã trên màn hình hội trường không đúng hoặc đã đổi. Xin nhập mã mới.' },
	'pass-unknown': { status: 401, message: 'Xin mở lại trang bình chọn.' },
	'round-unknown': { status: 404, message: 'Câu hỏi này không thuộc buổi đối thoại.' },
	'choice-unknown': { status: 422, message: 'Câu hỏi này không có lựa chọn đó.' },
	'round-closed': { status: 409, message: 'Câu hỏi này không nhận bình chọn lúc này. Lựa chọn chưa được tính.' },
	'questions-closed': { status: 409, message: 'Lúc này không nhận câu hỏi. Câu hỏi chưa được gửi.' },
	'questions-full': { status: 409, message: 'Buổi đối thoại đã nhận đủ số câu hỏi. Xin gửi phản ánh, kiến nghị.' },
	'questions-too-many': {
		status: 429,
		message: 'Ông/Bà đã gửi nhiều câu hỏi trong ít phút. Xin chờ rồi gửi tiếp.',
		retryAfter: 60
	},
	'question-other': { status: 409, message: 'Câu hỏi trước đã được gửi. Xin tải lại trang để gửi câu khác.' },
	'question-text': { status: 422, message: 'Xin viết câu hỏi, nhiều nhất 500 ký tự.' },
	'question-unknown': { status: 404, message: 'Câu hỏi này không còn trong danh sách.' },
	'question-code': { status: 404, message: 'Không có câu hỏi nào với mã này. Xin xem lại mã.' },
	'too-many-requests': { status: 429, message: 'Gửi quá nhanh. Xin chờ rồi thử lại.', retryAfter: 5 },
	'storage-full': {
		status: 507,
		message: 'Máy chủ đã hết chỗ lưu. Phiếu vẫn được giữ trên máy tính bảng.',
		retryAfter: 60
	},
	'storage-unavailable': { status: 503, message: 'Máy chủ tạm thời không ghi được. Xin thử lại sau.', retryAfter: 15 },
	busy: { status: 503, message: 'Máy chủ đang bận. Xin thử lại sau.', retryAfter: 5 },
	unexpected: { status: 500, message: 'Có lỗi ngoài dự kiến. Xin thử lại sau.' }
} as const satisfies Record<string, { status: number; message: string; retryAfter?: number }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** An expected refusal on its way to `answerTo`; anything else that is thrown is unexpected. */
export class Refusal extends Error {
	readonly code: ProblemCode;
	constructor(code: ProblemCode) {
		super(code);
		this.code = code;
	}
}

/** What a failed write means for the caller, by the engine's own code; null when it is not about storage. */
export function storageProblem(problem: unknown): ProblemCode | null {
	const { code, message, cause } = problem as { code?: unknown; message?: unknown; cause?: Record<string, unknown> };
	const text = String(code ?? cause?.code ?? '');
	// pg gives no code where the connection broke under a statement.
	if (text === '' && /^(Connection terminated|timeout e)/.test(String(cause?.message ?? message))) {
		return 'storage-unavailable';
	}
	if (/^SQLITE_FULL/.test(text) || text === '53100' || text === 'ENOSPC') return 'storage-full';
	if (/^SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|BUSY|LOCKED|PROTOCOL)/.test(text)) return 'storage-unavailable';
	if (/^(08|57|53)\d{3}|^ECONN|^57P0/.test(text)) return 'storage-unavailable';
	return null;
}
