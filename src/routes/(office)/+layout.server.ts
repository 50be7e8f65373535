import { hasSomewhere, permits } from '$lib/domain/account/right.ts';
import { readOrganizationPath } from '$lib/server/account/extent/reads.ts';
import { pressingFor } from '$lib/server/http/cases.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readSilentTerminals } from '$lib/server/terminal/alarm/reads.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
	const { user, organization } = await requireRight(event, 'layout');
	const { grants } = requireSignedIn(event);
	const { db } = event.locals.running;
	const path = await readOrganizationPath(db, organization.id);
	const tablets = permits(grants, 'terminal:read', { path, siteId: null }, user.id);
	return {
		office: hasSomewhere(grants, 'office:read'),
		pressing: await pressingFor(event, null),
		visits: hasSomewhere(grants, 'visit:make'),
		silent: tablets.allowed ? await readSilentTerminals(db, organization.id, tablets.sites) : [],
		user: { name: user.name, roles: user.roles },
		organization: { name: organization.name, demonstration: organization.demonstration }
	};
};
