import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sinceMidnight } from '../../src/lib/domain/place/calendar/hours.ts';
import { startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import {
	countPressingCases,
	readCaseFigures,
	readCasesWithin,
	readOpenCases
} from '../../src/lib/server/casework/due/reads.ts';
import { moveCase, openCaseByHand, type NewCase } from '../../src/lib/server/casework/cases/writes.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { calendarDays, sites } from '../../src/lib/server/db/schema/place.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';

const at = (day: string, clock: string) => startOfLocalDay(day) + sinceMidnight(clock);
const COME = at('2026-11-25', '08:00');
const LATE = at('2026-12-10', '08:00');

async function aDesk() {
	const { db, secret } = await aServing();
	await aWard(db);
	let n = 0;
	const open = async (more: Partial<NewCase> = {}) => {
		const fresh = { organizationId: 'w1', class: 'rules', toHead: false, subject: `Việc ${++n}` } as const;
		const by = { actorId: 'u1', now: more.receivedAt ?? COME };
		const { row } = await openCaseByHand(db, secret, { ...fresh, receivedAt: COME, ...more, formId: `f${n}` }, by);
		return row;
	};
	const forward = (row: { id: string; version: number }, assigneeId = '', now = COME) =>
		moveCase(db, { caseId: row.id, expected: row.version, actorId: 'u1', now }, 'forward', {
			unit: 'Phòng Kinh tế',
			assigneeId
		});
	return { db, open, forward };
}

test('what is owed comes with until when, the most pressing first; what is late is late in every read alike', async () => {
	const { db, open, forward } = await aDesk();
	await open({ receivedAt: LATE });
	const early = await open();
	await forward(early);
	const owed = await readOpenCases(db, 'w1', LATE);
	expect(owed.map(({ subject, due }) => [subject, due.step, due.standing])).toEqual([
		['Việc 2', 'answer', 'late'],
		['Việc 1', 'forward', 'due-soon']
	]);
	const all = { organizationId: 'w1', sites: null, head: true, userId: 'u1' };
	expect(await countPressingCases(db, all, LATE)).toEqual({ late: 1, dueSoon: 1 });
	const figures = await readCaseFigures(db, 'w1', { from: '2026-11-01', to: '2026-11-30' }, LATE);
	expect(figures).toMatchObject({ received: 1, forwarded: { inTime: 1, of: 1 }, answered: { inTime: 0, of: 1 } });
	expect(figures.lateNow).toBe(1);
	expect(await readCaseFigures(db, 'w1', { from: '2026-12-10', to: '2026-12-10' }, LATE)).toMatchObject({
		received: 1
	});
	expect(await readOpenCases(db, 'w2', LATE)).toEqual([]);
});

test('who holds one site sees its cases and those they are named for; what is for the head alone only the head sees', async () => {
	const { db, open, forward } = await aDesk();
	await open({ siteId: 's1' });
	await open({ siteId: 's2' });
	const named = await open();
	await forward(named, 'u7');
	const secret = await open({ siteId: 's1', toHead: true });
	await forward(secret, 'u7');
	const seen = async (sites: string[] | null, head: boolean, userId: string) =>
		(await readCasesWithin(db, { organizationId: 'w1', sites, head, userId }, COME))
			.map(({ subject }) => subject)
			.sort();
	expect(await seen(['s1'], false, 'u1')).toEqual(['Việc 1']);
	expect(await seen([], false, 'u7')).toEqual(['Việc 3']);
	expect(await seen(null, false, 'u1')).toEqual(['Việc 1', 'Việc 2', 'Việc 3']);
	expect(await seen(null, true, 'u1')).toHaveLength(4);
});

test('it is due by the calendar and the hours of the main site as they are now', async () => {
	const { db, open } = await aDesk();
	await open();
	const due = async () => (await readOpenCases(db, 'w1', COME))[0].due.at;
	expect(await due()).toBe(at('2026-11-26', '08:30'));
	const hours = [[], [], [], [['08:00', '09:00']], [['08:00', '16:00']], [], []] as const;
	await commit(db, (tx) => tx.update(sites).set({ hours }).where(eq(sites.id, 's1')));
	expect(await due()).toBe(at('2026-11-27', '15:00'));
	const holiday = { day: '2026-11-27', kind: 'holiday', name: 'Nghỉ', status: 'official' } as const;
	await commit(db, (tx) => tx.insert(calendarDays).values({ organizationId: 'w1', ...holiday }));
	expect(await due()).toBeGreaterThan(at('2026-11-28', '00:00'));
});
