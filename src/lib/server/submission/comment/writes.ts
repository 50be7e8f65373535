import { and, eq, inArray, isNotNull, lt, ne } from 'drizzle-orm';
import type { AuditAction } from '../../../domain/account/audit.ts';
import { weekName } from '../../../domain/report/week.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { addDays, localDay } from '../../../domain/shared/time.ts';
import { type Decision, WITHHELD_REASONS } from '../../../domain/submission/comment/decision.ts';
import { onlyMasks } from '../../../domain/submission/comment/masking.ts';
import { findPersonalData, isSure } from '../../../domain/submission/comment/personal-data.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { comments, releasedComments, sheetComments, sheets } from '../../db/schema/submission.ts';
import { type DeskScope, readInScope } from './reads.ts';

interface By {
	scope: DeskScope;
	actorId: string;
	now: number;
}

export type DecisionRefusal = 'unknown' | 'changed-meanwhile' | 'rewritten' | 'still-personal';

/** What somebody decides on a comment that waits. What comes out says what was written, with parts of it masked and nothing else. */
export function decideComment(db: Db, decision: Decision, by: By): Promise<Outcome<null, DecisionRefusal>> {
	return commit(db, (tx) => decide(tx, decision, by));
}

/** The same as a step. */
export async function decide(
	tx: Tx,
	decision: Decision,
	{ scope, actorId, now }: By
): Promise<Outcome<null, DecisionRefusal>> {
	const found = await readInScope(tx, scope, decision.id);
	if (!found) return { ok: false, reason: 'unknown' };
	if (decision.deed === 'release') {
		if (!onlyMasks(found.written, decision.text)) return { ok: false, reason: 'rewritten' };
		if (!decision.looked && findPersonalData(decision.text).some(isSure))
			return { ok: false, reason: 'still-personal' };
	}
	const { deed, id, topic, toHead } = decision;
	const decided = { topic, toHead, decidedBy: actorId, decidedAt: now, waited: 0 };
	const outcome =
		deed === 'release'
			? ({ state: 'ready', text: decision.text, reason: '' } as const)
			: ({ state: 'withheld', text: '', reason: decision.reason } as const);
	const [moved] = await tx
		.update(comments)
		.set({ ...decided, ...outcome })
		.where(and(its(scope, id), eq(comments.state, 'waiting')))
		.returning();
	if (!moved) return { ok: false, reason: 'changed-meanwhile' };
	const reason = deed === 'release' ? '' : WITHHELD_REASONS[decision.reason].vi;
	const action = deed === 'release' ? 'comment-approved' : 'comment-withheld';
	await note(tx, { ...scope, actorId, now }, action, { ...moved, reason });
	return { ok: true, value: null };
}

/** Back to those that wait, as long as nobody has read it. */
export async function undoDecision(
	db: Db,
	id: string,
	{ scope, actorId, now }: By
): Promise<Outcome<null, 'unknown' | 'changed-meanwhile'>> {
	return commit(db, async (tx) => {
		await lockComments(tx, scope.organizationId);
		if (!(await readInScope(tx, scope, id))) return { ok: false, reason: 'unknown' };
		const inside = and(eq(comments.leadersBatch, ''), eq(comments.officersBatch, ''), ne(comments.state, 'waiting'));
		const again = { state: 'waiting', text: '', topic: '', toHead: false, reason: '' } as const;
		const [moved] = await tx
			.update(comments)
			.set({ ...again, waited: 0, decidedBy: null, decidedAt: null })
			.where(and(its(scope, id), inside))
			.returning();
		if (!moved) return { ok: false, reason: 'changed-meanwhile' };
		await note(tx, { ...scope, actorId, now }, 'comment-reopened', moved);
		return { ok: true, value: null };
	});
}

