/**
 * Questions as people type them on a phone in a hall, made up for this test: each group asks one thing in its own words, with marks and
 * without, long and short. What stands in different groups is not the same question, however near the words are.
 */
export const ASKED: readonly (readonly string[])[] = [
	[
		'Đường vào tổ dân phố Hòn Rớ bao giờ mới được sửa?',
		'duong hon ro hu hong nang khi nao sua',
		'Kính thưa lãnh đạo, con đường Hòn Rớ đầy ổ gà, đi lại rất nguy hiểm, đề nghị sửa sớm ạ',
		'Bao giờ phường sửa đường Hòn Rớ'
	],
	[
		'Đèn đường ở hẻm 12 Võ Thị Sáu hỏng cả tháng nay chưa ai thay',
		'hem 12 vo thi sau toi qua, den duong hong',
		'Xin hỏi khi nào thay đèn đường hẻm 12 Võ Thị Sáu?'
	],
	[
		'Rác ở chợ Vĩnh Thái không ai dọn, mùi hôi thối cả khu',
		'cho vinh thai rac nhieu qua, de nghi thu gom rac',
		'Đề nghị phường thu gom rác ở chợ Vĩnh Thái mỗi ngày'
	],
	[
		'Trường mầm non Phước Đồng quá tải, phường có kế hoạch xây thêm lớp không?',
		'xin hoi co xay them lop o truong mam non phuoc dong khong',
		'Trường mầm non Phước Đồng thiếu lớp, bao giờ xây thêm phòng học?'
	],
	[
		'Thủ tục cấp sổ đỏ sao lâu thế, tôi chờ 6 tháng rồi',
		'cap so do qua lau, ho so cua toi 6 thang chua xong',
		'Vì sao hồ sơ cấp sổ đỏ chậm quá hẹn?'
	],
	[
		'Nước máy yếu từ 17 giờ đến 20 giờ, cả xóm không có nước dùng',
		'nuoc may yeu buoi toi, khong co nuoc dung',
		'Buổi tối nước máy chảy rất yếu, bao giờ khắc phục?'
	],
	[
		'Mưa là ngập ở ngã ba Thành Đạt, cống thoát nước bị tắc',
		'nga ba thanh dat ngap nuoc moi khi mua, cong tac',
		'Khi nào nạo vét cống ở ngã ba Thành Đạt để hết ngập?'
	],
	[
		'Quán karaoke cạnh nhà hát đến 1 giờ sáng, phường xử lý thế nào?',
		'karaoke on ao den khuya khong ai xu ly',
		'Đề nghị xử lý tiếng ồn karaoke ban đêm'
	],
	[
		'Người cao tuổi có được nhận kết quả tại nhà không?',
		'nguoi gia co duoc tra ket qua tai nha khong',
		'Có trả kết quả hồ sơ tại nhà cho người cao tuổi không ạ?'
	],
	[
		'Sau sáp nhập thì giấy tờ cũ có phải đổi không?',
		'sap nhap roi co phai doi giay to khong',
		'Giấy tờ cũ sau khi sáp nhập phường còn dùng được không hay phải đổi?'
	],
	[
		'Bộ phận một cửa làm việc sáng thứ Bảy được không?',
		'de nghi mot cua lam viec them sang thu bay',
		'Có thể mở một cửa sáng thứ Bảy cho người đi làm không?'
	],
	[
		'Trợ cấp hộ nghèo tháng này chậm, khi nào có tiền?',
		'tien tro cap ho ngheo sao chua co',
		'Bao giờ chi trả trợ cấp hộ nghèo?'
	],
	['Đường Võ Thị Sáu có mở rộng không?', 'duong vo thi sau khi nao mo rong'],
	['Trường tiểu học Phước Long thiếu nhà vệ sinh', 'nha ve sinh truong tieu hoc phuoc long hu, thieu'],
	['Bãi đỗ xe của trung tâm hành chính quá nhỏ'],
	['Chợ Vĩnh Thái có được xây mới không?'],
	['Công viên Hòn Rớ bị lấn chiếm, ai xử lý?'],
	['Wifi miễn phí ở trung tâm hành chính công có không?'],
	['Hộ kinh doanh chuyển sang kê khai thuế thế nào?'],
	['Chó thả rông nhiều ở khu dân cư, đề nghị bắt'],
	['Bảo hiểm y tế cho học sinh đóng ở đâu?'],
	['Nghĩa trang Phước Đồng còn chỗ không?']
];
