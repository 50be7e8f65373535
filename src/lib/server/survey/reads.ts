import { and, inArray, ne } from 'drizzle-orm';
import { BUILT_IN_VERSIONS, findVersion, learnVersions } from '../../domain/survey/catalogue.ts';
import type { QuestionnaireVersion } from '../../domain/survey/questionnaire.ts';
import { readOrganizationPath } from '../account/extent/reads.ts';
import type { Db } from '../db/db.ts';
import { questionnaireVersions } from '../db/schema/survey.ts';

/** At the start of a process: every version that was ever published, retired ones too, for their answers are counted. */
export async function learnPublished(db: Db) {
	const rows = await db.select().from(questionnaireVersions).where(ne(questionnaireVersions.state, 'draft'));
	learnVersions(rows.map(({ id, content }) => ({ ...content, id })));
}

/** Looks up what another node has published since. To be awaited before anything asks `findVersion` for ids from outside. */
export async function knowVersions(db: Db, ids: Iterable<string>) {
	const unknown = [...new Set(ids)].filter((id) => id !== '' && !findVersion(id));
	if (unknown.length === 0) return;
	const rows = await db
		.select()
		.from(questionnaireVersions)
		.where(and(inArray(questionnaireVersions.id, unknown.slice(0, 100)), ne(questionnaireVersions.state, 'draft')));
	learnVersions(rows.map(({ id, content }) => ({ ...content, id })));
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
