import { error } from '@sveltejs/kit';
import { localDay } from '$lib/domain/shared/time.ts';
import { questionnaireFile } from '$lib/domain/survey/file.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readVersion } from '$lib/server/survey/version/reads.ts';
import type { RequestHandler } from './$types';

/** The questionnaire as a file that another organization, or another installation, can take in. */
export const GET: RequestHandler = async (event) => {
	const { organization } = await requireRight(event, 'GET');
	const { db } = event.locals.running;
	const version = await readVersion(db, organization.id, event.params.version, localDay(Date.now()));
	if (!version) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return new Response(questionnaireFile(version.name, version.content), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="bo-cau-hoi-${version.id}.json"`,
			'cache-control': 'no-store'
		}
	});
};
