import { itemsOf } from '../report/asked.ts';
import { K } from '../report/secrecy.ts';
import type { IndexTable } from '../report/table.ts';
import type { ItemCounts } from '../report/counts.ts';
import { formatDay } from '../shared/time.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import type { CaseClass } from './case.ts';

/** What of a counter is released for a week: the counts of its items, and how many sheets gave each reason. */
export interface WeekOfCounter {
	counterId: string;
	items: readonly ItemCounts[];
	reasons: ReadonlyMap<string, number>;
}

export interface LowCell {
	counterId: string;
	criterion: Criterion;
	/** Harassment was given as a reason so often that it may be read: only the head works on it. */
	toHead: boolean;
}

/** The reason that goes to the head of the centre, never to the officer. */
const HARASSMENT = 'R12';

/**
 * The counters and criteria of a released week that have a case (decision 0057): somebody gave a 1, or a 2 where at least k people
 * gave a reason of that criterion, so that the reason may be read. Of a withheld cell, or what is at no counter, nothing is said.
 */
export function lowCells(table: IndexTable, weeks: readonly WeekOfCounter[], version: QuestionnaireVersion): LowCell[] {
	return weeks.flatMap(({ counterId, items, reasons }) => {
		const row = table.rows.find(({ key }) => key !== null && key === counterId);
		if (!row) return [];
		const asked = itemsOf(items, version);
		const isRead = (code: string) => (reasons.get(code) ?? 0) >= K;
		return CRITERIA.filter((criterion) => {
			if (!('value' in row.criteria[criterion])) return false;
			const given = (score: 0 | 1) => asked[criterion].some(({ n }) => n[score] > 0);
			const withReason = version.reasons.some((reason) => reason.criterion === criterion && isRead(reason.code));
			return given(0) || (given(1) && withReason);
		}).map((criterion) => ({ counterId, criterion, toHead: criterion === 'PV' && isRead(HARASSMENT) }));
	});
}

/** What the case of such a cell is called by; later releases of the same week find it standing. */
export const sheetCaseOf = (monday: string, { counterId, criterion }: Omit<LowCell, 'toHead'>) =>
	[monday, counterId, criterion].join('|');

/** How the case is named. It says whose counter and when, never how many or who. */
export const sheetSubject = (monday: string, counter: string, criterion: Criterion) =>
	`${CRITERION_NAMES[criterion].vi}: có điểm thấp tại ${counter}, tuần từ ${formatDay(monday)}`;

/** How people are served is about behaviour; the other four are about rules and procedures. */
export const sheetClass = (criterion: Criterion): CaseClass => (criterion === 'PV' ? 'behaviour' : 'rules');
