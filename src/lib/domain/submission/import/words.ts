import type { SheetRefusal } from '../../place/import/separator.ts';
import type { LocalText } from '../../survey/criterion.ts';
import type { AnswerProblemCode } from './check.ts';
import type { MapProblem } from './columns.ts';

/** What is wrong with a cell, in words; the cell's text and, where there is one, the other row stand behind it. */
export const ANSWER_PROBLEMS: Record<AnswerProblemCode, LocalText> = {
	'id-required': {
		vi: 'thiếu mã phiếu; không có mã thì không biết phiếu đã được nhập hay chưa',
		en: 'the sheet has no id; without one nobody knows whether it was imported before'
	},
	'id-too-long': { vi: 'mã phiếu dài quá 200 ký tự', en: 'the id is longer than 200 characters' },
	'id-twice': { vi: 'mã phiếu đã có ở dòng khác', en: 'the id stands in another row too' },
	'date-required': { vi: 'thiếu ngày trả lời', en: 'the day is missing' },
	'date-malformed': { vi: 'ngày không đọc được theo dạng đã chọn', en: 'no day in the chosen format' },
	'date-future': { vi: 'ngày ở tương lai', en: 'the day lies in the future' },
	'date-early': { vi: 'ngày trước năm 2000', en: 'the day lies before 2000' },
	'value-unknown': { vi: 'không biết chữ này là mức nào', en: 'no known score' },
	'value-range': { vi: 'số nằm ngoài thang điểm của tệp', en: 'outside the scale of the file' },
	'site-unknown': { vi: 'không có địa điểm này', en: 'there is no such site' },
	'counter-unknown': { vi: 'không có quầy này', en: 'there is no such counter' },
	'counter-ambiguous': { vi: 'có nhiều quầy như vậy; hãy ghi cả địa điểm', en: 'several counters; name the site too' },
	'field-unknown': { vi: 'không có lĩnh vực này', en: 'there is no such field' },
	'field-ambiguous': { vi: 'có nhiều lĩnh vực như vậy; hãy ghi mã', en: 'several fields; use the code' },
	'officer-unknown': { vi: 'không có công chức này', en: 'there is no such officer' },
	'officer-ambiguous': { vi: 'có nhiều công chức cùng tên; hãy ghi mã', en: 'several officers; use the staff number' },
	'reason-unknown': { vi: 'lý do không có trong bộ câu hỏi', en: 'the questionnaire has no such reason' },
	'reasons-many': { vi: 'quá 20 lý do', en: 'more than 20 reasons' },
	'comment-too-long': { vi: 'góp ý dài quá 1.000 ký tự', en: 'the comment is longer than 1,000 characters' },
	unreadable: { vi: 'có ký tự không đọc được', en: 'has unreadable characters' },
	quotes: {
		vi: 'dấu ngoặc kép mở ra mà không đóng; từ dòng này trở đi không đọc được',
		en: 'a quotation mark opens and never closes; nothing can be read from this row on'
	}
};

