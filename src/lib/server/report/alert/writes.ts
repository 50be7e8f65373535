import { and, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import {
	type AlertDetail,
	type AlertKind,
	fallsOf,
	isSpellOver,
	judgeSpell,
	lastSpell,
	lastWeek
} from '../../../domain/report/alert.ts';
import { alertLetter } from '../../../domain/report/alert-letter.ts';
import { changesBetween } from '../../../domain/report/change.ts';
import { findingsOf } from '../../../domain/report/findings.ts';
import { lastQuietDay, letterTime, type QuietHours } from '../../../domain/report/quiet.ts';
import { isWorkingDay } from '../../../domain/place/calendar/calendar.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { addDays, DAY_MS, localDay } from '../../../domain/shared/time.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, organizations } from '../../db/schema/place.ts';
import { alarms, alertLooks } from '../../db/schema/terminal.ts';
import { postLetter } from '../../mail/writes.ts';
import { readCalendar } from '../../place/calendar/reads.ts';
import { readIndexTable } from '../reads.ts';
import { readAlerted, readPlaceNames, readQuietHours, readSpellSheets } from './reads.ts';

interface Look {
	now: number;
	/** The public address that letters lead to. */
	origin: string;
}

interface Change {
	opened: number;
	closed: number;
}

/**
 * Looks at the last quarter of an hour of every organization, once: whoever writes the line of a look does it, so two nodes make one
 * alert, and no two looks at a stretch differ by one sheet that came late.
 */
export async function watchSpells(db: Db, look: Look): Promise<Change> {
	const spell = lastSpell(look.now);
	const open = await db
		.select({ organizationId: alarms.organizationId })
		.from(alarms)
		.where(and(eq(alarms.kind, 'bad-spell'), isNull(alarms.closedAt)));
	const heard = await readSpellSheets(db, spell);
	const sum = { opened: 0, closed: 0 };
	for (const organizationId of new Set([...open, ...heard].map((row) => row.organizationId))) {
		const own = await commit(db, async (tx): Promise<Change> => {
			const slot = new Date(spell.from).toISOString();
			if (!(await takeLook(tx, { organizationId, kind: 'bad-spell', slot }))) return { opened: 0, closed: 0 };
			const places = judgeSpell(await readSpellSheets(tx, spell, organizationId));
			const closed = await closeAll(tx, organizationId, 'bad-spell', look.now, ({ openedAt, object }) =>
				isSpellOver(openedAt, object, places, look.now)
			);
			let opened = 0;
			for (const { place, id, bad } of places)
				if (bad) opened += await openAlert(tx, organizationId, id, { kind: 'bad-spell', place, ...spell }, look);
			return { opened, closed };
		});
		sum.opened += own.opened;
		sum.closed += own.closed;
	}
	return sum;
}

/** So many weeks before the last finished one are what it is compared with. */
const WEEKS_BEFORE = 4;

/**
 * Compares the last finished week of every ward with the four before it, once a week, by the rules of findings and from released
 * counts only. An alert of the week before that is found no more is over.
 */
export async function watchFalls(db: Db, look: Look): Promise<Change> {
	const week = lastWeek(look.now);
	const wards = await db
		.select()
		.from(organizations)
		.where(and(eq(organizations.kind, 'ward'), isNull(organizations.archivedAt)));
	const looked = await db
		.select({ id: alertLooks.organizationId })
		.from(alertLooks)
		.where(and(eq(alertLooks.kind, 'criterion-falling'), eq(alertLooks.slot, week)));
	const done = new Set(looked.map(({ id }) => id));
	const sum = { opened: 0, closed: 0 };
	for (const { id: organizationId, versionId, target } of wards.filter(({ id }) => !done.has(id))) {
		const asked = { organizationId, by: 'counter', versionId, target: target / 100 } as const;
		const now = await readIndexTable(db, { ...asked, from: week, to: addDays(week, 6) });
		const before = { from: addDays(week, -7 * WEEKS_BEFORE), to: addDays(week, -1) };
		const changes = changesBetween(now, await readIndexTable(db, { ...asked, ...before }));
		const falls = fallsOf(changes ? findingsOf(now, changes) : []);
		const own = await commit(db, async (tx): Promise<Change> => {
			if (!(await takeLook(tx, { organizationId, kind: 'criterion-falling', slot: week })))
				return { opened: 0, closed: 0 };
			const closed = await closeAll(
				tx,
				organizationId,
				'criterion-falling',
				look.now,
				({ object }) => !falls.has(object === organizationId ? null : object)
			);
			let opened = 0;
			for (const [key, fell] of falls) {
				const place = key === null ? 'organization' : 'counter';
				const detail = { kind: 'criterion-falling', place, week, falls: fell } as const;
				opened += await openAlert(tx, organizationId, key ?? organizationId, detail, look);
			}
			return { opened, closed };
		});
		sum.opened += own.opened;
		sum.closed += own.closed;
	}
	return sum;
}

