import { redirect } from '@sveltejs/kit';
import { requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { openReport } from '$lib/server/http/leader-report.ts';
import { noteReading } from '$lib/server/http/reading.ts';
import { makeReportPdf } from '$lib/server/report/paper/pdf.ts';
import type { RequestHandler } from './$types';

/** The report of the same address as a PDF. */
export const GET: RequestHandler = async (event) => {
	const permitted = await requireRight(event, 'GET', event.url.searchParams.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	if (reader.organization.kind === 'province') redirect(303, '/leader');
	const now = Date.now();
	const { report, period, detail } = await openReport(event, reader, now);
	const line = { organizationId: reader.organization.id, actorId: reader.user.id, object: 'report', detail, now };
	await noteReading(event.locals.running, { ...line, action: 'exported' });
	return new Response(new Uint8Array(await makeReportPdf(report)), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="bao-cao-${period.from}-${period.to}.pdf"`,
			'cache-control': 'no-store'
		}
	});
};
