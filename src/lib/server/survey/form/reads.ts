import { and, eq } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { ticketProblem, type StoredTicket } from '../../../domain/submission/direct.ts';
import type { SurveyPlace } from '../../../domain/survey/view.ts';
import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { counters, fields, officers, organizations, sites } from '../../db/schema/place.ts';
import { tickets } from '../../db/schema/survey.ts';
import type { TicketLook } from '../tickets/reads.ts';

/** What a poster or ticket is about; '' where it names none. */
type Aim = Pick<StoredTicket, 'organizationId' | 'siteId' | 'counterId' | 'fieldId' | 'officerId'>;

/** The names of it, as whoever answers reads them; undefined where the organization is gone. */
export async function readSurveyPlace(db: Db, aim: Aim): Promise<SurveyPlace | undefined> {
	const [row] = await db
		.select({
			organization: organizations.name,
			site: sites.name,
			counter: { number: counters.number, name: counters.name },
			field: { vi: fields.name, en: fields.nameEn },
			officer: officers.name
		})
		.from(organizations)
		.leftJoin(sites, and(eq(sites.id, aim.siteId), eq(sites.organizationId, organizations.id)))
		.leftJoin(counters, and(eq(counters.id, aim.counterId), eq(counters.organizationId, organizations.id)))
		.leftJoin(fields, and(eq(fields.id, aim.fieldId), eq(fields.organizationId, organizations.id)))
		.leftJoin(officers, and(eq(officers.id, aim.officerId), eq(officers.organizationId, organizations.id)))
		.where(eq(organizations.id, aim.organizationId));
	return row && { ...row, counter: row.counter && counterLabel(row.counter) };
}

/** The ticket that a form was opened with: by now it may be used. */
export async function readTicketOfForm(db: Db, hash: string, now: number): Promise<TicketLook> {
	const [ticket] = await find(db, tickets, ['hash'], [{ hash }]);
	const problem = ticketProblem(ticket, localDay(now));
	return problem ? { ticket: null, problem } : { ticket: ticket!, problem: null };
}

export async function readOrganizationName(db: Db, id: string): Promise<string | undefined> {
	const own = eq(organizations.id, id);
	const [row] = await db.select({ name: organizations.name }).from(organizations).where(own);
	return row?.name;
}
