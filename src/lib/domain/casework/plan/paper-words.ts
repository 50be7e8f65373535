import { formatCount, formatPercent } from '../../shared/number.ts';
import { formatDay } from '../../shared/time.ts';
import { VERDICT_WORDS } from '../../report/verdict.ts';
import { K_OFFICER } from '../../report/secrecy.ts';
import { CASE_STATE_NAMES } from '../case.ts';
import type { LinkedCase, NamedReasons } from './link.ts';
import type { Effect } from './effect.ts';
import { NEWS_DAYS, type TaskStanding } from './due.ts';
import type { PlanCounts, PlanLine } from './line.ts';

/** What is printed is an official document, in Vietnamese whatever language the screens have (decision 0039). */
export const PAPER = {
	committee: 'ỦY BAN NHÂN DÂN',
	annex: 'Phụ lục',
	annexTitle: 'NHIỆM VỤ, SẢN PHẨM, TIẾN ĐỘ VÀ TRÁCH NHIỆM THỰC HIỆN',
	columns: ['Stt', 'Nội dung công việc', 'Trách nhiệm thực hiện', 'Tiến độ thực hiện', 'Kết quả'],
	report: 'BÁO CÁO',
	has: 'Kế hoạch có',
	criteria: 'Kết quả theo tiêu chí',
	criteriaColumns: ['Tiêu chí', 'Năm trước', 'Mục tiêu', 'Năm nay', 'Kết luận'],
	late: 'Nhiệm vụ trễ hạn',
	noneLate: 'Không có nhiệm vụ nào trễ hạn.',
	effects: 'Nhiệm vụ đã xong và thay đổi sau đó',
	tasks: 'Tình hình từng nhiệm vụ',
	taskColumns: ['Stt', 'Nhiệm vụ', 'Đơn vị', 'Tiến độ', 'Tình hình'],
	reason: 'Tỷ lệ phiếu nêu lý do',
	noNews: `Chưa có tin quá ${NEWS_DAYS} ngày`,
	none: 'Chưa có nhiệm vụ nào.',
	caution: 'Điểm đổi khác sau khi xong việc không chắc là nhờ việc này: cùng lúc có thể có việc khác.',
	recipients: ['- Sở Nội vụ (b/c);', '- Lãnh đạo đơn vị;', '- Lưu: VT.'],
	author: 'TM. ỦY BAN NHÂN DÂN'
};

/** "(Kèm theo Kế hoạch số      /KH-UBND ngày    /    /2026 của UBND phường …)": the numbers are for the hand. */
export const annexNote = (year: number, name: string) =>
	`(Kèm theo Kế hoạch số            /KH-UBND ngày      /      /${year} của UBND ${name.charAt(0).toLowerCase()}${name.slice(1)})`;

export const progressTitle = (year: number) => `Tiến độ thực hiện Kế hoạch nâng cao mức độ hài lòng năm ${year}`;

/** "25 nhiệm vụ: 3 đã xong, 2 trễ hạn, 4 chưa có tin quá 30 ngày". */
export const sayCounts = ({ tasks, done, late, withoutNews }: PlanCounts) =>
	`${tasks} nhiệm vụ: ${done} đã xong, ${late} trễ hạn, ${withoutNews} chưa có tin quá ${NEWS_DAYS} ngày`;

/** What a task begins with, without the sign that leads on to its points. */
export const firstLine = (text: string) => text.split('\n', 1)[0].replace(/[:;,.]$/, '');

const STANDINGS: Record<TaskStanding, string> = {
	open: 'Đang làm',
	soon: 'Sắp đến hạn',
	late: 'Trễ hạn',
	done: 'Đã xong',
	'done-late': 'Xong trễ',
	retired: 'Đã thôi'
};

/** "Trễ hạn: 2 tuần chưa ghi", "Đã xong ngày 29/08/2026". */
export function sayTaskStanding({
	standing,
	weeks,
	doneDay
}: Pick<PlanLine, 'standing' | 'weeks' | 'doneDay'>): string {
	const missed = weeks.filter((week) => week.standing === 'missed').length;
	if (standing === 'late' && missed > 0) return `${STANDINGS.late}: ${missed} tuần chưa ghi`;
	return doneDay ? `${STANDINGS[standing]} ngày ${formatDay(doneDay)}` : STANDINGS[standing];
}

/** "Vụ việc: 2026-0012 (Đã trả lời), 2026-0015 (Mới)." */
export const sayCases = (cases: readonly Pick<LinkedCase, 'number' | 'state'>[]) =>
	`Vụ việc: ${cases.map(({ number, state }) => `${number} (${CASE_STATE_NAMES[state].vi})`).join(', ')}.`;

/** "Lý do “Chờ đợi lâu”: 12 trong 340 phiếu năm nay." Of few sheets nothing is said. */
export const sayReason = (name: string, { sheets, named }: NamedReasons, code: string) =>
	`Lý do “${name}”: ${sheets < K_OFFICER ? VERDICT_WORDS['not-enough'].vi : `${formatCount(named[code] ?? 0)} trong ${formatCount(sheets)} phiếu năm nay`}.`;

const signed = (points: number) => `${points > 0 ? '+' : points < 0 ? '−' : ''}${formatPercent(Math.abs(points))}`;

/** What became of a figure, with its interval and how many answered. */
export function sayEffect(effect: Effect): string {
	switch (effect.verdict) {
		case 'too-few':
			return 'chưa đủ dữ liệu: trước hoặc sau có ít hơn 30 người trả lời';
		case 'broken':
			return 'không so được: trước hoặc sau dùng bộ câu hỏi khác';
		default: {
			const { verdict, gap, before, after } = effect;
			const says =
				verdict === 'unclear'
					? 'không thấy thay đổi rõ'
					: `${verdict === 'rose' ? 'tăng' : 'giảm'} ${formatPercent(Math.abs(gap.value))} điểm, rõ`;
			const range = `chênh ${signed(gap.value)}, khoảng tin cậy 95 %: ${signed(gap.low)} đến ${signed(gap.high)}`;
			return `${says} (${formatPercent(before.value)} → ${formatPercent(after.value)} %; ${range}; n = ${formatCount(before.n)} và ${formatCount(after.n)})`;
		}
	}
}
