import { criterionCell, WITHHELD, type Cell, type ShownCell } from '../../report/cell.ts';
import { DEFAULT_METHOD } from '../../report/method.ts';
import { K_OFFICER } from '../../report/secrecy.ts';
import { gapOf, isClear, type ShownGap } from '../../report/gap.ts';
import type { Period } from '../../report/period.ts';
import { monthAfter } from '../../report/week.ts';
import { addDays, monthOf } from '../../shared/time.ts';

export type Days = Pick<Period, 'from' | 'to'>;

/** What a task is held against: whole months before the one it was done in, and as many after it (decision 0054). */
export interface Windows {
	before: Days;
	after: Days;
}

/** More months would tell of other things that happened since. */
const MOST_MONTHS = 3;
/** A month is whole when tablets that were offline have had days to send (decision 0038). */
const SETTLED_DAY = '05';

const lastDayOf = (month: string) => addDays(`${monthAfter(month)}-01`, -1);
const monthBefore = (month: string) => monthOf(addDays(`${month}-01`, -1));
const isSettled = (month: string, today: string) => today >= `${monthAfter(month)}-${SETTLED_DAY}`;

/** `from`: the day on which the first month after it is whole. */
export function windowsOf(doneDay: string, today: string): Windows | { from: string } {
	const done = monthOf(doneDay);
	const first = monthAfter(done);
	if (!isSettled(first, today)) return { from: `${monthAfter(first)}-${SETTLED_DAY}` };
	let [last, start] = [first, monthBefore(done)];
	for (let n = 1; n < MOST_MONTHS && isSettled(monthAfter(last), today); n++)
		[last, start] = [monthAfter(last), monthBefore(start)];
	return {
		before: { from: `${start}-01`, to: lastDayOf(monthBefore(done)) },
		after: { from: `${first}-01`, to: lastDayOf(last) }
	};
}

/** What became of one figure that a task aims at. */
export type Effect =
	| { verdict: 'rose' | 'fell' | 'unclear'; before: ShownCell; after: ShownCell; gap: ShownGap }
	/** Fewer than are ever ranked, before or after; a figure that is shown is shown. */
	| { verdict: 'too-few'; before: Cell; after: Cell }
	/** Another questionnaire was answered before: nothing is subtracted across it. */
	| { verdict: 'broken' };

/** The interval decides, not the point. `elsewhere`: whether another questionnaire has answers of either window. */
export function effectOf(before: Cell, after: Cell, elsewhere: boolean): Effect {
	if ('withheld' in before || 'withheld' in after || before.advisory || after.advisory)
		return elsewhere ? { verdict: 'broken' } : { verdict: 'too-few', before, after };
	const gap = gapOf(after, before);
	if ('withheld' in gap) return { verdict: 'too-few', before, after };
	return { verdict: !isClear(gap) ? 'unclear' : gap.value > 0 ? 'rose' : 'fell', before, after, gap };
}

/** A figure by what it is of: null for the whole criterion, else the code of a question. */
export interface EffectLine {
	item: string | null;
	effect: Effect;
}

/** How often a reason that a task is to take away was named, before and after, as a share of all sheets. */
export interface ReasonLine {
	code: string;
	effect: Effect;
}

/** What is said of a task that is done; null of one that is not. */
export type TaskEffect = { from: string } | (Windows & { lines: EffectLine[]; reasons: ReasonLine[] });

/** So many of these sheets named it: a share with its interval, drawn as a criterion is. */
export function shareCell({ sheets, named }: { sheets: number; named: number }): Cell {
	if (sheets < K_OFFICER) return WITHHELD;
	const counts = { itemId: '', n: [sheets - named, 0, 0, 0, named] as const, notApplicable: 0 };
	return criterionCell([{ ...counts, n: [...counts.n] }], DEFAULT_METHOD, null);
}
