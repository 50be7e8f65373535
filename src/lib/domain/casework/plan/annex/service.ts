import { CENTRE, CULTURE, OFFICE, SPECIALIST, always, type PartTask } from './shared.ts';

export const SERVICE: readonly PartTask[] = [
	{
		content:
			'Hướng dẫn, giải đáp cụ thể, rõ ràng cho tổ chức, công dân về tiến độ giải quyết hồ sơ, các vướng mắc đối với hồ sơ cần bổ sung, hồ sơ dừng tính, hồ sơ không đủ điều kiện giải quyết.',
		responsibility:
			'Các cơ quan chuyên môn của phường, Đội thuế thường xuyên theo dõi, kiểm tra, chỉ đạo công chức, viên chức tại Trung tâm phục vụ hành chính công thực hiện đúng quy định. Không yêu cầu tổ chức, công dân liên hệ trực tiếp với công chức, viên chức thụ lý hồ sơ khi có thắc mắc về việc giải quyết hồ sơ',
		lead: SPECIALIST,
		support: `Đội thuế; ${CENTRE}`,
		...always,
		expected:
			'Mọi yêu cầu về hướng dẫn, giải đáp thắc mắc, bổ sung, kiểm tra thành phần hồ sơ của tổ chức, công dân được công chức, viên chức tại Trung tâm phục vụ hành chính công hướng dẫn, giải đáp cụ thể.',
		reasons: ['R11']
	},
	{
		content:
			'Cán bộ, công chức, viên chức tại các cơ quan, đơn vị phải giao tiếp, ứng xử văn minh, lịch sự, tận tình, giải quyết công việc nhanh chóng, chuyên nghiệp, sẵn sàng giúp đỡ người dân, tổ chức và doanh nghiệp khi đến giao dịch. Không tiếp nhận hồ sơ ngoài Trung tâm phục vụ hành chính công hoặc giới thiệu khách hàng liên hệ với tổ chức, cá nhân làm dịch vụ để thực hiện thủ tục hành chính.',
		responsibility: `- Giám đốc Trung tâm phục vụ hành chính công chỉ đạo công chức, viên chức thực hiện nghiêm quy định.
- Lãnh đạo các phòng, ban chuyên môn chỉ đạo cán bộ, công chức về kỷ cương, kỷ luật hành chính, đặc biệt là khi giao tiếp với tổ chức, công dân.`,
		lead: CENTRE,
		support: 'Lãnh đạo các phòng, ban chuyên môn',
		...always,
		expected:
			'Cán bộ, công chức, viên chức thực hiện nghiêm quy tắc ứng xử, quy chế văn hóa công sở, các quy định về tiếp nhận, giải quyết, trả kết quả giải quyết thủ tục hành chính theo cơ chế một cửa, một cửa liên thông, tận tình phục vụ khách hàng khi đến giao dịch, thực hiện thủ tục hành chính hoặc liên hệ giải quyết các công việc khác.',
		reasons: ['R09']
	},
	{
		content: `Phải ưu tiên tiếp đón khách hàng đến giao dịch, không được làm việc riêng, nghe điện thoại, thờ ơ trong khi khách hàng phải chờ đợi, trường hợp cần thiết phải vắng mặt, cần xử lý công việc cấp bách thì phải xin lỗi, trao đổi rõ với khách hàng.
Thực hiện nghiêm túc việc tiếp nhận và giải quyết thủ tục hành chính theo cơ chế một cửa, một cửa liên thông. Tất cả hồ sơ phải thực hiện tiếp nhận và trả kết quả tại Trung tâm phục vụ hành chính công, tuân thủ chặt chẽ quy trình luân chuyển hồ sơ giữa các công chức chuyên môn, các bộ phận. Khi hướng dẫn tổ chức, công dân hoàn thiện hồ sơ phải có Phiếu hướng dẫn hoàn thiện hồ sơ theo quy định, nội dung hướng dẫn phải rõ ràng, cụ thể. Nếu có bổ sung hồ sơ thì chỉ được phép yêu cầu không quá 01 lần. Nếu hồ sơ trễ hạn phải có thông báo hẹn lại thời gian trả kết quả và xin lỗi tổ chức, công dân trong thời hạn chậm nhất 01 ngày trước ngày hẹn trả. Việc hẹn lại ngày trả kết quả được thực hiện không quá một lần`,
		responsibility: 'Lãnh đạo các phòng, ban chuyên môn chỉ đạo công chức, viên chức thực hiện đúng quy định',
		lead: 'Lãnh đạo các phòng, ban chuyên môn',
		support: '',
		...always,
		expected:
			'Hồ sơ của khách hàng được hướng dẫn, tiếp nhận và giải quyết đúng theo quy định hiện hành về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính.',
		reasons: ['R06', 'R14']
	},
	{
		content:
			'Tăng cường kiểm tra, giám sát đội ngũ công chức, viên chức các cơ quan, đơn vị về việc thực hiện nhiệm vụ, công vụ, giải quyết hồ sơ thủ tục hành chính; kiên quyết phê bình và xử lý nghiêm đối với các trường hợp nhận hồ sơ ngoài Trung tâm phục vụ hành chính công; các hành vi thiếu tinh thần trách nhiệm, vi phạm đạo đức công vụ, các trường hợp công chức, viên chức tự đặt thêm khâu công việc, nhũng nhiễu, tiêu cực, gây phiền hà cho khách hàng.',
		responsibility: `- Lãnh đạo các cơ quan, đơn vị thường xuyên tự kiểm tra việc thực hiện của công chức, viên chức trong cơ quan, đơn vị.
- Phòng Văn hóa – Xã hội chủ trì và phối hợp với Văn phòng HĐND và UBND phường thực hiện kiểm tra các cơ quan, đơn vị liên quan theo kế hoạch hoặc kiểm tra đột xuất.`,
		lead: CULTURE,
		support: `${OFFICE}; lãnh đạo các cơ quan, đơn vị`,
		...always,
		expected:
			'Cán bộ, công chức, viên chức chấp hành nghiêm kỷ cương hành chính, kỷ luật công vụ, giải quyết công việc cho tổ chức, công dân đúng quy định. Các trường hợp vi phạm được chấn chỉnh kịp thời và xử lý nghiêm theo quy định hiện hành.',
		reasons: ['R12']
	},
	{
		content:
			'Tăng cường, bố trí thêm công chức, viên chức tại Trung tâm phục vụ hành chính công để tiếp nhận hồ sơ trong các lĩnh vực người dân có nhu cầu nộp hồ sơ cao (nếu có).',
		responsibility:
			'Trung tâm phục vụ hành chính công chủ động bố trí thêm công chức, viên chức thực hiện việc tiếp nhận hồ sơ thủ tục hành chính trong lĩnh vực phụ trách, đặc biệt là tiếp nhận kịp thời các hồ sơ trực tuyến (thời gian tiếp nhận không quá tám giờ làm việc kể từ khi tổ chức, công dân nộp hồ sơ thành công trên hệ thống).',
		lead: CENTRE,
		support: '',
		...always,
		expected:
			'Hồ sơ của tổ chức, công dân được tiếp nhận kịp thời, đúng quy định, không phải đi lại nhiều lần để nộp hồ sơ.',
		reasons: ['R01']
	},
	{
		content:
			'Nghiên cứu triển khai giải pháp: Tổ hướng dẫn thủ tục hành chính trực tuyến tại các tổ dân phố, Tổ công nghệ số cộng đồng và triển khai Đề án 06 tham gia hướng dẫn người dân nộp hồ sơ trực tuyến đối với một số thủ tục hành chính đơn giản thuộc thẩm quyền của UBND phường.',
		responsibility: 'Trung tâm phục vụ hành chính công phối hợp các cơ quan liên quan nghiên cứu, đề xuất.',
		lead: CENTRE,
		support: 'các cơ quan liên quan',
		dueText: 'Quý IV/2025',
		due: { kind: 'date', day: '2025-12-31' },
		expected:
			'Giảm lượng khách hàng tập trung tại Trung tâm phục vụ hành chính công, giảm thời gian chờ đợi của người dân để được tiếp nhận hồ sơ trực tiếp; tăng cường hiệu quả hoạt động của Tổ hướng dẫn thủ tục hành chính trực tuyến tại các tổ dân phố, Tổ công nghệ số cộng đồng và triển khai Đề án 06',
		reasons: ['R01', 'R18']
	}
];
