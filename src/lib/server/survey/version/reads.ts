import { and, count, desc, eq, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import { BUILT_IN_VERSIONS } from '../../../domain/survey/catalogue.ts';
import type { QuestionnaireContent } from '../../../domain/survey/questionnaire.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import type { Db, Tx } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { collectors, questionnaireVersions, ticketBatches } from '../../db/schema/survey.ts';

export type VersionRow = typeof questionnaireVersions.$inferSelect;

/** Where a version is in use now: organizations by name, open posters, batches of tickets that are good on `today`. */
export interface VersionUse {
	organizations: string[];
	posters: number;
	batches: number;
}

/** The versions an organization sees: all of its own, and what those above it have published; newest first within a line. */
export async function readVersionRows(db: Db, organizationId: string): Promise<VersionRow[]> {
	const path = await readOrganizationPath(db, organizationId);
	const own = eq(questionnaireVersions.organizationId, organizationId);
	const above = and(inArray(questionnaireVersions.organizationId, path), ne(questionnaireVersions.state, 'draft'));
	return db
		.select()
		.from(questionnaireVersions)
		.where(or(own, above))
		.orderBy(desc(questionnaireVersions.createdAt), desc(questionnaireVersions.number));
}

export async function readVersionRow(db: Db | Tx, organizationId: string, id: string): Promise<VersionRow | undefined> {
	const own = and(eq(questionnaireVersions.organizationId, organizationId), eq(questionnaireVersions.id, id));
	const [row] = await db.select().from(questionnaireVersions).where(own);
	return row;
}

/** A version as the staff of an organization sees it. */
export interface SeenVersion {
	id: string;
	origin: 'own' | 'above' | 'built-in';
	/** The organization above that made it; '' for the others. */
	from: string;
	name: string;
	/** 0: built in, a line of one. */
	number: number;
	state: VersionRow['state'];
	content: QuestionnaireContent;
	continuesTrend: boolean;
	changedAt: number;
	publishedAt: number | null;
	retiredAt: number | null;
	use: VersionUse;
	/** Whether the organization itself names it as the one to show. */
	inUse: boolean;
}

/** Every version that an organization sees, the built-in ones last. */
export async function readVersions(db: Db, organizationId: string, today: string): Promise<SeenVersion[]> {
	const rows = await readVersionRows(db, organizationId);
	const uses = await readVersionUses(db, organizationId, today);
	const path = [organizationId, ...new Set(rows.map((row) => row.organizationId))];
	const known = await db.select().from(organizations).where(inArray(organizations.id, path));
	const byId = new Map(known.map((one) => [one.id, one]));
	const placed = (id: string) => ({
		use: uses.get(id) ?? { organizations: [], posters: 0, batches: 0 },
		inUse: byId.get(organizationId)?.versionId === id
	});
	const written = rows.map((row): SeenVersion => {
		const { id, name, number, state, content, continuesTrend, changedAt, publishedAt, retiredAt } = row;
		const own = row.organizationId === organizationId;
		const from = own ? '' : (byId.get(row.organizationId)?.name ?? '');
		const said = { id, name, number, state, content, continuesTrend, changedAt, publishedAt, retiredAt };
		return { ...said, origin: own ? 'own' : 'above', from, ...placed(id) };
	});
	const builtIn = BUILT_IN_VERSIONS.map(({ id, ...content }): SeenVersion => {
		const never = { number: 0, continuesTrend: false, changedAt: 0, publishedAt: null, retiredAt: null };
		return { id, origin: 'built-in', from: '', name: id, state: 'published', content, ...never, ...placed(id) };
	});
	return [...written, ...builtIn];
}

/** One of them; undefined where the organization sees none of this id. */
export async function readVersion(
	db: Db,
	organizationId: string,
	id: string,
	today: string
): Promise<SeenVersion | undefined> {
	return (await readVersions(db, organizationId, today)).find((version) => version.id === id);
}

/** What a copy may be made of: what is built in, and every version the organization sees. */
export async function readSource(
	db: Db,
	organizationId: string,
	id: string
): Promise<QuestionnaireContent | undefined> {
	const builtIn = BUILT_IN_VERSIONS.find((version) => version.id === id);
	if (builtIn) {
		const { id: _, ...content } = builtIn;
		return content;
	}
	return (await readVersionRows(db, organizationId)).find((row) => row.id === id)?.content;
}

/** The version of the same line that was published before this one; undefined for the first. */
export async function readVersionBefore(
	db: Db | Tx,
	row: Pick<VersionRow, 'organizationId' | 'questionnaireId' | 'number'>
): Promise<VersionRow | undefined> {
	const [before] = await db
		.select()
		.from(questionnaireVersions)
		.where(
			and(
				eq(questionnaireVersions.organizationId, row.organizationId),
				eq(questionnaireVersions.questionnaireId, row.questionnaireId),
				lt(questionnaireVersions.number, row.number),
				ne(questionnaireVersions.state, 'draft')
			)
		)
		.orderBy(desc(questionnaireVersions.number))
		.limit(1);
	return before;
}

/** Where versions are in use in an organization and right below it, by version. */
export async function readVersionUses(db: Db, organizationId: string, today: string): Promise<Map<string, VersionUse>> {
	const reached = await db
		.select({ id: organizations.id, name: organizations.name, versionId: organizations.versionId })
		.from(organizations)
		.where(
			and(
				or(eq(organizations.id, organizationId), eq(organizations.parentId, organizationId)),
				isNull(organizations.archivedAt)
			)
		);
	const ids = reached.map(({ id }) => id);
	const posters = await db
		.select({ versionId: collectors.versionId, n: count() })
		.from(collectors)
		.where(and(inArray(collectors.organizationId, ids), isNull(collectors.closedAt)))
		.groupBy(collectors.versionId);
	const batches = await db
		.select({ versionId: ticketBatches.versionId, expiresOn: ticketBatches.expiresOn, n: count() })
		.from(ticketBatches)
		.where(and(inArray(ticketBatches.organizationId, ids), isNull(ticketBatches.voidedAt)))
		.groupBy(ticketBatches.versionId, ticketBatches.expiresOn);
	const uses = new Map<string, VersionUse>();
	const of = (id: string) => {
		const use = uses.get(id) ?? { organizations: [], posters: 0, batches: 0 };
		uses.set(id, use);
		return use;
	};
	for (const { name, versionId } of reached) of(versionId).organizations.push(name);
	for (const { versionId, n } of posters) if (versionId !== null) of(versionId).posters += n;
	for (const { versionId, expiresOn, n } of batches) if (expiresOn >= today) of(versionId).batches += n;
	return uses;
}
