import { searchKey } from '../../shared/list.ts';
import { textOf } from '../../place/import/cell.ts';
import { SCALES, SCORES, type Score } from '../../survey/scale.ts';

/** How the figures of a foreign file become our five points. */
export interface PointScale {
	/** The figure of the worst and of the best answer; `to` is the worst where the scale is reversed. */
	from: number;
	to: number;
	reversed: boolean;
	/** What a cell says, word for word, before every rule: 'Hài lòng' → 4, '9' → null (not applicable). */
	table: Readonly<Record<string, Score | null>>;
}

export const FIVE_POINTS: PointScale = { from: 1, to: 5, reversed: false, table: {} };
export const FEWEST_POINTS = 2;
export const MOST_POINTS = 10;

/**
 * A figure of 2 to 10 points on our five: laid out evenly from 1 to 5 and rounded to the nearest, a half towards the middle (3). So no
 * answer becomes more extreme than it was, and a reversed scale gives exactly the mirrored scores. Calculated in whole numbers.
 */
export function rescale(figure: number, { from, to, reversed }: Pick<PointScale, 'from' | 'to' | 'reversed'>): Score {
	const range = to - from;
	const quarters = 4 * (reversed ? to - figure : figure - from);
	const below = Math.floor(quarters / range);
	const twiceRest = 2 * (quarters - below * range);
	const up = twiceRest > range || (twiceRest === range && below < 2);
	return SCORES[below + (up ? 1 : 0)];
}

/** What one cell of an item says: a score, null for "not applicable", 'blank' for nothing; else why it says nothing to us. */
export type PointReading = Score | null | 'blank' | 'value-unknown' | 'value-range';

export const isAnswer = (reading: PointReading): reading is Score | null =>
	reading === null || typeof reading === 'number';

/** Words of our own scales, in both languages; a reversed scale leaves them as they are: a word means what it says. */
const WORDS = new Map<string, Score>(
	Object.values(SCALES).flatMap((words) =>
		SCORES.flatMap((score) => Object.values(words[score]).map((word): [string, Score] => [searchKey(word), score]))
	)
);
const NOT_APPLICABLE = new Set(['khong ap dung', 'khong phu hop', 'n/a', 'na', 'not applicable']);
const FIGURE = /^(-?\d{1,3})(?:[.,]0+)?$/;
/** Few different texts stand in a column of answers, over and over. */
const REMEMBERED = 2000;

/** Reads the cells of a column: the table decides, then "not applicable", then figures, then the words of our scales. */
export function pointReader(scale: PointScale, notApplicable: readonly string[]): (cell: string) => PointReading {
	const table = new Map(Object.entries(scale.table).map(([text, score]) => [cellKey(text), score]));
	const none = new Set([...NOT_APPLICABLE, ...notApplicable.map(cellKey)]);
	const read = (cell: string): PointReading => {
		const key = cellKey(cell);
		if (key === '') return 'blank';
		const said = table.get(key);
		if (said !== undefined) return said;
		if (none.has(key)) return null;
		const figure = FIGURE.exec(key);
		if (!figure) return WORDS.get(key) ?? 'value-unknown';
		const value = Number(figure[1]);
		return value < scale.from || value > scale.to ? 'value-range' : rescale(value, scale);
	};
	const known = new Map<string, PointReading>();
	return (cell) => {
		let reading = known.get(cell);
		if (reading === undefined) {
			reading = read(cell);
			if (known.size < REMEMBERED) known.set(cell, reading);
		}
		return reading;
	};
}

/** How cells are compared: marks, case and spaces aside. */
export const cellKey = (text: string) => searchKey(textOf(text));
