import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { AuditAction } from '../../../domain/account/audit.ts';
import type { PromiseEntry } from '../../../domain/dialogue/promise.ts';
import { shortId } from '../../../domain/shared/id.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { promises } from '../../db/schema/dialogue-question.ts';
import { announce } from '../../live/announce.ts';
import { readHeld } from '../hall/reads.ts';
import { readQuestion } from '../questions/reads.ts';
import { grow } from '../questions/writes.ts';
import { readPromise, type StoredPromise } from './reads.ts';

interface By {
	organizationId: string;
	userId: string;
	now: number;
}

/** Writes a promise down while it is made; the same form sent twice is one promise. */
export function writePromise(
	db: Db,
	{ organizationId, userId, now }: By,
	{ id, dialogueId, questionId, ...entry }: PromiseEntry & { id: string; dialogueId: string; questionId: string | null }
): Promise<Outcome<null, 'question-unknown' | 'hall-copy'>> {
	return commit(db, async (tx, afterCommit) => {
		if (await readHeld(tx, dialogueId)) return { ok: false, reason: 'hall-copy' };
		if (questionId && (await readQuestion(tx, questionId))?.dialogueId !== dialogueId)
			return { ok: false, reason: 'question-unknown' };
		const row: StoredPromise = {
			...{ id, organizationId, dialogueId, questionId, ...entry },
			...({ state: 'open', doneDay: '', evidence: '', reason: '', version: 1, createdAt: now } as const)
		};
		const [fresh] = await tx.insert(promises).values(row).onConflictDoNothing().returning();
		if (!fresh) return { ok: true, value: null };
		await grow(tx, dialogueId);
		const detail = sayPromise(row);
		await writeAuditLine(tx, { organizationId, actorId: userId, action: 'promise-written', object: id, detail, now });
		afterCommit(() => announce(dialogueId));
		return { ok: true, value: null };
	});
}

/** A new number for a form of a promise. */
export const newPromiseId = () => shortId(randomBytes(8));

const sayPromise = ({ text, unit, dueDay }: PromiseEntry) => `${text} · ${unit} · ${dueDay}`;

export type PromiseChange =
	| ({ do: 'change' } & PromiseEntry)
	| { do: 'done'; evidence: string; doneDay: string }
	| { do: 'reopen' }
	| { do: 'withdraw'; reason: string };
export type PromiseProblem = 'promise-unknown' | 'changed-meanwhile' | 'not-now' | 'day-wrong';

const DEEDS = {
	change: 'promise-changed',
	done: 'promise-done',
	reopen: 'promise-reopened',
	withdraw: 'promise-withdrawn'
} as const satisfies Record<PromiseChange['do'], AuditAction>;

/** What becomes of a promise; everything that was said of it before stays in the audit log. */
export function changePromise(
	db: Db,
	{ organizationId, userId, now }: By,
	{ id, expected, change }: { id: string; expected: number; change: PromiseChange }
): Promise<Outcome<null, PromiseProblem>> {
	return commit(db, async (tx, afterCommit) => {
		const before = await readPromise(tx, id);
		if (before?.organizationId !== organizationId) return { ok: false, reason: 'promise-unknown' };
		if (change.do === 'done' && change.doneDay > localDay(now)) return { ok: false, reason: 'day-wrong' };
		const next = changed(before, change);
		if (!next) return { ok: false, reason: 'not-now' };
		const [moved] = await tx
			.update(promises)
			.set({ ...next, version: expected + 1 })
			.where(and(eq(promises.id, id), eq(promises.version, expected)))
			.returning();
		if (!moved) return { ok: false, reason: 'changed-meanwhile' };
		await grow(tx, before.dialogueId);
		const detail =
			change.do === 'change'
				? `${sayPromise(before)} → ${sayPromise(moved)}`
				: [sayPromise(moved), moved.doneDay, moved.evidence].filter(Boolean).join(' · ');
		const line = { organizationId, actorId: userId, object: id, detail, reason: moved.reason, now };
		await writeAuditLine(tx, { ...line, action: DEEDS[change.do] });
		afterCommit(() => announce(before.dialogueId));
		return { ok: true, value: null };
	});
}

function changed({ state }: StoredPromise, change: PromiseChange): Partial<StoredPromise> | null {
	switch (change.do) {
		case 'change': {
			const { text, unit, dueDay } = change;
			return state === 'open' ? { text, unit, dueDay } : null;
		}
		case 'done':
			return state === 'open' ? { state: 'done', doneDay: change.doneDay, evidence: change.evidence } : null;
		case 'withdraw':
			return state === 'open' ? { state: 'withdrawn', reason: change.reason } : null;
		case 'reopen':
			return state === 'open' ? null : { state: 'open', doneDay: '', evidence: '', reason: '' };
	}
}
