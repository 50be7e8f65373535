import { and, eq, sql } from 'drizzle-orm';
import type { AuditAction } from '../../../domain/account/audit.ts';
import { sheetsTold } from '../../../domain/report/secrecy.ts';
import { localDay } from '../../../domain/shared/time.ts';
import {
	isDecidedOn,
	flagsUnder,
	problemOfPart,
	sayDays,
	type ExcludedPart,
	type ExclusionRefusal,
	type ExclusionState
} from '../../../domain/submission/exclusion.ts';
import { formatFlags } from '../../../domain/submission/flag.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, sites } from '../../db/schema/place.ts';
import { exclusions, sheets } from '../../db/schema/submission.ts';
import { readTerminalIds } from '../../place/corrections/reads.ts';
import { countSheets } from '../../report/writes.ts';
import {
	inScope,
	readMeetingExclusions,
	readSeen,
	readSheetsInside,
	readStandingExclusions,
	type ExclusionScope
} from './reads.ts';

interface Acting {
	/** Made by the page for a proposal: sent twice, it is one. */
	id: string;
	/** Who does it, and the officer they are themselves, if any. */
	user: { id: string; officerId: string | null };
	now: number;
}
export type Proposing = Acting & { organizationId: string; part: ExcludedPart; reason: string };
export type Deciding = Acting & { scope: ExclusionScope; answer?: string };
export type Done = { ok: true } | { ok: false; reason: ExclusionRefusal };

type Row = typeof exclusions.$inferSelect;

/** Somebody thinks that what was given there and then should not count, and says why. */
export function proposeExclusion(db: Db, { id, organizationId, part, reason, user, now }: Proposing): Promise<Done> {
	return commit(db, async (tx): Promise<Done> => {
		const problem = problemOfPart(part, localDay(now));
		if (problem) return refuse(problem);
		if (reason === '') return refuse('reason-missing');
		await lock(tx, [`exclusion ${organizationId}`]);
		const [made] = await tx.select().from(exclusions).where(own(organizationId, id));
		if (made) return { ok: true };
		if (!(await isPlace(tx, organizationId, part))) return refuse('unknown');
		const inside = await readSheetsInside(tx, organizationId, part);
		if (!inside.some(isDecidedOn)) return refuse('nothing-inside');
		if (isOwn(user, inside)) return refuse('own-sheets');
		const row = { ...part, organizationId, id, reason, state: 'proposed' as const };
		await tx.insert(exclusions).values({ ...row, proposedBy: user.id, proposedAt: now });
		await note(tx, { organizationId, id, user, now }, 'exclusion-proposed', sayDays(part), reason);
		return { ok: true };
	});
}

/** The second person: all that lies inside leaves the counts in the same transaction in which the decision stands. */
export function acceptExclusion(db: Db, deciding: Deciding): Promise<Done> {
	const { user, now } = deciding;
	return step(db, deciding, 'proposed', async (tx, row) => {
		if (row.proposedBy === user.id) return refuse('own-proposal');
		await move(tx, row, 'standing', { decidedBy: user.id, decidedAt: now });
		const moved = await moveSheets(tx, row);
		await note(tx, { ...row, user, now }, 'exclusion-accepted', told(row, moved), row.reason);
		return { ok: true };
	});
}

export function declineExclusion(db: Db, deciding: Deciding): Promise<Done> {
	const { user, now, answer = '' } = deciding;
	return step(db, deciding, 'proposed', async (tx, row) => {
		if (answer === '') return refuse('reason-missing');
		await move(tx, row, 'declined', { decidedBy: user.id, decidedAt: now, answer });
		await note(tx, { ...row, user, now }, 'exclusion-declined', sayDays(row), answer);
		return { ok: true };
	});
}

/** Whoever proposed takes the proposal back. */
export function withdrawExclusion(db: Db, deciding: Deciding): Promise<Done> {
	const { user, now } = deciding;
	return step(db, deciding, 'proposed', async (tx, row) => {
		if (row.proposedBy !== user.id) return refuse('unknown');
		await move(tx, row, 'withdrawn', {});
		await note(tx, { ...row, user, now }, 'exclusion-withdrawn', sayDays(row), row.reason);
		return { ok: true };
	});
}

