import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import type { SilentTerminal } from '../../../domain/terminal/alarm.ts';
import type { Db, Tx } from '../../db/db.ts';
import { roleGrants, users } from '../../db/schema/account.ts';
import { counters, sites } from '../../db/schema/place.ts';
import { alarms, terminals } from '../../db/schema/terminal.ts';

/** The tablets that somebody should look at now, the longest silent first; `atSites` null: of the whole organization. */
export async function readSilentTerminals(
	db: Db,
	organizationId: string,
	atSites: readonly string[] | null
): Promise<SilentTerminal[]> {
	const rows = await db
		.select({ alarm: alarms, terminal: terminals, counter: counters, site: sites.name })
		.from(alarms)
		.innerJoin(terminals, eq(terminals.id, alarms.object))
		.innerJoin(counters, eq(counters.id, terminals.counterId))
		.innerJoin(sites, eq(sites.id, counters.siteId))
		.where(and(eq(alarms.organizationId, organizationId), eq(alarms.kind, 'terminal-silent'), isNull(alarms.closedAt)));
	return rows
		.filter(({ counter }) => atSites === null || atSites.includes(counter.siteId))
		.map(({ alarm, terminal, counter, site }) => ({
			id: terminal.id,
			name: terminal.name,
			counter: counterLabel(counter),
			site,
			since: terminal.lastSeenAt ?? alarm.openedAt
		}))
		.sort((a, b) => a.since - b.since);
}

/** Addresses of those who look after the tablets of a site: its organization's administrators, and its supervisors. */
export async function readCaretakers(tx: Tx, organizationId: string, siteId: string): Promise<string[]> {
	const rows = await tx
		.select({ email: users.email, role: roleGrants.role, siteId: roleGrants.siteId })
		.from(roleGrants)
		.innerJoin(users, eq(users.id, roleGrants.userId))
		.where(
			and(
				eq(roleGrants.organizationId, organizationId),
				inArray(roleGrants.role, ['administrator', 'supervisor']),
				or(eq(roleGrants.siteId, ''), eq(roleGrants.siteId, siteId)),
				isNull(users.disabledAt)
			)
		);
	return [...new Set(rows.flatMap(({ email }) => email?.trim() || []))].sort();
}
