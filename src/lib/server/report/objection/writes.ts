import { and, eq } from 'drizzle-orm';
import type { ObjectionAnswer, ObjectionEntry } from '../../../domain/report/objection.ts';
import { type OfficersContent, ownPart } from '../../../domain/report/publication.ts';
import { weekName } from '../../../domain/report/week.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { addDays } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { objections } from '../../db/schema/publication.ts';
import { readEdition } from '../publication/reads.ts';

interface By {
	organizationId: string;
	actorId: string;
	now: number;
}

/** An officer objects to a week of their own, once, and only to one that was published with a figure of theirs. */
export async function object(
	db: Db,
	{ id, from, text }: ObjectionEntry,
	{ officerId, ...by }: By & { officerId: string }
): Promise<Outcome<null, 'week-unknown' | 'objected-already'>> {
	const { organizationId, actorId, now } = by;
	const to = addDays(from, 6);
	const edition = await readEdition<OfficersContent>(db, organizationId, 'officers', { from, to });
	if (!edition || 'withheld' in ownPart(edition.content, officerId).own) return { ok: false, reason: 'week-unknown' };
	return commit(db, async (tx) => {
		const row = { id, organizationId, officerId, from, to, text, createdAt: now, createdBy: actorId };
		const [fresh] = await tx
			.insert(objections)
			.values({ ...row, state: 'open' })
			.onConflictDoNothing()
			.returning({ id: objections.id });
		if (!fresh) return { ok: false, reason: 'objected-already' };
		await writeAuditLine(tx, { ...by, action: 'objection-made', object: id, detail: weekName(from), reason: text });
		return { ok: true, value: null };
	});
}

/** What the person responsible decides, with a reason, once. It changes no figure: what was published stays. */
export async function answerObjection(
	db: Db,
	{ id, state, answer }: ObjectionAnswer,
	by: By
): Promise<Outcome<null, 'answered-already'>> {
	return commit(db, async (tx) => {
		const open = and(
			eq(objections.organizationId, by.organizationId),
			eq(objections.id, id),
			eq(objections.state, 'open')
		);
		const [answered] = await tx
			.update(objections)
			.set({ state, answer, answeredAt: by.now, answeredBy: by.actorId })
			.where(open)
			.returning({ from: objections.from });
		if (!answered) return { ok: false, reason: 'answered-already' };
		const action = state === 'accepted' ? 'objection-accepted' : 'objection-declined';
		await writeAuditLine(tx, { ...by, action, object: id, detail: weekName(answered.from), reason: answer });
		return { ok: true, value: null };
	});
}
