import { error, redirect } from '@sveltejs/kit';
import { ATTACHMENT_ENDINGS } from '$lib/domain/casework/attachment.ts';
import { showCaseNumber } from '$lib/domain/casework/case.ts';
import { hasCaseRight } from '$lib/domain/casework/move-right.ts';
import { readCase } from '$lib/server/casework/cases/reads.ts';
import { readCaseFile } from '$lib/server/casework/files/reads.ts';
import { openFileContent, openFileName } from '$lib/server/casework/files/sealing.ts';
import { noteFileOpening } from '$lib/server/casework/files/writes.ts';
import { actorOf } from '$lib/server/http/cases.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import type { RequestHandler } from './$types';

/** One file of a case, to be kept and never shown by the browser itself; what is for the head alone is there for nobody else. */
export const GET: RequestHandler = async (event) => {
	const permitted = await requireRight(event, 'GET', event.params.caseFile);
	const { db, secret } = event.locals.running;
	const file = await readCaseFile(db, event.params.caseFile);
	const row = file && (await readCase(db, file.caseId));
	if (!file || !row || !hasCaseRight(actorOf(event, permitted), 'case:files', row))
		error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	const content = openFileContent(secret, file);
	if (!content) redirect(303, `/office/cases/${row.id}?file=unreadable#files`);
	await noteFileOpening(db, row, file, { actorId: permitted.user.id, now: Date.now() });
	const plain = `vu-viec-${showCaseNumber(row)}-${file.id}.${ATTACHMENT_ENDINGS[file.type]}`;
	const named = encodeURIComponent(openFileName(secret, file) ?? plain).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
	);
	return new Response(content, {
		headers: {
			'content-type': file.type,
			'content-length': String(content.length),
			'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${named}`,
			'cache-control': 'no-store',
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff'
		}
	});
};
