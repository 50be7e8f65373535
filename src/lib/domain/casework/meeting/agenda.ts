import type { PromiseLine } from '../../dialogue/promise.ts';
import { lastDayOf } from '../../place/calendar/last-day.ts';
import type { Calendar } from '../../place/calendar/calendar.ts';
import { localDay } from '../../shared/time.ts';
import { showCaseNumber } from '../case.ts';
import type { Due } from '../clock.ts';
import type { PlanLine } from '../plan/line.ts';
import { firstLine } from '../plan/paper-words.ts';
import type { DecisionState } from './decision.ts';

export type AgendaKind = 'case' | 'task' | 'promise' | 'decision';

/** One thing that somebody owes, with whose it is and until which day. */
export interface AgendaItem {
	kind: AgendaKind;
	id: string;
	text: string;
	/** The unit that does it; '' where nobody has been named yet. */
	whose: string;
	dueDay: string;
}

export interface Owed {
	cases: readonly { id: string; year: number; seq: number; subject: string; unit: string; due: Due }[];
	tasks: readonly PlanLine[];
	promises: readonly PromiseLine[];
	decisions: readonly { id: string; text: string; unit: string; dueDay: string; state: DecisionState }[];
}

/**
 * What a weekly meeting speaks of: what is late by today, the longest first, and what is due by `until`, the nearest first. A thing is in one
 * of both at most. What is late, its own part of the product says: a case by its clock, a task by its plan, a promise by its ledger.
 */
export function agendaOf(
	{ cases, tasks, promises, decisions }: Owed,
	{ today, until, calendar }: { today: string; until: string; calendar: Calendar }
): { late: AgendaItem[]; soon: AgendaItem[] } {
	const all = [
		...cases.flatMap(({ id, subject, unit, due, ...number }) => {
			if (due.at === null) return [];
			const text = `${showCaseNumber(number)} · ${subject}`;
			return { kind: 'case' as const, id, text, whose: unit, dueDay: localDay(due.at), late: due.standing === 'late' };
		}),
		...tasks.flatMap((task) => {
			const dueDay = dayOfTask(task);
			const open = task.standing === 'open' || task.standing === 'soon' || task.standing === 'late';
			if (!open || dueDay === null) return [];
			const { id, content, lead } = task;
			return {
				kind: 'task' as const,
				id,
				text: firstLine(content),
				whose: lead,
				dueDay,
				late: task.standing === 'late'
			};
		}),
		...promises.flatMap(({ id, text, unit, dueDay, standing }) =>
			standing === 'open' || standing === 'late'
				? { kind: 'promise' as const, id, text, whose: unit, dueDay, late: standing === 'late' }
				: []
		),
		...decisions.flatMap(({ id, text, unit, dueDay, state }) =>
			state === 'open'
				? { kind: 'decision' as const, id, text, whose: unit, dueDay, late: today > lastDayOf(dueDay, calendar) }
				: []
		)
	].sort((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : a.id < b.id ? -1 : 1));
	const without = ({ late: _, ...rest }: (typeof all)[number]): AgendaItem => rest;
	return {
		late: all.filter(({ late }) => late).map(without),
		soon: all.filter(({ late, dueDay }) => !late && dueDay <= until).map(without)
	};
}

/** The oldest week that nobody ticked, this week, or the day of its plan; null where it has no day. */
function dayOfTask({ due, weeks }: PlanLine): string | null {
	if (due.kind === 'date') return due.day;
	const waiting =
		weeks.find(({ standing }) => standing === 'missed') ?? weeks.find(({ standing }) => standing === 'open');
	return waiting?.day ?? null;
}
