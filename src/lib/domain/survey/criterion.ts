/**
 * The five SIPAS criteria (decision 1001/QĐ-BNV, service part), in the order every table shows them:
 * access, procedures, officers, results, feedback.
 */
export const CRITERIA = ['TC', 'HC', 'PV', 'KQ', 'TT'] as const;
export type Criterion = (typeof CRITERIA)[number];

export const CRITERION_NAMES: Record<Criterion, LocalText> = {
	TC: { vi: 'Tiếp cận dịch vụ', en: 'Access to services' },
	HC: { vi: 'Thủ tục hành chính', en: 'Administrative procedures' },
	PV: { vi: 'Sự phục vụ của công chức', en: 'Service by officers' },
	KQ: { vi: 'Kết quả, tiến độ', en: 'Results and timeliness' },
	TT: { vi: 'Tiếp nhận, xử lý phản ánh', en: 'Feedback handling' }
};

/** A text in the languages our own screens can show. */
export type LocalText = { vi: string; en: string };

/** A text of a questionnaire, in any number of languages by their ISO 639 code; Vietnamese always exists. */
export type Texts = { vi: string; [language: string]: string | undefined };
export type Locale = keyof LocalText;
