import { CENTRE, OFFICE, onRequest, type PartTask } from './shared.ts';

export const FEEDBACK: readonly PartTask[] = [
	{
		content:
			'Rà soát, cập nhật, thông báo công khai địa chỉ tiếp nhận phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính, thủ tục hành chính tại Bộ phận tiếp nhận và trả kết quả của thành phố, tại trụ sở các cơ quan, đơn vị và trên các kênh thông tin đại chúng theo quy định tại Thông tư số 02/2017/TT-VPCP ngày 31/10/2017 của Văn phòng Chính phủ hướng dẫn về nghiệp vụ kiểm soát thủ tục hành chính.',
		responsibility: `- Trung tâm phục vụ hành chính công thực hiện rà soát, công khai địa chỉ tiếp nhận phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính, thủ tục hành chính theo quy định.
- Các công chức, viên chức chủ động cung cấp thông tin địa chỉ tiếp nhận phản ánh, kiến nghị cho khách hàng.`,
		lead: CENTRE,
		support: 'Các công chức, viên chức',
		dueText: 'Thực hiện ngay sau khi có sự thay đổi thông tin',
		due: { kind: 'event' },
		expected:
			'Thông tin địa chỉ tiếp nhận phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính, thủ tục hành chính rà soát, cập nhật, niêm yết đầy đủ, công khai tại Trung tâm phục vụ hành chính công, tại trụ sở các cơ quan, đơn vị liên quan, đăng tải trên Trang thông tin điện tử của phường và in vào mặt sau của Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
		reasons: ['R16']
	},
	{
		content:
			'Tiếp nhận, giải đáp, xử lý kịp thời những phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính, về quá trình tiếp nhận, giải quyết hồ sơ, về thái độ giao tiếp, ứng xử, phục vụ của cán bộ, công chức, viên chức...; trả lời bằng văn bản cho người phản ánh, kiến nghị; đồng thời công khai nội dung, kết quả xử lý, trả lời các phản ánh, kiến nghị theo Điều 19 Nghị định số 20/2008/NĐ-CP ngày 14/02/2008 của Chính phủ về tiếp nhận, xử lý phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính (được sửa đổi, bổ sung theo Điều 2 Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 của Chính phủ sửa đổi, bổ sung một số điều của các Nghị định liên quan đến kiểm soát thủ tục hành chính).',
		responsibility: `- Văn phòng HĐND và UBND phường chuyển các phản ánh, kiến nghị của cá nhân, tổ chức đến các cơ quan, đơn vị có trách nhiệm xử lý ngay sau khi nhận được thông tin phản ánh, kiến nghị (không quá tám giờ làm việc kể từ khi tiếp nhận).
- Các cơ quan, đơn vị thuộc phường phối hợp giải đáp, xử lý kiến nghị theo quy định, gửi kết quả về Văn phòng HĐND và UBND phường để tổng hợp.
- Văn phòng HĐND và UBND phường tổng hợp kết quả trả lời phản ánh, kiến nghị của các cơ quan, đơn vị để công khai theo quy định`,
		lead: OFFICE,
		support: 'Các cơ quan, đơn vị thuộc phường',
		...onRequest,
		expected:
			'Các phản ánh, kiến nghị của cá nhân, tổ chức được tiếp nhận, xử lý kịp thời, đúng thời hạn; trả lời bằng văn bản cho người phản ánh, kiến nghị; đồng thời công khai nội dung, kết quả xử lý, trả lời các phản ánh, kiến nghị theo đúng quy định hiện hành.',
		reasons: ['R17']
	},
	{
		content:
			'Thường xuyên theo dõi, kiểm tra, xử lý kịp phản ánh, kiến nghị trên Hệ thống phản ánh, kiến nghị của người dân, doanh nghiệp về kinh tế - xã hội tỉnh Khánh Hòa, không để phát sinh phản ánh, kiến nghị trễ hẹn.',
		responsibility: 'Các cơ quan, đơn vị thực hiện việc tiếp nhận, xử lý phản ánh, kiến nghị đúng quy định',
		lead: 'Các cơ quan, đơn vị thuộc phường',
		support: '',
		...onRequest,
		expected:
			'Các phản ánh, kiến nghị của cá nhân, tổ chức được tiếp nhận, xử lý kịp thời, đúng thời hạn; công khai nội dung, kết quả xử lý, trả lời các phản ánh, kiến nghị đúng quy định hiện hành. Không có phản ánh, kiến nghị bị đánh giá không hài lòng.',
		reasons: ['R17']
	}
];
