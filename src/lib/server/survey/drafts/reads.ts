import { hash } from 'node:crypto';
import { DAY_MS } from '../../../domain/shared/time.ts';
import type { SurveyAnswers } from '../../../domain/survey/answers.ts';
import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { surveyDrafts } from '../../db/schema/survey.ts';

/** A draft is found by the token of its form alone, of which the table has only the hash: nothing leads from it to a ticket. */
export const draftKey = (token: string) => hash('sha256', token, 'base64url');

/** The answers so far, or undefined where there are none or they are older than a day. */
export async function readDraft(db: Db, token: string, now: number): Promise<SurveyAnswers | undefined> {
	const [draft] = await find(db, surveyDrafts, ['tokenHash'], [{ tokenHash: draftKey(token) }]);
	return draft && draft.changedAt > now - DAY_MS ? draft.answers : undefined;
}
