import { and, eq, inArray, lt, max, ne, notInArray, or, sql } from 'drizzle-orm';
import { CASE_SOURCE_NAMES, CASE_SOURCES } from '../../../domain/casework/case.ts';
import { lastForgotten } from '../../../domain/casework/request.ts';
import { addDays, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { caseFiles, cases, caseSteps } from '../../db/schema/casework.ts';

/** Nobody owes anything for it any more. */
const over = or(
	inArray(cases.state, ['published', 'refused']),
	and(eq(cases.state, 'answered'), eq(cases.keptPrivate, true))
);
/** Words of a deed that name no citizen: the unit that answers, and what everybody reads. */
const STAYS = ['forward', 'publish'] as const;

/**
 * Forgets what was written in cases that were over so long ago that nobody has to look it up any more: as long after as a request is kept
 * (decision 0059). Number, states, times, ratings and what was published stay, so every figure does.
 */
export async function forgetCases(db: Db, now: number) {
	const before = startOfLocalDay(addDays(lastForgotten(localDay(now)), 1));
	await commit(db, async (tx) => {
		const ids = (await wordyCases(tx, before)).map(({ id }) => id);
		for (let at = 0; at < ids.length; at += SOME) await forget(tx, ids.slice(at, at + SOME));
	});
}

/** As many as one statement names. */
const SOME = 500;

/** Over, not touched since, and not forgotten yet. */
function wordyCases(tx: Tx, before: number) {
	const touched = tx
		.select({ caseId: caseSteps.caseId, at: max(caseSteps.at).as('touched_at') })
		.from(caseSteps)
		.groupBy(caseSteps.caseId)
		.as('touched');
	return tx
		.select({ id: cases.id })
		.from(cases)
		.innerJoin(touched, eq(touched.caseId, cases.id))
		.where(and(over, ne(cases.answer, ''), lt(touched.at, before)));
}

async function forget(tx: Tx, ids: string[]) {
	const these = inArray(cases.id, ids);
	await tx.update(cases).set({ text: '', answer: '' }).where(these);
	for (const source of CASE_SOURCES) {
		// What a case of figures is about names nobody, and its week, counter and criterion are what it is opened once for.
		if (source === 'sheet') continue;
		const its = and(these, eq(cases.source, source));
		await tx.update(cases).set({ subject: CASE_SOURCE_NAMES[source].vi }).where(its);
	}
	// The request goes at the same time; nothing leads back to it.
	const ofRequest = and(these, eq(cases.source, 'request'));
	await tx
		.update(cases)
		.set({ sourceId: sql`'forgotten ' || ${cases.id}` })
		.where(ofRequest);
	const words = and(inArray(caseSteps.caseId, ids), notInArray(caseSteps.deed, [...STAYS]));
	await tx.update(caseSteps).set({ text: '' }).where(words);
	await tx.delete(caseFiles).where(inArray(caseFiles.caseId, ids));
}
