import type { LocalText } from './criterion.ts';

/** Who answers, in bands of the national form (reference/domain.md 1.7); never a name, a number or a date. */
export const DEMOGRAPHICS = {
	age: {
		name: { vi: 'Nhóm tuổi', en: 'Age group' },
		bands: [
			{ vi: '18–24', en: '18–24' },
			{ vi: '25–34', en: '25–34' },
			{ vi: '35–49', en: '35–49' },
			{ vi: '50–60', en: '50–60' },
			{ vi: 'Trên 60', en: 'Over 60' }
		]
	},
	gender: {
		name: { vi: 'Giới tính', en: 'Gender' },
		bands: [
			{ vi: 'Nam', en: 'Male' },
			{ vi: 'Nữ', en: 'Female' }
		]
	},
	education: {
		name: { vi: 'Học vấn', en: 'Education' },
		bands: [
			{ vi: 'Tiểu học', en: 'Primary school' },
			{ vi: 'Trung học cơ sở', en: 'Lower secondary school' },
			{ vi: 'Trung học phổ thông', en: 'Upper secondary school' },
			{ vi: 'Dạy nghề, trung cấp, cao đẳng', en: 'Vocational or college' },
			{ vi: 'Đại học, trên đại học', en: 'University or higher' },
			{ vi: 'Khác', en: 'Other' }
		]
	},
	occupation: {
		name: { vi: 'Nghề nghiệp', en: 'Occupation' },
		bands: [
			{ vi: 'Nghỉ hưu', en: 'Retired' },
			{ vi: 'Không đi làm, ở nhà', en: 'At home' },
			{ vi: 'Làm công việc tự do', en: 'Self-employed' },
			{ vi: 'Sinh viên', en: 'Student' },
			{ vi: 'Tổ chức, doanh nghiệp tư', en: 'Private organisation or company' },
			{ vi: 'Cơ quan, tổ chức, doanh nghiệp công', en: 'Public body or company' },
			{ vi: 'Khác', en: 'Other' }
		]
	},
	area: {
		name: { vi: 'Nơi sống', en: 'Where you live' },
		bands: [
			{ vi: 'Đô thị', en: 'Town' },
			{ vi: 'Nông thôn', en: 'Countryside' }
		]
	}
} as const satisfies Record<string, { name: LocalText; bands: readonly LocalText[] }>;

export type DemographicId = keyof typeof DEMOGRAPHICS;
