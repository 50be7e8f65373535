import { eq, lt } from 'drizzle-orm';
import { DAY_MS } from '../../../domain/shared/time.ts';
import type { SurveyAnswers } from '../../../domain/survey/answers.ts';
import { put } from '../../db/bulk.ts';
import { commit, type Db } from '../../db/db.ts';
import { surveyDrafts } from '../../db/schema/survey.ts';
import { draftKey } from './reads.ts';

export async function keepDraft(db: Db, token: string, answers: SurveyAnswers, now: number) {
	await commit(db, (tx) => put(tx, surveyDrafts, [{ tokenHash: draftKey(token), answers, changedAt: now }]));
}

/** Sent: the sheet has it all. */
export async function dropDraft(db: Db, token: string) {
	await commit(db, (tx) => tx.delete(surveyDrafts).where(eq(surveyDrafts.tokenHash, draftKey(token))));
}

/** What was begun and not sent within a day. */
export async function forgetDrafts(db: Db, now: number) {
	await commit(db, (tx) => tx.delete(surveyDrafts).where(lt(surveyDrafts.changedAt, now - DAY_MS)));
}
