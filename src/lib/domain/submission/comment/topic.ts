import { CRITERIA, type Criterion, CRITERION_NAMES, type Texts } from '../../survey/criterion.ts';
import type { Reason } from '../../survey/questionnaire.ts';
import { OTHER_REASON } from '../../survey/reasons.ts';

/** What a comment is about: a criterion or one of its reasons; '' where it is about none. Told by its words, never by its sheet. */
export interface Topic {
	/** A criterion or the code of a reason. */
	code: string;
	criterion: Criterion;
	text: Texts;
}

/** All that a comment may be put under, criterion by criterion: first the criterion itself, then its reasons. */
export function topicsOf(reasons: readonly Reason[]): Topic[] {
	return CRITERIA.flatMap((criterion) => [
		{ code: criterion, criterion, text: CRITERION_NAMES[criterion] },
		...reasons
			.filter((reason) => reason.criterion === criterion && reason.code !== OTHER_REASON)
			.map(({ code, text }) => ({ code, criterion, text }))
	]);
}
