import { and, eq, inArray } from 'drizzle-orm';
import { showCaseNumber } from '../../../domain/casework/case.ts';
import type { Db } from '../../db/db.ts';
import { cases } from '../../db/schema/casework.ts';

/** The numbers of the cases that were opened from these questions, by question. */
export async function readQuestionCases(
	db: Db,
	organizationId: string,
	questionIds: readonly string[]
): Promise<Map<string, { id: string; number: string }>> {
	if (questionIds.length === 0) return new Map();
	const its = and(eq(cases.organizationId, organizationId), eq(cases.source, 'question'));
	const rows = await db
		.select({ id: cases.id, year: cases.year, seq: cases.seq, sourceId: cases.sourceId })
		.from(cases)
		.where(and(its, inArray(cases.sourceId, [...questionIds])));
	return new Map(rows.map(({ id, sourceId, ...number }) => [sourceId, { id, number: showCaseNumber(number) }]));
}
