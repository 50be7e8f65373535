import { plain } from './plain.ts';

/** The largest .lss that is read, bytes: a survey of some hundred questions, with the settings of its looks, has half of it. */
export const LARGEST_LSS_BYTES = 1024 * 1024;

/** Why a file is no survey structure we read; each has a sentence in components/survey/words.ts. */
export type LssRefusal = 'lss-too-large' | 'lss-not-xml' | 'lss-doctype' | 'lss-not-survey' | 'lss-too-many';

/** The tables that say something about what is asked. */
export const LSS_TABLES = [
	...['surveys', 'surveys_languagesettings', 'groups', 'group_l10ns'],
	...['questions', 'subquestions', 'question_l10ns', 'answers', 'answer_l10ns']
];

/** A row of a table of LimeSurvey: the texts of its cells by name. */
export type LssRow = ReadonlyMap<string, string>;
export type LssTables = ReadonlyMap<string, readonly LssRow[]>;

/** Texts by LimeSurvey's codes of languages ('vi', 'pt-BR'). */
export type Wording = ReadonlyMap<string, string>;

export interface LssChoice {
	code: string;
	words: Wording;
}

/** One question as the file has it, its answers and rows in the order of the screen. */
export interface LssQuestion {
	code: string;
	type: string;
	words: Wording;
	group: Wording;
	answers: LssChoice[];
	rows: LssChoice[];
	/** Asked only of some. */
	conditional: boolean;
	/** With a field for an answer of one's own. */
	other: boolean;
}

export interface LssSurvey {
	title: Wording;
	welcome: Wording;
	/** The survey's own first. */
	languages: string[];
	/** In the order they are asked. */
	questions: LssQuestion[];
}

/** Versions before 4 have a row for each language; later ones a table of the words beside that of the things. */
export function readLssSurvey(tables: LssTables): LssSurvey {
	const table = (name: string) => tables.get(name) ?? [];
	const things = (names: readonly string[], spoken: string, id: string, word: string, order: string) =>
		thingsOf({ rows: names.flatMap(table), spoken: table(spoken), id: (row) => cell(row, id), word, order });
	const groups = things(['groups'], 'group_l10ns', 'gid', 'group_name', 'group_order');
	const asked = things(['questions', 'subquestions'], 'question_l10ns', 'qid', 'question', 'question_order');
	const answers = thingsOf({
		rows: table('answers').filter((row) => isFirst(cell(row, 'scale_id'))),
		spoken: table('answer_l10ns'),
		id: (row) => cell(row, 'aid') || `${cell(row, 'qid')} ${cell(row, 'code')}`,
		word: 'answer',
		order: 'sortorder'
	});
	const answersOf = Map.groupBy(answers, ({ row }) => cell(row, 'qid'));
	const rowsOf = Map.groupBy(
		asked.filter(({ row }) => isFirst(cell(row, 'scale_id'))),
		({ row }) => cell(row, 'parent_qid')
	);
	const questionsOf = Map.groupBy(
		asked.filter(({ row }) => isFirst(cell(row, 'parent_qid'))),
		({ row }) => cell(row, 'gid')
	);
	const settings = table('surveys')[0] ?? new Map<string, string>();
	const languages = `${cell(settings, 'language')} ${cell(settings, 'additional_languages')}`.split(/\s+/);
	const texts = table('surveys_languagesettings');
	return {
		title: wording(texts, 'surveyls_language', 'surveyls_title'),
		welcome: wording(texts, 'surveyls_language', 'surveyls_welcometext'),
		languages: [...new Set(languages.filter((language) => language !== ''))],
		questions: groups.flatMap((group) =>
			(questionsOf.get(cell(group.row, 'gid')) ?? []).map(({ row, words }) => ({
				code: cell(row, 'title'),
				type: cell(row, 'type'),
				words,
				group: group.words,
				answers: (answersOf.get(cell(row, 'qid')) ?? []).map(({ row, words }) => ({ code: cell(row, 'code'), words })),
				rows: (rowsOf.get(cell(row, 'qid')) ?? []).map(({ row, words }) => ({ code: cell(row, 'title'), words })),
				conditional: !isFor(cell(row, 'relevance')) || !isFor(cell(group.row, 'grelevance')),
				other: cell(row, 'other') === 'Y'
			}))
		)
	};
}

const cell = (row: LssRow, name: string) => (row.get(name) ?? '').trim();
/** The number 0, or none: no question above, the first of two scales. */
const isFirst = (number: string) => number === '' || number === '0';
/** '1' is asked of everybody. */
const isFor = (relevance: string) => relevance === '' || relevance === '1';

interface Thing {
	row: LssRow;
	words: Wording;
}

interface Telling {
	rows: readonly LssRow[];
	spoken: readonly LssRow[];
	id: (row: LssRow) => string;
	word: string;
	order: string;
}

function thingsOf({ rows, spoken, id, word, order }: Telling): Thing[] {
	const words = Map.groupBy([...rows, ...spoken], id);
	const first = [...Map.groupBy(rows, id).entries()].map(([key, [row]]) => ({
		row,
		words: wording(words.get(key) ?? [], 'language', word)
	}));
	return first.sort((a, b) => (Number(cell(a.row, order)) || 0) - (Number(cell(b.row, order)) || 0));
}

function wording(rows: readonly LssRow[], language: string, word: string): Wording {
	const said = rows.map((row): [string, string] => [cell(row, language), plain(cell(row, word))]);
	return new Map(said.filter(([language, text]) => language !== '' && text !== ''));
}
