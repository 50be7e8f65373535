import { count, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../db/db.ts';
import { caseFiles } from '../../db/schema/casework.ts';

export type StoredFile = typeof caseFiles.$inferSelect;

/** What is attached to a case, the oldest first, without the contents. */
export async function readCaseFiles(db: Db, caseId: string): Promise<Omit<StoredFile, 'content'>[]> {
	const { id, organizationId, name, type, bytes, addedBy, addedAt } = caseFiles;
	return db
		.select({ id, organizationId, caseId: caseFiles.caseId, name, type, bytes, addedBy, addedAt })
		.from(caseFiles)
		.where(eq(caseFiles.caseId, caseId))
		.orderBy(addedAt, id);
}

export async function readCaseFile(db: Db, id: string): Promise<StoredFile | undefined> {
	const [file] = await db.select().from(caseFiles).where(eq(caseFiles.id, id));
	return file;
}

export async function countCaseFiles(tx: Tx, caseId: string): Promise<number> {
	const [{ files }] = await tx.select({ files: count() }).from(caseFiles).where(eq(caseFiles.caseId, caseId));
	return files;
}
