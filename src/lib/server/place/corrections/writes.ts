import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { problemOfInterval, type IntervalProblem } from '../../../domain/place/correction.ts';
import { conflicts, type Duty } from '../../../domain/place/duty.ts';
import { applied, replan } from '../../../domain/place/replan.ts';
import { heldBetween, standing } from '../../../domain/place/roster.ts';
import { sheetsTold } from '../../../domain/report/secrecy.ts';
import { formatInstant } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, duties, dutyCorrections, officers } from '../../db/schema/place.ts';
import { sheets } from '../../db/schema/submission.ts';
import { countSheets } from '../../report/writes.ts';
import { writeReplanning } from '../roster/writes.ts';
import {
	readCorrectedOrganizations,
	readMisattributed,
	readStandingCorrections,
	readTerminalIds,
	type Misattributed
} from './reads.ts';

export interface CorrectedDuty {
	/** Made by the page: sent twice, it is one correction. */
	id: string;
	organizationId: string;
	counterId: string;
	/** null: nobody was there. */
	officerId: string | null;
	startsAt: number;
	endsAt: number;
	reason: string;
	correctedBy: string;
	/** The officer that `correctedBy` is, if any: nobody decides about their own results. */
	ownOfficerId: string | null;
	now: number;
}

export type CorrectionRefusal =
	| { reason: IntervalProblem | 'reason-missing' | 'counter-unknown' | 'officer-unknown' | 'own-duty' }
	| { reason: 'officer-elsewhere'; other: Duty };

/**
 * Writes down who was really at a counter: the roster of that time, and the sheets answered there, which change their officer with
 * their counts in the same transaction. Sheets of that time that come later are moved by `applyCorrections`.
 */
export async function correctDuty(
	db: Db,
	correction: CorrectedDuty
): Promise<{ ok: true; value: { moved: number } } | ({ ok: false } & CorrectionRefusal)> {
	const { id, organizationId, counterId, officerId, startsAt, endsAt, correctedBy, now } = correction;
	const problem = problemOfInterval(startsAt, endsAt, now);
	if (problem) return { ok: false, reason: problem };
	if (correction.reason === '') return { ok: false, reason: 'reason-missing' };
	return commit(db, async (tx) => {
		await lock(tx, [`roster ${organizationId}`]);
		const [made] = await tx.select().from(dutyCorrections).where(own(organizationId, id));
		if (made) return { ok: true, value: { moved: made.moved } };
		const [counter] = await tx.select().from(counters).where(eq(counters.id, counterId));
		if (counter?.organizationId !== organizationId) return { ok: false, reason: 'counter-unknown' };
		const [officer] = officerId ? await tx.select().from(officers).where(eq(officers.id, officerId)) : [];
		if (officerId && officer?.organizationId !== organizationId) return { ok: false, reason: 'officer-unknown' };

		const known = await dutiesTouching(tx, organizationId, startsAt, endsAt);
		if (concernsOneself(correction, known)) return { ok: false, reason: 'own-duty' };
		const wish = { counterId, officerId, from: startsAt, until: endsAt };
		const change = replan(known, wish, newId);
		const refusal = obstacleTo(standing(applied(known, change), startsAt), correction);
		if (refusal) return { ok: false, ...refusal };
		await writeReplanning(tx, organizationId, change, 'correction');
		await tx.insert(dutyCorrections).values({ ...withoutOwn(correction), correctedAt: now });

		const moved = await moveSheets(tx, organizationId, now, id);
		const who = officer?.name ?? '–';
		const detail = `${counterLabel(counter)}, ${formatInstant(startsAt)} – ${formatInstant(endsAt)} → ${who} (${sheetsTold(moved).vi})`;
		const line = {
			actorId: correctedBy,
			action: 'duty-corrected',
			object: id,
			detail,
			reason: correction.reason
		} as const;
		await writeAuditLine(tx, { organizationId, ...line, now });
		return { ok: true, value: { moved } };
	});
}

/**
 * Sheets that came after the correction of the time they were answered in. Done again it moves nothing. Returns how many it moved.
 */
export async function applyCorrections(db: Db, now: number): Promise<number> {
	let moved = 0;
	for (const organizationId of await readCorrectedOrganizations(db, now)) {
		const corrections = await readStandingCorrections(db, organizationId, now);
		// Looked at outside of a transaction first: nearly always there is nothing to do.
		if ((await readMisattributed(db, organizationId, corrections)).length === 0) continue;
		moved += await commit(db, async (tx) => {
			await lock(tx, [`roster ${organizationId}`]);
			return moveSheets(tx, organizationId, now);
		});
	}
	return moved;
}

/** Moves what the standing corrections say; returns how many sheets, of one correction where its id is given. */
async function moveSheets(tx: Tx, organizationId: string, now: number, correctionId?: string): Promise<number> {
	// The intake rewrites whole sheets when a flag changes: while a tablet's sheets are moved, none of it may come in.
	await lock(tx, await readTerminalIds(tx, organizationId));
	const corrections = await readStandingCorrections(tx, organizationId, now);
	const wrong = await readMisattributed(tx, organizationId, corrections);
	await put(
		tx,
		sheets,
		wrong.map(({ after }) => after)
	);
	await countSheets(tx, wrong);
	for (const [id, its] of Map.groupBy(wrong, (one: Misattributed) => one.correctionId)) {
		await tx
			.update(dutyCorrections)
			.set({ moved: sql`${dutyCorrections.moved} + ${its.length}` })
			.where(own(organizationId, id));
	}
	return correctionId === undefined ? wrong.length : wrong.filter((one) => one.correctionId === correctionId).length;
}

const own = (organizationId: string, id: string) =>
	and(eq(dutyCorrections.organizationId, organizationId), eq(dutyCorrections.id, id));

function withoutOwn({ ownOfficerId: _, now: __, ...row }: CorrectedDuty) {
	return row;
}

function concernsOneself({ counterId, officerId, ownOfficerId, startsAt, endsAt }: CorrectedDuty, known: Duty[]) {
	if (ownOfficerId === null) return false;
	const there = heldBetween(known, counterId, startsAt, endsAt).map(({ duty }) => duty.officerId);
	return [officerId, ...there].includes(ownOfficerId);
}

/** The officer at another counter in the same time, by the roster as it is corrected so far. */
function obstacleTo(
	after: Duty[],
	{ counterId, officerId, startsAt, endsAt }: CorrectedDuty
): CorrectionRefusal | null {
	for (const conflict of conflicts(after)) {
		const inside = conflict.from < endsAt && (conflict.until ?? Infinity) > startsAt;
		const other = conflict.duties.find((duty) => duty.counterId !== counterId);
		const here = conflict.duties.some((duty) => duty.counterId === counterId);
		if (conflict.officerId === officerId && inside && here && other) return { reason: 'officer-elsewhere', other };
	}
	return null;
}

async function dutiesTouching(tx: Tx, organizationId: string, from: number, until: number): Promise<Duty[]> {
	const rows = await tx
		.select()
		.from(duties)
		.where(
			and(
				eq(duties.organizationId, organizationId),
				lt(duties.startsAt, until),
				or(isNull(duties.endsAt), gt(duties.endsAt, from))
			)
		);
	return rows;
}
