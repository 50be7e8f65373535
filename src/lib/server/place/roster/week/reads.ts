import { eq } from 'drizzle-orm';
import type { CalendarDay } from '../../../../domain/place/calendar/calendar.ts';
import { USUAL_HOURS } from '../../../../domain/place/calendar/hours.ts';
import { counterLabel } from '../../../../domain/place/counter.ts';
import type { Duty } from '../../../../domain/place/duty.ts';
import { halfDaysOf, holderOf, isMixed, type Half } from '../../../../domain/place/grid.ts';
import { labelled, type LabelledOfficer } from '../../../../domain/place/officer-label.ts';
import { heldBetween } from '../../../../domain/place/roster.ts';
import { addDays, DAY_MS } from '../../../../domain/shared/time.ts';
import type { Week } from '../../../../domain/place/week.ts';
import type { Db } from '../../../db/db.ts';
import { officers, sites } from '../../../db/schema/place.ts';
import { readCalendar } from '../../calendar/reads.ts';
import { readCounters, readDuties } from '../../reads.ts';

export interface GridQuestion {
	organizationId: string;
	/** The organization first, then what stands above it. */
	path: readonly string[];
	/** null: every site. */
	sites: readonly string[] | null;
	week: Week;
	now: number;
	/** Lays last week over the cells in which nobody is. */
	fill: boolean;
}

/** A half-day at a counter as the grid shows it. */
export interface GridCell {
	half: Half;
	from: number;
	until: number;
	/** Behind us: settled, and shown as it was. */
	over: boolean;
	/** Who holds it (see `holderOf`), and what stands in the cell: an officer's label, or '' for nobody or several turns. */
	was: string;
	value: string;
	/** Every turn, where they are several. */
	turns: { officer: string; from: number; until: number }[];
}

/** A week's half-days, counter by counter, with the calendar above them and the officers who can be planned. */
export async function readWeekGrid(db: Db, question: GridQuestion) {
	const { organizationId, path, sites: allowed, week, now, fill } = question;
	const [calendar, counters, known, its, open] = await Promise.all([
		readCalendar(db, path, week.days[0], week.days[6]),
		readCounters(db, organizationId),
		readDuties(db, organizationId, week.from - 7 * DAY_MS, week.until),
		db.select().from(officers).where(eq(officers.organizationId, organizationId)),
		db.select().from(sites).where(eq(sites.organizationId, organizationId))
	]);
	const { all, free } = labels(its);
	const labelOf = new Map(all.map(({ id, label }) => [id, label]));
	const isFree = new Set(free.map(({ id }) => id));
	const hoursOf = new Map(open.map((site) => [site.id, site.hours ?? USUAL_HOURS]));
	const lastWeek = await readCalendar(db, path, addDays(week.days[0], -7), addDays(week.days[6], -7));
	let filled = 0;
	const shown = counters.filter(
		({ siteId, archivedAt }) => archivedAt === null && (allowed === null || allowed.includes(siteId))
	);
	const rows = shown.map((counter) => {
		const hours = hoursOf.get(counter.siteId) ?? USUAL_HOURS;
		const cells = week.days.map((day) =>
			halfDaysOf(calendar, hours, day).map(({ half, from, until }): GridCell => {
				const start = now > from && now < until ? now : from;
				const was = holderOf(known, counter.id, start, until);
				const turns = isMixed(was) ? turnsOf(known, counter.id, start, until, labelOf) : [];
				let value = isMixed(was) ? '' : (labelOf.get(was) ?? '');
				const over = until <= now;
				if (fill && was === '' && !over) {
					const before = halfDaysOf(lastWeek, hours, addDays(day, -7)).find((one) => one.half === half);
					const officer = before ? holderOf(known, counter.id, before.from, before.until) : '';
					if (isFree.has(officer)) {
						value = labelOf.get(officer)!;
						filled++;
					}
				}
				return { half, from, until, over, was, value, turns };
			})
		);
		return { id: counter.id, name: counterLabel(counter), siteId: counter.siteId, siteName: counter.siteName, cells };
	});
	const days = week.days.map((day) => ({ day, special: specialOf(calendar.get(day)) }));
	return { rows, days, officers: free, filled };
}

function turnsOf(known: Duty[], counterId: string, from: number, until: number, labelOf: Map<string, string>) {
	return heldBetween(known, counterId, from, until).map((turn) => ({
		officer: labelOf.get(turn.duty.officerId ?? '') ?? '',
		from: turn.from,
		until: turn.until
	}));
}

const specialOf = (day?: CalendarDay) => (day && day.kind !== 'ordinary' ? { kind: day.kind, name: day.name } : null);

type OfficerRow = typeof officers.$inferSelect;

/** Everybody, to say who is where; and who can be planned: neither archived nor away. Both have the same labels. */
function labels(its: OfficerRow[]): { all: LabelledOfficer[]; free: LabelledOfficer[] } {
	const all = labelled(its.toSorted((a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null)));
	const free = new Set(
		its.filter(({ state, archivedAt }) => archivedAt === null && state === 'active').map(({ id }) => id)
	);
	return { all, free: all.filter(({ id }) => free.has(id)) };
}

/** The same labels, to find out whom the typed texts of a form mean. */
export async function readOfficerLabels(db: Db, organizationId: string) {
	return labels(await db.select().from(officers).where(eq(officers.organizationId, organizationId)));
}
