import { CENTRE, SPECIALIST, always, type PartTask } from './shared.ts';

export const PROCEDURES: readonly PartTask[] = [
	{
		content:
			'Chủ động rà soát, cập nhật và công khai đầy đủ các thủ tục hành chính thuộc thẩm quyền giải quyết của UBND phường. Nội dung công khai thủ tục hành chính đúng theo yêu cầu tại Thông tư số 02/2017/TT-VPCP ngày 31/10/2017 của Văn phòng Chính phủ hướng dẫn về nghiệp vụ kiểm soát thủ tục hành chính.',
		responsibility: `- Các cơ quan chuyên môn thuộc UBND phường chủ động rà soát, cung cấp nội dung thủ tục hành chính cho Trung tâm phục vụ hành chính công để niêm yết, công khai, đảm bảo danh mục TTHC được niêm yết đúng theo yêu cầu tại Thông tư số 02/2017/TT-VPCP ngày 31/10/2017.
- Trung tâm phục vụ hành chính công kiểm tra, loại bỏ nội dung niêm yết các thủ tục hành chính đã hết hiệu lực, đã bị thay thế khỏi bảng niêm yết thủ tục hành chính tại Trung tâm phục vụ hành chính công, chỉ niêm yết các thủ tục hành chính còn hiệu lực thi hành; nghiên cứu bố trí bảng niêm yết thuận lợi khi đứng tra cứu. Bổ sung thêm các mã QR niêm yết thủ tục hành chính tại Trung tâm phục vụ hành chính công.`,
		lead: SPECIALIST,
		support: CENTRE,
		...always,
		expected:
			'Các thủ tục hành chính được công khai đầy đủ, kịp thời, rõ ràng tại Trung tâm phục vụ hành chính công của phường, trên Trang thông tin điện tử phường.',
		reasons: ['R05']
	},
	{
		content:
			'Tiếp tục cập nhật, bổ sung, điều chỉnh các hồ sơ mẫu đối với toàn bộ thủ tục hành chính thuộc thẩm quyền giải quyết của UBND phường, đặt tại bàn viết hồ sơ trong Trung tâm phục vụ hành chính công để khách hàng tra cứu, tham khảo và hoàn thiện các biểu mẫu, tờ khai khi thực hiện thủ tục hành chính.',
		responsibility:
			'Các cơ quan chuyên môn của phường, Đội thuế khu vực cung cấp các hồ sơ mẫu được kê khai đầy đủ thông tin cho Trung tâm phục vụ hành chính công để đặt tại Trung tâm phục vụ hành chính công.',
		lead: SPECIALIST,
		support: `Đội thuế khu vực; ${CENTRE}`,
		...always,
		expected: 'Các hồ sơ mẫu được bổ sung đầy đủ theo từng thủ tục hành chính.',
		reasons: ['R02']
	},
	{
		content:
			'Tiếp tục rà soát các thủ tục thuộc thẩm quyền giải quyết của UBND cấp xã để phát hiện những vướng mắc, bất cập, kiến nghị sửa đổi, bổ sung, đề xuất giảm các giấy tờ, biểu mẫu, tờ khai không cần thiết, rút ngắn quy trình, bước giải quyết công việc nhằm tạo thuận lợi cho người dân, tổ chức, doanh nghiệp khi thực hiện thủ tục hành chính. Tập trung rà soát các thủ tục hành chính mà khách hàng có ý kiến phản ánh còn phức tạp, khó thực hiện (lĩnh vực đất đai, xây dựng, an toàn vệ sinh thực phẩm và dinh dưỡng).',
		responsibility: `- Các cơ quan chuyên môn phường tiến hành rà soát các thủ tục hành chính trong lĩnh vực phụ trách, báo cáo kết quả về Trung tâm phục vụ hành chính công.
- Trung tâm phục vụ hành chính công tổng hợp, kiểm tra kết quả rà soát của các cơ quan đơn vị, tham mưu UBND phường báo cáo UBND tỉnh đúng thời hạn quy định.`,
		lead: SPECIALIST,
		support: CENTRE,
		...always,
		expected:
			'Các vướng mắc, bất cập và kiến nghị, đề xuất phương án đơn giản hóa thủ tục hành chính được tổng hợp, báo cáo kịp thời cho cơ quan có thẩm quyền trong các báo cáo định kỳ về kiểm soát thủ tục hành chính, báo cáo rà soát thủ tục hành chính năm 2025 hoặc báo cáo đột xuất.',
		reasons: ['R05']
	},
	{
		content:
			'Không yêu cầu tổ chức công dân nộp các giấy tờ ngoài thành phần quy định, các giấy tờ đã được số hóa, lưu trữ và chia sẻ trên hệ thống Một cửa điện tử.',
		responsibility:
			'Trung tâm phục vụ hành chính công chỉ đạo người phụ trách tiếp nhận hồ sơ triển khai thực hiện theo đúng quy định.',
		lead: CENTRE,
		support: '',
		...always,
		expected: 'Thành phần hồ sơ được tiếp nhận đúng theo quy định của thủ tục hành chính.',
		reasons: ['R07']
	}
];
