import type { Due } from '../due.ts';

/** A task as the annex has it, in its own words, slips of the pen included; what is ours says so. */
export interface PartTask {
	content: string;
	/** The column "Trách nhiệm thực hiện". */
	responsibility: string;
	/** Ours, from that column: whose it is, and who helps. */
	lead: string;
	support: string;
	/** The column "Tiến độ thực hiện". */
	dueText: string;
	due: Due;
	/** The column "Kết quả": what is to come of it. */
	expected: string;
	/** Ours: codes of the reasons that citizens give for what it is to better. */
	reasons: readonly string[];
}

export const CENTRE = 'Trung tâm phục vụ hành chính công';
export const CULTURE = 'Phòng Văn hóa – Xã hội';
export const OFFICE = 'Văn phòng HĐND và UBND phường';
export const SPECIALIST = 'Các cơ quan chuyên môn thuộc UBND phường';
export const HEADS = 'Lãnh đạo các cơ quan, đơn vị';
export const UNITS = 'Các cơ quan, đơn vị liên quan';

export const always = { dueText: 'Thường xuyên', due: { kind: 'always' } } as const;
export const inYear = { dueText: 'Trong năm 2025', due: { kind: 'date', day: '2025-12-31' } } as const;
export const onRequest = {
	dueText: 'Khi tiếp nhận các phản ánh, kiến nghị của cá nhân, tổ chức',
	due: { kind: 'event' }
} as const;
