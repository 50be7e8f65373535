import { and, between, eq, sql } from 'drizzle-orm';
import {
	type Participation,
	type ParticipationBy,
	type ParticipationRow,
	begunBlocks,
	rateOf,
	signsOf
} from '../../../domain/report/participation.ts';
import { type Period, periodBefore } from '../../../domain/report/period.ts';
import type { ServedPlaces } from '../../../domain/report/served.ts';
import { weekName, weekOf } from '../../../domain/report/week.ts';
import { addDays, monthOf } from '../../../domain/shared/time.ts';
import type { Db } from '../../db/db.ts';
import { begunCounts, servedCounts } from '../../db/schema/report.ts';
import { readCounters, readOfficers } from '../../place/reads.ts';
import { readUsableVersions } from '../../survey/reads.ts';
import { type IndexQuestion, readIndexTable } from '../reads.ts';

/** `today` is the first local day that is not over. */
type Question = Pick<IndexQuestion, 'organizationId' | 'versionId' | 'from' | 'to'> & { today: string };

/** Served and answered side by side. Answered are released sheets of every questionnaire, read and withheld like every other table. */
export async function readParticipation(
	db: Db,
	{ organizationId, versionId, from, to, today }: Question,
	by: ParticipationBy
): Promise<{ rows: ParticipationRow[]; total: Participation }> {
	const others = (await readUsableVersions(db, organizationId, true)).map(({ id }) => id);
	const continues = others.filter((id) => id !== versionId);
	const question = { organizationId, by, from, to, versionId, continues, target: 90 };
	const table = await readIndexTable(db, question);
	const tablets = await readIndexTable(db, { ...question, channels: ['terminal'] });
	const sheetsOf = new Map(tablets.rows.map(({ key, sheets }) => [key ?? '', sheets]));
	const served = await readServedBy(db, { organizationId, from, to }, by);
	const begun = await readBegunBy(db, { organizationId, from, to, today }, by);
	const rowOf = (key: string, name: string, answered: number | null) => ({
		...{ key: key || null, name, answered, served: served.get(key) ?? 0 },
		...{ begun: begun.get(key) ?? 0, onTablet: sheetsOf.get(key) ?? (answered === null ? null : 0) }
	});
	const rows = table.rows.map(({ key, name, sheets }) => rowOf(key ?? '', name, sheets));
	const known = new Set(rows.map(({ key }) => key ?? ''));
	const alone = [...new Set([...served.keys(), ...begun.keys()])].filter((key) => !known.has(key));
	const more = alone.map((key) => rowOf(key, by === 'week' ? weekName(key) : key, 0));
	const all = [...rows, ...more].filter((row) => row.served > 0 || row.begun > 0 || row.answered !== 0);
	const sum = (of: Map<string, number>) => [...of.values()].reduce((before, each) => before + each, 0);
	return {
		rows: by === 'week' ? all.toSorted((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1)) : all,
		total: {
			...{ served: sum(served), answered: table.total.sheets },
			...{ begun: sum(begun), onTablet: tablets.total.sheets }
		}
	};
}

/** How often somebody began, by days that are over, as far as they fill blocks. */
async function readBegunBy(
	db: Db,
	{ organizationId, from, to, today }: Omit<Question, 'versionId'>,
	by: ParticipationBy
): Promise<Map<string, number>> {
	const { counterId, officerId, day } = begunCounts;
	const last = to < today ? to : addDays(today, -1);
	const rows = await db
		.select({ counterId, officerId, day, times: sql<number>`sum(${begunCounts.times})`.mapWith(Number) })
		.from(begunCounts)
		// Blocks are filled from the first of the month on.
		.where(and(eq(begunCounts.organizationId, organizationId), between(day, `${monthOf(from)}-01`, last)))
		.groupBy(counterId, officerId, day)
		.orderBy(day);
	const sums = new Map<string, number>();
	for (const own of Map.groupBy(rows, (row) => `${row.counterId} ${row.officerId}`).values()) {
		const [{ counterId: counter, officerId: officer }] = own;
		for (const block of begunBlocks(own, officer !== '')) {
			if (block.day < from) continue;
			const key = { counter, officer, week: weekOf(block.day) }[by];
			sums.set(key, (sums.get(key) ?? 0) + block.times);
		}
	}
	return sums;
}

async function readServedBy(
	db: Db,
	{ organizationId, from, to }: Omit<Question, 'versionId' | 'today'>,
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
	const known = before.total.served > 0 || before.total.begun > 0;
	return { ...now, signs: signsOf(now, known ? before : null, by !== 'week') };
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
