import { expect, test } from 'vitest';
import { commit } from '../../src/lib/server/db/db.ts';
import { promises } from '../../src/lib/server/db/schema/dialogue-question.ts';
import { planTasks } from '../../src/lib/server/db/schema/plan.ts';
import { improvements } from '../../src/lib/server/db/schema/publication.ts';
import { openCaseByHand } from '../../src/lib/server/casework/cases/writes.ts';
import { readWork } from '../../src/lib/server/report/work/reads.ts';
import { startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aTask } from '../factories/plan.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

test('a week’s report counts what came and was dealt with inside it, and what waits and is due today', async () => {
	const serving = await aServing();
	const { db, secret } = serving;
	const opened = (formId: string, day: string, toHead = false, organizationId = 'w1') =>
		openCaseByHand(
			db,
			secret,
			{ formId, organizationId, toHead, class: 'rules', subject: 'Chờ lâu', receivedAt: startOfLocalDay(day) },
			{ actorId: 'u1', now: NOON }
		);
	await opened('c1', '2026-11-02');
	await opened('c2', '2026-11-18');
	await opened('c3', '2026-11-18', true);
	await opened('c4', '2026-11-18', false, 'w2');
	const { id: dialogueId } = await aDialogue(serving);
	const rehearsal = await aDialogue(serving, { rehearsal: true });
	const promise = (id: string, dueDay: string, doneDay = '', of = dialogueId) => ({
		...{ id, organizationId: 'w1', dialogueId: of, text: `Việc ${id}`, unit: 'Văn phòng', dueDay, doneDay },
		...{ state: doneDay ? ('done' as const) : ('open' as const), evidence: '', reason: '', version: 1, createdAt: NOON }
	});
	const improvement = (id: string, day: string, withdrawnAt: number | null = null) => ({
		...{ id, organizationId: 'w1', criterion: 'TC' as const, text: `Đổi ${id}`, day, withdrawnAt },
		...{ createdAt: NOON, createdBy: 'u1' }
	});
	const aWeekly = { ...aTask('w1', 'n1', startOfLocalDay('2026-11-02')), dueKind: 'weekly', weekday: 5 } as const;
	await commit(db, async (tx) => {
		await tx.insert(planTasks).values([aWeekly, aTask('w1', 'n2', NOON), aTask('w2', 'n3', NOON)]);
		await tx
			.insert(promises)
			.values([
				...[promise('p1', '2026-11-20'), promise('p2', '2026-12-01'), promise('p3', '2026-11-19', '2026-11-18')],
				promise('p4', '2026-11-01', '', rehearsal.id)
			]);
		await tx
			.insert(improvements)
			.values([
				improvement('i1', '2026-11-17'),
				improvement('i2', '2026-11-23'),
				improvement('i3', '2026-11-18', NOON)
			]);
	});
	const week = { from: '2026-11-16', to: '2026-11-22' };
	const work = await readWork(db, 'w1', { ...week, now: NOON });
	expect(work).toMatchObject({
		cases: { received: 2, forwarded: { inTime: 0, of: 2 }, lateNow: 3 },
		// What is for the head alone is counted, and named nowhere.
		lateCases: [{ number: '2026-0001' }, { number: '2026-0002' }],
		promises: { promised: 3, done: 1, late: 1, open: 1 },
		duePromises: [
			{ text: 'Việc p1', standing: 'late' },
			{ text: 'Việc p2', standing: 'open' }
		]
	});
	// Three Fridays are over and none was ticked.
	expect(work.plan).toMatchObject({ tasks: 2, late: 1, lateTasks: [{ id: 'n1', lead: 'Trung tâm' }] });
	expect(work.improvements.map(({ id }) => id)).toEqual(['i1']);
	expect(await readWork(db, 'w3', { ...week, now: NOON })).toMatchObject({ cases: { received: 0, lateNow: 0 } });
});
