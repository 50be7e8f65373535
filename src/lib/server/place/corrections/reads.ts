import { and, desc, eq, gt, gte, lt, or } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { CORRECTION_LASTS_MS, correctionOf, type Correction } from '../../../domain/place/correction.ts';
import type { StoredSheet } from '../../../domain/submission/intake.ts';
import { find } from '../../db/bulk.ts';
import type { Db, Tx } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { counters, dutyCorrections, officers, sites } from '../../db/schema/place.ts';
import { ledger, sheets } from '../../db/schema/submission.ts';
import { terminals } from '../../db/schema/terminal.ts';

/** A correction with the officer that whoever made it is, so that it never takes anything away from themselves. */
export interface StandingCorrection extends Correction {
	ownOfficerId: string | null;
}

/** Organizations with corrections that may still meet late sheets. */
export async function readCorrectedOrganizations(db: Db, now: number): Promise<string[]> {
	const rows = await db
		.selectDistinct({ organizationId: dutyCorrections.organizationId })
		.from(dutyCorrections)
		.where(gt(dutyCorrections.correctedAt, now - CORRECTION_LASTS_MS));
	return rows.map(({ organizationId }) => organizationId);
}

export async function readStandingCorrections(
	db: Db | Tx,
	organizationId: string,
	now: number
): Promise<StandingCorrection[]> {
	const rows = await db
		.select({ correction: dutyCorrections, ownOfficerId: users.officerId })
		.from(dutyCorrections)
		.leftJoin(users, eq(users.id, dutyCorrections.correctedBy))
		.where(
			and(
				eq(dutyCorrections.organizationId, organizationId),
				gt(dutyCorrections.correctedAt, now - CORRECTION_LASTS_MS)
			)
		);
	return rows.map(({ correction, ownOfficerId }) => ({ ...correction, ownOfficerId }));
}

/** A sheet and who it belongs to by the corrections, where that is somebody else than it says. */
export interface Misattributed {
	before: StoredSheet;
	after: StoredSheet;
	correctionId: string;
}

/** The sheets that the corrections give to another officer than they name, '' to nobody. */
export async function readMisattributed(
	db: Db | Tx,
	organizationId: string,
	corrections: readonly StandingCorrection[]
): Promise<Misattributed[]> {
	if (corrections.length === 0) return [];
	const from = Math.min(...corrections.map(({ startsAt }) => startsAt));
	const until = Math.max(...corrections.map(({ endsAt }) => endsAt));
	const lines = await db
		.select()
		.from(ledger)
		.where(
			and(
				eq(ledger.organizationId, organizationId),
				or(
					and(gte(ledger.answeredAt, from), lt(ledger.answeredAt, until)),
					and(gte(ledger.receivedAt, from), lt(ledger.receivedAt, until))
				)
			)
		);
	const lineOf = new Map(lines.map((line) => [line.sheetId, line]));
	const keys = [...lineOf.keys()].map((id) => ({ organizationId, id }));
	const stored = await find(db, sheets, ['organizationId', 'id'], keys);
	return stored.flatMap((before) => {
		const correction = correctionOf(corrections, before.counterId, lineOf.get(before.id)!);
		const officerId = correction?.officerId ?? '';
		if (!correction || before.officerId === officerId) return [];
		// Nobody takes a sheet away from themselves, and nobody gives themselves one.
		if (correction.ownOfficerId && [before.officerId, officerId].includes(correction.ownOfficerId)) return [];
		return { before, after: { ...before, officerId }, correctionId: correction.id };
	});
}

/** Every tablet that ever was: a revoked one may have brought what is corrected. */
export async function readTerminalIds(db: Db | Tx, organizationId: string): Promise<string[]> {
	const rows = await db
		.select({ id: terminals.id })
		.from(terminals)
		.where(eq(terminals.organizationId, organizationId));
	return rows.map(({ id }) => id);
}

/** Past corrections, the newest first, with everybody's names; `sites` null: of all sites. */
export async function readCorrections(db: Db, organizationId: string, allowed: readonly string[] | null) {
	const rows = await db
		.select({
			correction: dutyCorrections,
			officer: officers.name,
			by: users.name,
			number: counters.number,
			name: counters.name,
			siteId: counters.siteId,
			siteName: sites.name
		})
		.from(dutyCorrections)
		.innerJoin(counters, eq(counters.id, dutyCorrections.counterId))
		.innerJoin(sites, eq(sites.id, counters.siteId))
		.leftJoin(officers, eq(officers.id, dutyCorrections.officerId))
		.leftJoin(users, eq(users.id, dutyCorrections.correctedBy))
		.where(eq(dutyCorrections.organizationId, organizationId))
		.orderBy(desc(dutyCorrections.correctedAt));
	return rows
		.filter(({ siteId }) => allowed === null || allowed.includes(siteId))
		.map(({ correction: { id, startsAt, endsAt, reason, correctedAt, moved }, number, name, ...names }) => ({
			...{ id, startsAt, endsAt, reason, correctedAt, moved },
			counter: counterLabel({ number, name }),
			siteName: names.siteName,
			officer: names.officer,
			by: names.by ?? ''
		}));
}
