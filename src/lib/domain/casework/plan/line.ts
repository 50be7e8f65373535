import { isWithoutNews, type TaskStanding, type TaskState, type Week } from './due.ts';
import type { TaskText } from './task.ts';

/** What was done, and what shows it. */
export interface Note {
	id: string;
	text: string;
	evidence: string;
	day: string;
	by: string;
	withdrawn: boolean;
}

/** A line of a plan as a page shows it. */
export interface PlanLine extends TaskText {
	id: string;
	year: number;
	position: number;
	state: TaskState;
	doneDay: string;
	evidence: string;
	reason: string;
	version: number;
	standing: TaskStanding;
	withoutNews: boolean;
	/** Of a weekly task, the oldest first. */
	weeks: Week[];
	/** The newest first. */
	notes: Note[];
}

/** The last day something was heard of a task. */
export function lastNews({ sinceDay, weeks, notes }: Pick<PlanLine, 'weeks' | 'notes'> & { sinceDay: string }): string {
	const told = notes.filter(({ withdrawn }) => !withdrawn).map(({ day }) => day);
	const ticked = weeks.flatMap(({ doneDay }) => doneDay ?? []);
	return [sinceDay, ...told, ...ticked].toSorted().at(-1)!;
}

export const withoutNewsOf = (
	line: Pick<PlanLine, 'weeks' | 'notes' | 'state' | 'year'> & { sinceDay: string },
	today: string
) => isWithoutNews({ ...line, since: lastNews(line) }, today);

/** "25 tasks: 3 done, 2 late, 4 without news"; what was retired is said apart, and one may be late and without news. */
export interface PlanCounts {
	tasks: number;
	done: number;
	late: number;
	withoutNews: number;
	retired: number;
}

export function countLines(lines: readonly Pick<PlanLine, 'standing' | 'withoutNews'>[]): PlanCounts {
	const of = (...those: TaskStanding[]) => lines.filter(({ standing }) => those.includes(standing)).length;
	const retired = of('retired');
	return {
		tasks: lines.length - retired,
		done: of('done', 'done-late'),
		late: of('late'),
		withoutNews: lines.filter(({ withoutNews }) => withoutNews).length,
		retired
	};
}