/** Lines of looks are only needed while somebody might look again. */
export async function forgetLooks(db: Db, now: number) {
	const before = new Date(now - 60 * DAY_MS).toISOString();
	await commit(db, async (tx) => void (await tx.delete(alertLooks).where(lt(alertLooks.slot, before))));
}

async function takeLook(tx: Tx, line: typeof alertLooks.$inferInsert): Promise<boolean> {
	const taken = await tx.insert(alertLooks).values(line).onConflictDoNothing().returning({ slot: alertLooks.slot });
	return taken.length > 0;
}

/** One open alert a place and kind: where there is one already, it stands as it is and nobody is written to again. */
async function openAlert(tx: Tx, organizationId: string, object: string, detail: AlertDetail, { now, origin }: Look) {
	const [fresh] = await tx
		.insert(alarms)
		.values({ id: newId(), organizationId, kind: detail.kind, object, openedAt: now, detail })
		.onConflictDoNothing()
		.returning({ id: alarms.id });
	if (!fresh) return 0;
	const siteId = detail.place === 'counter' ? await siteOf(tx, object) : detail.place === 'site' ? object : null;
	const nameOf = await readPlaceNames(tx, organizationId);
	const letter = alertLetter(detail, nameOf(detail.place, object), `${origin}/leader/alerts?org=${organizationId}`);
	const dueAt = await letterTimeOf(tx, organizationId, now);
	for (const to of await readAlerted(tx, organizationId, siteId))
		await postLetter(tx, { organizationId, to, ...letter, now, dueAt });
	return 1;
}

async function siteOf(tx: Tx, counterId: string): Promise<string | null> {
	const [counter] = await tx.select().from(counters).where(eq(counters.id, counterId));
	return counter?.siteId ?? null;
}

async function letterTimeOf(tx: Tx, organizationId: string, now: number): Promise<number> {
	const quiet = await readQuietHours(tx, organizationId);
	const path = await readOrganizationPath(tx, organizationId);
	const calendar = await readCalendar(tx, path, localDay(now), lastQuietDay(now));
	return letterTime(now, quiet, (day) => isWorkingDay(calendar, day));
}

async function closeAll(
	tx: Tx,
	organizationId: string,
	kind: AlertKind,
	now: number,
	isOver: (alarm: typeof alarms.$inferSelect) => boolean
): Promise<number> {
	const own = and(eq(alarms.organizationId, organizationId), eq(alarms.kind, kind), isNull(alarms.closedAt));
	const over = (await tx.select().from(alarms).where(own)).filter(isOver).map(({ id }) => id);
	if (over.length === 0) return 0;
	const closed = await tx
		.update(alarms)
		.set({ closedAt: now })
		.where(and(own, inArray(alarms.id, over)))
		.returning({ id: alarms.id });
	return closed.length;
}

interface By {
	organizationId: string;
	changedBy: string;
	now: number;
}

/** A person has seen it: it is closed, and the next one of the place is a new one. */
export async function seeAlert(db: Db, { organizationId, changedBy, now, id }: By & { id: string }) {
	return commit(db, async (tx): Promise<Outcome<null, 'alert-gone'>> => {
		const [seen] = await tx
			.update(alarms)
			.set({ closedAt: now, closedBy: changedBy })
			.where(
				and(
					eq(alarms.organizationId, organizationId),
					eq(alarms.id, id),
					isNotNull(alarms.detail),
					isNull(alarms.closedAt)
				)
			)
			.returning({ object: alarms.object, detail: alarms.detail });
		if (!seen?.detail) return { ok: false, reason: 'alert-gone' };
		const nameOf = await readPlaceNames(tx, organizationId);
		const line = { action: 'alert-seen', object: id, detail: nameOf(seen.detail.place, seen.object) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

export async function setQuietHours(db: Db, { organizationId, changedBy, now, from, until }: By & QuietHours) {
	await commit(db, async (tx) => {
		const own = eq(organizations.id, organizationId);
		const before = await readQuietHours(tx, organizationId);
		if (before.from === from && before.until === until) return;
		await tx.update(organizations).set({ quietFrom: from, quietUntil: until }).where(own);
		const line = { action: 'quiet-hours-changed', object: organizationId, detail: `${from}–${until}` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
	});
}
