import type { OnlineChannel } from '../../domain/dialogue/dialogue.ts';
import type { DeclineReason, DeferReason } from '../../domain/dialogue/question.ts';

/** What was asked in the made-up dialogue and what became of it: a bit of everything that can. */

export interface MadeUpQuestion {
	text: string;
	/** After the dialogue began. */
	minute: number;
	channel: OnlineChannel;
	/** How many people supported it. */
	voices: number;
	fate:
		| { do: 'answered' }
		| { do: 'defer'; reason: DeferReason }
		| { do: 'decline'; reason: DeclineReason }
		/** Into the question at this place, which was asked before. */
		| { do: 'merge'; into: number };
}

const hall = { channel: 'live-hall', fate: { do: 'answered' } } as const;
const stream = { channel: 'live-stream', fate: { do: 'answered' } } as const;

export const ASKED: readonly MadeUpQuestion[] = [
	{ ...hall, minute: 4, voices: 86, text: 'Bao giờ chỗ ngồi chờ ở bộ phận một cửa có thêm ghế và mái che nắng?' },
	{ ...hall, minute: 6, voices: 64, text: 'Phường có nhận hồ sơ chứng thực vào sáng thứ Bảy không?' },
	{
		...{ ...stream, minute: 9, voices: 41, text: 'Người đi làm giờ hành chính thì nộp hồ sơ lúc nào?' },
		fate: { do: 'merge', into: 1 }
	},
	{ ...hall, minute: 13, voices: 52, text: 'Bảng phí, lệ phí ở quầy 5 đã cũ. Khi nào được niêm yết lại?' },
	{
		...hall,
		minute: 15,
		voices: 12,
		text: 'Ghế chờ ở một cửa quá ít, bao giờ được thêm?',
		fate: { do: 'merge', into: 0 }
	},
	{
		...{
			...hall,
			minute: 19,
			voices: 38,
			text: 'Mương thoát nước cuối tổ 12 Bình Minh bị nghẹt, ai chịu trách nhiệm?'
		},
		fate: { do: 'defer', reason: 'check' }
	},
	{ ...stream, minute: 24, voices: 29, text: 'Hồ sơ đất đai vì sao hay phải bổ sung lần hai?' },
	{
		...{ ...stream, minute: 28, voices: 17, text: 'Đường tỉnh qua phường bao giờ sửa xong?' },
		fate: { do: 'defer', reason: 'elsewhere' }
	},
	{
		...{ ...hall, minute: 33, voices: 9, text: 'Ai hướng dẫn người lớn tuổi nộp hồ sơ trên mạng?' },
		fate: { do: 'defer', reason: 'time' }
	},
	{
		...{ ...stream, minute: 36, voices: 0, text: 'Xin giải quyết riêng đơn của tôi, gọi số [số điện thoại].' },
		fate: { do: 'decline', reason: 'private' }
	},
	{
		...{ ...stream, minute: 41, voices: 0, text: 'Cửa hàng trình diễn nhận làm hồ sơ nhanh, giá rẻ.' },
		fate: { do: 'decline', reason: 'advertising' }
	}
];

export interface MadeUpPromise {
	/** The question it answers, a place in ASKED. */
	question: number;
	text: string;
	unit: string;
	/** Days after the dialogue. */
	due: number;
	done?: { after: number; evidence: string };
}

/** One done in time, one late, two still in time. */
export const PROMISED: readonly MadeUpPromise[] = [
	{
		...{ question: 0, text: 'Lắp thêm 40 ghế chờ và mái che trước bộ phận một cửa', unit: 'Văn phòng phường', due: 7 },
		done: { after: 5, evidence: 'Biên bản nghiệm thu trình diễn số 01' }
	},
	{
		...{
			question: 3,
			text: 'Niêm yết lại bảng phí, lệ phí ở quầy 5',
			unit: 'Trung tâm Phục vụ hành chính công',
			due: 3
		}
	},
	{
		...{ question: 1, text: 'Thử nhận hồ sơ chứng thực sáng thứ Bảy trong ba tháng', due: 30 },
		unit: 'Trung tâm Phục vụ hành chính công'
	},
	{
		...{ question: 5, text: 'Trả lời bằng văn bản về mương thoát nước tổ 12', unit: 'Phòng Kinh tế, Hạ tầng', due: 20 }
	}
];
