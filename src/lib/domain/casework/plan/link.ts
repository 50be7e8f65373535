import type { Criterion } from '../../survey/criterion.ts';
import type { CaseState } from '../case.ts';
import type { TaskState } from './due.ts';

/** A case beside a task, for whoever may see the case. */
export interface LinkedCase {
	id: string;
	/** '2026-0012'. */
	number: string;
	state: CaseState;
	subject: string;
}

/** A task beside a case. */
export interface LinkedTask {
	id: string;
	content: string;
	criterion: Criterion;
	year: number;
	state: TaskState;
}

/** How many sheets of a time named a reason; of how many. */
export interface NamedReasons {
	sheets: number;
	/** By code; who was not named is not there. */
	named: Readonly<Record<string, number>>;
}
