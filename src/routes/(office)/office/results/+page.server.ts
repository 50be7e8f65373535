import { readOwnBlock } from '$lib/domain/report/own.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readOwnResults } from '$lib/server/report/own/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, organization } = await requireRight(event, 'load');
	const today = localDay(Date.now());
	const block = readOwnBlock(event.url.searchParams.get('from'), today);
	const target = organization.target / 100;
	// Whose results is decided by who is signed in; nothing in the address can name somebody else.
	const results =
		user.officerId === null
			? null
			: await readOwnResults(event.locals.running.db, {
					organizationId: organization.id,
					officerId: user.officerId,
					versionId: organization.versionId,
					target,
					block,
					today
				});
	return { block, target: results?.target ?? target, results };
};
