import type { PublishedProblem } from '$lib/domain/report/published/check.ts';
import type { PublishedColumn } from '$lib/domain/report/published/headings.ts';
import { m } from '$lib/paraglide/messages.js';

const REFUSALS: Record<string, () => string> = {
	form: m.peers_refused_form,
	units: m.peers_refused_units,
	nothing: m.import_refused_nothing,
	empty: m.import_refused_empty,
	spreadsheet: m.import_refused_spreadsheet,
	binary: m.import_refused_binary,
	'old-font': m.import_refused_old_font,
	'too-often': m.import_refused_too_often,
	'too-large': m.peers_refused_too_large,
	'too-many-rows': m.peers_refused_too_large,
	'too-many-columns': m.peers_refused_too_large,
	headings: m.peers_refused_headings,
	'year-missing': m.peers_refused_year_missing,
	'year-differs': m.peers_refused_year_differs,
	'rows-wrong': m.peers_refused_rows_wrong,
	'series-unknown': m.peers_refused_series_unknown,
	'unit-standing': m.peers_refused_unit_standing
};

/** Why a table was not read, stored or brought back. */
export const refusalOf = (reason: string): string => (REFUSALS[reason] ?? m.problem_unknown)();

const PROBLEMS: Record<PublishedProblem['code'], () => string> = {
	required: m.peers_p_required,
	formula: m.peers_p_formula,
	'too-long': m.peers_p_too_long,
	unreadable: m.peers_p_unreadable,
	quotes: m.peers_p_quotes,
	value: m.peers_p_value,
	change: m.peers_p_change,
	nothing: m.peers_p_nothing,
	'unit-twice': m.peers_p_unit_twice,
	'unit-standing': m.peers_p_unit_standing
};

/** What is wrong with a cell. */
export const problemOf = ({ code }: PublishedProblem): string => PROBLEMS[code]();

/** How a column is called here. */
export function columnName(column: PublishedColumn): string {
	return column === 'unit' ? m.peers_column_unit() : column === 'change' ? m.peers_column_change() : column;
}
