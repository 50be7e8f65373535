import type { Criterion } from '../../survey/criterion.ts';
import type { Due } from './due.ts';

/** What a plan of a year says of one task, as a line of its annex. */
export interface TaskText {
	criterion: Criterion;
	content: string;
	responsibility: string;
	/** Whose it is: said wherever the task is late. */
	lead: string;
	support: string;
	dueText: string;
	due: Due;
	expected: string;
	/** Codes of the reasons it is to take away. */
	reasons: readonly string[];
	/** Codes of the questions it is to better; none: all of its criterion. */
	items: readonly string[];
	/** The one site it is about; '': the whole ward. */
	siteId: string;
}
