import { IMPORT_KINDS } from '$lib/domain/place/import/columns.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { templateOf } from '$lib/server/place/import/sheet.ts';
import type { RequestHandler } from './$types';

const FILE_NAMES = { officers: 'mau-cong-chuc.csv', counters: 'mau-quay.csv', roster: 'mau-lich-truc.csv' };

export const GET: RequestHandler = async (event) => {
	await requireRight(event, 'GET');
	const kind = IMPORT_KINDS.find((known) => known === event.url.searchParams.get('kind')) ?? 'officers';
	return new Response(templateOf(kind), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${FILE_NAMES[kind]}"`
		}
	});
};
