import { eq } from 'drizzle-orm';
import { conflicts, type Duty } from '../../../../domain/place/duty.ts';
import { halfDaysOf, holderOf, type CellWish, type HalfDay } from '../../../../domain/place/grid.ts';
import { USUAL_HOURS } from '../../../../domain/place/calendar/hours.ts';
import type { Calendar } from '../../../../domain/place/calendar/calendar.ts';
import { counterLabel } from '../../../../domain/place/counter.ts';
import { applied, replan } from '../../../../domain/place/replan.ts';
import { standing } from '../../../../domain/place/roster.ts';
import { formatDay } from '../../../../domain/shared/time.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { newId } from '../../../account/writes.ts';
import { lock } from '../../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../../db/db.ts';
import { counters, officers, sites } from '../../../db/schema/place.ts';
import { readCalendar } from '../../calendar/reads.ts';
import { dutiesAfter, writeReplanning } from '../writes.ts';

export interface PlannedWeek {
	organizationId: string;
	/** The organization first, then what stands above it: whose calendars hold. */
	path: readonly string[];
	/** null: counters of every site. */
	sites: readonly string[] | null;
	wishes: readonly CellWish[];
	plannedBy: string;
	now: number;
}

/** Why one cell of the grid is not taken. */
export type CellRefusal = Pick<CellWish, 'counterId' | 'day' | 'half'> &
	(
		| { reason: 'counter-unknown' | 'officer-unknown' | 'officer-away' | 'closed' | 'over' | 'changed-meanwhile' }
		| { reason: 'officer-elsewhere'; officerId: string; other: Duty; from: number; until: number | null }
	);

/**
 * All the changed cells of a week's grid, or none: an officer at two counters, a cell that somebody else changed meanwhile or that
 * lies behind us refuses the whole. What is already as wished is left alone, so that the same save twice is one set of duties.
 */
export async function planWeek(
	db: Db,
	plan: PlannedWeek
): Promise<{ ok: true; value: { changed: number } } | { ok: false; refusals: CellRefusal[] }> {
	const { organizationId, wishes, now } = plan;
	if (wishes.length === 0) return { ok: true, value: { changed: 0 } };
	return commit(db, async (tx) => {
		await lock(tx, [`roster ${organizationId}`]);
		const places = await readPlanned(tx, plan);
		const from = Math.max(now, Math.min(...wishes.map((wish) => halfDayOf(wish, places)?.from ?? Infinity)));
		const known = await dutiesAfter(tx, organizationId, Number.isFinite(from) ? from : now);
		const refusals: CellRefusal[] = [];
		let after = known;
		const changed: CellWish[] = [];
		const cellOfDuty = new Map<string, CellWish>();
		for (const wish of wishes) {
			const checked = check(wish, places, known, now);
			if (!checked.ok) {
				refusals.push({ ...cell(wish), reason: checked.reason });
				continue;
			}
			const { from, until } = checked;
			const change = replan(after, { counterId: wish.counterId, officerId: wish.officerId, from, until }, newId);
			if (change.ended.length + change.added.length === 0) continue;
			changed.push(wish);
			after = applied(after, change);
			for (const { id, startsAt } of change.added) if (startsAt < until) cellOfDuty.set(id, wish);
		}
		refusals.push(...doubled(standing(after, from), cellOfDuty));
		if (refusals.length > 0) return { ok: false, refusals };
		await writeReplanning(tx, organizationId, difference(known, after), 'roster');
		await writeLines(tx, plan, places, changed);
		return { ok: true, value: { changed: changed.length } };
	});
}

type Places = Awaited<ReturnType<typeof readPlanned>>;

