import { error } from '@sveltejs/kit';
import Papa from 'papaparse';
import { plainText, sayAuditLine } from '$lib/domain/account/audit.ts';
import { permits } from '$lib/domain/account/right.ts';
import { localDay, localStamp } from '$lib/domain/shared/time.ts';
import { readAuditPage } from '$lib/server/account/audit/reads.ts';
import { boundsOf, readAuditFilter } from '$lib/server/http/audit-filter.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { noteReading } from '$lib/server/http/reading.ts';
import type { RequestHandler } from './$types';

const COLUMNS = ['seq', 'at', 'who', 'actorId', 'action', 'sentence', 'object', 'reason', 'hash'];
const AT_ONCE = 500;

/** The lines that the page's filter shows, newest first, for a spreadsheet; taking them away leaves a line of its own. */
export const GET: RequestHandler = async (event) => {
	const { organization, user, path } = await requireRight(event, 'GET');
	if (!(await mayAskFor('export', user.id))) {
		error(429, { message: PROBLEMS['too-many-requests'].message, code: 'too-many-requests' });
	}
	const { grants } = requireSignedIn(event);
	const { db } = event.locals.running;
	const now = Date.now();
	const all = permits(grants, 'audit-results:read', { path, siteId: null }, user.id).allowed;
	const filter = readAuditFilter(event.url.searchParams);
	const asked = Object.entries(filter).filter(([, value]) => value !== '');
	const detail = ['audit', ...asked.map(([name, value]) => `${name}=${value}`)].join(' · ');
	const line = { organizationId: organization.id, actorId: user.id, object: 'audit', detail, now };
	await noteReading(event.locals.running, { ...line, action: 'exported' });

	let before: number | undefined;
	let begun = false;
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const page = await readAuditPage(db, organization.id, { ...boundsOf(filter, all), before, atMost: AT_ONCE });
			const rows = page.lines.map((each) => ({
				seq: each.seq,
				at: localStamp(each.at),
				who: plainText(each.actorName ?? each.terminalName ?? ''),
				actorId: each.actorId,
				action: each.action,
				sentence: sayAuditLine(each, 'vi'),
				object: plainText(each.object),
				reason: plainText(each.reason),
				hash: each.hash
			}));
			// The mark in front makes a spreadsheet read UTF-8; cells it would run are defused.
			const csv = Papa.unparse(rows, { columns: COLUMNS, escapeFormulae: true, header: !begun });
			if (rows.length > 0 || !begun) controller.enqueue(encoder.encode(`${begun ? '' : '\uFEFF'}${csv}\r\n`));
			begun = true;
			if (page.next === null) controller.close();
			else before = page.next;
		}
	});
	return new Response(body, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="nhat-ky-${localDay(now)}.csv"`,
			'cache-control': 'no-store'
		}
	});
};
