import { redirect } from '@sveltejs/kit';
import Papa from 'papaparse';
import { localDay } from '$lib/domain/shared/time.ts';
import { topicsOf } from '$lib/domain/submission/comment/topic.ts';
import { readAskedComments } from '$lib/server/http/leader-comments.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { noteReading } from '$lib/server/http/reading.ts';
import { versionToShow } from '$lib/server/survey/reads.ts';
import type { RequestHandler } from './$types';

const COLUMNS = ['week', 'batch', 'places', 'topic', 'says', 'toHead', 'text'];

/** The batches of the same address for a spreadsheet, whole and in their order; cells that it would run are defused. */
export const GET: RequestHandler = async (event) => {
	const query = event.url.searchParams;
	const { organization, user } = await requireRight(event, 'GET', query.get('org') ?? undefined);
	if (organization.kind === 'province') redirect(303, '/leader');
	const { running } = event.locals;
	const { batches, place } = await readAskedComments(running.db, organization.id, query);
	const topics = topicsOf((await versionToShow(running.db, organization.id, null))?.reasons ?? []);
	const now = Date.now();
	const detail = ['góp ý', ...(place ? [`${place.name}=${place.value}`] : [])].join(' · ');
	const line = { organizationId: organization.id, actorId: user.id, object: 'comments', detail, now };
	await noteReading(running, { ...line, action: 'exported' });
	const rows = batches.flatMap(({ id, week, places, comments }) =>
		comments
			.filter(({ text }) => text !== '')
			.map(({ text, topic, toHead }) => ({
				...{ week, batch: id, places: places.join(' · '), topic, text },
				says: topics.find(({ code }) => code === topic)?.text.vi ?? '',
				toHead: toHead ? 'yes' : 'no'
			}))
	);
	const delimiter = query.get('separator') === 'comma' ? ',' : ';';
	const csv = Papa.unparse(rows, { columns: COLUMNS, delimiter, escapeFormulae: true });
	return new Response(`\uFEFF${csv}\r\n`, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="gop-y-${localDay(now)}.csv"`,
			'cache-control': 'no-store'
		}
	});
};
