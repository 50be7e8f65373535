/**
 * SIPAS 2024 of six wards and communes of Nha Trang, percent: TC, HC, PV, KQ, TT, published index.
 * Source: report 443/BC-SNV of 12/3/2025, Department of Home Affairs of Khánh Hòa, as cited in the plan of Bắc Nha Trang ward.
 */
export const SIX_WARDS: readonly [name: string, criteria: [number, number, number, number, number], index: number][] = [
	['UBND phường Vĩnh Thọ', [82.58, 88.27, 92.05, 89.22, 92.38], 88.9],
	['UBND phường Vĩnh Phước', [84.58, 92.48, 90.27, 88.5, 92.5], 89.67],
	['UBND phường Vĩnh Hải', [87.19, 87.83, 91.09, 91.85, 93.08], 90.21],
	['UBND phường Vĩnh Hòa', [78.25, 81.33, 86.81, 88.17, 83.97], 83.71],
	['UBND xã Vĩnh Phương', [90.03, 90.46, 91.71, 94.11, 90.75], 91.41],
	['UBND xã Vĩnh Lương', [81.94, 84.08, 87.31, 88.31, 89], 86.13]
];
