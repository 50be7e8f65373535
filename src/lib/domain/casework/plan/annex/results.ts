import { CENTRE, HEADS, SPECIALIST, UNITS, always, type PartTask } from './shared.ts';

export const RESULTS: readonly PartTask[] = [
	{
		content:
			'Toàn bộ thông tin của khách hàng, hồ sơ đầu vào và tài liệu, văn bản phát sinh tại từng khâu công việc trong quá trình giải quyết thủ tục hành chính, kết quả giải quyết hồ sơ phải được cập nhật và lưu trữ đầy đủ trên phần mềm Một cửa điện tử.',
		responsibility:
			'Lãnh đạo các cơ quan, đơn vị chỉ đạo công chức, viên chức thực hiện đầy đủ các nội dung theo yêu cầu.',
		lead: HEADS,
		support: '',
		...always,
		expected:
			'Các thông tin, tài liệu được cập nhật đầy đủ, kịp thời, phục vụ tốt nhu cầu tra cứu của khách hàng và thuận tiện cho công tác kiểm tra, giám sát của cơ quan có thẩm quyền.',
		reasons: []
	},
	{
		content:
			'Thời gian tiếp nhận hoặc từ chối tiếp nhận, hướng dẫn bổ sung, hoàn thiện hồ sơ trực tuyến do tổ chức, công dân nộp trên Cổng dịch vụ công quốc gia không quá tám giờ làm việc kể từ khi tổ chức, công dân nộp hồ sơ thành công trên hệ thống.',
		responsibility:
			'Trung tâm phục vụ hành chính công chỉ đạo công, viên chức thực hiện đúng quy định về thời gian tiếp nhận hoặc từ chối tiếp nhận, hướng dẫn bổ sung, hoàn thiện hồ sơ.',
		lead: CENTRE,
		support: '',
		...always,
		expected:
			'Khách hàng nộp hồ sơ trực tuyến được tiếp nhận kịp thời, đúng quy định; không có phản ánh, kiến nghị về việc hồ sơ trực tuyến đã nộp thành công nhưng không được tiếp nhận.',
		reasons: ['R18']
	},
	{
		content:
			'Theo dõi, kiểm tra, chấn chỉnh quá trình tiếp nhận, giải quyết hồ sơ, thủ tục hành chính cho tổ chức, công dân, xác định nguyên nhân và thực hiện các biện pháp cụ thể để đẩy nhanh tiến độ giải quyết hồ sơ, tăng tỷ lệ hồ sơ đúng hạn, hạn chế đến mức thấp nhất hồ sơ trễ hạn.',
		responsibility: `- Các cơ quan chuyên môn của phường thường xuyên tự kiểm tra nội bộ về việc giải quyết hồ sơ thủ tục hành chính tại cơ quan, đơn vị; kịp thời đôn đốc, chỉ đạo xử lý đối với các hồ sơ vướng mắc, không để xảy ra hồ sơ trễ hạn.
- Trung tâm phục vụ hành chính công thực hiện theo dõi, kiểm tra trên Phần mềm Một cửa điện tử, kịp thời tham mưu UBND phường chấn chỉnh, chỉ đạo việc giải quyết hồ sơ thủ tục hành chính; đồng thời tổ chức kiểm tra việc tiếp nhận, giải quyết thủ tục hành chính tại các cơ quan, đơn vị liên quan.`,
		lead: SPECIALIST,
		support: CENTRE,
		...always,
		expected:
			'Tăng hồ sơ đúng hạn, sớm hạn, giảm hồ sơ trễ hạn theo mục tiêu cải cách hành chính của phường trong năm 2025.',
		reasons: ['R13']
	},
	{
		content:
			'Thực hiện chuyển xử lý hồ sơ giấy và hồ sơ trên phần mềm đồng bộ, đúng thời hạn để đảm bảo khi nhận được tin nhắn thông báo trả kết quả, tổ chức, công dân đến Trung tâm phục vụ hành chính công sẽ nhận được ngay kết quả giải quyết thủ tục hành chính, không phải đi lại nhiều lần.',
		responsibility:
			'Lãnh đạo các cơ quan, đơn vị chỉ đạo công chức, viên chức xử lý hồ sơ trên phần mềm Một cửa điện tử đồng bộ với hồ sơ giấy, không chuyển sớm để đối phó trong trường hợp hồ sơ trễ hạn.',
		lead: HEADS,
		support: '',
		...always,
		expected:
			'Khi nhận được tin nhắn thông báo trả kết quả, tổ chức, công dân đến Trung tâm phục vụ hành chính công thì nhận được ngay kết quả giải quyết thủ tục hành chính, không phải đi lại nhiều lần.',
		reasons: ['R13']
	},
	{
		content:
			'Định kỳ hằng tuần tổng hợp, đánh giá tình hình tiếp nhận, giải quyết hồ sơ thuộc thẩm quyền giải quyết của UBND phường và đề nghị các cơ quan, đơn vị liên quan có biện pháp khắc phục đối với những hồ sơ trễ hạn.',
		responsibility: `- Định kỳ thứ sáu hằng tuần, Trung tâm phục vụ hành chính công tiến hành tổng hợp kết quả giải quyết hồ sơ, báo cáo lãnh đạo UBND phường chỉ đạo xử lý, đồng thời chuyển các cơ quan, đơn vị liên quan để rà soát, giải trình.
- Các cơ quan, đơn vị rà soát, giải trình nguyên nhân trễ hạn, xử lý trách nhiệm đối với các cá nhân có liên quan và có giải pháp cụ thể để không tái diễn các trường hợp tương tự.`,
		lead: CENTRE,
		support: UNITS,
		dueText: 'Định kỳ thứ sáu hằng tuần',
		due: { kind: 'weekly', weekday: 5 },
		expected:
			'Các cơ quan, đơn vị có hồ sơ trễ hạn phải báo cáo, giải trình và chịu trách nhiệm trước lãnh đạo UBND phường đối với các hồ sơ trễ hạn do lỗi của cơ quan, đơn vị và thực hiện biện pháp khắc phục triệt để hạn chế thấp nhất hồ sơ trễ hạn.',
		reasons: ['R13', 'R14']
	}
];
