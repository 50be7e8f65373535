/** Survey structures as LimeSurvey writes them, by hand: since version 4 with a table of words beside that of the things, before with a row for each language. */
type Cells = Record<string, string | number>;

const cells = (row: Cells) =>
	Object.entries(row)
		.map(([name, text]) => (text === '' ? `<${name}/>` : `<${name}><![CDATA[${text}]]></${name}>`))
		.join('');
const table = (name: string, rows: readonly Cells[]) =>
	`<${name}><fields>${Object.keys(rows[0] ?? {})
		.map((field) => `<fieldname>${field}</fieldname>`)
		.join('')}</fields><rows>${rows.map((row) => `<row>${cells(row)}</row>`).join('')}</rows></${name}>`;

export function lssFile(tables: Record<string, readonly Cells[]>, kind = 'Survey'): string {
	const body = Object.entries(tables).map(([name, rows]) => table(name, rows));
	return `<?xml version="1.0" encoding="UTF-8"?>\n<document><LimeSurveyDocType>${kind}</LimeSurveyDocType><DBVersion>600</DBVersion>${body.join('\n')}</document>`;
}

export interface Asked {
	code: string;
	type: string;
	/** Words by language. */
	words: Record<string, string>;
	answers?: readonly Record<string, string>[];
	rows?: readonly Record<string, string>[];
	more?: Cells;
}

export interface AskedGroup {
	words: Record<string, string>;
	questions: readonly Asked[];
}

/** A survey of version 4 or later; its things stand in the file the last first, for their order is a number of theirs. */
export function aLss(groups: readonly AskedGroup[], { languages = 'vi en', title = 'Khảo sát của phường' } = {}) {
	const [language, ...others] = languages.split(' ');
	const tables: Record<string, Cells[]> = {
		answers: [],
		answer_l10ns: [],
		groups: [],
		group_l10ns: [],
		questions: [],
		subquestions: [],
		question_l10ns: [],
		surveys: [{ sid: 9, language, additional_languages: others.join(' ') }],
		surveys_languagesettings: [
			{
				surveyls_survey_id: 9,
				surveyls_language: language,
				surveyls_title: title,
				surveyls_welcometext: '<p>Xin chào</p>'
			}
		]
	};
	let last = 100;
	const speak = (name: string, key: string, id: number, word: string, words: Record<string, string>) => {
		for (const [language, text] of Object.entries(words))
			tables[name].push({ id: ++last, [key]: id, [word]: text, language });
	};
	for (const [g, { words, questions }] of groups.entries()) {
		const gid = ++last;
		tables.groups.unshift({ gid, sid: 9, group_order: g });
		speak('group_l10ns', 'gid', gid, 'group_name', words);
		for (const [q, asked] of questions.entries()) {
			const qid = ++last;
			tables.questions.unshift({
				...{ qid, parent_qid: 0, sid: 9, gid, type: asked.type, title: asked.code, question_order: q, scale_id: 0 },
				...{ other: 'N', relevance: '1', ...asked.more }
			});
			speak('question_l10ns', 'qid', qid, 'question', asked.words);
			for (const [i, row] of (asked.rows ?? []).entries()) {
				const below = ++last;
				tables.subquestions.unshift({
					...{ qid: below, parent_qid: qid, sid: 9, gid, type: 'T', title: `SQ${i + 1}` },
					...{ question_order: i, scale_id: 0 }
				});
				speak('question_l10ns', 'qid', below, 'question', row);
			}
			for (const [i, answer] of (asked.answers ?? []).entries()) {
				const aid = ++last;
				tables.answers.unshift({ aid, qid, code: `AO${i + 1}`, sortorder: i, scale_id: 0 });
				speak('answer_l10ns', 'aid', aid, 'answer', answer);
			}
		}
	}
	return lssFile(tables);
}
