import { redirect } from '@sveltejs/kit';
import Papa from 'papaparse';
import { participationByOf, withRates } from '$lib/domain/report/participation.ts';
import { PARTICIPATION_CODEBOOK, participationLines } from '$lib/domain/report/participation-file.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { openLeaderQuestion, readerOf } from '$lib/server/http/leader-page.ts';
import { noteReading } from '$lib/server/http/reading.ts';
import { readParticipation } from '$lib/server/report/participation/reads.ts';
import type { RequestHandler } from './$types';

/** The table of the page with the same address as a file, `;` between the columns; `what=codebook` is what they mean. */
export const GET: RequestHandler = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'GET', query.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	const { organization, user } = reader;
	if (organization.kind === 'province') redirect(303, '/leader');
	if (query.get('what') === 'codebook') {
		const told = PARTICIPATION_CODEBOOK.map(({ column, means }) => ({ column, vi: means.vi, en: means.en }));
		return file(Papa.unparse(told, { delimiter: ';', escapeFormulae: true }), 'giai-thich-cot.csv');
	}
	const { running } = event.locals;
	const now = Date.now();
	const by = participationByOf(query.get('by'), reader.officers);
	query.set('by', by);
	const { question, period, detail } = await openLeaderQuestion(event, reader, now, 'participation-file');
	const { rows, total } = await readParticipation(running.db, { ...question, today: localDay(now) }, by);
	const line = { organizationId: organization.id, actorId: user.id, object: 'participation', detail, now };
	await noteReading(running, { ...line, action: 'exported' });
	const { from, to } = period;
	const lines = participationLines({ by, from, to, rows: rows.map(withRates), total: withRates(total) });
	return file(Papa.unparse(lines, { delimiter: ';', escapeFormulae: true }), `ty-le-tra-loi-${from}-${to}.csv`);
};

function file(csv: string, name: string): Response {
	return new Response(`\uFEFF${csv}\r\n`, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}
