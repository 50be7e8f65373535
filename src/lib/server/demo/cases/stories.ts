import type { RefusalReason } from '../../../domain/casework/case.ts';

/** What became of a case of the demonstration: as far as it has come. Everybody and everything in it is made up. */
export interface Lived {
	unit?: string;
	to?: 'supervisor' | 'officer';
	/** Somebody has begun to work on it. */
	taken?: true;
	ask?: string;
	supplied?: string;
	answer?: string;
	/** The question as the register has it. */
	publish?: string;
	rating?: number;
	refuse?: { reason: RefusalReason; text: string };
}

interface DemonstrationRequest {
	daysAgo: number;
	name: string;
	address: string;
	phone: string;
	text: string;
	lived: Lived;
}

const HALL = 'Trung tâm Phục vụ hành chính công';
const OFFICE = 'Văn phòng HĐND và UBND';
const LAND = 'Phòng Kinh tế, Hạ tầng và Đô thị';

export const TEMPLATES = [
	{
		title: 'Cảm ơn và hẹn trả lời',
		text: 'Cảm ơn Ông/Bà đã phản ánh. Chúng tôi đã chuyển việc này cho đơn vị phụ trách và sẽ trả lời trong thời hạn quy định.'
	},
	{
		title: 'Xin lỗi vì phải chờ lâu',
		text: 'Chúng tôi xin lỗi vì để Ông/Bà phải chờ lâu. Từ tuần này quầy có thêm người vào giờ cao điểm; mong Ông/Bà tiếp tục góp ý.'
	}
] as const;

const of = (n: number) => ({
	name: `Người Dân Thử Nghiệm ${n}`,
	address: `Tổ ${n}, đường Không Có Thật`,
	phone: `090000000${n}`
});

export const DEMONSTRATION_REQUESTS: readonly DemonstrationRequest[] = [
	{
		...{ ...of(1), daysAgo: 40, text: 'Ghế chờ ở sảnh ít quá, người già phải đứng.' },
		lived: {
			...{ unit: HALL, to: 'supervisor', rating: 5, publish: 'Sảnh chờ thiếu ghế cho người cao tuổi.' },
			answer: 'Đã kê thêm 12 ghế và dành hàng đầu cho người cao tuổi.'
		}
	},
	{
		...{ ...of(2), daysAgo: 34, text: 'Không biết hồ sơ của tôi đang ở đâu, gọi không ai nghe.' },
		lived: {
			...{ unit: OFFICE, rating: 4, publish: 'Tra tình trạng hồ sơ bằng cách nào?' },
			answer: 'Từ nay giấy hẹn có mã QR để tra tình trạng hồ sơ; đường dây của quầy có người trực cả giờ nghỉ trưa.'
		}
	},
	{
		...{ ...of(3), daysAgo: 30, text: 'Xin cấp lại giấy tờ cho con ở nước ngoài.' },
		lived: { refuse: { reason: 'elsewhere', text: 'Việc này do cơ quan đại diện ở nước ngoài giải quyết.' } }
	},
	{
		...{ ...of(4), daysAgo: 27, text: 'Hồ sơ đất của nhà tôi trễ hẹn hai lần.' },
		// Never answered: late, beyond the limit too.
		lived: { unit: LAND, to: 'officer' }
	},
	{
		...{ ...of(5), daysAgo: 22, text: 'Máy lấy số hay hỏng vào thứ hai.' },
		lived: { unit: HALL, to: 'supervisor' }
	},
	{
		...{ ...of(6), daysAgo: 4, text: 'Đề nghị làm thêm sáng thứ bảy cho người đi làm.' },
		lived: { unit: OFFICE, answer: 'Từ tháng sau quầy mở thêm sáng thứ bảy của tuần đầu tháng.' }
	},
	{
		...{ ...of(7), daysAgo: 8, text: 'Tôi nộp thiếu giấy nhưng không ai nói rõ thiếu gì.' },
		lived: { unit: HALL, to: 'officer', ask: 'Xin Ông/Bà cho biết thủ tục đã nộp và ngày nộp.' }
	},
	{
		...{ ...of(8), daysAgo: 7, text: 'Xin hướng dẫn nộp hồ sơ trực tuyến.' },
		lived: {
			...{ unit: HALL, to: 'officer', ask: 'Ông/Bà cần nộp thủ tục nào?', supplied: 'Đăng ký khai sinh.' },
			publish: 'Ai giúp nộp hồ sơ trực tuyến?',
			...{ answer: 'Tổ công nghệ số cộng đồng trực tại sảnh sáng thứ ba và thứ năm để giúp nộp trực tuyến.', rating: 5 }
		}
	},
	{ ...of(9), daysAgo: 0, text: 'Loa gọi số nhỏ quá, ngồi xa không nghe được.', lived: {} }
];

/** Of the cases from released ratings, in the order of what they are from; the others have just been opened. */
export const SHEET_ANSWERS: readonly Lived[] = [
	{ unit: HALL, to: 'supervisor', taken: true },
	{ unit: HALL, to: 'officer' },
	{ unit: OFFICE },
	{
		...{ unit: HALL, to: 'supervisor' },
		answer: 'Quầy đã thêm một người vào 9–11 giờ, lúc đông nhất của tuần ấy.'
	}
];
