import { and, eq } from 'drizzle-orm';
import type { AuditAction } from '../../../domain/account/audit.ts';
import { annexOf, moveTask } from '../../../domain/casework/plan/annex/annex.ts';
import type { TaskState } from '../../../domain/casework/plan/due.ts';
import type { TaskText } from '../../../domain/casework/plan/task.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { sites } from '../../db/schema/place.ts';
import { planTasks } from '../../db/schema/plan.ts';
import { readTask, readTasks, textOf, type StoredTask } from './reads.ts';

/** Who writes, in whose plan. */
export interface By {
	organizationId: string;
	actorId: string;
	now: number;
}

/** Begins the plan of a year: from the annex, or with what the plan of the year before still asks. Only where there is none yet. */
export function startPlan(
	db: Db,
	by: By,
	{ year, from }: { year: number; from: 'annex' | 'last-year' }
): Promise<Outcome<{ tasks: number }, 'plan-begun' | 'no-plan-before'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`plan ${by.organizationId} ${year}`]);
		if ((await readTasks(tx, by.organizationId, year)).length > 0) return { ok: false, reason: 'plan-begun' };
		const texts = from === 'annex' ? annexTexts(year) : await textsOfYearBefore(tx, by.organizationId, year);
		if (texts.length === 0) return { ok: false, reason: 'no-plan-before' };
		await tx.insert(planTasks).values(texts.map((text, i) => rowOf(newId(), text, { year, position: i + 1 }, by)));
		const detail = `năm ${year}: ${texts.length} nhiệm vụ`;
		await writeAuditLine(tx, { ...by, action: 'plan-begun', object: by.organizationId, detail });
		return { ok: true, value: { tasks: texts.length } };
	});
}

const annexTexts = (year: number): TaskText[] => annexOf(year).map((task) => ({ ...task, items: [], siteId: '' }));

async function textsOfYearBefore(tx: Tx, organizationId: string, year: number): Promise<TaskText[]> {
	const tasks = await readTasks(tx, organizationId, year - 1);
	return tasks.filter(({ state }) => state !== 'retired').map((task) => moveTask(textOf(task), year - 1, year));
}

/** A task of one's own; the same form sent twice is one task. */
export function writeTask(
	db: Db,
	by: By,
	{ id, year, text }: { id: string; year: number; text: TaskText }
): Promise<Outcome<null, 'site-unknown'>> {
	return commit(db, async (tx) => {
		if (!(await isOwnSite(tx, by.organizationId, text.siteId))) return { ok: false, reason: 'site-unknown' };
		const before = await readTasks(tx, by.organizationId, year);
		const position = Math.max(0, ...before.map((task) => task.position)) + 1;
		const row = rowOf(id, text, { year, position }, by);
		const [fresh] = await tx.insert(planTasks).values(row).onConflictDoNothing().returning({ id: planTasks.id });
		if (fresh) await writeAuditLine(tx, { ...by, action: 'plan-task-added', object: id, detail: sayTask(row) });
		return { ok: true, value: null };
	});
}

export type TaskChange =
	| { do: 'change'; text: TaskText }
	| { do: 'done'; doneDay: string; evidence: string }
	| { do: 'retire'; reason: string }
	| { do: 'reopen' };
export type TaskProblem = 'task-unknown' | 'site-unknown' | 'day-wrong' | 'not-now' | 'changed-meanwhile';

const DEEDS = {
	change: 'plan-task-changed',
	done: 'plan-task-done',
	retire: 'plan-task-retired',
	reopen: 'plan-task-reopened'
} as const satisfies Record<TaskChange['do'], AuditAction>;

/** What becomes of a task; what was said of it before stays in the log, and `reopen` takes back that it is done or retired. */
export function changeTask(
	db: Db,
	by: By,
	{ id, expected, change }: { id: string; expected: number; change: TaskChange }
): Promise<Outcome<null, TaskProblem>> {
	return commit(db, async (tx) => {
		const before = await readTask(tx, by.organizationId, id);
		if (!before) return { ok: false, reason: 'task-unknown' };
		if (change.do === 'done' && change.doneDay > localDay(by.now)) return { ok: false, reason: 'day-wrong' };
		if (change.do === 'change' && !(await isOwnSite(tx, by.organizationId, change.text.siteId)))
			return { ok: false, reason: 'site-unknown' };
		const next = changed(before.state, change);
		if (!next) return { ok: false, reason: 'not-now' };
		const [moved] = await tx
			.update(planTasks)
			.set({ ...next, version: expected + 1 })
			.where(
				and(eq(planTasks.organizationId, by.organizationId), eq(planTasks.id, id), eq(planTasks.version, expected))
			)
			.returning();
		if (!moved) return { ok: false, reason: 'changed-meanwhile' };
		const detail =
			change.do === 'change'
				? `${sayTask(before)} → ${sayTask(moved)}`
				: [sayTask(moved), moved.doneDay, moved.evidence].filter(Boolean).join(' · ');
		await writeAuditLine(tx, { ...by, action: DEEDS[change.do], object: id, detail, reason: moved.reason });
		return { ok: true, value: null };
	});
}

function changed(state: TaskState, change: TaskChange): Partial<StoredTask> | null {
	if ((change.do === 'reopen') === (state === 'open')) return null;
	switch (change.do) {
		case 'change':
			return columnsOf(change.text);
		case 'done':
			return { state: 'done', doneDay: change.doneDay, evidence: change.evidence };
		case 'retire':
			return { state: 'retired', reason: change.reason };
		case 'reopen':
			return { state: 'open', doneDay: '', evidence: '', reason: '' };
	}
}

async function isOwnSite(tx: Tx, organizationId: string, siteId: string): Promise<boolean> {
	if (siteId === '') return true;
	const own = and(eq(sites.id, siteId), eq(sites.organizationId, organizationId));
	return (await tx.select({ id: sites.id }).from(sites).where(own)).length > 0;
}

/** For the log: enough to know it by. */
const sayTask = ({
	criterion,
	content,
	lead,
	dueText
}: Pick<StoredTask, 'criterion' | 'content' | 'lead' | 'dueText'>) =>
	`${criterion} · ${content.slice(0, 200)} · ${lead} · ${dueText}`;

function columnsOf({ due, reasons, items, ...text }: TaskText) {
	return {
		...text,
		...{ reasons: reasons.join(), items: items.join(), dueKind: due.kind },
		...{ dueDay: due.kind === 'date' ? due.day : '', weekday: due.kind === 'weekly' ? due.weekday : 0 }
	};
}

function rowOf(id: string, text: TaskText, place: { year: number; position: number }, by: By): StoredTask {
	return {
		...{ organizationId: by.organizationId, id, ...place, ...columnsOf(text) },
		...({ state: 'open', doneDay: '', evidence: '', reason: '', version: 1 } as const),
		...{ sinceDay: localDay(by.now), createdAt: by.now }
	};
}
