import { and, eq, isNull } from 'drizzle-orm';
import { USUAL_HOURS } from '../../../domain/place/calendar/hours.ts';
import { compareText } from '../../../domain/shared/text.ts';
import type { Db } from '../../db/db.ts';
import { sites } from '../../db/schema/place.ts';
import { terminals } from '../../db/schema/terminal.ts';
import { readCounters, readSites } from '../reads.ts';

/** Every site with its counters and the tablets that stand on them: the main site first, then by name. */
export async function readSitesWithCounters(db: Db, organizationId: string, only: readonly string[] | null) {
	const [all, counters, tablets] = await Promise.all([
		readSites(db, organizationId),
		readCounters(db, organizationId),
		readTablets(db, organizationId)
	]);
	return all
		.filter(({ id }) => only === null || only.includes(id))
		.sort((a, b) => (a.kind === b.kind ? compareText(a.name, b.name) : a.kind === 'main' ? -1 : 1))
		.map(({ id, name, kind, address, hours, archivedAt }) => ({
			id,
			name,
			kind,
			address,
			hours: hours ?? USUAL_HOURS,
			archivedAt,
			counters: counters
				.filter(({ siteId }) => siteId === id)
				.map((counter) => ({ ...counter, tablets: tablets.get(counter.id) ?? [] }))
		}));
}

/** Names of the tablets that may send, by counter. */
export async function readTablets(db: Db, organizationId: string): Promise<Map<string, string[]>> {
	const rows = await db
		.select({ counterId: terminals.counterId, name: terminals.name })
		.from(terminals)
		.where(and(eq(terminals.organizationId, organizationId), isNull(terminals.revokedAt)));
	const byCounter = Map.groupBy(rows, ({ counterId }) => counterId);
	return new Map([...byCounter].map(([id, those]) => [id, those.map(({ name }) => name).sort(compareText)]));
}

export async function readSite(db: Db, organizationId: string, id: string) {
	const [site] = await db
		.select()
		.from(sites)
		.where(and(eq(sites.id, id), eq(sites.organizationId, organizationId)));
	return site;
}
