import { CRITERIA, type Criterion } from '../../../survey/criterion.ts';
import type { Due } from '../due.ts';
import { ACCESS } from './access.ts';
import { FEEDBACK } from './feedback.ts';
import { PROCEDURES } from './procedures.ts';
import { RESULTS } from './results.ts';
import { SERVICE } from './service.ts';
import type { PartTask } from './shared.ts';

/** The year the annex is of. */
const ANNEX_YEAR = 2025;

/** What each part is headed with; the first stands there in capitals. */
export const ANNEX_HEADINGS: Record<Criterion, string> = {
	TC: 'Tiêu chí tiếp cận dịch vụ',
	HC: 'Tiêu chí Thủ tục hành chính',
	PV: 'Tiêu chí Sự phục vụ của công chức, viên chức',
	KQ: 'Tiêu chí Kết quả giải quyết công việc',
	TT: 'Tiêu chí Tiếp nhận và xử lý thông tin phản hồi'
};

export type AnnexTask = PartTask & { criterion: Criterion };

const PARTS: Record<Criterion, readonly PartTask[]> = {
	TC: ACCESS,
	HC: PROCEDURES,
	PV: SERVICE,
	KQ: RESULTS,
	TT: FEEDBACK
};

/**
 * The annex "Nhiệm vụ, sản phẩm, tiến độ và trách nhiệm thực hiện" of the plan of UBND phường Bắc Nha Trang, August 2025: all of its
 * tasks in their order, as a template to start from.
 */
export const ANNEX: readonly AnnexTask[] = CRITERIA.flatMap((criterion) =>
	PARTS[criterion].map((task) => ({ criterion, ...task }))
);

/** A text that is about a year, made to be about another: 'Trong năm 2025', 'Quý IV/2025'. Numbers and days of documents stay. */
export function inAnotherYear(text: string, from: number, to: number): string {
	return text.replace(new RegExp(`(năm |Quý (?:I{1,3}|IV)/)${from}(?!\\d)`, 'g'), `$1${to}`);
}

/** A task of one year's plan as a task of another's: the same words, its time moved along. */
export function moveTask<Task extends { content: string; dueText: string; due: Due; expected: string }>(
	task: Task,
	from: number,
	to: number
): Task {
	const move = (text: string) => inAnotherYear(text, from, to);
	const due: Due = task.due.kind === 'date' ? { kind: 'date', day: dayIn(task.due.day, from, to) } : task.due;
	return { ...task, content: move(task.content), dueText: move(task.dueText), expected: move(task.expected), due };
}

/** The same day of the other plan's year; 29 February is the 28th where there is none. */
function dayIn(day: string, from: number, to: number): string {
	const year = String(Number(day.slice(0, 4)) + to - from);
	const isLeap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1;
	return day.endsWith('-02-29') && !isLeap ? `${year}-02-28` : `${year}${day.slice(4)}`;
}

export const annexOf = (year: number): AnnexTask[] => ANNEX.map((task) => moveTask(task, ANNEX_YEAR, year));
