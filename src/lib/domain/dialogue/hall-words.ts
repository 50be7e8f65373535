import type { LocalText } from '../survey/criterion.ts';

/** Why a dialogue does not go out to a hall's machine, or its ballots do not come in, with what to do. */
export const HALL_PROBLEMS = {
	'dialogue-over': {
		vi: 'Buổi đối thoại đã kết thúc hoặc đã khóa sổ.',
		en: 'The dialogue is over or closed.'
	},
	'secret-lost': {
		vi: 'Không mở được khóa bí mật của buổi đối thoại trên máy này.',
		en: 'The secret of the dialogue cannot be opened on this machine.'
	},
	'hall-unknown': { vi: 'Buổi đối thoại không có điểm cầu này.', en: 'The dialogue has no such hall.' },
	'no-round': {
		vi: 'Không còn câu hỏi nào chưa chốt để mang đến hội trường.',
		en: 'No question is left that is not final.'
	},
	'hall-copy': {
		vi: 'Đây là bản của máy hội trường; việc này làm trên máy của phường.',
		en: 'This is the copy of a hall’s machine; the ward’s own does this.'
	},
	'file-unknown': {
		vi: 'Không phải tệp máy hội trường của Lắng nghe.',
		en: 'This is no file of a hall’s machine.'
	},
	'file-out': {
		vi: 'Đây là tệp mang đi, chưa phải tệp mang về. Hãy xuất tệp trên máy hội trường sau buổi đối thoại.',
		en: 'This file went out. Make the one that comes back on the hall’s machine, after the dialogue.'
	},
	'code-wrong': {
		vi: 'Mã mở tệp không đúng. Hãy gõ lại từng nhóm như đã ghi.',
		en: 'The code does not open the file. Type it again, group by group.'
	},
	'file-changed': {
		vi: 'Tệp đã bị sửa hoặc hỏng trên đường; chưa ghép gì. Hãy xuất lại trên máy hội trường.',
		en: 'The file was changed or damaged; nothing was merged. Make it again on the hall’s machine.'
	},
	'opened-before': {
		vi: 'Máy này đã có buổi đối thoại ấy rồi.',
		en: 'This machine has that dialogue already.'
	},
	'version-differs': {
		vi: 'Máy này có bộ câu hỏi cùng mã mà khác nội dung. Hãy cập nhật chương trình.',
		en: 'This machine has a questionnaire of the same id that asks something else.'
	},
	'not-held': {
		vi: 'Buổi đối thoại này không được mở từ tệp của phường.',
		en: 'This dialogue did not come from a ward’s file.'
	},
	'round-open': {
		vi: 'Còn một câu đang mở bình chọn. Hãy đóng câu ấy, chờ chốt rồi xuất lại.',
		en: 'A round is still open. Close it, wait until it is final, and make the file again.'
	},
	'nothing-voted': {
		vi: 'Chưa có câu nào được chốt trên máy này nên không có gì để mang về.',
		en: 'No round is final on this machine, so nothing is to be taken back.'
	},
	'pack-unknown': {
		vi: 'Tệp không thuộc buổi đối thoại nào mà máy này đã giao cho hội trường.',
		en: 'The file belongs to no dialogue that this machine lent to a hall.'
	},
	'batches-closed': {
		vi: 'Có tập phiếu giấy đã khóa. Hãy mở lại các tập ấy, ghép máy hội trường, rồi khóa lại: phiếu điện thoại xét trước phiếu giấy.',
		en: 'Batches of paper are closed. Open them again, merge, and close them anew: votes by phone go before paper.'
	},
	'round-unknown': {
		vi: 'Tệp có phiếu của một câu không đi cùng máy hội trường, chẳng hạn câu đã chốt từ trước; chưa ghép gì. Câu đã chốt chỉ sửa được bằng vòng đính chính.',
		en: 'The file has ballots of a round that did not go with the machine, such as one that was final; nothing was merged. Only a correction round mends that.'
	},
	'ballot-wrong': {
		vi: 'Tệp có phiếu không hợp lệ; chưa ghép gì.',
		en: 'The file has ballots that cannot be; nothing was merged.'
	},
	'slip-unknown': {
		vi: 'Tệp có phiếu mời chưa từng được in cho buổi này; chưa ghép gì.',
		en: 'The file has seat slips that were never printed for this dialogue; nothing was merged.'
	},
	'recount-differs': {
		vi: 'Phiếu trong tệp khác số máy hội trường đã chốt; chưa ghép gì. Hãy giữ nguyên máy ấy và báo người quản trị.',
		en: 'The ballots differ from what the hall’s machine froze; nothing was merged. Keep that machine as it is.'
	}
} satisfies Record<string, LocalText>;
