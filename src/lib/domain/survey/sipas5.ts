import type { QuestionnaireVersion } from './questionnaire.ts';
import { REASONS } from './reasons.ts';

/** The short form for tablets: one question per criterion. Never mixed with SIPAS19: one item and five are not one measure. */
export const SIPAS5: QuestionnaireVersion = {
	id: 'SIPAS5-v1',
	title: {
		vi: 'Phiếu khảo sát nhanh mức độ hài lòng tại Trung tâm Phục vụ hành chính công',
		en: 'Short satisfaction survey at the public administrative service centre'
	},
	items: [
		{
			id: 'TC',
			criterion: 'TC',
			text: {
				vi: 'Nơi tiếp nhận, chỉ dẫn và thông tin có thuận tiện cho Ông/Bà không?',
				en: 'Were the place, signs and information convenient?'
			}
		},
		{
			id: 'HC',
			criterion: 'HC',
			text: {
				vi: 'Hồ sơ, phí và thời hạn có rõ ràng, đúng quy định không?',
				en: 'Were papers, fees and time limits clear and by the rules?'
			}
		},
		{
			id: 'PV',
			criterion: 'PV',
			text: {
				vi: 'Công chức phục vụ Ông/Bà có lịch sự, tận tình, dễ hiểu không?',
				en: 'Was the officer polite, helpful and clear?'
			}
		},
		{
			id: 'KQ',
			criterion: 'KQ',
			text: {
				vi: 'Kết quả có đúng hẹn và chính xác không?',
				en: 'Was the result on time and correct?'
			}
		},
		{
			id: 'TT',
			criterion: 'TT',
			text: {
				vi: 'Việc tiếp nhận, trả lời góp ý có dễ dàng, kịp thời không?',
				en: 'Was feedback easy to give and answered in time?'
			}
		}
	],
	reasons: REASONS
};