/** How to put it right. */
export const ANSWER_FIXES: Record<AnswerProblemCode, LocalText> = {
	'id-required': { vi: 'Hãy ghi số của phiếu.', en: 'Write the number of the sheet.' },
	'id-too-long': { vi: 'Hãy chọn cột khác làm mã phiếu.', en: 'Choose another column as the id.' },
	'id-twice': {
		vi: 'Hãy bỏ dòng thừa, hoặc ghi mã khác nếu là hai phiếu.',
		en: 'Remove the second row, or number it anew where it is another sheet.'
	},
	'date-required': { vi: 'Hãy ghi ngày như 20/11/2026.', en: 'Write the day, for example 20/11/2026.' },
	'date-malformed': { vi: 'Hãy sửa ngày, hoặc chọn dạng ngày khác.', en: 'Mend the day, or choose another format.' },
	'date-future': { vi: 'Hãy kiểm tra năm, hoặc dạng ngày.', en: 'Check the year, or the format of days.' },
	'date-early': { vi: 'Hãy kiểm tra năm, hoặc dạng ngày.', en: 'Check the year, or the format of days.' },
	'value-unknown': {
		vi: 'Hãy chọn mức của chữ này trong bảng “Câu trả lời trong tệp”, hoặc sửa ô.',
		en: 'Say in the table of answers what it means, or mend the cell.'
	},
	'value-range': {
		vi: 'Hãy sửa thang điểm của tệp, hoặc sửa ô.',
		en: 'Change the scale of the file, or mend the cell.'
	},
	'site-unknown': {
		vi: 'Hãy ghi tên địa điểm đang có, hoặc để trống.',
		en: 'Name a site there is, or leave it empty.'
	},
	'counter-unknown': {
		vi: 'Hãy ghi số hoặc tên quầy đang có, hoặc để trống.',
		en: 'Write the number or name of a counter there is, or leave it empty.'
	},
	'counter-ambiguous': { vi: 'Hãy thêm cột địa điểm.', en: 'Add a column of sites.' },
	'field-unknown': {
		vi: 'Hãy ghi mã hoặc tên lĩnh vực đang có, hoặc để trống.',
		en: 'Write the code or name of a field there is, or leave it empty.'
	},
	'field-ambiguous': { vi: 'Hãy ghi mã lĩnh vực.', en: 'Write the code of the field.' },
	'officer-unknown': {
		vi: 'Hãy ghi mã hoặc họ tên công chức đang có, hoặc để trống.',
		en: 'Write the number or name of an officer there is, or leave it empty.'
	},
	'officer-ambiguous': { vi: 'Hãy ghi mã công chức.', en: 'Write the staff number.' },
	'reason-unknown': { vi: 'Hãy ghi mã lý do của bộ câu hỏi.', en: 'Write a code of the questionnaire.' },
	'reasons-many': { vi: 'Hãy bỏ bớt lý do.', en: 'Keep fewer reasons.' },
	'comment-too-long': { vi: 'Hãy rút ngắn góp ý.', en: 'Shorten the comment.' },
	unreadable: { vi: 'Hãy lưu lại tệp dạng CSV UTF-8.', en: 'Save the file as CSV UTF-8 once more.' },
	quotes: { vi: 'Hãy đóng hoặc bỏ dấu ngoặc kép ở dòng này.', en: 'Close or remove the quotation mark.' }
};

/** What a map cannot do with a file; what the map says stands behind it. */
export const MAP_PROBLEMS: Record<MapProblem['code'], LocalText> = {
	'column-unknown': { vi: 'tệp không có cột này', en: 'the file has no such column' },
	'column-ambiguous': {
		vi: 'nhiều cột có tên này; hãy dùng số cột',
		en: 'several columns have this name; use its number'
	},
	'column-shared': { vi: 'cột này đã dùng cho câu hỏi khác', en: 'the column is used for another question' },
	'item-unknown': { vi: 'bộ câu hỏi không có câu này', en: 'the questionnaire has no such item' },
	'items-none': { vi: 'chưa có cột nào là câu hỏi', en: 'no column is an item' },
	'reason-unmapped': { vi: 'bộ câu hỏi không có mã lý do này', en: 'the questionnaire has no such reason' }
};

/** Why a file is not even looked at. */
export const FILE_REFUSALS: Record<SheetRefusal, LocalText> = {
	empty: { vi: 'tệp trống.', en: 'the file is empty.' },
	spreadsheet: {
		vi: 'đây là tệp bảng tính; hãy lưu thành CSV (UTF-8) rồi thử lại.',
		en: 'this is a spreadsheet; save it as CSV (UTF-8) and try again.'
	},
	binary: { vi: 'đây không phải là tệp văn bản.', en: 'this is no text file.' },
	'old-font': {
		vi: 'tệp dùng bộ mã cũ TCVN3; hãy chuyển sang Unicode.',
		en: 'the file uses the old TCVN3 encoding; convert it to Unicode.'
	},
	'too-large': { vi: 'tệp lớn quá 15 MB; hãy chia nhỏ.', en: 'the file is larger than 15 MB; split it.' },
	'too-many-rows': { vi: 'tệp có quá 100.000 dòng; hãy chia nhỏ.', en: 'more than 100,000 rows; split the file.' },
	'too-many-columns': { vi: 'tệp có quá 400 cột.', en: 'more than 400 columns.' }
};
