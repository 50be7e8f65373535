import { and, asc, desc, eq } from 'drizzle-orm';
import { plainText, type AuditAction } from '../../../domain/account/audit.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { auditLines } from '../../db/schema/account.ts';
import { auditHash } from './reads.ts';

export interface AuditEvent {
	organizationId: string;
	/** A user, a tablet, or 'system' for the machine itself. */
	actorId: string;
	action: AuditAction;
	object: string;
	detail: string;
	reason?: string;
	now: number;
}

/** One step of a use-case: who did what to what, as the next link of its organization's chain. Never names a citizen, never holds a secret. */
export async function writeAuditLine(tx: Tx, { now, reason = '', ...event }: AuditEvent) {
	const { organizationId } = event;
	await lock(tx, [`audit ${organizationId}`]);
	const [last] = await tx
		.select({ seq: auditLines.seq, hash: auditLines.hash })
		.from(auditLines)
		.where(eq(auditLines.organizationId, organizationId))
		.orderBy(desc(auditLines.seq))
		.limit(1);
	const said = { detail: plainText(event.detail), reason: plainText(reason) };
	const line = { ...event, ...said, at: now, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? '' };
	await tx.insert(auditLines).values({ ...line, hash: auditHash(line) });
}

/** A use-case of its own: something that changed nothing and is to be remembered, such as a reading. */
export function noteEvent(db: Db, event: AuditEvent): Promise<void> {
	return commit(db, (tx) => writeAuditLine(tx, event));
}

/** Lines from before there was a chain have no hash yet: they are linked once, and only where none of the chain's lines has one. */
export async function linkOldLines(db: Db) {
	const [unlinked] = await db.select({ seq: auditLines.seq }).from(auditLines).where(eq(auditLines.hash, '')).limit(1);
	if (!unlinked) return;
	await commit(db, async (tx) => {
		const lines = await tx.select().from(auditLines).orderBy(asc(auditLines.organizationId), asc(auditLines.seq));
		for (const chain of Map.groupBy(lines, ({ organizationId }) => organizationId).values()) {
			if (chain.some(({ hash }) => hash !== '')) continue;
			let previous = '';
			for (const { organizationId, seq, ...line } of chain) {
				const hash = auditHash({ organizationId, seq, ...line, previous });
				const own = and(eq(auditLines.organizationId, organizationId), eq(auditLines.seq, seq));
				await tx.update(auditLines).set({ previous, hash }).where(own);
				previous = hash;
			}
		}
	});
}
