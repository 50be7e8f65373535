import { permits } from '$lib/domain/account/right.ts';
import { readOrganizationPath } from '$lib/server/account/extent/reads.ts';
import { pressingFor } from '$lib/server/http/cases.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readAlerts } from '$lib/server/report/alert/reads.ts';
import { readSilentTerminals } from '$lib/server/terminal/alarm/reads.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
	const { user, organization } = await requireRight(event, 'layout');
	const { grants } = requireSignedIn(event);
	const { db } = event.locals.running;
	// Who leads several wards hears of the tablets of the one they look at.
	const path = await readOrganizationPath(db, event.url.searchParams.get('org') ?? organization.id);
	const tablets = permits(grants, 'terminal:read', { path, siteId: null }, user.id);
	const [shown = organization.id] = path;
	const results = permits(grants, 'report:read', { path, siteId: null }, user.id).allowed;
	return {
		pressing: await pressingFor(event, event.url.searchParams.get('org')),
		silent: tablets.allowed ? await readSilentTerminals(db, shown, tablets.sites) : [],
		alerts: results ? await readAlerts(db, shown) : [],
		alertsHref: `/leader/alerts${shown === organization.id ? '' : `?org=${shown}`}`,
		terminalsHref: tablets.allowed ? `/admin${shown === organization.id ? '' : `/${shown}`}/terminals` : null,
		user: { name: user.name, roles: user.roles },
		organization: { name: organization.name, demonstration: organization.demonstration }
	};
};
