import { and, desc, eq } from 'drizzle-orm';
import { showCaseNumber } from '../../../domain/casework/case.ts';
import type { PublishedCase } from '../../../domain/casework/register.ts';
import type { Db } from '../../db/db.ts';
import { cases } from '../../db/schema/casework.ts';

/** All that ever leaves of a case; whoever wants another column here says why. */
const PUBLIC = {
	...{ year: cases.year, seq: cases.seq, class: cases.class, fieldId: cases.fieldId },
	...{ question: cases.publicQuestion, answer: cases.publicAnswer },
	...{ receivedAt: cases.receivedAt, answeredAt: cases.answeredAt, publishedAt: cases.publishedAt }
};

const published = (organizationId: string) =>
	and(eq(cases.organizationId, organizationId), eq(cases.state, 'published'));

interface Row extends Omit<PublishedCase, 'number' | 'answeredAt' | 'publishedAt'> {
	year: number;
	seq: number;
	answeredAt: number | null;
	publishedAt: number | null;
}

const shown = ({ year, seq, ...row }: Row): PublishedCase => ({
	...{ ...row, number: showCaseNumber({ year, seq }) },
	...{ answeredAt: row.answeredAt ?? 0, publishedAt: row.publishedAt ?? 0 }
});

/** What an organization has published, the newest first. */
export async function readPublishedCases(db: Db, organizationId: string): Promise<PublishedCase[]> {
	const rows = await db
		.select(PUBLIC)
		.from(cases)
		.where(published(organizationId))
		.orderBy(desc(cases.publishedAt), desc(cases.year), desc(cases.seq));
	return rows.map(shown);
}

export async function readPublishedCase(
	db: Db,
	organizationId: string,
	{ year, seq }: { year: number; seq: number }
): Promise<PublishedCase | null> {
	const its = and(published(organizationId), eq(cases.year, year), eq(cases.seq, seq));
	const [row] = await db.select(PUBLIC).from(cases).where(its);
	return row ? shown(row) : null;
}
