import { CENTRE, CULTURE, OFFICE, always, inYear, type PartTask } from './shared.ts';

export const ACCESS: readonly PartTask[] = [
	{
		content: `Cung cấp các thông tin cần thiết cho tổ chức, cá nhân rõ ràng, đầy đủ, cụ thể, dễ tiếp cận và thông qua nhiều hình thức, bao gồm:
- Bộ thủ tục hành chính và các biểu mẫu, phí, lệ phí; cách thức thực hiện thủ tục hành chính;
- Bộ hồ sơ mẫu;
- Hướng dẫn nộp hồ sơ trực tuyến qua mạng Internet;
- Hướng dẫn sử dụng dịch vụ bưu chính công ích;
- Thông tin đường dây nóng và cách gửi phản ánh, kiến nghị;
- Thông báo trả lời ý kiến, giải đáp vướng mắc của khách hàng;
- Quy chế tiếp công dân, nội quy nơi làm việc; thời gian làm việc của Bộ phận một cửa;
- Các tiện ích khác liên quan như: tra cứu hồ sơ, thanh toán trực tuyến, khai thác kết quả giải quyết bản điện tử…`,
		responsibility: `- Trung tâm phục vụ hành chính công niêm yết các thông tin tại Trung tâm phục vụ hành chính công; chuẩn bị và phát tờ rơi (nếu có), chủ động hướng dẫn, cung cấp các thông tin cần thiết cho tổ chức, công dân.
- Phòng Văn hóa – Xã hội đăng tải trên Trang thông tin điện tử; phối hợp với các cơ quan, đơn vị liên quan thực hiện tuyên truyền phổ biến các thông tin về cải cách hành chính trên các phương tiện thông tin đại chúng, mạng xã hội (Facebook, Zalo, Youtube…), băng rôn, pano tuyên hiện tuyên truyền…
- Các cơ quan, đơn vị chủ động niêm yết tại trụ sở cơ quan; trình chiếu trên màn hình LED.
- Các cơ quan, đơn vị tham mưu UBND phường kết hợp tuyên truyền, cung cấp thông tin thông qua các hội nghị, hội thảo có đối tượng tham gia là người dân, doanh nghiệp.`,
		lead: CENTRE,
		support: `${CULTURE}; các cơ quan, đơn vị`,
		...always,
		expected: `- Các thông tin được cung cấp cho tổ chức, công dân đầy đủ, kịp thời, rõ ràng, cụ thể, bằng nhiều hình thức đa dạng, dễ nhận biết, dễ tiếp cận, dễ tra cứu.
- Công chức, viên chức việc tại Trung tâm phục vụ hành chính công chủ động, tích cực cung cấp thông tin, hướng dẫn rõ ràng, cụ thể cho tổ chức, công dân.`,
		reasons: ['R04']
	},
	{
		content: 'Thiết lập hệ thống các kênh hỗ trợ, giải đáp trực tuyến',
		responsibility:
			'Phòng Văn hóa – Xã hội phối hợp với Văn phòng HĐND và UBND phường và các cơ quan chuyên môn thiết lập và sử dụng kênh hỗ trợ, giải đáp trực tuyến thông qua mạng xã hội (Facebook, Zalo…) để hỗ trợ trực tuyến, giải đáp về TTHC cho khách hàng',
		lead: CULTURE,
		support: `${OFFICE}; các cơ quan chuyên môn`,
		...inYear,
		expected:
			'Khách hàng có nhu cầu hướng dẫn, giải đáp về TTHC có thể liên hệ các kênh hỗ trợ, giải đáp trực tuyến của thành phố để được hỗ trợ.',
		reasons: ['R18']
	},
	{
		content:
			'Tận tình giải đáp thắc mắc về thủ tục hành chính hoặc cách thức đăng ký, sử dụng dịch vụ hành chính công cho tổ chức, công dân khi được yêu cầu.',
		responsibility:
			'Công chức, viên chức tại Trung tâm phục vụ hành chính công hướng dẫn tận tình, cụ thể, rõ ràng, đầy đủ những thắc mắc của tổ chức, công dân. Nghiêm cấm thái độ khó chịu, thờ ơ, đùn đẩy trách nhiệm.',
		lead: CENTRE,
		support: '',
		...inYear,
		expected:
			'Tổ chức, công dân được giải đáp đầy đủ, rõ ràng các thông tin, nội dung còn vướng mắc, thực hiện thủ tục hành chính thuận tiện.',
		reasons: []
	},
	{
		content:
			'Sử dụng màn hình LED để cung cấp các thông tin cần thiết cho khách hàng tại Trung tâm phục vụ hành chính công.',
		responsibility:
			'Trung tâm phục vụ hành chính công bố trí thêm màn hình LED để trình chiếu các video giới thiệu về dịch vụ công.',
		lead: CENTRE,
		support: '',
		...always,
		expected:
			'Trung tâm phục vụ hành chính công được bố trí thêm màn hình LED để trình chiếu các video giới thiệu về dịch vụ công.',
		reasons: ['R04']
	},
	{
		content:
			'Theo dõi, giám sát, kiểm tra việc công chức, viên chức làm việc tại Trung tâm phục vụ hành chính công hướng dẫn, cung cấp thông tin cho tổ chức, công dân. Chấn chỉnh, xử lý nghiêm các trường hợp vi phạm, không chủ động, không nhiệt tình cung cấp thông tin cho khách hàng hoặc cung cấp thông tin không chính xác, không đầy đủ; trường hợp cần thiết thực hiện thay thế nhân sự làm việc tại Trung tâm phục vụ hành chính công theo quy định.',
		responsibility:
			'Trung tâm phục vụ hành chính công tăng cường theo dõi, giám sát. kiểm tra công chức, viên chức làm việc tại Trung tâm phục vụ hành chính công; phối hợp với cơ quan quản lý công chức, viên chức, nhân viên làm việc tại Trung tâm phục vụ hành chính công để xử lý các trường hợp vi phạm.',
		lead: CENTRE,
		support: 'Cơ quan quản lý công chức, viên chức, nhân viên',
		...always,
		expected: `- Công chức, viên chức, làm việc tại Trung tâm phục vụ hành chính công chủ động, nhiệt tình trong việc cung cấp thông tin cho khách hàng.
- Khách hàng được cung cấp đầy đủ các thông tin cần thiết.`,
		reasons: ['R10']
	},
	{
		content:
			'Thường xuyên theo dõi, cung cấp đầy đủ văn phòng phẩm (mẫu tờ khai, viết, ghim giấy…) tại mỗi quầy giao dịch để hỗ trợ tổ chức, công dân thực hiện kê khai, hoàn thiện hồ sơ thủ tục hành chính; bố trí thêm bàn phím, chuột trên hệ thống máy tính để thuận tiện hơn trong quá trình tra cứu thông tin; bổ sung máy tính, máy scan phục vụ nhu cầu nộp hồ sơ trực tuyến của tổ chức, công dân; bổ sung ghế ngồi phù hợp tại mỗi quầy giao dịch; bổ sung nước uống, ly uống nước phục vụ khách hàng. Thường xuyên kiểm tra để sửa chữa, thay thế các trang thiết bị hư hỏng.',
		responsibility:
			'Trung tâm phục vụ hành chính công chủ trì rà soát, phối hợp với Phòng Kinh tế, Hạ tầng và Đô thị đề xuất bổ sung các trang thiết bị cần thiết tại Trung tâm phục vụ hành chính công, thường xuyên theo dõi, kiểm tra để kịp thời sửa chữa, thay thế các trang thiết bị hư hỏng. Nghiên cứu việc hỗ trợ khách hàng photocopy một số giấy tờ đơn giản, số lượng trang ít để hoàn thiện hồ sơ đầu vào.',
		lead: CENTRE,
		support: 'Phòng Kinh tế, Hạ tầng và Đô thị',
		...always,
		expected:
			'Các trang thiết bị cần thiết được bố trí đầy đủ tại Trung tâm phục vụ hành chính công để đáp ứng tốt nhất nhu cầu của khách hàng.',
		reasons: ['R03']
	},
	{
		content:
			'Tiếp tục rà soát, cải tạo không gian giao tiếp giữa khách hàng với công chức, viên chức, nhân viên tại Trung tâm phục vụ hành chính công theo quy định tại Nghị định số 118/2025/NĐ-CP ngày 09/6/2025',
		responsibility: 'Trung tâm phục vụ hành chính công nghiên cứu, đề xuất.',
		lead: CENTRE,
		support: '',
		...inYear,
		expected:
			'Không gian giao tiếp giữa khách hàng với công chức, viên chức, nhân viên tại Trung tâm phục vụ hành chính công được cải tạo, nâng cấp, tạo thuận lợi cho khách hàng khi giao dịch',
		reasons: ['R03']
	}
];
