/** A group of procedures as a ward starts with it; the list is the ward's to change. */
export interface DefaultField {
	code: string;
	name: string;
	nameEn: string;
}

/** The usual fields of a ward (reference: domain.md 5.1). */
export const DEFAULT_FIELDS = [
	{ code: 'HT', name: 'Hộ tịch', nameEn: 'Civil status' },
	{ code: 'CT', name: 'Chứng thực', nameEn: 'Certification' },
	{ code: 'DD', name: 'Đất đai', nameEn: 'Land' },
	{ code: 'XD', name: 'Xây dựng, quy hoạch', nameEn: 'Construction, planning' },
	{
		code: 'KD',
		name: 'Thành lập và hoạt động hộ kinh doanh, hợp tác xã',
		nameEn: 'Household business, cooperatives'
	},
	{ code: 'BT', name: 'Bảo trợ xã hội', nameEn: 'Social assistance' },
	{ code: 'NC', name: 'Người có công', nameEn: 'People with merit' },
	{ code: 'LD', name: 'Lao động, việc làm, bảo hiểm xã hội', nameEn: 'Labour, employment, social insurance' },
	{ code: 'GD', name: 'Giáo dục và đào tạo', nameEn: 'Education' },
	{ code: 'YT', name: 'Y tế, an toàn thực phẩm và dinh dưỡng', nameEn: 'Health, food safety' },
	{ code: 'VH', name: 'Văn hóa, thể thao, thông tin', nameEn: 'Culture, sports, information' },
	{ code: 'NN', name: 'Nông nghiệp và môi trường', nameEn: 'Agriculture, environment' }
] as const satisfies readonly DefaultField[];
export type DefaultFieldCode = (typeof DEFAULT_FIELDS)[number]['code'];
