import { and, asc, eq } from 'drizzle-orm';
import type { Move, MoveEntry } from '../../../domain/casework/case.ts';
import { USUAL_TERMS } from '../../../domain/casework/clock.ts';
import { weekOf } from '../../../domain/report/week.ts';
import { addDays, DAY_MS, HOUR_MS, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import { newId } from '../../account/writes.ts';
import { readCaseOf, type StoredCase } from '../../casework/cases/reads.ts';
import { moveCase, rateCase } from '../../casework/cases/writes.ts';
import { keepRequest } from '../../casework/request/writes.ts';
import { openCasesFromCounts } from '../../casework/sheets/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { answerTemplates, cases, caseSettings } from '../../db/schema/casework.ts';
import type { Secret } from '../../secret/secret.ts';
import { demonstrationWard, SIGN_INS } from '../ward.ts';
import { DEMONSTRATION_REQUESTS, SHEET_ANSWERS, TEMPLATES, type Lived } from './stories.ts';

type Actors = Record<'leader' | 'supervisor' | 'officer', string>;

/** The cases of the demonstration ward, some in every state and two of them late; where it has chosen its terms they are there already. */
export async function liveThroughCases(db: Db, secret: Secret, now: number) {
	const { ward } = demonstrationWard();
	const organizationId = ward.id;
	const actors = await readActors(db, organizationId);
	if (!actors) return;
	const thisWeek = weekOf(localDay(now));
	const fresh = await commit(db, async (tx) => {
		const settings = { ...USUAL_TERMS, fromSheets: true, fromSheetsSince: addDays(thisWeek, -7) };
		const [chosen] = await tx
			.insert(caseSettings)
			.values({ organizationId, ...settings })
			.onConflictDoNothing()
			.returning();
		if (!chosen) return false;
		for (const template of TEMPLATES)
			await tx.insert(answerTemplates).values({ id: newId(), organizationId, ...template });
		return true;
	});
	if (!fresh) return;
	for (const { daysAgo, lived, ...words } of DEMONSTRATION_REQUESTS) {
		const id = newId();
		const at = Math.min(startOfLocalDay(addDays(localDay(now), -daysAgo)) + 9 * HOUR_MS, now);
		await keepRequest(db, secret, { id, organizationId, ...words }, at);
		const row = (await readCaseOf(db, { organizationId, source: 'request', sourceId: id }))!;
		await liveThrough(db, row, lived, { actors, at, now });
	}
	await openCasesFromCounts(db, secret, now);
	const fromSheets = await db
		.select()
		.from(cases)
		.where(and(eq(cases.organizationId, organizationId), eq(cases.source, 'sheet')))
		.orderBy(asc(cases.sourceId));
	for (const [i, row] of fromSheets.entries()) {
		const lived = SHEET_ANSWERS[i];
		if (lived) await liveThrough(db, row, lived, { actors, at: row.receivedAt, now });
	}
}

async function readActors(db: Db, organizationId: string): Promise<Actors | null> {
	const rows = await db.select().from(users).where(eq(users.organizationId, organizationId));
	const idOf = (role: string) =>
		rows.find(({ login }) => login === SIGN_INS.find((one) => one.role === role)?.login)?.id;
	const [leader, supervisor, officer] = ['leader', 'supervisor', 'officer'].map(idOf);
	return leader && supervisor && officer ? { leader, supervisor, officer } : null;
}

/** One deed a day from the day it came, none in the future. */
async function liveThrough(
	db: Db,
	row: StoredCase,
	lived: Lived,
	{ actors, at, now }: { actors: Actors; at: number; now: number }
) {
	let expected = row.version;
	const deed = async <M extends Move>(move: M, entry: MoveEntry<M>, day: number, actorId = actors.leader) => {
		const when = Math.min(at + day * DAY_MS + HOUR_MS, now);
		const moved = await moveCase(db, { caseId: row.id, expected, actorId, now: when }, move, entry);
		if (!moved.ok) throw new Error(`The demonstration's own deed was refused: ${moved.reason}`);
		expected = moved.value.version;
	};
	const { unit, to, taken, ask, supplied, answer, publish, rating, refuse } = lived;
	if (refuse) return deed('refuse', { reason: refuse.reason, text: refuse.text }, 0);
	if (!unit) return;
	await deed('forward', { unit, assigneeId: to ? actors[to] : '' }, 0);
	if (ask) await deed('ask', { text: ask }, 1, actors.supervisor);
	if (ask && !supplied) return;
	if (supplied) await deed('supplement', { text: supplied }, 2, actors.supervisor);
	if (taken) await deed('take', {}, 1, to ? actors[to] : actors.supervisor);
	if (!answer) return;
	await deed('answer', { text: answer }, 3, to ? actors[to] : actors.supervisor);
	if (publish) await deed('publish', { question: publish, answer, looked: 'yes' }, 4);
	if (rating)
		await rateCase(db, { mark: row.followMark, score: rating, text: '', now: Math.min(at + 5 * DAY_MS, now) });
}
