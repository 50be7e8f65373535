import { and, desc, eq, gte, inArray, isNull, lt, or } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { ALERT_KINDS, type AlertDetail, type Spell, type SpellSheet } from '../../../domain/report/alert.ts';
import type { QuietHours } from '../../../domain/report/quiet.ts';
import { DAY_MS } from '../../../domain/shared/time.ts';
import { isCounted, parseFlags } from '../../../domain/submission/flag.ts';
import type { Db, Tx } from '../../db/db.ts';
import { roleGrants, users } from '../../db/schema/account.ts';
import { counters, organizations, sites } from '../../db/schema/place.ts';
import { ledger, sheets } from '../../db/schema/submission.ts';
import { alarms } from '../../db/schema/terminal.ts';

/** An alert about answers, with what its place is called; it names no officer. */
export interface ShownAlert {
	id: string;
	detail: AlertDetail;
	place: string;
	openedAt: number;
	closedAt: number | null;
	/** Who has seen it; null where it closed by itself or is open. */
	seenBy: string | null;
}

/** How long a closed alert is still listed. */
const LISTED_MS = 28 * DAY_MS;
const MOST = 100;

/** Open alerts of an organization, or with `now` also those that were closed in the last four weeks; the newest first. */
export async function readAlerts(db: Db, organizationId: string, now: number | null = null): Promise<ShownAlert[]> {
	const rows = await db
		.select({ alarm: alarms, seenBy: users.name })
		.from(alarms)
		.leftJoin(users, eq(users.id, alarms.closedBy))
		.where(
			and(
				eq(alarms.organizationId, organizationId),
				inArray(alarms.kind, [...ALERT_KINDS]),
				now === null ? isNull(alarms.closedAt) : or(isNull(alarms.closedAt), gte(alarms.openedAt, now - LISTED_MS))
			)
		)
		.orderBy(desc(alarms.openedAt))
		.limit(MOST);
	const nameOf = rows.length > 0 ? await readPlaceNames(db, organizationId) : () => '';
	return rows.flatMap(({ alarm: { id, object, detail, openedAt, closedAt }, seenBy }) =>
		detail ? { id, detail, place: nameOf(detail.place, object), openedAt, closedAt, seenBy } : []
	);
}

/** What places are called in alerts, archived ones too. */
export async function readPlaceNames(
	db: Db | Tx,
	organizationId: string
): Promise<(place: AlertDetail['place'], id: string) => string> {
	const ofCounters = await db.select().from(counters).where(eq(counters.organizationId, organizationId));
	const ofSites = await db.select().from(sites).where(eq(sites.organizationId, organizationId));
	const [own] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
	const siteNames = new Map(ofSites.map(({ id, name }) => [id, name]));
	const counterNames = new Map(
		ofCounters.map((counter) => [counter.id, `${counterLabel(counter)} (${siteNames.get(counter.siteId) ?? ''})`])
	);
	return (place, id) => {
		if (place === 'organization') return own?.name ?? '';
		return (place === 'counter' ? counterNames : siteNames).get(id) ?? id;
	};
}

/** The counted sheets that tablets took in a spell. Exact times are looked at here and kept nowhere. */
export async function readSpellSheets(
	tx: Db | Tx,
	{ from, until }: Spell,
	organizationId?: string
): Promise<(SpellSheet & { organizationId: string })[]> {
	const rows = await tx
		.select({
			organizationId: sheets.organizationId,
			siteId: sheets.siteId,
			counterId: sheets.counterId,
			officerId: sheets.officerId,
			answers: sheets.answers,
			flags: sheets.flags
		})
		.from(ledger)
		.innerJoin(sheets, and(eq(sheets.organizationId, ledger.organizationId), eq(sheets.id, ledger.sheetId)))
		.where(
			and(
				organizationId === undefined ? undefined : eq(ledger.organizationId, organizationId),
				gte(ledger.answeredAt, from),
				lt(ledger.answeredAt, until)
			)
		);
	return rows.filter(({ flags }) => isCounted(parseFlags(flags)));
}

/** Addresses of those who are told: the leaders of an organization, and the supervisors of a site where it is about one. */
export async function readAlerted(tx: Tx, organizationId: string, siteId: string | null): Promise<string[]> {
	const rows = await tx
		.select({ email: users.email, role: roleGrants.role, siteId: roleGrants.siteId })
		.from(roleGrants)
		.innerJoin(users, eq(users.id, roleGrants.userId))
		.where(
			and(
				eq(roleGrants.organizationId, organizationId),
				inArray(roleGrants.role, ['leader', 'supervisor']),
				isNull(users.disabledAt)
			)
		);
	const told = rows.filter((row) => row.role === 'leader' || (siteId !== null && ['', siteId].includes(row.siteId)));
	return [...new Set(told.flatMap(({ email }) => email?.trim() || []))].sort();
}

export async function readQuietHours(db: Db | Tx, organizationId: string): Promise<QuietHours> {
	const [{ from, until }] = await db
		.select({ from: organizations.quietFrom, until: organizations.quietUntil })
		.from(organizations)
		.where(eq(organizations.id, organizationId));
	return { from, until };
}
