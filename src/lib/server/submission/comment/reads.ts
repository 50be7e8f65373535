import { and, asc, count, eq, gt, inArray, ne, or, type SQL } from 'drizzle-orm';
import type { CommentState } from '../../../domain/submission/comment/decision.ts';
import type { Db, Tx } from '../../db/db.ts';
import { duties } from '../../db/schema/place.ts';
import { comments, sheetComments, sheets } from '../../db/schema/submission.ts';

/** Whose comments somebody may decide on. */
export interface DeskScope {
	organizationId: string;
	/** null: all sites. */
	sites: readonly string[] | null;
	/** The officer they are themselves, if any: nothing about their own desk. */
	officerId: string | null;
}

/** What the moderator's lists tell apart: 'released' are those of the ready ones that have come out already. */
export const COMMENT_LISTS = ['waiting', 'ready', 'released', 'withheld'] as const;
export type CommentList = (typeof COMMENT_LISTS)[number];

/**
 * Only what lies in the scope and is not about the reader's own desk: neither about themselves, nor about nobody known at a counter at
 * which they serve.
 */
async function within(db: Db | Tx, { organizationId, sites, officerId }: DeskScope): Promise<SQL | undefined> {
	const own = officerId === null ? [] : await readOwnCounters(db, organizationId, officerId);
	return and(
		eq(comments.organizationId, organizationId),
		sites === null ? undefined : inArray(sheets.siteId, [...sites]),
		officerId === null ? undefined : ne(sheets.officerId, officerId),
		...own.map((counterId) => or(ne(sheets.counterId, counterId), ne(sheets.officerId, '')))
	);
}

async function readOwnCounters(db: Db | Tx, organizationId: string, officerId: string): Promise<string[]> {
	const rows = await db
		.selectDistinct({ counterId: duties.counterId })
		.from(duties)
		.where(and(eq(duties.organizationId, organizationId), eq(duties.officerId, officerId)));
	return rows.map(({ counterId }) => counterId);
}

const onSheet = and(eq(sheets.organizationId, comments.organizationId), eq(sheets.id, comments.sheetId));
const asWritten = and(
	eq(sheetComments.organizationId, comments.organizationId),
	eq(sheetComments.sheetId, comments.sheetId)
);

function listed(list: CommentList): SQL | undefined {
	const out = or(ne(comments.leadersBatch, ''), ne(comments.officersBatch, ''));
	const in_ = and(eq(comments.leadersBatch, ''), eq(comments.officersBatch, ''));
	const state: CommentState = list === 'released' ? 'ready' : list;
	return and(eq(comments.state, state), list === 'released' ? out : list === 'ready' ? in_ : undefined);
}

export async function countComments(db: Db, scope: DeskScope): Promise<Record<CommentList, number>> {
	const own = await within(db, scope);
	const counts = { waiting: 0, ready: 0, released: 0, withheld: 0 };
	for (const list of COMMENT_LISTS) {
		const [{ n }] = await db
			.select({ n: count() })
			.from(comments)
			.innerJoin(sheets, onSheet)
			.where(and(own, listed(list)));
		counts[list] = n;
	}
	return counts;
}

/** The next that waits after one of them, from the beginning again after the last; by id, which is random. */
export async function readNextComment(
	db: Db,
	scope: DeskScope,
	after: string
): Promise<{ id: string; written: string } | null> {
	const own = and(await within(db, scope), listed('waiting'));
	const next = (beyond: SQL | undefined) =>
		db
			.select({ id: comments.id, written: sheetComments.comment })
			.from(comments)
			.innerJoin(sheets, onSheet)
			.innerJoin(sheetComments, asWritten)
			.where(and(own, beyond))
			.orderBy(asc(comments.id))
			.limit(1);
	const [found] = after === '' ? [] : await next(gt(comments.id, after));
	return found ?? (await next(undefined))[0] ?? null;
}

/** All that waits at one moment. */
export async function readAllWaiting(db: Db | Tx, scope: DeskScope): Promise<{ id: string; written: string }[]> {
	return db
		.select({ id: comments.id, written: sheetComments.comment })
		.from(comments)
		.innerJoin(sheets, onSheet)
		.innerJoin(sheetComments, asWritten)
		.where(and(await within(db, scope), listed('waiting')));
}

/** One page of what was decided: what may be read of it, by id, which is random. */
export async function readDecided(
	db: Db,
	scope: DeskScope,
	list: Exclude<CommentList, 'waiting'>,
	{ offset, limit }: { offset: number; limit: number }
) {
	const { id, text, topic, toHead, reason } = comments;
	return db
		.select({ id, text, topic, toHead, reason })
		.from(comments)
		.innerJoin(sheets, onSheet)
		.where(and(await within(db, scope), listed(list)))
		.orderBy(asc(id))
		.limit(limit)
		.offset(offset);
}

/** One comment of the scope, whatever its state. */
export async function readInScope(tx: Db | Tx, scope: DeskScope, id: string) {
	const [found] = await tx
		.select({ comment: comments, written: sheetComments.comment })
		.from(comments)
		.innerJoin(sheets, onSheet)
		.innerJoin(sheetComments, asWritten)
		.where(and(await within(tx, scope), eq(comments.id, id)));
	return found;
}

/** How many of a ward nobody has decided on; they are taken in once a week, so this tells of no moment. */
export async function countWaiting(db: Db, organizationId: string): Promise<number> {
	const [{ n }] = await db
		.select({ n: count() })
		.from(comments)
		.where(and(eq(comments.organizationId, organizationId), eq(comments.state, 'waiting')));
	return n;
}
