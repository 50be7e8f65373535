import { expect, test } from 'vitest';
import { annexOf } from '../../src/lib/domain/casework/plan/annex/annex.ts';
import { countLines } from '../../src/lib/domain/casework/plan/line.ts';
import type { TaskText } from '../../src/lib/domain/casework/plan/task.ts';
import { DAY_MS, localDay } from '../../src/lib/domain/shared/time.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { planStanding, readPlan, readPlanYears } from '../../src/lib/server/casework/plan/reads.ts';
import { changeTask, startPlan, writeTask } from '../../src/lib/server/casework/plan/writes.ts';
import { tickWeek, withdrawNote, writeNote } from '../../src/lib/server/casework/plan/progress/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const TODAY = localDay(NOON);
const YEAR = Number(TODAY.slice(0, 4));
const by = (daysAgo = 0, organizationId = 'w1') => ({ organizationId, actorId: 'u1', now: NOON - daysAgo * DAY_MS });
const OK = { ok: true, value: null };

async function aPlan({ daysAgo = 60, year = YEAR } = {}) {
	const db = await freshDb();
	await aWard(db);
	expect(await startPlan(db, by(daysAgo), { year, from: 'annex' })).toEqual({ ok: true, value: { tasks: 25 } });
	const read = (today = TODAY, sites: string[] | null = null) =>
		readPlan(db, { organizationId: 'w1', year, sites, today });
	return { db, read };
}

const A_TASK: TaskText = {
	...{ criterion: 'TC', content: 'Kê thêm ghế', responsibility: '', lead: 'Trung tâm', support: '', expected: '' },
	...{ dueText: 'Tháng 10', due: { kind: 'date', day: `${YEAR}-10-30` }, reasons: ['R03'], items: [], siteId: '' }
};

test('a plan begins from the annex, word for word and in its order, once', async () => {
	const { db, read } = await aPlan();
	expect(await startPlan(db, by(), { year: YEAR, from: 'annex' })).toEqual({ ok: false, reason: 'plan-begun' });
	const lines = await read();
	const said = ({ content, responsibility, dueText, expected, lead }: (typeof lines)[number]) =>
		[content, responsibility, dueText, expected, lead].join('|');
	expect(lines.map(said)).toEqual(annexOf(YEAR).map((task) => said(task as (typeof lines)[number])));
	expect(lines.every(({ withoutNews }) => withoutNews)).toBe(true);
	expect(await readPlanYears(db, 'w1')).toEqual([YEAR]);
	expect(await readPlan(db, { organizationId: 'w2', year: YEAR, sites: null, today: TODAY })).toEqual([]);
});

test('the plan of the next year takes over what was not retired, with its times moved along', async () => {
	const { db, read } = await aPlan();
	const [first] = await read();
	await changeTask(db, by(), { id: first.id, expected: 1, change: { do: 'retire', reason: 'Đã có nơi khác' } });
	expect(await startPlan(db, by(), { year: YEAR + 1, from: 'last-year' })).toEqual({ ok: true, value: { tasks: 24 } });
	const next = await readPlan(db, { organizationId: 'w1', year: YEAR + 1, sites: null, today: TODAY });
	expect(next.map(({ dueText }) => dueText)).toContain(`Quý IV/${YEAR + 1}`);
	expect(next.every(({ state, notes }) => state === 'open' && notes.length === 0)).toBe(true);
	expect(await startPlan(db, by(), { year: YEAR + 9, from: 'last-year' })).toMatchObject({ reason: 'no-plan-before' });
});

test('a task is changed by one person at a time, done once, retired with a reason, and taken up again', async () => {
	const { db, read } = await aPlan();
	const id = newId();
	for (let sent = 0; sent < 2; sent++) expect(await writeTask(db, by(), { id, year: YEAR, text: A_TASK })).toEqual(OK);
	const own = async () => (await read()).find((line) => line.id === id)!;
	expect(await own()).toMatchObject({ ...A_TASK, position: 26, standing: 'late' });
	const elsewhere = { ...A_TASK, siteId: 'another-ward' };
	expect(await writeTask(db, by(), { id: newId(), year: YEAR, text: elsewhere })).toMatchObject({
		reason: 'site-unknown'
	});

	const change = { do: 'change', text: { ...A_TASK, content: 'Kê thêm 20 ghế' } } as const;
	const done = { do: 'done', doneDay: TODAY, evidence: 'Biên bản 12/BB' } as const;
	const step = (expected: number, deed: Parameters<typeof changeTask>[2]['change'], organizationId = 'w1') =>
		changeTask(db, by(0, organizationId), { id, expected, change: deed });
	expect(await step(1, change)).toEqual(OK);
	expect(await step(1, change)).toMatchObject({ reason: 'changed-meanwhile' });
	expect(await step(2, change, 'w2')).toMatchObject({ reason: 'task-unknown' });
	expect(await step(2, { ...done, doneDay: `${YEAR}-12-31` })).toMatchObject({ reason: 'day-wrong' });
	expect(await step(2, done)).toEqual(OK);
	expect((await own()).standing).toBe('done-late');
	expect(await step(3, change)).toMatchObject({ reason: 'not-now' });
	expect(await step(3, { do: 'reopen' })).toEqual(OK);
	expect(await step(4, { do: 'reopen' })).toMatchObject({ reason: 'not-now' });
	expect(await step(4, { do: 'retire', reason: 'Ghi trùng' })).toEqual(OK);
	expect(await own()).toMatchObject({ standing: 'retired', reason: 'Ghi trùng', doneDay: '' });
	const lines = (await readAuditLines(db, 'w1', 50)).filter(({ object }) => object === id);
	expect(lines.map(({ action }) => action.slice('plan-task-'.length)).toReversed()).toEqual([
		...['added', 'changed', 'done', 'reopened', 'retired']
	]);
});

