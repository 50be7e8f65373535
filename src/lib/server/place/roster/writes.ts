import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { isWorkingDay, type Calendar } from '../../../domain/place/calendar/calendar.ts';
import { counterLabel } from '../../../domain/place/counter.ts';
import { conflicts, type Duty } from '../../../domain/place/duty.ts';
import type { Replanning } from '../../../domain/place/replan.ts';
import { standing } from '../../../domain/place/roster.ts';
import { addDays, daysBetween, formatInstant, startOfLocalDay } from '../../../domain/shared/time.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { insertNew, lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, duties, officers } from '../../db/schema/place.ts';
import { readCalendar } from '../calendar/reads.ts';

/** So many days at most are planned in one go. */
export const LONGEST_PLAN_DAYS = 31;

export interface PlannedDuty {
	organizationId: string;
	counterId: string;
	officerId: string;
	/** Local days, both included; more than one means each working day between them. */
	firstDay: string;
	lastDay: string;
	/** Milliseconds since local midnight; null: until something changes, for a single day only. */
	startsAfter: number;
	endsAfter: number | null;
	plannedBy: string;
	now: number;
}

/** Why a duty is not taken; `other` is the duty that stands in the way. */
export type DutyRefusal =
	| {
			reason:
				| 'counter-unknown'
				| 'officer-unknown'
				| 'officer-away'
				| 'interval-empty'
				| 'interval-too-long'
				| 'no-working-day';
	  }
	| {
			reason: 'officer-elsewhere' | 'counter-taken';
			other: Pick<Duty, 'counterId' | 'officerId' | 'startsAt' | 'endsAt'>;
	  };

/** Puts an officer on duty, on each of the days or on none. Refuses an officer at two counters at once. */
export async function putOnDuty(
	db: Db,
	plan: PlannedDuty
): Promise<{ ok: true; value: { days: number } } | ({ ok: false } & DutyRefusal)> {
	const { organizationId, counterId, officerId, plannedBy, now } = plan;
	const path = await readOrganizationPath(db, organizationId);
	const wanted = intervalsOf(plan, await readCalendar(db, path, plan.firstDay, plan.lastDay));
	if ('reason' in wanted) return { ok: false, ...wanted };
	return commit(db, async (tx) => {
		await lock(tx, [`roster ${organizationId}`]);
		const counter = await ownCounter(tx, organizationId, counterId);
		if (!counter) return { ok: false, reason: 'counter-unknown' };
		const officer = await ownOfficer(tx, organizationId, officerId);
		if (!officer) return { ok: false, reason: 'officer-unknown' };
		if (officer.state === 'away') return { ok: false, reason: 'officer-away' };
		const planned = wanted.map((interval) => ({ id: newId(), counterId, officerId, ...interval }));
		const from = planned[0].startsAt;
		const known = standing(await dutiesAfter(tx, organizationId, from), from);
		const refusal = obstacleTo(planned, known);
		if (refusal) return { ok: false, ...refusal };
		await tx.insert(duties).values(planned.map((duty) => ({ ...duty, organizationId, source: 'roster' as const })));
		for (const { id, startsAt, endsAt } of planned) {
			const until = endsAt === null ? '' : formatInstant(endsAt);
			const detail = `${officer.name} → ${counterLabel(counter)}, ${formatInstant(startsAt)} – ${until}`;
			await writeAuditLine(tx, { organizationId, actorId: plannedBy, action: 'duty-added', object: id, detail, now });
		}
		return { ok: true, value: { days: planned.length } };
	});
}

type Interval = { startsAt: number; endsAt: number | null };

