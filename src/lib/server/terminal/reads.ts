import { createHash } from 'node:crypto';
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { counterLabel } from '../../domain/place/counter.ts';
import { standing } from '../../domain/place/roster.ts';
import { addDays, localDay, startOfLocalDay } from '../../domain/shared/time.ts';
import { compareNames, compareText } from '../../domain/shared/text.ts';
import { fitsTablet } from '../../domain/survey/publishing.ts';
import { SIPAS5 } from '../../domain/survey/sipas5.ts';
import type { PairingState, TerminalConfiguration } from '../../domain/terminal/configuration.ts';
import { healthOf, type TerminalDetail } from '../../domain/terminal/health.ts';
import { openingOf, openSince, type Opening } from '../../domain/terminal/opening.ts';
import { completeProfile } from '../../domain/terminal/profile.ts';
import { reconcile } from '../../domain/terminal/reconciliation.ts';
import { find } from '../db/bulk.ts';
import type { Db } from '../db/db.ts';
import { turnOfTheLoop } from '../db/turn.ts';
import { counterFields, counters, duties, fields, officers, organizations, photos, sites } from '../db/schema/place.ts';
import { pairings, terminals, terminalSequences } from '../db/schema/terminal.ts';
import { versionToShow } from '../survey/reads.ts';
import { readSiteOpenings } from './opening/reads.ts';

export type Terminal = typeof terminals.$inferSelect;

/**
 * The tablet that calls, read anew for every request, so that a revocation counts at once on every node. Calls of one turn of the
 * loop share one look, which begins after the last of them.
 */
export async function readTerminal(db: Db, id: string): Promise<Terminal | undefined> {
	let look = looks.get(db);
	if (!look) looks.set(db, (look = startLook(db)));
	look.ids.add(id);
	return (await look.found).get(id);
}

const looks = new WeakMap<Db, { ids: Set<string>; found: Promise<Map<string, Terminal>> }>();

function startLook(db: Db) {
	const ids = new Set<string>();
	const found = turnOfTheLoop().then(async () => {
		looks.delete(db);
		const wanted = [...ids].map((id) => ({ id }));
		return new Map((await find(db, terminals, ['id'], wanted)).map((terminal) => [terminal.id, terminal]));
	});
	return { ids, found };
}

/** What became of a code; null when there never was one, or too long ago. */
export async function readPairingState(db: Db, code: string, now: number): Promise<PairingState | null> {
	const [pairing] = await db.select().from(pairings).where(eq(pairings.code, code));
	if (!pairing) return null;
	if (pairing.terminalId !== null) return { state: 'approved', terminalId: pairing.terminalId };
	return { state: pairing.expiresAt > now ? 'waiting' : 'expired' };
}

/** So many days ahead a tablet knows its roster, and works without a network. */
const ROSTER_DAYS = 14;
/** No PIN is set: a hash that nobody can match, since nobody can make PBKDF2 come out as zeros. */
const NO_PIN = {
	salt: Buffer.alloc(16).toString('base64'),
	iterations: 210_000,
	hash: Buffer.alloc(32).toString('base64')
};
const NOT_SERVED = {
	vi: 'Không phải quầy này / Tôi chưa được phục vụ',
	en: 'Not this counter / I have not been served'
};

/** Everything a tablet needs for weeks without a network. Its revision changes with the content, and with the day of the roster. */
export async function readConfiguration(db: Db, terminal: Terminal, now: number): Promise<TerminalConfiguration> {
	const content = await readContent(db, terminal, now);
	const pictures = await readPictures(db, terminal.organizationId);
	// The picture itself: a tablet that has been without a network since it was switched on shows it too.
	const officers = content.officers.map(({ photo, ...officer }) => ({
		...officer,
		photo: pictures.get(photo) ?? null
	}));
	return { revision: revisionOf(content), ...content, officers, serverTime: new Date(now).toISOString() };
}

/** The revision alone, asked for by every tablet every minute: it names the pictures by their ids and leaves them where they are. */
export async function readRevision(db: Db, terminal: Terminal, now: number) {
	return { revision: revisionOf(await readContent(db, terminal, now)), serverTime: new Date(now).toISOString() };
}

function revisionOf(content: object): string {
	return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}

async function readContent(db: Db, terminal: Terminal, now: number) {
	const { organizationId, counterId } = terminal;
	const [place] = await db
		.select({ counter: counters, site: sites, organization: organizations })
		.from(counters)
		.innerJoin(sites, eq(sites.id, counters.siteId))
		.innerJoin(organizations, eq(organizations.id, counters.organizationId))
		.where(eq(counters.id, counterId));
	const { counter, site, organization } = place;
	const served = await db
		.select({ fieldId: counterFields.fieldId })
		.from(counterFields)
		.innerJoin(fields, eq(fields.id, counterFields.fieldId))
		.where(and(eq(counterFields.counterId, counterId), isNull(fields.archivedAt)));
	const profile = completeProfile(terminal.profile);
	return {
		terminal: { id: terminal.id, name: terminal.name },
		organization: { id: organization.id, name: organization.name, demonstration: organization.demonstration },
		site: { id: site.id, name: site.name },
		counter: { id: counter.id, number: counter.number, name: counter.name },
		fieldId: served.length === 1 ? served[0].fieldId : null,
		officers: await readOfficerCards(db, organizationId),
		duties: await readDutyCards(db, counterId, now),
		questionnaire: await readQuestionnaire(db, organization),
		profile,
		opening: await readOpeningDays(db, terminal, site.id, now),
		pin: organization.staffPin ?? NO_PIN,
		notServed: NOT_SERVED
	};
}

