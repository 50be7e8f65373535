import { localDay } from '../../src/lib/domain/shared/time.ts';
import type { planTasks } from '../../src/lib/server/db/schema/plan.ts';

/** A task of this year's plan, done all the time. */
export function aTask(organizationId: string, id: string, now: number): typeof planTasks.$inferInsert {
	const day = localDay(now);
	return {
		...{ organizationId, id, year: Number(day.slice(0, 4)), criterion: 'TC', position: 1 },
		...{ content: 'Kê thêm ghế', responsibility: 'Trung tâm kê ghế', lead: 'Trung tâm', support: '' },
		...{ dueText: 'Thường xuyên', dueKind: 'always', dueDay: '', weekday: 0, expected: 'Đủ ghế' },
		...{ reasons: 'R03', items: '', siteId: '', state: 'open', doneDay: '', evidence: '', reason: '' },
		...{ sinceDay: day, version: 1, createdAt: now }
	};
}