function intervalsOf(
	plan: PlannedDuty,
	calendar: Calendar
): Interval[] | { reason: 'interval-empty' | 'interval-too-long' | 'no-working-day' } {
	const { firstDay, lastDay, startsAfter, endsAfter } = plan;
	const days = daysBetween(firstDay, lastDay) + 1;
	if (days < 1 || (endsAfter !== null && endsAfter <= startsAfter)) return { reason: 'interval-empty' };
	if (endsAfter === null && days > 1) return { reason: 'interval-empty' };
	if (days > LONGEST_PLAN_DAYS) return { reason: 'interval-too-long' };
	const all = Array.from({ length: days }, (_, i) => addDays(firstDay, i));
	const chosen = days === 1 ? all : all.filter((day) => isWorkingDay(calendar, day));
	if (chosen.length === 0) return { reason: 'no-working-day' };
	return chosen.map((day) => {
		const midnight = startOfLocalDay(day);
		return { startsAt: midnight + startsAfter, endsAt: endsAfter === null ? null : midnight + endsAfter };
	});
}

/** Only what the new duties cause: a roster that was doubled before must not keep anybody from mending it. */
function obstacleTo(planned: Duty[], known: Duty[]): DutyRefusal | null {
	const isNew = new Set(planned.map(({ id }) => id));
	const taken = known.find(
		({ counterId, startsAt, endsAt }) =>
			endsAt !== startsAt && planned.some((duty) => duty.counterId === counterId && duty.startsAt === startsAt)
	);
	if (taken) return { reason: 'counter-taken', other: taken };
	for (const { duties: both } of conflicts([...known, ...planned])) {
		const other = both.find(({ id }) => !isNew.has(id));
		if (other && both.some(({ id }) => isNew.has(id))) return { reason: 'officer-elsewhere', other };
	}
	return null;
}

/** With all layers beneath, of the whole organization; `standing` makes it few. */
export async function dutiesAfter(tx: Tx, organizationId: string, from: number): Promise<Duty[]> {
	return tx
		.select()
		.from(duties)
		.where(and(eq(duties.organizationId, organizationId), or(isNull(duties.endsAt), gt(duties.endsAt, from))));
}

async function ownCounter(tx: Tx, organizationId: string, id: string) {
	const own = and(eq(counters.id, id), eq(counters.organizationId, organizationId), isNull(counters.archivedAt));
	const [counter] = await tx.select().from(counters).where(own);
	return counter;
}

async function ownOfficer(tx: Tx, organizationId: string, id: string) {
	const own = and(eq(officers.id, id), eq(officers.organizationId, organizationId), isNull(officers.archivedAt));
	const [officer] = await tx.select().from(officers).where(own);
	return officer;
}

/** Ends a duty now; one that has not begun never takes place. Sheets that name it keep naming it. */
export async function endDuty(
	db: Db,
	{ organizationId, dutyId, endedBy, now }: { organizationId: string; dutyId: string; endedBy: string; now: number }
): Promise<Outcome<{ endsAt: number }, 'duty-unknown' | 'duty-over'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`roster ${organizationId}`]);
		const own = and(eq(duties.id, dutyId), eq(duties.organizationId, organizationId));
		const [duty] = await tx.select().from(duties).where(own);
		if (!duty) return { ok: false, reason: 'duty-unknown' };
		const endsAt = Math.max(now, duty.startsAt);
		if (duty.endsAt !== null && duty.endsAt <= endsAt) return { ok: false, reason: 'duty-over' };
		await tx.update(duties).set({ endsAt }).where(own);
		const [officer] = duty.officerId ? await tx.select().from(officers).where(eq(officers.id, duty.officerId)) : [];
		const detail = `${officer?.name ?? '–'}, ${formatInstant(endsAt)}`;
		const line = { action: 'duty-ended', object: dutyId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: endedBy, ...line, now });
		return { ok: true, value: { endsAt } };
	});
}

/** One step of a use-case: what `replan` found has to be written. */
export async function writeReplanning(
	tx: Tx,
	organizationId: string,
	{ ended, added }: Replanning,
	source: 'roster' | 'correction'
) {
	for (const { id, endsAt } of ended) {
		await tx
			.update(duties)
			.set({ endsAt })
			.where(and(eq(duties.id, id), eq(duties.organizationId, organizationId)));
	}
	const rows = added.map(({ id, counterId, officerId, startsAt, endsAt }) => ({
		...{ id, organizationId, counterId, officerId, startsAt, endsAt, source }
	}));
	await insertNew(tx, duties, rows);
}
