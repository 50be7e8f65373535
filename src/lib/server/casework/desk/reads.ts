import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { permits } from '../../../domain/account/right.ts';
import { compareText, sortByPerson } from '../../../domain/shared/text.ts';
import { readGrants } from '../../account/reads.ts';
import type { Db, Tx } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { answerTemplates, cases } from '../../db/schema/casework.ts';
import type { Secret } from '../../secret/secret.ts';
import { readCaseSteps, type CaseStep } from '../cases/reads.ts';
import { openWords } from '../cases/sealing.ts';

/** Who can be named for a case: whoever works there; for what is for the head alone, only who may see that. */
export async function readAssignable(
	db: Db | Tx,
	{ path, toHead }: { path: readonly string[]; toHead: boolean }
): Promise<{ id: string; name: string }[]> {
	const here = and(eq(users.organizationId, path[0]), isNull(users.disabledAt));
	const all = await db.select({ id: users.id, name: users.name }).from(users).where(here);
	const people = sortByPerson(all, ({ name }) => name);
	if (!toHead) return people;
	const may = await Promise.all(
		people.map(async ({ id }) => permits(await readGrants(db, id), 'case:head', { path, siteId: null }, id).allowed)
	);
	return people.filter((_, i) => may[i]);
}

/** What cases were forwarded to before, to choose from. */
export async function readUnits(db: Db, organizationId: string): Promise<string[]> {
	const rows = await db
		.selectDistinct({ unit: cases.unit })
		.from(cases)
		.where(eq(cases.organizationId, organizationId));
	return rows
		.map(({ unit }) => unit)
		.filter(Boolean)
		.sort(compareText);
}

export function readTemplates(db: Db, organizationId: string) {
	const { id, title, text } = answerTemplates;
	const standing = and(eq(answerTemplates.organizationId, organizationId), isNull(answerTemplates.archivedAt));
	return db.select({ id, title, text }).from(answerTemplates).where(standing).orderBy(asc(title), desc(id));
}

/** The names of users, by id; who has none here is left out. */
export async function readNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
	const asked = [...new Set(ids.filter(Boolean))];
	if (asked.length === 0) return new Map();
	const rows = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, asked));
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What was done with a case, the newest first, with who did it. */
export async function readHistory(
	db: Db,
	secret: Secret,
	caseId: string
): Promise<(CaseStep & { actor: string | null })[]> {
	const steps = await readCaseSteps(db, caseId);
	const names = await readNames(
		db,
		steps.map(({ actorId }) => actorId)
	);
	return steps
		.reverse()
		.map((step) => ({ ...step, text: openWords(secret, step), actor: names.get(step.actorId) ?? null }));
}
