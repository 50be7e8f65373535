import { formsAsked, showSerial } from '$lib/domain/survey/serial.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { readUsableVersions, versionToShow } from '$lib/server/survey/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	const { db } = event.locals.running;
	const asked = event.url.searchParams;
	const versions = await readUsableVersions(db, organization.id);
	const inUse = await versionToShow(db, organization.id, null);
	const named = asked.get('version') || inUse?.id;
	const version = versions.find(({ id }) => id === named) ?? null;
	const { from, count } = formsAsked(asked.get('from'), asked.get('count'));
	return {
		base,
		ward: organization.name,
		versions: versions.map(({ id, title }) => ({ id, title: title.vi })),
		version,
		from,
		count,
		serials: version
			? Array.from({ length: count }, (_, i) => ({ number: from + i, drawing: drawQr(showSerial(from + i)) }))
			: []
	};
};
