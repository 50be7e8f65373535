import { sheetCaseOf } from '../../domain/casework/from-counts.ts';
import { addDays, dayOfWeek, HOUR_MS } from '../../domain/shared/time.ts';
import { CRITERIA, type Criterion } from '../../domain/survey/criterion.ts';
import type { QuestionnaireVersion } from '../../domain/survey/questionnaire.ts';
import { caseCode } from '../casework/cases/reads.ts';
import type { Secret } from '../secret/secret.ts';

/** What somebody gave the lowest score, where and in which week: all that the codes of its cases are made of (decision 0057). */
interface LowAnswers {
	organizationId: string;
	/** The local day on which the sheet counts. */
	day: string;
	/** '' where it was given at no counter, of which there are no cases. */
	counterId: string;
	criteria: readonly Criterion[];
}

/** The criteria with a 1 among their answers. */
export function givenOne(
	version: QuestionnaireVersion,
	answers: readonly { itemId: string; value: number | null }[]
): Criterion[] {
	const low = new Set(answers.filter(({ value }) => value === 1).map(({ itemId }) => itemId));
	return CRITERIA.filter((criterion) => version.items.some((item) => item.criterion === criterion && low.has(item.id)));
}

/** Shown for as long after the answers were sent. */
const SHOWN_MS = 2 * HOUR_MS;

/**
 * For the address of the page of thanks. Of the same length whatever was answered, and there for everybody, so that neither the address nor a
 * look at the page says who gave a 1.
 */
export function sealLow(secret: Secret, { organizationId, day, counterId, criteria }: LowAnswers, now: number): string {
	const given = CRITERIA.map((criterion) => (criteria.includes(criterion) ? 1 : 0)).join('');
	return secret.seal('case', JSON.stringify(['low', organizationId, day, counterId.padEnd(12), given, now]));
}

/** The codes of the cases that may be opened for what was given a 1; none for anybody else's seal, or after two hours. */
export function codesOfLow(secret: Secret, organizationId: string, token: string | null, now: number) {
	const text = token && token.length <= 1024 ? secret.unseal('case', token) : null;
	if (!text?.startsWith('["low"')) return [];
	const [, of, day, padded, given, at] = JSON.parse(text) as [string, string, string, string, string, number];
	const counterId = padded.trim();
	if (of !== organizationId || counterId === '' || now - at > SHOWN_MS) return [];
	const monday = addDays(day, 1 - dayOfWeek(day));
	return CRITERIA.filter((_, i) => given[i] === '1').map((criterion) => ({
		criterion,
		code: caseCode(secret, { organizationId, source: 'sheet', sourceId: sheetCaseOf(monday, { counterId, criterion }) })
	}));
}
