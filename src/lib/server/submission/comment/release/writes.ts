import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import { lastEdition } from '../../../../domain/report/edition.ts';
import { weekName } from '../../../../domain/report/week.ts';
import { localDay } from '../../../../domain/shared/time.ts';
import {
	type Batch,
	batchesForLeaders,
	batchesForOfficers,
	type CommentAudience,
	type ReadyComment
} from '../../../../domain/submission/comment/batch.ts';
import { isCounted, parseFlags } from '../../../../domain/submission/flag.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { newId } from '../../../account/writes.ts';
import { insertNew } from '../../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../../db/db.ts';
import {
	commentBatches,
	comments,
	commentWeeks,
	releasedComments,
	sheetComments,
	sheets
} from '../../../db/schema/submission.ts';
import { lockComments } from '../writes.ts';
import { readPublishers } from '../../../report/publication/reads.ts';

/**
 * Once a week, on the Monday of the officers' edition: what was decided comes out where enough has come together, and what was written
 * until Sunday is taken in, all at once. Asked as often as one likes and by several nodes, it happens once for each ward and week.
 */
export async function releaseComments(db: Db, now: number, goOn = () => true): Promise<void> {
	const week = localDay(lastEdition('officers', now));
	for (const { id } of await readPublishers(db)) {
		if (!goOn()) break;
		await commit(db, (tx) => turnWeek(tx, id, week, now));
	}
}

async function turnWeek(tx: Tx, organizationId: string, week: string, now: number) {
	await lockComments(tx, organizationId);
	const fresh = await insertNew(tx, commentWeeks, [{ organizationId, week }]);
	if (fresh.length === 0) return;
	const released = await comeOut(tx, organizationId, week);
	if (released > 0) {
		const about = { object: week, detail: `${released} góp ý, ${weekName(week)}` };
		await writeAuditLine(tx, { organizationId, actorId: 'system', action: 'comments-released', ...about, now });
	}
	await takeIn(tx, organizationId, week);
}

/** Returns how many came out, for whomever. */
async function comeOut(tx: Tx, organizationId: string, week: string): Promise<number> {
	const rows = await tx
		.select({ comment: comments, sheet: sheets })
		.from(comments)
		.innerJoin(sheets, and(eq(sheets.organizationId, comments.organizationId), eq(sheets.id, comments.sheetId)))
		.where(
			and(
				eq(comments.organizationId, organizationId),
				eq(comments.state, 'ready'),
				or(eq(comments.leadersBatch, ''), eq(comments.officersBatch, ''))
			)
		);
	const readyFor = (batch: 'leadersBatch' | 'officersBatch'): ReadyComment[] =>
		rows
			.filter(({ comment }) => comment[batch] === '')
			.map(({ comment: { id, waited, toHead }, sheet: { siteId, counterId, fieldId, officerId } }) => ({
				...{ id, waited, toHead },
				...{ siteId, counterId, fieldId, officerId }
			}));
	const textOf = new Map(rows.map(({ comment }) => [comment.id, comment]));
	const leaders = batchesForLeaders(readyFor('leadersBatch'));
	const officers = batchesForOfficers(readyFor('officersBatch'));
	const write = (audience: CommentAudience, batch: Batch) =>
		writeBatch(tx, { organizationId, audience, week, batch, textOf });
	for (const batch of leaders) await write('leaders', batch);
	for (const batch of officers) await write('officers', batch);

	const out = new Set([...leaders, ...officers].flatMap(({ ids }) => ids));
	const inside = rows.filter(({ comment }) => comment.leadersBatch === '' && !out.has(comment.id));
	for (const [waited, group] of Map.groupBy(inside, ({ comment }) => comment.waited)) {
		const ids = group.map(({ comment }) => comment.id);
		await tx
			.update(comments)
			.set({ waited: waited + 1 })
			.where(and(eq(comments.organizationId, organizationId), inArray(comments.id, ids)));
	}
	return out.size;
}

interface NewBatch {
	organizationId: string;
	audience: CommentAudience;
	week: string;
	batch: Batch;
	textOf: ReadonlyMap<string, typeof comments.$inferSelect>;
}

async function writeBatch(tx: Tx, { organizationId, audience, week, batch, textOf }: NewBatch) {
	const { ids, ...place } = batch;
	const id = newId();
	await insertNew(tx, commentBatches, [{ organizationId, id, audience, week, ...place }]);
	await insertNew(
		tx,
		releasedComments,
		ids.map((each) => {
			const { text, topic, toHead } = textOf.get(each)!;
			return { organizationId, batchId: id, id: each, text, topic, toHead, takenDownAt: null };
		})
	);
	await tx
		.update(comments)
		.set(audience === 'leaders' ? { leadersBatch: id } : { officersBatch: id })
		.where(and(eq(comments.organizationId, organizationId), inArray(comments.id, ids)));
}

/** Everything written until the Sunday before that nobody has taken in: of a sheet that came late, with the next week's. */
async function takeIn(tx: Tx, organizationId: string, week: string) {
	const rows = await tx
		.select({ sheetId: sheets.id, flags: sheets.flags })
		.from(sheetComments)
		.innerJoin(
			sheets,
			and(eq(sheets.organizationId, sheetComments.organizationId), eq(sheets.id, sheetComments.sheetId))
		)
		.leftJoin(
			comments,
			and(eq(comments.organizationId, sheetComments.organizationId), eq(comments.sheetId, sheetComments.sheetId))
		)
		.where(and(eq(sheetComments.organizationId, organizationId), lt(sheets.day, week), isNull(comments.id)));
	const fresh = rows
		.filter(({ flags }) => isCounted(parseFlags(flags)))
		.map(({ sheetId }) => ({
			...{ organizationId, id: newId(), sheetId, takenIn: week, state: 'waiting' as const },
			...{ text: '', topic: '', toHead: false, reason: '', waited: 0, decidedBy: null, decidedAt: null },
			...{ leadersBatch: '', officersBatch: '' }
		}));
	await insertNew(tx, comments, fresh);
}
