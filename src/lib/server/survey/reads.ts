import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { BUILT_IN_VERSIONS, findVersion, learnVersions } from '../../domain/survey/catalogue.ts';
import type { QuestionnaireVersion } from '../../domain/survey/questionnaire.ts';
import { readOrganizationPath } from '../account/extent/reads.ts';
import type { Db, Queries } from '../db/db.ts';
import { organizations } from '../db/schema/place.ts';
import { questionnaireVersions } from '../db/schema/survey.ts';

/** At the start of a process: every version that was ever published, retired ones too, for their answers are counted. */
export async function learnPublished(db: Db) {
	const rows = await db.select().from(questionnaireVersions).where(ne(questionnaireVersions.state, 'draft'));
	learnVersions(rows.map(({ id, content }) => ({ ...content, id })));
}

/** Looks up what another node has published since. To be awaited before anything asks `findVersion` for ids from outside. */
export async function knowVersions(db: Queries, ids: Iterable<string>) {
	const unknown = [...new Set(ids)].filter((id) => id !== '' && !findVersion(id));
	if (unknown.length === 0) return;
	const rows = await db
		.select()
		.from(questionnaireVersions)
		.where(and(inArray(questionnaireVersions.id, unknown.slice(0, 100)), ne(questionnaireVersions.state, 'draft')));
	learnVersions(rows.map(({ id, content }) => ({ ...content, id })));
}

/** The same for sheets as they came, of whatever shape. */
export function knowVersionsOf(db: Queries, bodies: readonly unknown[]) {
	const named = bodies.map((body) => (body as { versionId?: unknown } | null)?.versionId);
	return knowVersions(
		db,
		named.filter((id) => typeof id === 'string')
	);
}

/**
 * What a poster, a ticket or a survey page of an organization shows: the version it names, or with null the one the organization
 * uses. Of a retired version the newest published one of its line; undefined, the survey is closed, where there is none, where the
 * version is a draft, or where it is neither built in nor of the organization or one above it.
 */
export async function versionToShow(
	db: Db,
	organizationId: string,
	versionId: string | null
): Promise<QuestionnaireVersion | undefined> {
	const id = versionId ?? (await readVersionInUse(db, organizationId));
	const builtIn = BUILT_IN_VERSIONS.find((version) => version.id === id);
	if (builtIn) return builtIn;
	const path = await readOrganizationPath(db, organizationId);
	const [named] = await db
		.select()
		.from(questionnaireVersions)
		.where(and(eq(questionnaireVersions.id, id), inArray(questionnaireVersions.organizationId, path)));
	if (!named || named.state === 'draft') return undefined;
	const row = named.state === 'published' ? named : await readNewestPublished(db, named);
	if (!row) return undefined;
	learnVersions([{ ...row.content, id: row.id }]);
	return findVersion(row.id);
}

async function readVersionInUse(db: Db, organizationId: string): Promise<string> {
	const [row] = await db
		.select({ versionId: organizations.versionId })
		.from(organizations)
		.where(eq(organizations.id, organizationId));
	return row?.versionId ?? '';
}

async function readNewestPublished(db: Db, line: { organizationId: string; questionnaireId: string }) {
	const [newest] = await db
		.select()
		.from(questionnaireVersions)
		.where(
			and(
				eq(questionnaireVersions.organizationId, line.organizationId),
				eq(questionnaireVersions.questionnaireId, line.questionnaireId),
				eq(questionnaireVersions.state, 'published')
			)
		)
		.orderBy(desc(questionnaireVersions.number))
		.limit(1);
	return newest;
}

/**
 * The versions an organization may use: the built-in ones, its own published ones, and those of the organizations above it. With
 * `retired` also those that are offered to nobody new.
 */
export async function readUsableVersions(
	db: Db,
	organizationId: string,
	retired = false
): Promise<QuestionnaireVersion[]> {
	const path = await readOrganizationPath(db, organizationId);
	const states: ('published' | 'retired')[] = retired ? ['published', 'retired'] : ['published'];
	const rows = await db
		.select()
		.from(questionnaireVersions)
		.where(and(inArray(questionnaireVersions.organizationId, path), inArray(questionnaireVersions.state, states)))
		.orderBy(questionnaireVersions.name, questionnaireVersions.number);
	const own = rows.map(({ id, content }) => ({ ...content, id }));
	learnVersions(own);
	return [...BUILT_IN_VERSIONS, ...own];
}
