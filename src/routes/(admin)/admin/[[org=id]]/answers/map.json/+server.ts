import { redirect } from '@sveltejs/kit';
import { requireRight } from '$lib/server/http/guard.ts';
import { draftOf, readAnswerFile } from '$lib/server/submission/import/reads.ts';
import type { RequestHandler } from './$types';

/** The map as the command line takes it. */
export const GET: RequestHandler = async (event) => {
	const { user, organization, base } = await requireRight(event, 'GET');
	const id = event.url.searchParams.get('file') ?? '';
	const own = { organizationId: organization.id, userId: user.id, id };
	const file = await readAnswerFile(event.locals.running.db, own);
	if (!file) redirect(303, `${base}/answers?file=${encodeURIComponent(id)}`);
	return new Response(`${JSON.stringify(draftOf(file), null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="bang-ghep.json"'
		}
	});
};
