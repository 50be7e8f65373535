import { and, eq, isNull } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { silenceLetter, silenceOverLetter } from '../../../domain/terminal/alarm.ts';
import { isSilent } from '../../../domain/terminal/health.ts';
import { openingOf, openSince, type Opening } from '../../../domain/terminal/opening.ts';
import { completeProfile } from '../../../domain/terminal/profile.ts';
import { newId } from '../../account/writes.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, sites } from '../../db/schema/place.ts';
import { alarms, terminals } from '../../db/schema/terminal.ts';
import { postLetter } from '../../mail/writes.ts';
import { readSiteOpenings } from '../opening/reads.ts';
import { readCaretakers } from './reads.ts';

interface Watch {
	now: number;
	/** When this server began to listen: nobody was silent because nobody heard. */
	listeningSince: number;
	/** The public address that letters lead to. */
	origin: string;
}

/**
 * Opens an alarm for every tablet that is silent at an open counter and closes it when the tablet is heard or withdrawn, each with
 * one letter to those who look after it. The database holds one open alarm a tablet, and whoever opens or closes it writes the
 * letter: two nodes, or one that is asked twice, send one.
 */
export async function watchTerminals(db: Db, watch: Watch): Promise<{ opened: number; closed: number }> {
	const rows = await readWatched(db);
	const known = await db.select().from(alarms).where(isNull(alarms.closedAt));
	const alarmOf = new Map(known.map((alarm) => [alarm.object, alarm]));
	let [opened, closed] = [0, 0];
	for (const [organizationId, own] of Map.groupBy(rows, ({ terminal }) => terminal.organizationId)) {
		const today = localDay(watch.now);
		const openingAt = await readSiteOpenings(db, organizationId, today, today);
		for (const row of own) {
			const alarm = alarmOf.get(row.terminal.id);
			if (alarm) closed += await closeIfOver(db, row, alarm, watch);
			else if (isSilentNow(row, openingAt(row.counter.siteId), watch)) opened += await open(db, row, watch);
		}
	}
	return { opened, closed };
}

async function readWatched(db: Db) {
	return db
		.select({ terminal: terminals, counter: counters, site: sites.name })
		.from(terminals)
		.innerJoin(counters, eq(counters.id, terminals.counterId))
		.innerJoin(sites, eq(sites.id, counters.siteId));
}
type Watched = Awaited<ReturnType<typeof readWatched>>[number];

function isSilentNow({ terminal }: Watched, site: Opening, watch: Watch) {
	const { revokedAt, lastSeenAt, profile } = terminal;
	if (revokedAt !== null || lastSeenAt === null) return false;
	const { now, listeningSince } = watch;
	const heardAt = Math.max(lastSeenAt, listeningSince);
	return isSilent({ lastSeenAt: heardAt, openSince: openSince(openingOf(completeProfile(profile), site), now), now });
}

async function open(db: Db, row: Watched, { now, origin }: Watch): Promise<number> {
	const { id: object, organizationId, lastSeenAt } = row.terminal;
	return commit(db, async (tx) => {
		const [fresh] = await tx
			.insert(alarms)
			.values({ id: newId(), organizationId, kind: 'terminal-silent', object, openedAt: now })
			.onConflictDoNothing()
			.returning({ id: alarms.id });
		if (!fresh) return 0;
		await post(tx, row, silenceLetter({ ...inWords(row), since: lastSeenAt ?? now }, hrefOf(row, origin)), now);
		return 1;
	});
}

async function closeIfOver(db: Db, row: Watched, alarm: typeof alarms.$inferSelect, { now, origin }: Watch) {
	const { lastSeenAt, revokedAt } = row.terminal;
	const heardAt = lastSeenAt !== null && lastSeenAt > alarm.openedAt ? lastSeenAt : null;
	if (heardAt === null && revokedAt === null) return 0;
	return commit(db, async (tx) => {
		const [closed] = await tx
			.update(alarms)
			.set({ closedAt: now })
			.where(and(eq(alarms.id, alarm.id), isNull(alarms.closedAt)))
			.returning({ id: alarms.id });
		if (!closed) return 0;
		const letter = silenceOverLetter(inWords(row), alarm.openedAt, heardAt, hrefOf(row, origin));
		await post(tx, row, letter, now);
		return 1;
	});
}

async function post(tx: Tx, { terminal, counter }: Watched, letter: { subject: string; text: string }, now: number) {
	const { organizationId } = terminal;
	for (const to of await readCaretakers(tx, organizationId, counter.siteId)) {
		await postLetter(tx, { organizationId, to, ...letter, now });
	}
}

function inWords({ terminal: { id, name }, counter, site }: Watched) {
	return { id, name, counter: counterLabel(counter), site };
}

/** With its organization, so that it leads there whoever reads it. */
const hrefOf = ({ terminal }: Watched, origin: string) =>
	`${origin}/admin/${terminal.organizationId}/terminals/${terminal.id}`;
