import { and, eq, isNull } from 'drizzle-orm';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { addDays, dayOfWeek, formatDay, localDay } from '../../../../domain/shared/time.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { commit, type Db } from '../../../db/db.ts';
import { planChecks, planNotes } from '../../../db/schema/plan.ts';
import { readTask } from '../reads.ts';
import type { By } from '../writes.ts';

/** Notes what was done for a task today; the same form sent twice is one note. */
export function writeNote(
	db: Db,
	by: By,
	{ id, taskId, text, evidence }: { id: string; taskId: string; text: string; evidence: string }
): Promise<Outcome<null, 'task-unknown' | 'not-now'>> {
	return commit(db, async (tx) => {
		const { organizationId, actorId, now } = by;
		const task = await readTask(tx, organizationId, taskId);
		if (!task) return { ok: false, reason: 'task-unknown' };
		if (task.state === 'retired') return { ok: false, reason: 'not-now' };
		const row = { organizationId, id, taskId, text, evidence, day: localDay(now), createdAt: now, createdBy: actorId };
		const [fresh] = await tx.insert(planNotes).values(row).onConflictDoNothing().returning({ id: planNotes.id });
		const detail = [text, evidence].filter(Boolean).join(' · ');
		if (fresh) await writeAuditLine(tx, { ...by, action: 'plan-note-written', object: taskId, detail });
		return { ok: true, value: null };
	});
}

/** Takes a note back; it stays listed, struck out. */
export function withdrawNote(
	db: Db,
	by: By,
	{ id, taskId }: { id: string; taskId: string }
): Promise<Outcome<null, 'note-unknown'>> {
	return commit(db, async (tx) => {
		const own = and(
			...[eq(planNotes.organizationId, by.organizationId), eq(planNotes.taskId, taskId)],
			...[eq(planNotes.id, id), isNull(planNotes.withdrawnAt)]
		);
		const [note] = await tx.update(planNotes).set({ withdrawnAt: by.now }).where(own).returning();
		if (!note) return { ok: false, reason: 'note-unknown' };
		await writeAuditLine(tx, { ...by, action: 'plan-note-withdrawn', object: taskId, detail: note.text });
		return { ok: true, value: null };
	});
}

export type TickProblem = 'task-unknown' | 'not-now' | 'week-unknown' | 'day-wrong';

/** Ticks a week of a weekly task as done on a day, also when that is late; `doneDay` null takes the tick back. */
export function tickWeek(
	db: Db,
	by: By,
	{ taskId, week, doneDay }: { taskId: string; week: string; doneDay: string | null }
): Promise<Outcome<null, TickProblem>> {
	return commit(db, async (tx) => {
		const { organizationId, actorId, now } = by;
		const today = localDay(now);
		const task = await readTask(tx, organizationId, taskId);
		if (!task) return { ok: false, reason: 'task-unknown' };
		if (task.dueKind !== 'weekly' || task.state !== 'open') return { ok: false, reason: 'not-now' };
		const monday = addDays(week, 1 - task.weekday);
		if (
			dayOfWeek(week) !== task.weekday ||
			week < task.sinceDay ||
			Number(week.slice(0, 4)) !== task.year ||
			today < monday
		)
			return { ok: false, reason: 'week-unknown' };
		// Work of a week is done in it or after it, and not tomorrow.
		if (doneDay !== null && (doneDay < monday || doneDay > today)) return { ok: false, reason: 'day-wrong' };
		const tick = { doneDay: doneDay ?? '', checkedAt: now, checkedBy: actorId };
		await tx
			.insert(planChecks)
			.values({ organizationId, taskId, week, ...tick })
			.onConflictDoUpdate({ target: [planChecks.organizationId, planChecks.taskId, planChecks.week], set: tick });
		const action = doneDay === null ? 'plan-week-unticked' : 'plan-week-ticked';
		const detail = [formatDay(week), doneDay && `xong ngày ${formatDay(doneDay)}`].filter(Boolean).join(' · ');
		await writeAuditLine(tx, { ...by, action, object: taskId, detail });
		return { ok: true, value: null };
	});
}
