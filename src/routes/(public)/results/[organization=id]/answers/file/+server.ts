import Papa from 'papaparse';
import { CASE_CLASS_NAMES } from '$lib/domain/casework/case.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readRegister, REGISTER_CACHE, registerOf } from '$lib/server/http/register-page.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { RequestHandler } from './$types';

const COLUMNS = ['number', 'class', 'field', 'received', 'answered', 'published', 'question', 'answer'];

/** The answers of the same address for a spreadsheet; cells that it would run are defused. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const language = languageAsked(url);
	const { db } = locals.running;
	const now = Date.now();
	const register = await registerOf(db, params.organization, language);
	const { found } = await readRegister(db, register, url.searchParams, now);
	const rows = found.map(({ number, class: its, field, receivedAt, answeredAt, publishedAt, question, answer }) => ({
		...{ number, class: CASE_CLASS_NAMES[its][language], field, question, answer },
		...{ received: localDay(receivedAt), answered: localDay(answeredAt), published: localDay(publishedAt) }
	}));
	const csv = Papa.unparse(rows, { columns: COLUMNS, delimiter: ';', escapeFormulae: true });
	return new Response(`\uFEFF${csv}\r\n`, {
		headers: {
			...REGISTER_CACHE,
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="hoi-dap-${localDay(now)}.csv"`
		}
	});
};
