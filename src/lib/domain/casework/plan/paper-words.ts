import { formatDay } from '../../shared/time.ts';
import { NEWS_DAYS, type TaskStanding } from './due.ts';
import type { PlanCounts, PlanLine } from './line.ts';

// What is printed is an official document, in Vietnamese whatever language the screens have (decision 0039).

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