/** Empties a comment wherever it came out: the one thing that is ever done to what was released. */
export async function takeDown(
	db: Db,
	{ id, reason }: { id: string; reason: string },
	by: { organizationId: string; actorId: string; now: number }
): Promise<Outcome<null, 'unknown'>> {
	return commit(db, async (tx) => {
		const { organizationId, now } = by;
		await lockComments(tx, organizationId);
		const shown = and(
			eq(releasedComments.organizationId, organizationId),
			eq(releasedComments.id, id),
			ne(releasedComments.text, '')
		);
		const taken = await tx.update(releasedComments).set({ text: '', takenDownAt: now }).where(shown).returning();
		if (taken.length === 0) return { ok: false, reason: 'unknown' };
		// Where it has not come out yet, it stays in.
		const [row] = await tx
			.update(comments)
			.set({ state: 'withheld', text: '', reason: 'down' })
			.where(and(eq(comments.organizationId, organizationId), eq(comments.id, id)))
			.returning();
		await note(tx, by, 'comment-taken-down', { ...row, reason });
		return { ok: true, value: null };
	});
}

/** The same for whoever decides on comments, of what they may decide on. */
export async function takeDownInScope(
	db: Db,
	{ id, reason }: { id: string; reason: string },
	{ scope, ...by }: By
): Promise<Outcome<null, 'unknown'>> {
	if (!(await readInScope(db, scope, id))) return { ok: false, reason: 'unknown' };
	return takeDown(db, { id, reason }, { organizationId: scope.organizationId, ...by });
}

/** Against a release that runs at the same moment on another node: what it has looked at is not changed before it is out. */
export const lockComments = (tx: Tx, organizationId: string) => lock(tx, [`comments ${organizationId}`]);

const its = ({ organizationId }: Pick<DeskScope, 'organizationId'>, id: string) =>
	and(eq(comments.organizationId, organizationId), eq(comments.id, id));

/** Names the comment and the week in which it was taken in, never a word of it. */
async function note(
	tx: Tx,
	{ organizationId, actorId, now }: { organizationId: string; actorId: string; now: number },
	action: AuditAction,
	{ id, takenIn, reason }: { id: string; takenIn: string; reason: string }
) {
	await writeAuditLine(tx, { organizationId, actorId, now, action, object: id, detail: weekName(takenIn), reason });
}

/** How long what people wrote is kept: so many days after that of their sheet, and after it came out. */
const KEPT_DAYS = 365;
const AT_ONCE = 500;

/** Deletes what was written too long ago, and what was released of it; what it was about stays, without a sheet. */
export async function forgetComments(db: Db, now: number): Promise<number> {
	const last = addDays(localDay(now), -KEPT_DAYS);
	const old = await db
		.select({ organizationId: sheetComments.organizationId, sheetId: sheetComments.sheetId })
		.from(sheetComments)
		.innerJoin(
			sheets,
			and(eq(sheets.organizationId, sheetComments.organizationId), eq(sheets.id, sheetComments.sheetId))
		)
		.where(lt(sheets.day, last));
	for (const [organizationId, rows] of Map.groupBy(old, (each) => each.organizationId)) {
		for (let from = 0; from < rows.length; from += AT_ONCE) {
			const ids = rows.slice(from, from + AT_ONCE).map(({ sheetId }) => sheetId);
			await commit(db, (tx) => forgetSome(tx, organizationId, ids));
		}
	}
	return old.length;
}

async function forgetSome(tx: Tx, organizationId: string, sheetIds: string[]) {
	const of = and(eq(comments.organizationId, organizationId), inArray(comments.sheetId, sheetIds));
	// What nobody decided on, nobody needs to know of.
	await tx.delete(comments).where(and(of, eq(comments.state, 'waiting')));
	const forgotten = await tx
		.update(comments)
		.set({ sheetId: null, text: '' })
		.where(and(of, isNotNull(comments.sheetId)))
		.returning();
	await tx
		.update(releasedComments)
		.set({ text: '' })
		.where(
			and(
				eq(releasedComments.organizationId, organizationId),
				inArray(
					releasedComments.id,
					forgotten.map(({ id }) => id)
				)
			)
		);
	await tx
		.delete(sheetComments)
		.where(and(eq(sheetComments.organizationId, organizationId), inArray(sheetComments.sheetId, sheetIds)));
}
