import { and, asc, desc, eq } from 'drizzle-orm';
import { countPromises, standingOf, type PromiseCounts, type PromiseLine } from '../../../domain/dialogue/promise.ts';
import { LONGEST_BREAK_DAYS } from '../../../domain/place/calendar/last-day.ts';
import { addDays } from '../../../domain/shared/time.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import type { Db, Tx } from '../../db/db.ts';
import { dialogues } from '../../db/schema/dialogue.ts';
import { promises, questions } from '../../db/schema/dialogue-question.ts';
import { readCalendar } from '../../place/calendar/reads.ts';

export type StoredPromise = typeof promises.$inferSelect;

/** A line of the ledger, with what whoever changes it has to know. */
export type LedgerLine = PromiseLine &
	Pick<StoredPromise, 'dialogueId' | 'questionId' | 'state' | 'version' | 'createdAt'>;

export async function readPromise(db: Db | Tx, id: string): Promise<StoredPromise | undefined> {
	const [promise] = await db.select().from(promises).where(eq(promises.id, id));
	return promise;
}

/** All promises that an organization made in its dialogues, but not those of rehearsals: what is due first comes first. */
export async function readLedger(db: Db, organizationId: string, today: string): Promise<LedgerLine[]> {
	const rows = await db
		.select({
			...{ promise: promises, question: questions.text, rehearsal: dialogues.rehearsal },
			...{ room: dialogues.room, title: dialogues.title, day: dialogues.day }
		})
		.from(promises)
		.innerJoin(dialogues, eq(dialogues.id, promises.dialogueId))
		.leftJoin(questions, and(eq(questions.id, promises.questionId)))
		.where(and(eq(promises.organizationId, organizationId), eq(dialogues.rehearsal, false)))
		.orderBy(asc(promises.dueDay), asc(promises.createdAt));
	const days = rows.map(({ promise }) => promise.dueDay).sort();
	const path = await readOrganizationPath(db, organizationId);
	const calendar = await readCalendar(db, path, days[0] ?? today, addDays(days.at(-1) ?? today, LONGEST_BREAK_DAYS));
	return rows.map(({ promise: { organizationId: _, ...promise }, question, room, title, day }) => ({
		...promise,
		standing: standingOf(promise, today, calendar),
		question: question ?? '',
		dialogue: { room, title, day }
	}));
}

/** What the next dialogue opens with: how it stands with what was promised before its own day. */
export async function readPromisesBefore(
	db: Db,
	{ organizationId, id, day }: { organizationId: string; id: string; day: string },
	today: string
): Promise<PromiseCounts> {
	const all = await readLedger(db, organizationId, today);
	const before = all.filter(({ dialogueId, dialogue }) => dialogueId !== id && dialogue.day <= day);
	return countPromises(before.map(({ standing }) => standing));
}

/** Those of one dialogue, the newest first. */
export function readPromisesOf(db: Db, dialogueId: string): Promise<StoredPromise[]> {
	return db.select().from(promises).where(eq(promises.dialogueId, dialogueId)).orderBy(desc(promises.createdAt));
}
