import type { LocalText } from '../survey/criterion.ts';

/** What runs by the clock, as the operator's page calls it. */
export const JOB_NAMES: Readonly<Record<string, LocalText>> = {
	'release-counts': { vi: 'Đưa số đếm ra theo khối', en: 'Release counts in blocks' },
	'finish-rounds': { vi: 'Khóa lượt bình chọn đến giờ', en: 'Finish rounds of dialogues' },
	'send-letters': { vi: 'Gửi thư', en: 'Send letters' },
	'watch-terminals': { vi: 'Theo dõi máy tính bảng', en: 'Watch the tablets' },
	'watch-spells': { vi: 'Báo 15 phút có nhiều đánh giá thấp', en: 'Tell of bad quarters of an hour' },
	'watch-falls': { vi: 'Báo chỉ số giảm', en: 'Tell of falling figures' },
	'watch-backups': { vi: 'Sao lưu ban đêm', en: 'Back up by night' },
	'tell-of-backups': { vi: 'Báo bản sao lưu trễ', en: 'Tell of late backups' },
	'watch-chains': { vi: 'Đối chiếu nhật ký với mốc bên ngoài', en: 'Hold the log against its witness' },
	'mail-reports': { vi: 'Gửi báo cáo định kỳ', en: 'Mail reports' },
	'publish-due': { vi: 'Công bố kỳ đến hạn', en: 'Publish what is due' },
	'open-cases': { vi: 'Mở việc từ đánh giá thấp', en: 'Open cases from low ratings' },
	'remind-of-cases': { vi: 'Nhắc việc đến hạn', en: 'Remind of cases' },
	'release-comments': { vi: 'Đưa lời góp ý đã duyệt ra', en: 'Release comments' },
	'watch-sheets': { vi: 'Tìm dấu hiệu bất thường của ngày qua', en: 'Look for signs of misuse of the day' },
	'forget-lines': { vi: 'Xóa giờ chính xác sau 7 ngày', en: 'Forget exact times' },
	'forget-copies': { vi: 'Xóa bản chép trước khi nâng cấp', en: 'Forget copies from before updates' },
	'forget-traces': { vi: 'Xóa phiên và thư cũ', en: 'Forget old sessions and letters' },
	'forget-tickets': { vi: 'Xóa mã một lần hết hạn', en: 'Forget expired codes' },
	'forget-drafts': { vi: 'Xóa phiếu trả lời dở', en: 'Forget unfinished answers' },
	'forget-answer-files': { vi: 'Xóa tệp phiếu đã nhập', en: 'Forget imported files' },
	'forget-requests': { vi: 'Xóa liên hệ của phản ánh cũ', en: 'Forget contacts of old requests' },
	'forget-looks': { vi: 'Xóa dấu vết cảnh báo cũ', en: 'Forget old traces of alerts' },
	'forget-comments': { vi: 'Xóa lời góp ý quá 12 tháng', en: 'Forget old comments' },
	'forget-cases': { vi: 'Xóa nội dung việc đã cũ', en: 'Forget words of old cases' }
};
