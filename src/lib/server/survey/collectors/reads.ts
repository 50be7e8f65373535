import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { K, K_OFFICER } from '../../../domain/report/secrecy.ts';
import { aimKindOf, type AimKind, type CollectorAim } from '../../../domain/survey/collector.ts';
import { isPosterCode, readCode } from '../../../domain/survey/code.ts';
import { find } from '../../db/bulk.ts';
import type { Db, Tx } from '../../db/db.ts';
import { counters, fields, officers, organizations, sites } from '../../db/schema/place.ts';
import { releasedCounts } from '../../db/schema/report.ts';
import { collectors } from '../../db/schema/survey.ts';

export type CollectorRow = typeof collectors.$inferSelect;

/** A poster with the names of what it is about. */
export interface ListedCollector extends CollectorRow {
	aim: { kind: AimKind; name: string; archived: boolean };
	/** Released sheets of posters that count for exactly the same; null: too few to be told. */
	answers: number | null;
}

/** The poster of a typed or scanned code, closed or not; undefined where no poster has it. Writes nothing. */
export async function readCollectorByCode(db: Db, typed: string): Promise<CollectorRow | undefined> {
	const code = readCode(typed.slice(0, 64));
	if (!isPosterCode(code)) return undefined;
	const [row] = await db.select().from(collectors).where(eq(collectors.code, code));
	return row;
}

export async function readCollector(
	db: Db | Tx,
	organizationId: string,
	id: string
): Promise<CollectorRow | undefined> {
	const [row] = await find(db, collectors, ['id', 'organizationId'], [{ id, organizationId }]);
	return row;
}

/** All posters of an organization, the newest first. */
export async function readCollectorList(db: Db, organizationId: string): Promise<ListedCollector[]> {
	const rows = await db
		.select({
			collector: collectors,
			organization: { name: organizations.name },
			site: { name: sites.name, archivedAt: sites.archivedAt },
			counter: { number: counters.number, name: counters.name, archivedAt: counters.archivedAt },
			field: { name: fields.name, archivedAt: fields.archivedAt },
			officer: { name: officers.name, archivedAt: officers.archivedAt }
		})
		.from(collectors)
		.innerJoin(organizations, eq(organizations.id, collectors.organizationId))
		.leftJoin(sites, eq(sites.id, collectors.siteId))
		.leftJoin(counters, eq(counters.id, collectors.counterId))
		.leftJoin(fields, eq(fields.id, collectors.fieldId))
		.leftJoin(officers, eq(officers.id, collectors.officerId))
		.where(eq(collectors.organizationId, organizationId))
		.orderBy(desc(collectors.createdAt), asc(collectors.name));
	const answers = await readPosterAnswers(db, organizationId);
	return rows.map(({ collector, organization, ...named }) => {
		const kind = aimKindOf(collector);
		const thing = kind === 'organization' ? null : named[kind];
		const name = kind === 'counter' && named.counter ? counterLabel(named.counter) : thing?.name;
		const n = answers.get(aimKey(collector)) ?? 0;
		return {
			...collector,
			aim: { kind, name: name ?? organization.name, archived: (thing?.archivedAt ?? null) !== null },
			answers: n < (collector.officerId ? K_OFFICER : K) ? null : n
		};
	});
}

/** Released sheets of the poster channel by what they count for: sums of whole blocks of at least k. */
async function readPosterAnswers(db: Db, organizationId: string): Promise<Map<string, number>> {
	const { siteId, counterId, fieldId, officerId } = releasedCounts;
	const rows = await db
		.select({ siteId, counterId, fieldId, officerId, n: sql<number>`sum(${releasedCounts.sheets})`.mapWith(Number) })
		.from(releasedCounts)
		.where(
			and(
				eq(releasedCounts.organizationId, organizationId),
				eq(releasedCounts.channel, 'poster'),
				eq(releasedCounts.itemId, '')
			)
		)
		.groupBy(siteId, counterId, fieldId, officerId);
	return new Map(rows.map(({ n, ...aim }) => [aimKey(aim), n]));
}

const aimKey = ({ siteId, counterId, fieldId, officerId }: CollectorAim) =>
	[siteId, counterId, fieldId, officerId].join(' ');
