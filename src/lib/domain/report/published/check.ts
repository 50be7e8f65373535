import { excerpt, faultOf, sameText, textOf } from '../../place/import/cell.ts';
import type { Hundredths } from '../../shared/number.ts';
import { CRITERIA } from '../../survey/criterion.ts';
import { mapCriteria } from '../cell.ts';
import { indexOf } from '../score.ts';
import { FIGURE_COLUMNS, type FigureColumn, type Headings, type PublishedColumn } from './headings.ts';

/** What is wrong with a cell of a published table, or with a row or the whole file where the column is null. */
export interface PublishedProblem {
	/** As the spreadsheet numbers it. */
	row: number;
	column: PublishedColumn | null;
	code:
		| 'required'
		| 'formula'
		| 'too-long'
		| 'unreadable'
		| 'quotes'
		| 'value'
		| 'change'
		| 'nothing'
		| 'unit-twice'
		| 'unit-standing';
	text: string;
}

/** One unit of a published table, hundredths of a percent. */
export interface PublishedUnit {
	unit: string;
	values: Partial<Record<FigureColumn, Hundredths>>;
	/** In points, of SIPAS. */
	change: Hundredths | null;
}

export interface CheckedUnit extends PublishedUnit {
	row: number;
	wrong: boolean;
	/** Where the published SIPAS is not the mean of its five criteria: that mean. Other tables weigh otherwise, so it stops nothing. */
	mean: Hundredths | null;
}

export interface CheckedTable {
	units: CheckedUnit[];
	problems: PublishedProblem[];
}

const LONGEST_UNIT = 120;

/**
 * The rows below the headings. `standing` are units that have figures of the same year and method already: a second table of them would
 * leave open which is meant.
 */
export function checkPublished(
	rows: readonly { row: number; cells: readonly string[] }[],
	{ columns }: Pick<Headings, 'columns'>,
	standing: readonly string[]
): CheckedTable {
	const problems: PublishedProblem[] = [];
	const known = new Set(standing.map(sameText));
	const seen = new Set<string>();
	const units = rows.map(({ row, cells }): CheckedUnit => {
		const before = problems.length;
		const cellOf = (column: PublishedColumn) => cells[columns.indexOf(column)] ?? '';
		const say = (column: PublishedColumn | null, code: PublishedProblem['code']) =>
			void problems.push({ row, column, code, text: column ? excerpt(cellOf(column)) : '' });
		const unit = textOf(cellOf('unit'));
		const fault = faultOf(cellOf('unit'), LONGEST_UNIT);
		if (fault) say('unit', fault);
		else if (unit === '') say('unit', 'required');
		else if (seen.has(sameText(unit))) say('unit', 'unit-twice');
		else if (known.has(sameText(unit))) say('unit', 'unit-standing');
		seen.add(sameText(unit));

		const values: PublishedUnit['values'] = {};
		for (const column of FIGURE_COLUMNS) {
			if (textOf(cellOf(column)) === '') continue;
			const value = readFigure(cellOf(column));
			if (value === null || value < 0 || value > 10_000) say(column, 'value');
			else values[column] = value;
		}
		const change = textOf(cellOf('change')) === '' ? null : readFigure(cellOf('change'));
		if (textOf(cellOf('change')) !== '' && (change === null || Math.abs(change) > 10_000 || values.SIPAS === undefined))
			say('change', 'change');
		if (problems.length === before && Object.keys(values).length === 0) say(null, 'nothing');
		return { row, unit, values, change, wrong: problems.length > before, mean: otherMean(values) };
	});
	return { units, problems };
}

/** '82,58', '82.58 %', '+3,28', '−0,4' as hundredths; null where it is no number with at most two decimals. */
function readFigure(cell: string): Hundredths | null {
	const parts = /^([+−–-]?) ?(\d{1,3})(?:[.,](\d{1,2}))? ?%?$/.exec(textOf(cell));
	if (!parts) return null;
	const figure = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
	return parts[1] === '' || parts[1] === '+' ? figure : -figure;
}

function otherMean(values: PublishedUnit['values']): Hundredths | null {
	if (values.SIPAS === undefined || CRITERIA.some((criterion) => values[criterion] === undefined)) return null;
	const mean = indexOf(mapCriteria((criterion) => values[criterion]!));
	return mean === values.SIPAS ? null : mean;
}