test('the weeks of the Friday task are ticked once each, late ones too, and a tick can be taken back', async () => {
	const { db, read } = await aPlan({ daysAgo: 20 });
	const weekly = async () => (await read()).find(({ due }) => due.kind === 'weekly')!;
	const { id: taskId, weeks } = await weekly();
	const tick = (week: string, doneDay: string | null, organizationId = 'w1') =>
		tickWeek(db, by(0, organizationId), { taskId, week, doneDay });
	const states = async () => (await weekly()).weeks.map(({ standing }) => standing);
	// NOON is a Monday: the Fridays of three weeks are over, this week's is to come.
	expect(await states()).toEqual(['missed', 'missed', 'missed', 'open']);
	const [first, second, third, thisWeek] = weeks.map(({ day }) => day);
	expect(await tick(first, first)).toEqual(OK);
	expect(await tick(second, TODAY)).toEqual(OK);
	expect(await states()).toEqual(['done', 'done-late', 'missed', 'open']);
	expect((await weekly()).standing).toBe('late');
	expect(await tick(third, TODAY)).toEqual(OK);
	expect((await weekly()).standing).toBe('open');
	expect(await tick(third, null)).toEqual(OK);
	expect(await states()).toEqual(['done', 'done-late', 'missed', 'open']);
	expect(await tick(thisWeek, thisWeek)).toMatchObject({ reason: 'day-wrong' });
	expect(await tick(localDay(NOON), TODAY)).toMatchObject({ reason: 'week-unknown' });
	expect(await tick(third, first)).toMatchObject({ reason: 'day-wrong' });
	expect(await tick(third, TODAY, 'w2')).toMatchObject({ reason: 'task-unknown' });
	const other = (await read())[0].id;
	expect(await tickWeek(db, by(), { taskId: other, week: first, doneDay: first })).toMatchObject({ reason: 'not-now' });
});

test('news of a task are notes and ticks; the standing of a plan counts who is late and who said nothing', async () => {
	const { db, read } = await aPlan();
	const [first] = await read();
	const note = { id: newId(), taskId: first.id, text: 'Đã niêm yết 12 thủ tục', evidence: 'https://bac.example/1' };
	for (let sent = 0; sent < 2; sent++) expect(await writeNote(db, by(1), note)).toEqual(OK);
	const told = (await readAuditLines(db, 'w1', 50)).filter(({ object }) => object === first.id);
	expect(told.map(({ action }) => action)).toEqual(['plan-note-written']);
	expect(await writeNote(db, by(0, 'w2'), note)).toMatchObject({ reason: 'task-unknown' });
	expect((await read())[0]).toMatchObject({ withoutNews: false, notes: [{ text: note.text, withdrawn: false }] });
	// Sixty days of Fridays stand open.
	const { lateTasks, ...counts } = await planStanding(db, 'w1', NOON);
	expect(counts).toEqual({ tasks: 25, done: 0, late: 1, withoutNews: 24, retired: 0 });
	expect(counts).toEqual(countLines(await read()));
	expect(lateTasks.map(({ lead, due }) => [lead, due.kind])).toEqual([['Trung tâm phục vụ hành chính công', 'weekly']]);
	expect(await withdrawNote(db, by(), { id: note.id, taskId: first.id })).toEqual(OK);
	expect(await withdrawNote(db, by(), { id: note.id, taskId: first.id })).toMatchObject({ reason: 'note-unknown' });
	expect((await read())[0]).toMatchObject({ withoutNews: true, notes: [{ withdrawn: true }] });
});

test('whoever is of one site reads what is of that site or of the whole ward', async () => {
	const { db, read } = await aPlan();
	await writeTask(db, by(), { id: newId(), year: YEAR, text: { ...A_TASK, siteId: 's1' } });
	expect((await read()).length).toBe(26);
	expect((await read(TODAY, ['s1'])).length).toBe(26);
	expect((await read(TODAY, ['s2'])).length).toBe(25);
});
