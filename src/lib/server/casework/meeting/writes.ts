import { and, eq } from 'drizzle-orm';
import type { AuditAction } from '../../../domain/account/audit.ts';
import type { DecisionChange, DecisionEntry, DecisionState } from '../../../domain/casework/meeting/decision.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { meetingDecisions } from '../../db/schema/meeting.ts';
import { readDecision, type StoredDecision } from './reads.ts';

interface By {
	organizationId: string;
	userId: string;
	now: number;
}

const sayDecision = ({ text, unit, dueDay }: Pick<StoredDecision, 'text' | 'unit' | 'dueDay'>) =>
	`${text} · ${unit} · ${dueDay}`;

/** Writes down what a meeting decides; the same form sent twice is one decision. */
export function writeDecision(
	db: Db,
	{ organizationId, userId, now }: By,
	{ friday, ...entry }: DecisionEntry & { friday: string }
): Promise<void> {
	return commit(db, async (tx) => {
		const row: StoredDecision = {
			...{ organizationId, friday, ...entry },
			...({ state: 'open', doneDay: '', result: '', version: 1, createdAt: now } as const)
		};
		const [fresh] = await tx.insert(meetingDecisions).values(row).onConflictDoNothing().returning();
		if (!fresh) return;
		const line = { organizationId, actorId: userId, action: 'meeting-decided', object: entry.id } as const;
		await writeAuditLine(tx, { ...line, detail: sayDecision(row), now });
	});
}

const BECOMES = { done: 'done', withdraw: 'withdrawn', reopen: 'open' } as const satisfies Record<
	DecisionChange['do'],
	DecisionState
>;
const DEEDS = {
	done: 'meeting-decision-done',
	withdraw: 'meeting-decision-withdrawn',
	reopen: 'meeting-decision-reopened'
} as const satisfies Record<DecisionChange['do'], AuditAction>;

/** Marks a decision as done, withdraws it with a reason, or takes it up again. Of two at one version the second is told. */
export function changeDecision(
	db: Db,
	{ organizationId, userId, now }: By,
	{ id, expected, change }: { id: string; expected: number; change: DecisionChange }
): Promise<Outcome<null, 'decision-unknown' | 'changed-meanwhile'>> {
	return commit(db, async (tx) => {
		const standing = await readDecision(tx, organizationId, id);
		if (!standing) return { ok: false, reason: 'decision-unknown' };
		const state = BECOMES[change.do];
		const allowed = (standing.state === 'open') !== (state === 'open');
		if (standing.version !== expected || !allowed) return { ok: false, reason: 'changed-meanwhile' };
		const doneDay = state === 'open' ? '' : localDay(now);
		const result = change.result ?? '';
		const own = and(eq(meetingDecisions.organizationId, organizationId), eq(meetingDecisions.id, id));
		const [changed] = await tx
			.update(meetingDecisions)
			.set({ state, doneDay, result, version: expected + 1 })
			.where(and(own, eq(meetingDecisions.version, expected)))
			.returning();
		if (!changed) return { ok: false, reason: 'changed-meanwhile' };
		const line = { organizationId, actorId: userId, action: DEEDS[change.do], object: id } as const;
		await writeAuditLine(tx, { ...line, detail: sayDecision(standing), reason: result, now });
		return { ok: true, value: null };
	});
}
