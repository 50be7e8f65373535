import { expect, test } from 'vitest';
import type { PlanLine } from '../casework/plan/line.ts';
import { workOf, type WorkOfPeriod } from './report-work.ts';

const QUIET: WorkOfPeriod = {
	...{ waiting: 0, waitingSince: null, moved: { received: 0, done: 0 }, duePromises: [], improvements: [] },
	promises: { promised: 0, done: 0, late: 0, open: 0, withdrawn: 0 },
	plan: { tasks: 0, done: 0, late: 0, withoutNews: 0, retired: 0, lateTasks: [] }
};
const aPromise = (n: number, standing: 'open' | 'late') => ({
	...{ text: `Việc ${n}`, unit: 'Văn phòng', dueDay: '2026-11-20', standing }
});

test('what was asked, promised and changed stands in the report, what is late says so', () => {
	const work = workOf({
		...QUIET,
		...{ waiting: 3, waitingSince: '2026-11-02', moved: { received: 5, done: 2 } },
		promises: { promised: 3, done: 1, late: 1, open: 1, withdrawn: 0 },
		duePromises: [aPromise(1, 'late'), aPromise(2, 'open')],
		improvements: [{ id: 'i1', criterion: 'TC', text: 'Thêm ghế chờ', day: '2026-11-05' }]
	})!;
	expect(work.lines.map(({ name, count }) => `${name}: ${count}`)).toEqual([
		'Phản ánh, kiến nghị nhận trong kỳ: 5',
		'Đã giải quyết trong kỳ: 2',
		'Đang chờ: 3, lâu nhất từ 02/11/2026',
		'Lời hứa tại các buổi đối thoại: 1 đã xong, 1 quá hạn, 1 còn hạn',
		'Việc đã thay đổi nhờ góp ý: 1'
	]);
	expect(work.signs).toEqual([
		'Việc 1 (Văn phòng, hạn 20/11/2026; quá hạn)',
		'Việc 2 (Văn phòng, hạn 20/11/2026)',
		'Đã thay đổi nhờ góp ý: Thêm ghế chờ (Tiếp cận dịch vụ).'
	]);
});

test('of days whose requests are forgotten nothing is said, and of nothing there is no section', () => {
	expect(workOf(QUIET)).toBeNull();
	expect(workOf(null)).toBeNull();
	const old = workOf({ ...QUIET, waiting: 1, waitingSince: '2026-01-05', moved: null })!;
	expect(old.lines.map(({ name }) => name)).toEqual(['Đang chờ']);
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
