import type { LocalText } from '../survey/criterion.ts';
import type { SheetProblem } from './check.ts';

export const QUARANTINE_STATES = ['waiting', 'proposed', 'accepted', 'kept-out'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

/** Both totals are always shown: what was taken in, what is kept out, and what waits for somebody. */
export interface QuarantineTotals {
	accepted: number;
	keptOut: number;
	/** Waiting or proposed. */
	waiting: number;
}

/** Why a line does not become what somebody wanted; each has a sentence on the desk. */
export type QuarantineRefusal =
	/** Another organization's, another site's, or none. */
	| 'unknown'
	/** Somebody was quicker. */
	| 'changed-meanwhile'
	/** Whoever proposed a sheet does not decide on it. */
	| 'own-proposal'
	/** Nobody decides about the sheet that rates himself. */
	| 'own-sheet'
	/** What it says can not be made into a sheet. */
	| 'malformed'
	/** The very same sheet counts already. */
	| 'already-stored';

/** Why a sheet lies here, as the desk says it. */
export const QUARANTINE_SENTENCES: Record<SheetProblem | 'rescued', LocalText> = {
	rescued: {
		vi: 'Phiếu còn lại trên một máy đã bị thu hồi, được máy đó gửi vào đây.',
		en: 'The sheet was left on a revoked tablet, which handed it over to here.'
	},
	'sheet-malformed': { vi: 'Phiếu không đúng mẫu.', en: 'The sheet does not have the form of a sheet.' },
	'id-malformed': { vi: 'Mã phiếu không đúng dạng.', en: 'The id of the sheet is malformed.' },
	'sequence-malformed': {
		vi: 'Số thứ tự của phiếu không hợp lệ.',
		en: 'The running number of the sheet is malformed.'
	},
	'value-invalid': { vi: 'Có mức đánh giá không nằm trong 1 đến 5.', en: 'An answer is not from 1 to 5.' },
	'clock-malformed': { vi: 'Thời điểm trả lời không đọc được.', en: 'The time of the answer can not be read.' },
	'version-unknown': { vi: 'Máy chủ chưa có bộ câu hỏi này.', en: 'The server does not know this questionnaire.' },
	'item-unknown': {
		vi: 'Có câu hỏi không thuộc bộ câu hỏi của phiếu.',
		en: 'A question is not of the sheet’s questionnaire.'
	},
	'item-repeated': { vi: 'Một câu hỏi được trả lời hai lần.', en: 'One question is answered twice.' },
	'answers-empty': { vi: 'Phiếu không có câu trả lời nào.', en: 'The sheet answers nothing.' },
	'reason-unknown': { vi: 'Lý do không có trong danh mục.', en: 'A reason is not in the catalogue.' },
	'comment-too-long': { vi: 'Góp ý dài quá 1.000 ký tự.', en: 'The comment is longer than 1,000 characters.' },
	'replaces-itself': { vi: 'Phiếu tự thay thế chính nó.', en: 'The sheet replaces itself.' },
	'field-unknown': {
		vi: 'Lĩnh vực ghi trên phiếu không thuộc đơn vị này. Nếu nhận, phiếu tính cho quầy, không cho lĩnh vực đó.',
		en: 'Its field is not one of this organization. Taken in, it counts for the counter and not for that field.'
	},
	'duty-foreign': {
		vi: 'Lượt trực ghi trên phiếu thuộc đơn vị khác. Nếu nhận, phiếu không tính cho công chức nào.',
		en: 'Its duty belongs to another organization. Taken in, it counts for no officer.'
	},
	'id-taken': {
		vi: 'Mã phiếu đã dùng cho một phiếu có nội dung khác. Nếu nhận, phiếu có mã mới.',
		en: 'Its id is taken by a sheet that says something else. Taken in, it gets another id.'
	},
	'sequence-forked': {
		vi: 'Số thứ tự đã dùng cho phiếu khác: có thể hai máy đang chung một danh tính.',
		en: 'Its running number is taken by another sheet: perhaps two tablets share one identity.'
	}
};

const OTHER: LocalText = {
	vi: 'Phiếu bị giữ lại vì một lý do mà chương trình chưa có lời giải thích.',
	en: 'The sheet is kept for a reason that the program has no words for.'
};

export function sayWhy(code: string): LocalText {
	return (QUARANTINE_SENTENCES as Record<string, LocalText>)[code] ?? OTHER;
}
