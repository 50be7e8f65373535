import { and, eq, max } from 'drizzle-orm';
import { USUAL_TERMS, type Terms } from '../../../domain/casework/clock.ts';
import { ticketCode } from '../../../domain/survey/code.ts';
import type { Db, Tx } from '../../db/db.ts';
import { cases, caseSettings, caseSteps } from '../../db/schema/casework.ts';
import type { Secret } from '../../secret/secret.ts';

export type StoredCase = typeof cases.$inferSelect;
export type CaseStep = typeof caseSteps.$inferSelect;

/**
 * The code to follow a case by. It is made of where the case came from, so that whoever sent that is given it at once, before there is
 * a case, and the store keeps only a mark of it (decision 0028).
 */
export const caseCode = (
	secret: Secret,
	{ organizationId, source, sourceId }: Pick<StoredCase, 'organizationId' | 'source' | 'sourceId'>
) => ticketCode(Buffer.from(secret.mark('case', `code ${organizationId} ${source} ${sourceId}`), 'base64url'));
export const caseMark = (secret: Secret, code: string) => secret.mark('case', `follow ${code}`);

export async function readCase(db: Db | Tx, id: string): Promise<StoredCase | undefined> {
	const [row] = await db.select().from(cases).where(eq(cases.id, id));
	return row;
}

export async function readCaseByMark(db: Db | Tx, mark: string): Promise<StoredCase | undefined> {
	const [row] = await db.select().from(cases).where(eq(cases.followMark, mark));
	return row;
}

export async function readCaseOf(
	db: Db | Tx,
	{ organizationId, source, sourceId }: Pick<StoredCase, 'organizationId' | 'source' | 'sourceId'>
): Promise<StoredCase | undefined> {
	const its = and(eq(cases.organizationId, organizationId), eq(cases.source, source), eq(cases.sourceId, sourceId));
	const [row] = await db.select().from(cases).where(its);
	return row;
}

/** What was done with a case, the oldest first. */
export async function readCaseSteps(db: Db | Tx, caseId: string): Promise<CaseStep[]> {
	return db.select().from(caseSteps).where(eq(caseSteps.caseId, caseId)).orderBy(caseSteps.version);
}

/** The last number of a year; 0 where there is none yet. */
export async function readLastSeq(tx: Tx, organizationId: string, year: number): Promise<number> {
	const its = and(eq(cases.organizationId, organizationId), eq(cases.year, year));
	const [{ last }] = await tx
		.select({ last: max(cases.seq) })
		.from(cases)
		.where(its);
	return last ?? 0;
}

export interface CaseSettings extends Terms {
	fromSheets: boolean;
	/** The first day whose ratings may open a case; '' where none do. */
	fromSheetsSince: string;
}

export async function readCaseSettings(db: Db | Tx, organizationId: string): Promise<CaseSettings> {
	const [row] = await db.select().from(caseSettings).where(eq(caseSettings.organizationId, organizationId));
	return row ?? { ...USUAL_TERMS, fromSheets: false, fromSheetsSince: '' };
}