/** What the organization uses, where a tablet can ask it; else the short form that every tablet can (decision 0026). */
async function readQuestionnaire(db: Db, { id, versionId }: { id: string; versionId: string }) {
	const version = await versionToShow(db, id, versionId);
	return version && fitsTablet(version) ? version : SIPAS5;
}

/** As many days as the roster has, so that a tablet without a network still knows when nobody comes. */
async function readOpeningDays(db: Db, { organizationId, profile }: Terminal, siteId: string, now: number) {
	const today = localDay(now);
	const days = Array.from({ length: ROSTER_DAYS + 1 }, (_, i) => addDays(today, i));
	const openingAt = await readSiteOpenings(db, organizationId, today, days.at(-1)!);
	const opening = openingOf(completeProfile(profile), openingAt(siteId));
	return Object.fromEntries(days.map((day) => [day, opening(day)]));
}

/** `photo` is the picture's id here. */
async function readOfficerCards(db: Db, organizationId: string) {
	const own = and(eq(officers.organizationId, organizationId), isNull(officers.archivedAt));
	const card = { id: officers.id, name: officers.name, photo: officers.photoId };
	const rows = await db.select(card).from(officers).where(own);
	return rows.sort((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

async function readPictures(db: Db, organizationId: string): Promise<Map<string | null, string>> {
	const rows = await db.select().from(photos).where(eq(photos.organizationId, organizationId));
	return new Map(rows.map(({ id, data }) => [id, `data:image/webp;base64,${data}`]));
}

/** Whole days, so that the revision does not change from minute to minute. */
async function readDutyCards(db: Db, counterId: string, now: number) {
	const today = localDay(now);
	const from = startOfLocalDay(today);
	const until = startOfLocalDay(addDays(today, ROSTER_DAYS + 1));
	const rows = await db
		.select()
		.from(duties)
		.where(
			and(
				eq(duties.counterId, counterId),
				lt(duties.startsAt, until),
				or(isNull(duties.endsAt), gt(duties.endsAt, from))
			)
		);
	return standing(rows, from).map(({ id, officerId, startsAt, endsAt }) => ({
		id,
		officerId,
		startsAt: new Date(startsAt).toISOString(),
		endsAt: endsAt === null ? null : new Date(endsAt).toISOString()
	}));
}

/** Every tablet of an organization, or of some of its sites; those at work by their counter, the revoked after them. */
export async function readTerminalHealth(
	db: Db,
	organizationId: string,
	now: number,
	atSites: readonly string[] | null = null
): Promise<TerminalDetail[]> {
	const today = localDay(now);
	const openingAt = await readSiteOpenings(db, organizationId, today, today);
	const rows = await db
		.select({ terminal: terminals, counter: counters, site: sites.name, sequences: terminalSequences })
		.from(terminals)
		.innerJoin(counters, eq(counters.id, terminals.counterId))
		.innerJoin(sites, eq(sites.id, counters.siteId))
		.leftJoin(terminalSequences, eq(terminalSequences.terminalId, terminals.id))
		.where(eq(terminals.organizationId, organizationId));
	return rows
		.filter(({ counter }) => atSites === null || atSites.includes(counter.siteId))
		.sort(
			(a, b) =>
				Number(a.terminal.revokedAt !== null) - Number(b.terminal.revokedAt !== null) ||
				compareText(a.counter.number, b.counter.number) ||
				compareText(a.terminal.name, b.terminal.name) ||
				b.terminal.pairedAt - a.terminal.pairedAt
		)
		.map((row) => reportOf(row, openingAt(row.counter.siteId), now));
}

interface ReportRow {
	terminal: Terminal;
	counter: typeof counters.$inferSelect;
	site: string;
	sequences: typeof terminalSequences.$inferSelect | null;
}

function reportOf({ terminal, counter, site, sequences }: ReportRow, opening: Opening, now: number): TerminalDetail {
	const { id, name, heartbeat, lastSeenAt, pairedAt, revokedAt, predecessorId, rescueUntil } = terminal;
	const profile = completeProfile(terminal.profile);
	const counted = reconcile(sequences?.ranges ?? [], heartbeat);
	const oldestQueuedAt = heartbeat?.oldestQueuedAt ? Date.parse(heartbeat.oldestQueuedAt) : null;
	const forkedAt = sequences?.forkedAt ?? null;
	const health = healthOf({
		...heartbeat,
		oldestQueuedAt,
		lastSeenAt,
		now,
		openSince: openSince(openingOf(profile, opening), now),
		revoked: revokedAt !== null,
		forked: forkedAt !== null,
		missing: counted.missing ?? 0
	});
	return {
		...{ id, name, profile, lastSeenAt, pairedAt, revokedAt, predecessorId, rescueUntil, forkedAt },
		counter: counterLabel(counter),
		counterId: counter.id,
		site,
		siteId: counter.siteId,
		health,
		...counted,
		queued: heartbeat?.queued ?? null,
		// Only its day: the instant of a single sheet on a known tablet is for nobody to see.
		oldestQueuedAt: oldestQueuedAt && startOfLocalDay(localDay(oldestQueuedAt)),
		battery: heartbeat?.battery ?? null,
		charging: heartbeat?.charging ?? null,
		appVersion: heartbeat?.appVersion ?? null,
		clockOffset: heartbeat?.clockOffset ?? null,
		storage: heartbeat && {
			used: heartbeat.storageUsed,
			quota: heartbeat.storageQuota,
			persisted: heartbeat.storagePersisted
		},
		refused: heartbeat?.refused ?? null,
		quarantined: sequences?.quarantined ?? 0
	};
}
