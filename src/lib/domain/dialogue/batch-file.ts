import { excerpt } from '../place/import/cell.ts';
import type { SheetLimits } from '../place/import/separator.ts';
import { readKeyed, readTypedSerial, type Choices, type KeyedRound } from './keying.ts';

/** A batch as a spreadsheet has it: a serial, then a column a question in the order of the ballot, with the digits of the keyboard. */
export const BATCH_FILE_LIMITS: SheetLimits = { bytes: 500_000, rows: 5000, columns: 62 };

export interface FileBallot {
	/** As the spreadsheet numbers it: the first row of the file is 1. */
	row: number;
	serial: number;
	choices: Choices;
}

export type FileProblemCode =
	| 'serial-wrong'
	| 'serial-unknown'
	| 'serial-twice'
	| 'choice-wrong'
	| 'columns-wrong'
	/** Found against what is stored: keyed in another batch, or otherwise in this keying. */
	| 'serial-elsewhere'
	| 'serial-differs';

export interface FileProblem {
	row: number;
	/** Of a choice: which question, from 1. */
	question: number | null;
	code: FileProblemCode;
	/** What stands in the cell, cut. */
	text: string;
}

/** The rows of a file as ballots; a row with anything wrong is named and not taken. `isPrinted`: whether a ballot has this serial. */
export function readBatchFile(
	rows: readonly { row: number; cells: readonly string[] }[],
	rounds: readonly KeyedRound[],
	isPrinted: (serial: number) => boolean
): { ballots: FileBallot[]; problems: FileProblem[] } {
	const ballots: FileBallot[] = [];
	const problems: FileProblem[] = [];
	const seen = new Set<number>();
	for (const { row, cells } of withoutHeading(rows)) {
		const problem = (code: FileProblemCode, text: string, question: number | null = null) =>
			problems.push({ row, question, code, text: excerpt(text) });
		const [typed = '', ...answers] = cells.map((cell) => cell.trim());
		const serial = readTypedSerial(typed);
		if (answers.length < rounds.length || answers.slice(rounds.length).some((cell) => cell !== ''))
			problem('columns-wrong', cells.join(' '));
		else if (serial === null) problem('serial-wrong', typed);
		else if (!isPrinted(serial)) problem('serial-unknown', typed);
		else if (seen.has(serial)) problem('serial-twice', typed);
		else {
			seen.add(serial);
			const said = rounds.map((round, i) => [round.id, readKeyed(round, answers[i]!)] as const);
			const wrong = said.findIndex(([, choice]) => choice === null);
			if (wrong >= 0) problem('choice-wrong', answers[wrong]!, wrong + 1);
			else ballots.push({ row, serial, choices: Object.fromEntries(said) as Record<string, string> });
		}
	}
	return { ballots, problems };
}

/** The first row names the columns where its first cell has a letter, which no serial has. */
function withoutHeading<Row extends { cells: readonly string[] }>(rows: readonly Row[]): readonly Row[] {
	return /\p{L}/u.test(rows[0]?.cells[0] ?? '') ? rows.slice(1) : rows;
}
