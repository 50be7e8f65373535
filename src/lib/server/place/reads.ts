import { and, eq, gt, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import { standing } from '../../domain/place/roster.ts';
import { compareText } from '../../domain/shared/text.ts';
import type { Db } from '../db/db.ts';
import { counterFields, counters, duties, fields, officers, organizations, sites } from '../db/schema/place.ts';

/** What the intake must know of an organization to attribute a sheet. */
export interface Places {
	siteOfCounter: Map<string, string>;
	fieldsOfCounter: Map<string, string[]>;
	fields: Set<string>;
}

const KEPT_MS = 5_000;
const kept = new WeakMap<Db, Map<string, { places: Promise<Places>; until: number }>>();

/** Places change a few times a year and are asked for with every sheet: kept for five seconds on each node. */
export function readPlaces(db: Db, organizationId: string, now: number): Promise<Places> {
	let all = kept.get(db);
	if (!all) kept.set(db, (all = new Map()));
	const known = all.get(organizationId);
	if (known && known.until > now) return known.places;
	const places = loadPlaces(db, organizationId);
	all.set(organizationId, { places, until: now + KEPT_MS });
	places.catch(() => all.delete(organizationId));
	return places;
}

async function loadPlaces(db: Db, organizationId: string): Promise<Places> {
	const itsCounters = await db.select().from(counters).where(eq(counters.organizationId, organizationId));
	const itsFields = await db.select().from(fields).where(eq(fields.organizationId, organizationId));
	const ids = itsCounters.map(({ id }) => id);
	const links = ids.length ? await db.select().from(counterFields).where(inArray(counterFields.counterId, ids)) : [];
	const fieldsOfCounter = new Map<string, string[]>(ids.map((id) => [id, []]));
	for (const { counterId, fieldId } of links) fieldsOfCounter.get(counterId)!.push(fieldId);
	return {
		siteOfCounter: new Map(itsCounters.map(({ id, siteId }) => [id, siteId])),
		fieldsOfCounter,
		fields: new Set(itsFields.map(({ id }) => id))
	};
}

/** All of them, provinces first, by name. */
export async function readOrganizations(db: Db) {
	return db.select().from(organizations).orderBy(organizations.kind, organizations.name);
}

/** The wards somewhere below an organization, by name; archived ones are left out. */
export async function readWardsBelow(db: Db, organizationId: string): Promise<{ id: string; name: string }[]> {
	const all = await db.select().from(organizations);
	const parentOf = new Map(all.map(({ id, parentId }) => [id, parentId]));
	const liesBelow = (id: string) => {
		for (let above = parentOf.get(id), steps = 0; above && steps < parentOf.size; above = parentOf.get(above), steps++)
			if (above === organizationId) return true;
		return false;
	};
	return all
		.filter(({ id, kind, archivedAt }) => kind === 'ward' && archivedAt === null && liesBelow(id))
		.map(({ id, name }) => ({ id, name }))
		.sort((a, b) => compareText(a.name, b.name));
}

export async function readAnyOrganization(db: Db) {
	const [organization] = await db.select().from(organizations).limit(1);
	return organization;
}

/** Counters with their site and the fields they serve, without archived ones, by number. An archived counter is still named. */
export async function readCounters(db: Db, organizationId: string) {
	const rows = await db
		.select({
			id: counters.id,
			number: counters.number,
			name: counters.name,
			siteId: counters.siteId,
			siteName: sites.name,
			archivedAt: counters.archivedAt
		})
		.from(counters)
		.innerJoin(sites, eq(sites.id, counters.siteId))
		.where(eq(counters.organizationId, organizationId));
	const served = await db
		.select({ counterId: counterFields.counterId, id: fields.id, code: fields.code, name: fields.name })
		.from(counterFields)
		.innerJoin(fields, eq(fields.id, counterFields.fieldId))
		.where(and(eq(fields.organizationId, organizationId), isNull(fields.archivedAt)));
	return rows
		.map((counter) => ({
			...counter,
			fields: served.filter(({ counterId }) => counterId === counter.id).sort((a, b) => a.code.localeCompare(b.code))
		}))
		.sort((a, b) => a.number.localeCompare(b.number, 'vi', { numeric: true }));
}

export async function readOfficers(db: Db, organizationId: string) {
	return db.select().from(officers).where(eq(officers.organizationId, organizationId));
}

export async function readFields(db: Db, organizationId: string) {
	return db.select().from(fields).where(eq(fields.organizationId, organizationId));
}

export async function readSites(db: Db, organizationId: string) {
	return db.select().from(sites).where(eq(sites.organizationId, organizationId));
}

/** The duties that touch an interval (milliseconds, half-open), without those that were called off before they began. */
export async function readDuties(db: Db, organizationId: string, from: number, until: number) {
	const rows = await db
		.select()
		.from(duties)
		.where(
			and(
				eq(duties.organizationId, organizationId),
				lt(duties.startsAt, until),
				or(isNull(duties.endsAt), and(gt(duties.endsAt, from), ne(duties.endsAt, duties.startsAt)))
			)
		);
	return standing(rows, from);
}
