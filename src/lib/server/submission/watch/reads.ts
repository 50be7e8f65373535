import { and, eq, gt } from 'drizzle-orm';
import { heldBetween } from '../../../domain/place/roster.ts';
import { DAY_MS, localDay } from '../../../domain/shared/time.ts';
import type { StoredSheet } from '../../../domain/submission/intake.ts';
import { watch, type Watched, type WatchedSheet } from '../../../domain/submission/watch.ts';
import { trustedInstant } from '../../../domain/terminal/clock.ts';
import { openingOf, type Opening } from '../../../domain/terminal/opening.ts';
import { completeProfile } from '../../../domain/terminal/profile.ts';
import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { roleGrants, sessions } from '../../db/schema/account.ts';
import { ledger, sheets } from '../../db/schema/submission.ts';
import { terminals } from '../../db/schema/terminal.ts';
import { readDuties } from '../../place/reads.ts';
import { readSiteOpenings } from '../../terminal/opening/reads.ts';

/** As long as the ledger knows which tablet brought what and when. */
const LOOKED_AT_MS = 7 * DAY_MS;
/** A roster that is entered within two days is in time. */
const ROSTER_SETTLED_MS = 2 * DAY_MS;
/** Who keeps a roster has had a duty at the counter within a week. */
const ROSTER_AROUND_MS = 7 * DAY_MS;

/** A sheet with what the night doubts about it. */
export interface Doubted {
	organizationId: string;
	id: string;
	doubts: readonly Watched[];
}

/** Whose tablets have brought anything lately. */
export async function readWatchedOrganizations(db: Db, now: number): Promise<string[]> {
	const rows = await db
		.selectDistinct({ organizationId: ledger.organizationId })
		.from(ledger)
		.where(gt(ledger.receivedAt, now - LOOKED_AT_MS));
	return rows.map(({ organizationId }) => organizationId);
}

/** What is to be doubted of all that an organization's tablets brought lately and that was answered before today. */
export async function readDoubts(db: Db, organizationId: string, now: number): Promise<Doubted[]> {
	const lines = await db
		.select()
		.from(ledger)
		.where(and(eq(ledger.organizationId, organizationId), gt(ledger.receivedAt, now - LOOKED_AT_MS)))
		.orderBy(ledger.terminalId, ledger.sequence);
	const keys = lines.map(({ sheetId }) => ({ organizationId, id: sheetId }));
	const sheetOf = new Map((await find(db, sheets, ['organizationId', 'id'], keys)).map((sheet) => [sheet.id, sheet]));
	const today = localDay(now);
	const known = lines.flatMap((line): Known[] => {
		const stored = sheetOf.get(line.sheetId);
		const { at, flag } = trustedInstant(line.answeredAt, line.receivedAt);
		if (!stored || localDay(at) >= today) return [];
		const { sequence, answeredAt, terminalId } = line;
		const { answers, officerId } = stored;
		return [{ stored, terminalId, seen: { sequence, answeredAt, at: flag ? null : at, answers, officerId } }];
	});
	if (known.length === 0) return [];
	const around = await readSurroundings(db, organizationId, known, now);
	return [...Map.groupBy(known, placeOf).values()].flatMap((own) => {
		const doubts = watch(
			own.map(({ seen }) => seen),
			around(own[0])
		);
		return own.flatMap(({ stored: { id }, seen }) => {
			const its = doubts.get(seen.sequence);
			return its ? [{ organizationId, id, doubts: its }] : [];
		});
	});
}

interface Known {
	stored: StoredSheet;
	terminalId: string;
	seen: WatchedSheet;
}

/** Of one tablet, and where it stood. */
const placeOf = ({ terminalId, stored }: Known) => `${terminalId} ${stored.siteId} ${stored.counterId}`;

async function readSurroundings(db: Db, organizationId: string, known: readonly Known[], now: number) {
	const first = known.reduce((earliest, { seen }) => Math.min(earliest, seen.at ?? now), now);
	const openings = await readSiteOpenings(db, organizationId, localDay(first), localDay(now));
	const duties = await readDuties(db, organizationId, first - ROSTER_AROUND_MS, now);
	const atTablets = duties.filter(({ source }) => source === 'terminal');
	const profiles = new Map(
		(await db.select().from(terminals).where(eq(terminals.organizationId, organizationId))).map((terminal) => [
			terminal.id,
			completeProfile(terminal.profile)
		])
	);
	const signIns = await readSignIns(db, organizationId, first);
	return ({ terminalId, stored: { siteId, counterId } }: Known) => {
		const profile = profiles.get(terminalId);
		const opening: Opening = profile ? openingOf(profile, openings(siteId)) : openings(siteId);
		const own = duties.filter((duty) => duty.counterId === counterId);
		return {
			opening,
			isStaffed: (from: number, until: number) => {
				const held = (a: number, b: number) => heldBetween(own, counterId, a, b).length > 0;
				return held(from, until) ? true : held(from - ROSTER_AROUND_MS, until + ROSTER_AROUND_MS) ? false : null;
			},
			staffAt: [
				...atTablets.filter((duty) => duty.counterId === counterId).map(({ startsAt }) => startsAt),
				...signIns.filter((signIn) => signIn.siteId === '' || signIn.siteId === siteId).map(({ at }) => at)
			],
			rosterUntil: now - ROSTER_SETTLED_MS
		};
	};
}

/** When supervisors signed in, as far as their sessions are still known. */
async function readSignIns(db: Db, organizationId: string, from: number) {
	return db
		.select({ at: sessions.createdAt, siteId: roleGrants.siteId })
		.from(sessions)
		.innerJoin(roleGrants, eq(roleGrants.userId, sessions.userId))
		.where(
			and(
				eq(roleGrants.organizationId, organizationId),
				eq(roleGrants.role, 'supervisor'),
				gt(sessions.createdAt, from - DAY_MS)
			)
		);
}
