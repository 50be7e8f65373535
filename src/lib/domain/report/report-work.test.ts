import { expect, test } from 'vitest';
import type { PlanLine } from '../casework/plan/line.ts';
import { workOf, type WorkOfPeriod } from './report-work.ts';

const NONE = { inTime: 0, of: 0 };
const NO_CASES: WorkOfPeriod['cases'] = {
	...{ received: 0, forwarded: NONE, answered: NONE, published: NONE, open: 0, refused: 0, lateNow: 0 },
	...{ byClass: { rules: 0, behaviour: 0 }, ratings: [0, 0, 0, 0, 0] }
};
const QUIET: WorkOfPeriod = {
	...{ cases: NO_CASES, lateCases: [], duePromises: [], improvements: [] },
	promises: { promised: 0, done: 0, late: 0, open: 0, withdrawn: 0 },
	plan: { tasks: 0, done: 0, late: 0, withoutNews: 0, retired: 0, lateTasks: [] }
};
const aPromise = (n: number, standing: 'open' | 'late') => ({
	...{ text: `Việc ${n}`, unit: 'Văn phòng', dueDay: '2026-11-20', standing }
});

test('what was asked, promised and changed stands in the report, what is late says so', () => {
	const work = workOf({
		...QUIET,
		cases: {
			...{ ...NO_CASES, received: 5, forwarded: { inTime: 4, of: 5 }, answered: { inTime: 2, of: 3 }, lateNow: 1 },
			byClass: { rules: 4, behaviour: 1 }
		},
		lateCases: [{ number: '2026-0012', unit: '', dueDay: '2026-11-19' }],
		promises: { promised: 3, done: 1, late: 1, open: 1, withdrawn: 0 },
		duePromises: [aPromise(1, 'late'), aPromise(2, 'open')],
		improvements: [{ id: 'i1', criterion: 'TC', text: 'Thêm ghế chờ', day: '2026-11-05' }]
	})!;
	expect(work.lines.map(({ name, count }) => `${name}: ${count}`)).toEqual([
		'Vụ việc nhận trong kỳ: 5; Quy định, thủ tục: 4; Hành vi của cán bộ, công chức: 1',
		'Chuyển đúng hạn: 4 / 5',
		'Trả lời đúng hạn: 2 / 3',
		'Vụ việc đang quá hạn: 1',
		'Lời hứa tại các buổi đối thoại: 1 đã xong, 1 quá hạn, 1 còn hạn',
		'Việc đã thay đổi nhờ góp ý: 1'
	]);
	expect(work.signs).toEqual([
		'Vụ việc 2026-0012 (chưa giao ai, hạn 19/11/2026; quá hạn)',
		'Việc 1 (Văn phòng, hạn 20/11/2026; quá hạn)',
		'Việc 2 (Văn phòng, hạn 20/11/2026)',
		'Đã thay đổi nhờ góp ý: Thêm ghế chờ (Tiếp cận dịch vụ).'
	]);
});

test('of nothing there is no section; of what is late there is one, also where nothing came', () => {
	expect(workOf(QUIET)).toBeNull();
	expect(workOf(null)).toBeNull();
	const old = workOf({ ...QUIET, cases: { ...NO_CASES, lateNow: 1 } })!;
	expect(old.lines.map(({ name }) => name)).toEqual(['Vụ việc nhận trong kỳ', 'Vụ việc đang quá hạn']);
});

test('more than a page of promises is cut with how many are left', () => {
	const many = Array.from({ length: 17 }, (_, n) => aPromise(n, 'open'));
	const { signs } = workOf({ ...QUIET, promises: { ...QUIET.promises, promised: 17, open: 17 }, duePromises: many })!;
	expect(signs).toHaveLength(16);
	expect(signs.at(-1)).toContain('2 lời hứa');
});

test('the plan of the year is counted, and each late task stands with whose it is', () => {
	const task = {
		...{ lead: 'Trung tâm', content: 'Tổng hợp hằng tuần:\n- báo cáo', standing: 'late', doneDay: '' },
		weeks: [{ standing: 'missed' }, { standing: 'done' }, { standing: 'missed' }]
	} as PlanLine;
	const plan = { tasks: 25, done: 3, late: 1, withoutNews: 4, retired: 1, lateTasks: [task] };
	const { lines, signs } = workOf({ ...QUIET, plan })!;
	expect(lines.at(-1)).toEqual({
		...{ name: 'Nhiệm vụ kế hoạch năm', count: '25 nhiệm vụ: 3 đã xong, 1 trễ hạn, 4 chưa có tin quá 30 ngày' }
	});
	expect(signs).toEqual(['Kế hoạch, Trung tâm: Tổng hợp hằng tuần (trễ hạn: 2 tuần chưa ghi)']);
});
