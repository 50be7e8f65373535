import type { Criterion } from './criterion.ts';
import type { Item, QuestionnaireVersion } from './questionnaire.ts';
import { REASONS } from './reasons.ts';

function item(id: string, vi: string, en: string): Item {
	return { id, criterion: id.slice(0, 2) as Criterion, text: { vi, en } };
}

/**
 * The service part of the national form (decision 1001/QĐ-BNV, items 15–33), 19 statements under the five criteria. KQ and TT
 * need "not applicable": a result may not be back yet, and most people never complained.
 */
export const SIPAS19: QuestionnaireVersion = {
	id: 'SIPAS19-v1',
	title: {
		vi: 'Phiếu khảo sát mức độ hài lòng của người dân, tổ chức đối với sự phục vụ của Trung tâm Phục vụ hành chính công',
		en: 'Survey of satisfaction of people and organisations with the public administrative service centre'
	},
	items: [
		item(
			'TC1',
			'Cơ quan cung cấp thông tin về việc giải quyết thủ tục hành chính theo nhiều hình thức, dễ tiếp cận, dễ hiểu đối với mọi người dân.',
			'Information on procedures is given in several forms, easy for everyone to reach and understand.'
		),
		item(
			'TC2',
			'Trụ sở cơ quan tiếp nhận hồ sơ, trả kết quả giải quyết thủ tục hành chính có biển hiệu, hướng dẫn rõ ràng, dễ thấy.',
			'The office has clear, visible signs and directions.'
		),
		item(
			'TC3',
			'Trụ sở cơ quan tiếp nhận hồ sơ, trả kết quả giải quyết thủ tục hành chính sạch sẽ, văn minh.',
			'The office is clean and orderly.'
		),
		item(
			'TC4',
			'Trang thiết bị phục vụ người dân đầy đủ, chất lượng tốt, giúp người dân giải quyết công việc dễ dàng hơn.',
			'Equipment for the public is sufficient, of good quality and helpful.'
		),
		item(
			'HC1',
			'Quy định thủ tục hành chính được niêm yết công khai tại trụ sở cơ quan tiếp nhận hồ sơ, trả kết quả, dễ thấy, dễ hiểu.',
			'Procedure rules are posted publicly, easy to see and understand.'
		),
		item('HC2', 'Thành phần hồ sơ người dân phải nộp là đúng quy định.', 'The papers required follow the rules.'),
		item('HC3', 'Mức phí/lệ phí người dân phải nộp là đúng quy định.', 'The fees charged follow the rules.'),
		item(
			'HC4',
			'Thời hạn giải quyết thủ tục hành chính cho người dân là đúng quy định.',
			'The processing time set follows the rules.'
		),
		item(
			'PV1',
			'Công chức có thái độ giao tiếp lịch sự, tôn trọng đối với người dân.',
			'The officer is polite and respectful.'
		),
		item(
			'PV2',
			'Công chức cung cấp thông tin, trả lời kịp thời, đầy đủ các câu hỏi, ý kiến của người dân.',
			'The officer answers questions promptly and fully.'
		),
		item(
			'PV3',
			'Công chức hướng dẫn hồ sơ dễ hiểu, đảm bảo người dân có thể hoàn thiện hồ sơ sau một lần hướng dẫn.',
			'Guidance is clear enough to complete the dossier after one explanation.'
		),
		item(
			'PV4',
			'Công chức tuân thủ đúng quy định trong giải quyết công việc cho người dân.',
			'The officer follows the rules.'
		),
		item(
			'PV5',
			'Công chức tận tình đối với người dân trong quá trình giải quyết công việc.',
			'The officer is dedicated throughout.'
		),
		item(
			'KQ1',
			'Kết quả giải quyết thủ tục hành chính cho người dân được trả đúng hẹn.',
			'The result is returned on the promised date.'
		),
		item(
			'KQ2',
			'Kết quả giải quyết thủ tục hành chính có thông tin đầy đủ, chính xác.',
			'The result is complete and accurate.'
		),
		item('KQ3', 'Kết quả giải quyết thủ tục hành chính đảm bảo tính công bằng.', 'The result is fair.'),
		item(
			'TT1',
			'Cơ quan có bố trí hình thức tiếp nhận phản ánh, kiến nghị, giúp người dân phản ánh, kiến nghị dễ dàng.',
			'There is an easy way to submit feedback.'
		),
		item(
			'TT2',
			'Cơ quan tiếp nhận, xử lý phản ánh, kiến nghị của người dân đúng quy định.',
			'Feedback is received and handled by the rules.'
		),
		item(
			'TT3',
			'Cơ quan thông báo kết quả xử lý phản ánh, kiến nghị cho người dân kịp thời.',
			'The outcome is communicated in time.'
		)
	],
	gates: [
		{
			id: 'result-back',
			text: { vi: 'Ông/Bà đã nhận kết quả giải quyết chưa?', en: 'Have you received the result yet?' },
			skips: ['KQ1', 'KQ2', 'KQ3']
		}
	],
	reasons: REASONS
};