async function readPlanned(tx: Tx, { organizationId, path, sites: allowed, wishes }: PlannedWeek) {
	const days = wishes.map(({ day }) => day).sort();
	const calendar: Calendar = await readCalendar(tx, path, days[0], days[days.length - 1]);
	const itsSites = await tx.select().from(sites).where(eq(sites.organizationId, organizationId));
	const itsCounters = await tx.select().from(counters).where(eq(counters.organizationId, organizationId));
	const itsOfficers = await tx.select().from(officers).where(eq(officers.organizationId, organizationId));
	const open = itsCounters.filter(
		({ siteId, archivedAt }) => archivedAt === null && (allowed === null || allowed.includes(siteId))
	);
	const hours = new Map(itsSites.map((site) => [site.id, site.hours ?? USUAL_HOURS]));
	return {
		calendar,
		hours,
		counters: new Map(open.map((counter) => [counter.id, counter])),
		officers: new Map(itsOfficers.filter(({ archivedAt }) => archivedAt === null).map((one) => [one.id, one]))
	};
}

function halfDayOf({ counterId, day, half }: CellWish, { calendar, hours, counters }: Places): HalfDay | undefined {
	const week = hours.get(counters.get(counterId)?.siteId ?? '');
	return week && halfDaysOf(calendar, week, day).find((one) => one.half === half);
}

type Checked =
	| { ok: true; from: number; until: number }
	| { ok: false; reason: Exclude<CellRefusal['reason'], 'officer-elsewhere'> };

function check(wish: CellWish, places: Places, known: readonly Duty[], now: number): Checked {
	const { counterId, officerId, was } = wish;
	if (!places.counters.has(counterId)) return { ok: false, reason: 'counter-unknown' };
	const halfDay = halfDayOf(wish, places);
	if (!halfDay) return { ok: false, reason: 'closed' };
	const { until } = halfDay;
	// Who sat there until now is settled; from now on it can be somebody else.
	const from = Math.max(halfDay.from, now);
	if (from >= until) return { ok: false, reason: 'over' };
	const holder = holderOf(known, counterId, from, until);
	if (holder !== was && holder !== (officerId ?? '')) return { ok: false, reason: 'changed-meanwhile' };
	if (officerId === null) return { ok: true, from, until };
	const officer = places.officers.get(officerId);
	if (!officer) return { ok: false, reason: 'officer-unknown' };
	return officer.state === 'away' ? { ok: false, reason: 'officer-away' } : { ok: true, from, until };
}

/** Only what the new duties cause: a roster that was doubled before must not keep anybody from mending it. */
function doubled(after: readonly Duty[], cellOfDuty: ReadonlyMap<string, CellWish>): CellRefusal[] {
	return conflicts(after).flatMap(({ officerId, duties, from, until }) => {
		const index = duties.findIndex(({ id }) => cellOfDuty.has(id));
		if (index < 0) return [];
		const wish = cellOfDuty.get(duties[index].id)!;
		return { ...cell(wish), reason: 'officer-elsewhere' as const, officerId, other: duties[1 - index], from, until };
	});
}

/** What has to be written to come from one roster to the other; what was added and taken back on the way is nothing. */
function difference(before: readonly Duty[], after: readonly Duty[]) {
	const endOf = new Map(before.map(({ id, endsAt }) => [id, endsAt]));
	const known = after.filter(({ id }) => endOf.has(id));
	return {
		ended: known.flatMap(({ id, endsAt }) => (endsAt === null || endsAt === endOf.get(id) ? [] : { id, endsAt })),
		added: after.filter(({ id, startsAt, endsAt }) => !endOf.has(id) && startsAt !== endsAt)
	};
}

/** One line a counter: who was planned for which half-days. */
async function writeLines(tx: Tx, plan: PlannedWeek, places: Places, changed: readonly CellWish[]) {
	const { organizationId, plannedBy, now } = plan;
	for (const [counterId, its] of Map.groupBy(changed, (wish) => wish.counterId)) {
		const cells = its.map(({ day, half, officerId }) => {
			const who = officerId === null ? '–' : places.officers.get(officerId)!.name;
			return `${half === 'morning' ? 'sáng' : 'chiều'} ${formatDay(day)} ${who}`;
		});
		const detail = `${counterLabel(places.counters.get(counterId)!)}: ${cells.join('; ')}`;
		const line = { actorId: plannedBy, action: 'week-planned', object: counterId, detail } as const;
		await writeAuditLine(tx, { organizationId, ...line, now });
	}
}

const cell = ({ counterId, day, half }: CellWish) => ({ counterId, day, half });
