/**
 * SIPAS 2024 of six wards and communes of Nha Trang, percent, with the change against 2023 in points, as published; the demonstration
 * shows them as a reference. Source: report 443/BC-SNV of 12/3/2025, Department of Home Affairs of Khánh Hòa, as cited in the plan of
 * Bắc Nha Trang ward of August 2025, into which the six were merged (resolution 1667/NQ-UBTVQH15 of 16/6/2025).
 */
export const SIX_WARDS = {
	year: 2024,
	method:
		'SIPAS năm tiêu chí: Sở Nội vụ khảo sát hằng năm tại trụ sở hoặc tại nhà; chỉ số chung là trung bình cộng của năm tiêu chí',
	source:
		'Báo cáo số 443/BC-SNV ngày 12/3/2025 của Sở Nội vụ tỉnh Khánh Hòa, dẫn trong Kế hoạch tháng 8/2025 của UBND phường Bắc Nha Trang',
	csv: `don_vi,TC,HC,PV,KQ,TT,SIPAS_2024_published,delta_vs_2023_published
UBND phường Vĩnh Thọ,82.58,88.27,92.05,89.22,92.38,88.90,3.28
UBND phường Vĩnh Phước,84.58,92.48,90.27,88.50,92.50,89.67,1.98
UBND phường Vĩnh Hải,87.19,87.83,91.09,91.85,93.08,90.21,3.81
UBND phường Vĩnh Hòa,78.25,81.33,86.81,88.17,83.97,83.71,7.30
UBND xã Vĩnh Phương,90.03,90.46,91.71,94.11,90.75,91.41,3.14
UBND xã Vĩnh Lương,81.94,84.08,87.31,88.31,89.00,86.13,5.23
`
} as const;

/** The demonstration takes them for its predecessors, as they are those of Bắc Nha Trang; it says whose example that is. */
export const MERGED = {
	units: [
		...['UBND phường Vĩnh Thọ', 'UBND phường Vĩnh Phước', 'UBND phường Vĩnh Hải'],
		...['UBND phường Vĩnh Hòa', 'UBND xã Vĩnh Phương', 'UBND xã Vĩnh Lương']
	],
	basis: 'ví dụ, theo phường Bắc Nha Trang: Nghị quyết số 1667/NQ-UBTVQH15 ngày 16/6/2025'
};