/** What was taken out counts again, but for what another decision still holds; one person may, since it can be proposed anew. */
export function liftExclusion(db: Db, deciding: Deciding): Promise<Done> {
	const { user, now, answer = '' } = deciding;
	return step(db, deciding, 'standing', async (tx, row) => {
		if (answer === '') return refuse('reason-missing');
		await move(tx, row, 'lifted', { liftedBy: user.id, liftedAt: now, answer });
		const moved = await moveSheets(tx, row);
		await note(tx, { ...row, user, now }, 'exclusion-lifted', told(row, moved), answer);
		return { ok: true };
	});
}

/** Sheets that came after the decision on them. Done again it moves nothing. Returns how many it moved. */
export async function applyExclusions(db: Db, now: number): Promise<number> {
	let moved = 0;
	for (const row of await readMeetingExclusions(db, now)) {
		// Looked at outside of a transaction first: nearly always nothing came.
		if ((await readSeen(db, row.organizationId, row)) === row.seen) continue;
		moved += await commit(db, async (tx) => {
			await lock(tx, [`exclusion ${row.organizationId}`]);
			return moveSheets(tx, row);
		});
	}
	return moved;
}

/** What the decisions about a place want of the sheets inside one of them; returns how many changed. */
async function moveSheets(tx: Tx, row: Row): Promise<number> {
	const { organizationId, id } = row;
	// Intake and corrections rewrite whole sheets: while these are moved, none of it may come in between.
	await lock(tx, [`roster ${organizationId}`]);
	await lock(tx, await readTerminalIds(tx, organizationId));
	const standing = await readStandingExclusions(tx, organizationId);
	const changes = (await readSheetsInside(tx, organizationId, row)).flatMap((before) => {
		const flags = formatFlags(flagsUnder(standing, before));
		return flags === before.flags ? [] : [{ before, after: { ...before, flags } }];
	});
	await put(
		tx,
		sheets,
		changes.map(({ after }) => after)
	);
	await countSheets(tx, changes);
	const taken = changes.filter(({ after }) => isDecidedOn(after)).length;
	const stands = standing.some((each) => each.id === id);
	await tx
		.update(exclusions)
		.set({
			seen: await readSeen(tx, organizationId, row),
			...(stands ? { moved: sql`${exclusions.moved} + ${taken}` } : {})
		})
		.where(own(organizationId, id));
	return taken;
}

/** One decision inside one transaction; what is not in the scope is not there. */
function step(
	db: Db,
	{ scope, id, user }: Deciding,
	from: ExclusionState,
	take: (tx: Tx, row: Row) => Promise<Done>
): Promise<Done> {
	return commit(db, async (tx): Promise<Done> => {
		await lock(tx, [`exclusion ${scope.organizationId}`]);
		const [row] = await tx
			.select()
			.from(exclusions)
			.where(and(inScope(scope), eq(exclusions.id, id)));
		if (!row) return refuse('unknown');
		if (row.state !== from) return refuse('changed-meanwhile');
		if (isOwn(user, await readSheetsInside(tx, scope.organizationId, row))) return refuse('own-sheets');
		return take(tx, row);
	});
}

async function move(tx: Tx, { organizationId, id, state }: Row, to: ExclusionState, more: Partial<Row>) {
	const moved = await tx
		.update(exclusions)
		.set({ ...more, state: to })
		.where(and(own(organizationId, id), eq(exclusions.state, state)))
		.returning({ id: exclusions.id });
	if (moved.length !== 1) throw new Error('Somebody else decided at this moment; nothing was kept');
}

function note(
	tx: Tx,
	{ organizationId, id, user, now }: { organizationId: string; id: string; user: Acting['user']; now: number },
	action: AuditAction,
	detail: string,
	reason: string
) {
	return writeAuditLine(tx, { organizationId, actorId: user.id, action, object: id, detail, reason, now });
}

const refuse = (reason: ExclusionRefusal): Done => ({ ok: false, reason });
const own = (organizationId: string, id: string) =>
	and(eq(exclusions.organizationId, organizationId), eq(exclusions.id, id));
const isOwn = (user: Acting['user'], inside: readonly { officerId: string }[]) =>
	user.officerId !== null && inside.some(({ officerId }) => officerId === user.officerId);
const told = (part: ExcludedPart, moved: number) => `${sayDays(part)} (${sheetsTold(moved).vi})`;

async function isPlace(tx: Tx, organizationId: string, { siteId, counterId }: ExcludedPart): Promise<boolean> {
	const [site] = await tx.select().from(sites).where(eq(sites.id, siteId));
	if (site?.organizationId !== organizationId) return false;
	if (counterId === '') return true;
	const [counter] = await tx.select().from(counters).where(eq(counters.id, counterId));
	return counter?.siteId === siteId;
}
