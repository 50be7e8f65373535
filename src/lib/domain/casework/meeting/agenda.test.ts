import { expect, test } from 'vitest';
import { NATIONAL } from '../../place/calendar/national.ts';
import { startOfLocalDay } from '../../shared/time.ts';
import { agendaOf, type Owed } from './agenda.ts';

const WEEK = { today: '2026-11-27', until: '2026-12-04', calendar: NATIONAL };
const NOTHING: Owed = { cases: [], tasks: [], promises: [], decisions: [] };
const aCase = (id: string, day: string, standing: 'late' | 'in-time' | 'paused') => ({
	...{ id, year: 2026, seq: 7, subject: 'Chờ lâu', unit: 'Phòng Kinh tế' },
	due: {
		step: 'answer' as const,
		at: standing === 'paused' ? null : startOfLocalDay(day) + 17 * 3_600_000,
		...{ standing, beyondLimit: false }
	}
});
const aDecision = (id: string, dueDay: string, state: 'open' | 'done' = 'open') => ({
	...{ id, dueDay, state, text: 'Thêm người ở quầy 3', unit: 'Văn phòng' }
});
const aTask = (id: string, weeks: { day: string; standing: 'missed' | 'open' | 'done' }[], standing: 'late' | 'open') =>
	({
		...{ id, content: 'Họp rà soát:\n- hồ sơ trễ', lead: 'Trung tâm', standing, due: { kind: 'weekly', weekday: 5 } },
		weeks: weeks.map((week) => ({ ...week, last: week.day, doneDay: null }))
	}) as unknown as Owed['tasks'][number];

test('what is late stands apart from what is due this week; what waits, is done or has no day stands nowhere', () => {
	const { late, soon } = agendaOf(
		{
			...NOTHING,
			cases: [
				aCase('c1', '2026-11-25', 'late'),
				aCase('c2', '2026-12-01', 'in-time'),
				aCase('c3', '2026-11-20', 'paused')
			],
			decisions: [aDecision('d1', '2026-11-20'), aDecision('d2', '2026-12-05'), aDecision('d3', '2026-11-20', 'done')]
		},
		WEEK
	);
	expect(late.map(({ kind, id, dueDay, whose }) => [kind, id, dueDay, whose])).toEqual([
		['decision', 'd1', '2026-11-20', 'Văn phòng'],
		['case', 'c1', '2026-11-25', 'Phòng Kinh tế']
	]);
	expect(soon.map(({ id, text }) => [id, text])).toEqual([['c2', '2026-0007 · Chờ lâu']]);
});

test('a decision due on a Saturday is late after the Monday', () => {
	const due = { ...NOTHING, decisions: [aDecision('d1', '2026-11-28')] };
	expect(agendaOf(due, { ...WEEK, today: '2026-11-30' }).late).toEqual([]);
	expect(agendaOf(due, { ...WEEK, today: '2026-12-01' }).late).toHaveLength(1);
});

test('a weekly task is spoken of by the oldest week that nobody ticked, in its first line', () => {
	const missed = [
		{ day: '2026-11-13', standing: 'done' as const },
		{ day: '2026-11-20', standing: 'missed' as const }
	];
	const week = { day: '2026-11-27', standing: 'open' as const };
	const late = agendaOf({ ...NOTHING, tasks: [aTask('t1', [...missed, week], 'late')] }, WEEK);
	expect(late.late).toEqual([
		{ kind: 'task', id: 't1', text: 'Họp rà soát', whose: 'Trung tâm', dueDay: '2026-11-20' }
	]);
	expect(agendaOf({ ...NOTHING, tasks: [aTask('t1', [week], 'open')] }, WEEK).soon).toHaveLength(1);
});
