import { eq } from 'drizzle-orm';
import { sessionsOf } from '../../../domain/place/calendar/calendar.ts';
import { USUAL_HOURS } from '../../../domain/place/calendar/hours.ts';
import type { Opening } from '../../../domain/terminal/opening.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import type { Db } from '../../db/db.ts';
import { sites } from '../../db/schema/place.ts';
import { readCalendar } from '../../place/calendar/reads.ts';

/** When each site of an organization is open from the first to the last day: its own hours under the calendar. */
export async function readSiteOpenings(
	db: Db,
	organizationId: string,
	fromDay: string,
	toDay: string
): Promise<(siteId: string) => Opening> {
	const path = await readOrganizationPath(db, organizationId);
	const calendar = await readCalendar(db, path, fromDay, toDay);
	const own = await db
		.select({ id: sites.id, hours: sites.hours })
		.from(sites)
		.where(eq(sites.organizationId, organizationId));
	const hoursOf = new Map(own.map(({ id, hours }) => [id, hours]));
	return (siteId) => (day) => sessionsOf(calendar, hoursOf.get(siteId) ?? USUAL_HOURS, day);
}
