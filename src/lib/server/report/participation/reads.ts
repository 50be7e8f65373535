import { and, between, eq, sql } from 'drizzle-orm';
import {
	type Participation,
	type ParticipationBy,
	type ParticipationRow,
	rateOf,
	signsOf
} from '../../../domain/report/participation.ts';
import { type Period, periodBefore } from '../../../domain/report/period.ts';
import type { ServedPlaces } from '../../../domain/report/served.ts';
import { weekName, weekOf } from '../../../domain/report/week.ts';
import type { Db } from '../../db/db.ts';
import { servedCounts } from '../../db/schema/report.ts';
import { readCounters, readOfficers } from '../../place/reads.ts';
import { readUsableVersions } from '../../survey/reads.ts';
import { type IndexQuestion, readIndexTable } from '../reads.ts';

type Question = Pick<IndexQuestion, 'organizationId' | 'versionId' | 'from' | 'to'>;

/** Served and answered side by side. Answered are released sheets of every questionnaire, read and withheld like every other table. */
export async function readParticipation(
	db: Db,
	{ organizationId, versionId, from, to }: Question,
	by: ParticipationBy
): Promise<{ rows: ParticipationRow[]; total: Participation }> {
	const others = (await readUsableVersions(db, organizationId, true)).map(({ id }) => id);
	const continues = others.filter((id) => id !== versionId);
	const table = await readIndexTable(db, { organizationId, by, from, to, versionId, continues, target: 90 });
	const served = await readServedBy(db, { organizationId, from, to }, by);
	const rows = table.rows.map(({ key, name, sheets }) => ({
		...{ key, name, answered: sheets },
		served: served.get(key ?? '') ?? 0
	}));
	const known = new Set(rows.map(({ key }) => key ?? ''));
	const alone = [...served].filter(([key]) => !known.has(key));
	const more = alone.map(([key, count]) => ({
		...{ key: key || null, served: count, answered: 0 },
		name: by === 'week' ? weekName(key) : key
	}));
	const all = [...rows, ...more].filter((row) => row.served > 0 || row.answered !== 0);
	return {
		rows: by === 'week' ? all.toSorted((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1)) : all,
		total: { served: [...served.values()].reduce((sum, each) => sum + each, 0), answered: table.total.sheets }
	};
}

async function readServedBy(
	db: Db,
	{ organizationId, from, to }: Pick<Question, 'organizationId' | 'from' | 'to'>,
	by: ParticipationBy
): Promise<Map<string, number>> {
	const column = { counter: servedCounts.counterId, officer: servedCounts.officerId, week: servedCounts.day }[by];
	const rows = await db
		.select({ key: column, served: sql<number>`sum(${servedCounts.served})`.mapWith(Number) })
		.from(servedCounts)
		.where(and(eq(servedCounts.organizationId, organizationId), between(servedCounts.day, from, to)))
		.groupBy(column);
	const sums = new Map<string, number>();
	for (const { key, served } of rows) {
		const own = by === 'week' ? weekOf(key) : key;
		sums.set(own, (sums.get(own) ?? 0) + served);
	}
	return sums;
}

/** A period, the one before it, and what makes its score doubtful. */
export async function readParticipationSigns(db: Db, question: Question, period: Period, by: ParticipationBy) {
	const now = await readParticipation(db, question, by);
	const { from, to } = periodBefore(period);
	const before = await readParticipation(db, { ...question, from, to }, by);
	return { ...now, signs: signsOf(now, before.total.served > 0 ? before : null, by !== 'week') };
}

/** What stands beside the score; null where nobody has entered how many were served, or it says nothing. By counter, so for everybody. */
export async function readParticipationNote(db: Db, question: Question, period: Period) {
	const { organizationId, from, to } = question;
	if ((await readServedBy(db, { organizationId, from, to }, 'counter')).size === 0) return null;
	const { total, signs } = await readParticipationSigns(db, question, period, 'counter');
	const rate = rateOf(total);
	return rate && { rate: rate.value, served: total.served, signs: signs.length };
}

/** What lines of a file may name. */
export async function readServedPlaces(db: Db, organizationId: string, today: string): Promise<ServedPlaces> {
	return {
		counters: (await readCounters(db, organizationId)).filter(({ archivedAt }) => archivedAt === null),
		officers: (await readOfficers(db, organizationId)).filter(({ archivedAt }) => archivedAt === null),
		today
	};
}
