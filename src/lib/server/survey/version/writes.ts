import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { BUILT_IN_VERSIONS, learnVersions } from '../../../domain/survey/catalogue.ts';
import { judgeContent, judgeTrend } from '../../../domain/survey/publishing.ts';
import type { QuestionnaireContent } from '../../../domain/survey/questionnaire.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { questionnaireVersions } from '../../db/schema/survey.ts';
import type { Change } from '../../place/shelf/writes.ts';
import { readVersionBefore, readVersionRow, type VersionRow } from './reads.ts';

/** What a draft weighs at most, characters of JSON. */
const LARGEST_CONTENT = 400_000;

/** A questionnaire of its own, as a draft. The id comes with the form, so that a form sent twice makes one. */
export async function addDraft(
	db: Db,
	change: Change & { id: string; name: string; content: QuestionnaireContent }
): Promise<Outcome<null, 'form-stale' | 'too-large'>> {
	const { organizationId, changedBy, now, id, name, content } = change;
	if (JSON.stringify(content).length > LARGEST_CONTENT) return { ok: false, reason: 'too-large' };
	return commit(db, async (tx) => {
		const row = { id, organizationId, questionnaireId: id, number: 1, name, content, state: 'draft' } as const;
		const at = { createdAt: now, changedAt: now };
		const [added] = await tx
			.insert(questionnaireVersions)
			.values({ ...row, ...at })
			.onConflictDoNothing()
			.returning({ id: questionnaireVersions.id });
		if (!added)
			return (await readVersionRow(tx, organizationId, id))
				? { ok: true, value: null }
				: { ok: false, reason: 'form-stale' };
		const line = { action: 'questionnaire-added', object: id, detail: labelOf(row) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

export type SaveRefusal = 'version-unknown' | 'not-a-draft' | 'changed-meanwhile' | 'too-large';

/**
 * Saves a draft, whatever it lacks. `changedAt` is what its form was made from: who saves over a newer state is told. The value is
 * the new one.
 */
export async function saveDraft(
	db: Db,
	change: Change & { id: string; changedAt: number; name: string; content: QuestionnaireContent }
): Promise<Outcome<number, SaveRefusal>> {
	const { organizationId, changedBy, now, id, changedAt, name, content } = change;
	if (JSON.stringify(content).length > LARGEST_CONTENT) return { ok: false, reason: 'too-large' };
	return commit(db, async (tx) => {
		const before = await lockedVersion(tx, organizationId, id);
		if (!before) return { ok: false, reason: 'version-unknown' };
		if (before.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
		if (before.name === name && isSame(before.content, content)) return { ok: true, value: before.changedAt };
		if (before.changedAt !== changedAt) return { ok: false, reason: 'changed-meanwhile' };
		// Two saves of one millisecond are two states.
		const value = Math.max(now, before.changedAt + 1);
		await tx
			.update(questionnaireVersions)
			.set({ name, content, changedAt: value })
			.where(eq(questionnaireVersions.id, id));
		const line = { action: 'questionnaire-changed', object: id, detail: labelOf({ ...before, name }) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value };
	});
}

/** From here on it never changes. `changedAt` is the state that whoever publishes has looked at. */
export async function publishVersion(
	db: Db,
	change: Change & { id: string; changedAt: number; continuesTrend: boolean }
): Promise<Outcome<null, 'version-unknown' | 'not-a-draft' | 'changed-meanwhile' | 'not-ready' | 'trend-broken'>> {
	const { organizationId, changedBy, now, id, changedAt, continuesTrend } = change;
	return commit(db, async (tx, afterCommit) => {
		const draft = await lockedVersion(tx, organizationId, id);
		if (!draft) return { ok: false, reason: 'version-unknown' };
		if (draft.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
		if (draft.changedAt !== changedAt) return { ok: false, reason: 'changed-meanwhile' };
		if (draft.name === '' || judgeContent(draft.content).length > 0) return { ok: false, reason: 'not-ready' };
		const before = await readVersionBefore(tx, draft);
		if (continuesTrend && (!before || judgeTrend(before.content, draft.content).length > 0))
			return { ok: false, reason: 'trend-broken' };
		await tx
			.update(questionnaireVersions)
			.set({ state: 'published', continuesTrend, publishedAt: now })
			.where(eq(questionnaireVersions.id, id));
		const trend = !before ? '' : continuesTrend ? ', nối tiếp chuỗi số liệu' : ', bắt đầu chuỗi số liệu mới';
		const line = { action: 'questionnaire-published', object: id, detail: `${labelOf(draft)}${trend}` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		afterCommit(() => learnVersions([{ ...draft.content, id }]));
		return { ok: true, value: null };
	});
}

/** Offered to nobody new; whoever has it on the screen is still counted. */
export async function retireVersion(
	db: Db,
	{ organizationId, changedBy, now, id }: Change & { id: string }
): Promise<Outcome<null, 'version-unknown' | 'not-published'>> {
	return commit(db, async (tx) => {
		const before = await lockedVersion(tx, organizationId, id);
		if (!before) return { ok: false, reason: 'version-unknown' };
		if (before.state === 'retired') return { ok: true, value: null };
		if (before.state !== 'published') return { ok: false, reason: 'not-published' };
		await tx
			.update(questionnaireVersions)
			.set({ state: 'retired', retiredAt: now })
			.where(eq(questionnaireVersions.id, id));
		const line = { action: 'questionnaire-retired', object: id, detail: labelOf(before) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** The next draft of a line, with the content of a version of it; a line has one draft at a time, whose id comes back. */
export async function addNextVersion(
	db: Db,
	{ organizationId, changedBy, now, id }: Change & { id: string }
): Promise<Outcome<string, 'version-unknown'>> {
	return commit(db, async (tx) => {
		const from = await lockedVersion(tx, organizationId, id);
		if (!from) return { ok: false, reason: 'version-unknown' };
		const { questionnaireId, name, content } = from;
		const [newest] = await tx
			.select()
			.from(questionnaireVersions)
			.where(
				and(
					eq(questionnaireVersions.organizationId, organizationId),
					eq(questionnaireVersions.questionnaireId, questionnaireId)
				)
			)
			.orderBy(desc(questionnaireVersions.number))
			.limit(1);
		if (newest!.state === 'draft') return { ok: true, value: newest!.id };
		const row = { id: newId(), organizationId, questionnaireId, number: newest!.number + 1, name, content } as const;
		await tx.insert(questionnaireVersions).values({ ...row, state: 'draft', createdAt: now, changedAt: now });
		const line = { action: 'questionnaire-added', object: row.id, detail: labelOf(row) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: row.id };
	});
}

/** `changedAt` is the state that was looked at: what somebody has written meanwhile is not thrown away unseen. */
export async function removeDraft(
	db: Db,
	{ organizationId, changedBy, now, id, changedAt }: Change & { id: string; changedAt: number }
): Promise<Outcome<null, 'version-unknown' | 'not-a-draft' | 'changed-meanwhile'>> {
	return commit(db, async (tx) => {
		const before = await lockedVersion(tx, organizationId, id);
		if (!before) return { ok: false, reason: 'version-unknown' };
		if (before.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
		if (before.changedAt !== changedAt) return { ok: false, reason: 'changed-meanwhile' };
		await tx.delete(questionnaireVersions).where(eq(questionnaireVersions.id, id));
		const line = { action: 'questionnaire-removed', object: id, detail: labelOf(before) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** Which questionnaire an organization uses from now on: one that is built in, or a published one of its own or from above. */
export async function chooseVersion(
	db: Db,
	{ organizationId, changedBy, now, id }: Change & { id: string }
): Promise<Outcome<null, 'version-unknown'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`organizations ${organizationId}`]);
		const name = await nameOfUsable(tx, organizationId, id);
		if (name === null) return { ok: false, reason: 'version-unknown' };
		const own = eq(organizations.id, organizationId);
		const [before] = await tx.select({ versionId: organizations.versionId }).from(organizations).where(own);
		if (!before || before.versionId === id) return { ok: true, value: null };
		await tx.update(organizations).set({ versionId: id }).where(own);
		const line = { action: 'questionnaire-chosen', object: id, detail: name } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

async function nameOfUsable(tx: Tx, organizationId: string, id: string): Promise<string | null> {
	if (BUILT_IN_VERSIONS.some((version) => version.id === id)) return id;
	const path = await readOrganizationPath(tx, organizationId);
	const [row] = await tx
		.select()
		.from(questionnaireVersions)
		.where(and(eq(questionnaireVersions.id, id), inArray(questionnaireVersions.organizationId, path)));
	return row?.state === 'published' ? labelOf(row) : null;
}

/** Under the lock of the organization's questionnaires, read after it is held. */
async function lockedVersion(tx: Tx, organizationId: string, id: string): Promise<VersionRow | undefined> {
	await lock(tx, [`questionnaires ${organizationId}`]);
	return readVersionRow(tx, organizationId, id);
}

const labelOf = ({ name, number }: { name: string; number: number }) => `${name} (bản ${number})`;

/** PostgreSQL gives the keys of JSON back in an order of its own. */
function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(pairs.map(([key, each]) => [key, sorted(each)]));
}
