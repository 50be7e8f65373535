import { judgeRating, showCaseNumber } from '../../../domain/casework/case.ts';
import { clockOf, dueOf } from '../../../domain/casework/clock.ts';
import { tellSteps, type FollowedCase, type ToldStep } from '../../../domain/casework/following.ts';
import type { Db } from '../../db/db.ts';
import type { Secret } from '../../secret/secret.ts';
import { readSurveyPlace } from '../../survey/form/reads.ts';
import { readCaseByMark, readCaseSteps } from '../cases/reads.ts';
import { openWords } from '../cases/sealing.ts';
import { readOffice } from '../due/reads.ts';

export async function readFollowedCase(
	db: Db,
	secret: Secret,
	mark: string,
	now: number
): Promise<FollowedCase | null> {
	const row = await readCaseByMark(db, mark);
	const place = row && (await readSurveyPlace(db, { ...row, officerId: '' }));
	if (!row || !place) return null;
	const { organizationId, source, criterion, receivedAt, rating, state, unit, refusal } = row;
	const office = await readOffice(db, organizationId, [receivedAt], now);
	const steps = await readCaseSteps(db, row.id);
	const history = tellSteps(steps.map((step) => ({ ...step, text: openWords(secret, step) })));
	const stands = state === 'answered' || state === 'published' || state === 'refused';
	const forgotten = stands && row.answer === '';
	const low = judgeRating(row, 1);
	return {
		...{ source, criterion, receivedAt, rating, state, unit, refusal },
		number: showCaseNumber(row),
		organization: { id: organizationId, name: place.organization },
		counter: place.counter ?? '',
		due: { ...dueOf(row, office, now), clock: clockOf(row, office) },
		asked: state === 'waiting' ? (history.findLast(({ deed }) => deed === 'ask')?.text ?? '') : '',
		answer: stands ? row.answer : '',
		forgotten,
		mayRate: low.ok && !forgotten,
		reopens: low.ok && low.value.reopens,
		history: stands ? withoutLastAnswer(history) : history
	};
}

/** It stands above the history, and need not be read twice. */
function withoutLastAnswer(history: readonly ToldStep[]): ToldStep[] {
	const last = history.findLastIndex(({ deed }) => deed === 'answer' || deed === 'refuse');
	return history.map((step, i) => (i === last ? { ...step, text: '' } : step));
}
