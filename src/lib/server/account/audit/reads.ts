import { desc, eq } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { auditLines, users } from '../../db/schema/account.ts';

/** The newest lines of the audit log with the name of who acted. */
export async function readAuditLines(db: Db, organizationId: string, atMost: number) {
	return db
		.select({
			seq: auditLines.seq,
			at: auditLines.at,
			action: auditLines.action,
			object: auditLines.object,
			detail: auditLines.detail,
			reason: auditLines.reason,
			actorId: auditLines.actorId,
			actorName: users.name
		})
		.from(auditLines)
		.leftJoin(users, eq(users.id, auditLines.actorId))
		.where(eq(auditLines.organizationId, organizationId))
		.orderBy(desc(auditLines.seq))
		.limit(atMost);
}
