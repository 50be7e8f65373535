import { and, between, inArray } from 'drizzle-orm';
import { overlay, type Calendar, type CalendarDay } from '../../../domain/place/calendar/calendar.ts';
import { NATIONAL_DAYS } from '../../../domain/place/calendar/national.ts';
import type { Db, Tx } from '../../db/db.ts';
import { calendarDays, organizations } from '../../db/schema/place.ts';

/**
 * The special days of an organization from the first to the last day: the nation's, with those of the organizations above laid over
 * them and its own on top. `path`: the organization first, then what stands above it.
 */
export async function readCalendar(
	db: Db | Tx,
	path: readonly string[],
	fromDay: string,
	toDay: string
): Promise<Calendar> {
	const rows = path.length === 0 ? [] : await readDays(db, path, fromDay, toDay);
	const national = NATIONAL_DAYS.filter(({ day }) => fromDay <= day && day <= toDay);
	const layers = path.toReversed().map((id) => rows.filter(({ organizationId }) => organizationId === id));
	return overlay(national, ...layers);
}

async function readDays(db: Db | Tx, path: readonly string[], fromDay: string, toDay: string): Promise<CalendarDay[]> {
	const rows = await db
		.select()
		.from(calendarDays)
		.where(and(inArray(calendarDays.organizationId, [...path]), between(calendarDays.day, fromDay, toDay)));
	return rows.map(({ name, ...row }) => ({ ...row, name: { vi: name, en: name } }));
}

/** What the organizations of a path are called, for saying whose calendar a day comes from. */
export async function readOrganizationNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select()
		.from(organizations)
		.where(inArray(organizations.id, [...ids]));
	return new Map(rows.map(({ id, name }) => [id, name]));
}
