import { redirect } from '@sveltejs/kit';
import Papa from 'papaparse';
import { cellsOf, CODEBOOK, FILE_COLUMNS, linesOf } from '$lib/domain/report/file.ts';
import { orderRows } from '$lib/domain/report/order.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { openLeaderQuestion, readerOf } from '$lib/server/http/leader-page.ts';
import { noteReading } from '$lib/server/http/reading.ts';
import { readChanges } from '$lib/server/report/change/reads.ts';
import { makeWorkbook } from '$lib/server/report/export/workbook.ts';
import { readIndexTable } from '$lib/server/report/reads.ts';
import type { RequestHandler } from './$types';

/**
 * The table of the same address as a file: `;` between the columns and a decimal comma, as a Vietnamese spreadsheet reads it, or with
 * `separator=comma` the other way; `as=xlsx` is a workbook. `what=codebook` is what the columns mean. Cells that a spreadsheet would
 * run are defused.
 */
export const GET: RequestHandler = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'GET', query.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	const { organization, user } = reader;
	if (organization.kind === 'province') redirect(303, '/leader');
	const delimiter = query.get('separator') === 'comma' ? ',' : ';';
	if (query.get('what') === 'codebook') {
		const told = CODEBOOK.map(({ column, means }) => ({ column, vi: means.vi, en: means.en }));
		return file(Papa.unparse(told, { delimiter, escapeFormulae: true }), 'giai-thich-cot.csv');
	}
	const { running } = event.locals;
	const now = Date.now();
	const { question, period, order, detail } = await openLeaderQuestion(event, reader, now, 'file');
	const table = await readIndexTable(running.db, question);
	const changes = await readChanges(running.db, table, question, period);
	const line = { organizationId: organization.id, actorId: user.id, object: 'leader', detail, now };
	await noteReading(running, { ...line, action: 'exported' });
	const lines = linesOf({ ...table, rows: orderRows(table.rows, order, changes.before) }, changes);
	const name = `muc-do-hai-long-${period.from}-${period.to}`;
	if (query.get('as') === 'xlsx') return sheetFile(await makeWorkbook(lines), `${name}.xlsx`);
	const said = lines.map((each) => cellsOf(each, delimiter));
	return file(Papa.unparse([[...FILE_COLUMNS], ...said], { delimiter }), `${name}.csv`);
};

function sheetFile(bytes: Buffer, name: string): Response {
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}

function file(csv: string, name: string): Response {
	return new Response(`\uFEFF${csv}\r\n`, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}
