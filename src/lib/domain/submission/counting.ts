import { isCounted, parseFlags } from './flag.ts';
import type { StoredSheet } from './intake.ts';
import { OUTCOME_NOT_SERVED } from '../survey/questionnaire.ts';
import { findVersion } from '../survey/catalogue.ts';

/** A row of the daily counts as the intake adds it. */
export interface CountRow {
	organizationId: string;
	day: string;
	channel: string;
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
	versionId: string;
	itemId: string;
	counted: number;
	n1: number;
	n2: number;
	n3: number;
	n4: number;
	n5: number;
	notApplicable: number;
	sheets: number;
	pending: number;
}

export const FIGURES = ['n1', 'n2', 'n3', 'n4', 'n5', 'notApplicable', 'sheets'] as const;
/** How much of each figure is released, in the same order. */
export const RELEASED = ['r1', 'r2', 'r3', 'r4', 'r5', 'rNotApplicable', 'rSheets'] as const;
/** Sheets with a flag are counted under this and its name, where an item would stand. */
export const FLAG_ITEM = 'flag:';
/** Sheets on which a reason was given are counted under this and the reason's code. */
export const REASON_ITEM = 'reason:';
/** Whether sheets are counted under this, not answers: all of them, those that ended so, that name a reason, that are doubted. */
export const countsSheets = (itemId: string) =>
	itemId === '' || itemId === OUTCOME_NOT_SERVED || itemId.startsWith(FLAG_ITEM) || itemId.startsWith(REASON_ITEM);
const FIGURE_OF = ['notApplicable', 'n1', 'n2', 'n3', 'n4', 'n5'] as const;

const NO_FIGURES = { n1: 0, n2: 0, n3: 0, n4: 0, n5: 0, notApplicable: 0, sheets: 0 };

/** Rows by cut, then by item: a sheet finds its cut once and then its six rows by short names. */
export type Counting = Map<string, Map<string, CountRow>>;

export function rowsOf(counting: Counting): CountRow[] {
	return [...counting.values()].flatMap((items) => [...items.values()]);
}

/** Adds one sheet (or takes it away, times -1) to the rows it counts in; the same rows `verify` recomputes. */
export function addSheet(counting: Counting, sheet: StoredSheet, times: 1 | -1) {
	const flags = parseFlags(sheet.flags);
	const counted = isCounted(flags) ? 1 : 0;
	const { organizationId, day, channel, siteId, counterId, fieldId, officerId, versionId } = sheet;
	const cut = `${organizationId}|${day}|${channel}|${siteId}|${counterId}|${fieldId}|${officerId}|${versionId}|${counted}`;
	let rows = counting.get(cut);
	if (!rows) counting.set(cut, (rows = new Map()));
	const rowOf = (itemId: string): CountRow => {
		let row = rows.get(itemId);
		if (!row) {
			const place = { organizationId, day, channel, siteId, counterId, fieldId, officerId };
			row = { ...place, versionId, itemId, counted, ...NO_FIGURES, pending: counted };
			rows.set(itemId, row);
		}
		return row;
	};
	rowOf('').sheets += times;
	for (const code of sheet.reasons === '' ? [] : sheet.reasons.split(','))
		rowOf(code === OUTCOME_NOT_SERVED ? code : REASON_ITEM + code).sheets += times;
	for (const flag of flags) rowOf(FLAG_ITEM + flag).sheets += times;
	const items = findVersion(versionId)!.items;
	for (let place = 0; place < sheet.answers.length; place++) {
		const answer = sheet.answers[place];
		if (answer !== '-') rowOf(items[place].id)[FIGURE_OF[Number(answer)]] += times;
	}
}
