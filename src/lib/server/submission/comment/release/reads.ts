import { and, asc, desc, eq, gte, lte } from 'drizzle-orm';
import { counterLabel } from '../../../../domain/place/counter.ts';
import type { CommentAudience, NamedBatch, ShownBatch } from '../../../../domain/submission/comment/batch.ts';
import type { Db } from '../../../db/db.ts';
import { commentBatches, releasedComments } from '../../../db/schema/submission.ts';
import { readCounters, readFields, readSites } from '../../../place/reads.ts';

/** To what a leader's look is narrowed; a batch is shown if it is of this place altogether. */
export interface BatchQuestion {
	siteId?: string;
	counterId?: string;
	fieldId?: string;
	/** Local days between which it came out, both included. */
	from?: string;
	to?: string;
}

/** Batches of a ward for whoever reads its results, the newest first. */
export function readBatches(db: Db, organizationId: string, question: BatchQuestion, limit: number) {
	const { siteId, counterId, fieldId, from, to } = question;
	const where = and(
		siteId === undefined ? undefined : eq(commentBatches.siteId, siteId),
		counterId === undefined ? undefined : eq(commentBatches.counterId, counterId),
		fieldId === undefined ? undefined : eq(commentBatches.fieldId, fieldId),
		from === undefined ? undefined : gte(commentBatches.week, from),
		to === undefined ? undefined : lte(commentBatches.week, to)
	);
	return readShown(db, organizationId, 'leaders', where, limit);
}

/** The same with the names of the places that are true of a whole batch; none where that is the ward alone. */
export async function readNamedBatches(
	db: Db,
	organizationId: string,
	question: BatchQuestion,
	limit: number
): Promise<NamedBatch[]> {
	const batches = await readBatches(db, organizationId, question, limit);
	const counters = await readCounters(db, organizationId);
	const named = [...(await readFields(db, organizationId)), ...(await readSites(db, organizationId))];
	const nameOf = new Map([
		...named.map(({ id, name }) => [id, name] as const),
		...counters.map((counter) => [counter.id, counterLabel(counter)] as const)
	]);
	return batches.map((batch) => {
		const { siteId, counterId, fieldId } = batch;
		// A counter says at which site it is.
		const ids = counterId === '' ? [siteId, fieldId] : [counterId, fieldId];
		const names = ids.flatMap((id) => nameOf.get(id) ?? []);
		// 'Quầy 3 · Đất đai' need not be told its field twice.
		const places = names.filter((name, i) => !names.slice(0, i).some((before) => before.endsWith(` · ${name}`)));
		return { ...batch, places };
	});
}

/** An officer's own: nothing says at which counter or about what business. */
export function readOwnBatches(db: Db, organizationId: string, officerId: string, limit: number) {
	return readShown(db, organizationId, 'officers', eq(commentBatches.officerId, officerId), limit);
}

async function readShown(
	db: Db,
	organizationId: string,
	audience: CommentAudience,
	where: ReturnType<typeof and>,
	limit: number
): Promise<ShownBatch[]> {
	const { id, week, siteId, counterId, fieldId } = commentBatches;
	const batches = await db
		.select({ id, week, siteId, counterId, fieldId })
		.from(commentBatches)
		.where(and(eq(commentBatches.organizationId, organizationId), eq(commentBatches.audience, audience), where))
		.orderBy(desc(week), asc(id))
		.limit(limit);
	const shown: ShownBatch[] = [];
	for (const batch of batches) {
		const rows = await db
			.select()
			.from(releasedComments)
			.where(and(eq(releasedComments.organizationId, organizationId), eq(releasedComments.batchId, batch.id)))
			.orderBy(asc(releasedComments.id));
		const comments = rows.map(({ id, text, topic, toHead, takenDownAt }) => ({
			...{ id, text, topic, toHead },
			takenDown: takenDownAt !== null
		}));
		shown.push({ ...batch, comments });
	}
	return shown;
}
