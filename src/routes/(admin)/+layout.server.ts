import { permits, type Right } from '$lib/domain/account/right.ts';
import { isBackupLate, missedNights } from '$lib/domain/backup/nights.ts';
import { readOrganizationPath } from '$lib/server/account/extent/reads.ts';
import { readKnownOrganization } from '$lib/server/account/reads.ts';
import type { Db } from '$lib/server/db/db.ts';
import { pressingFor } from '$lib/server/http/cases.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { backupStanding } from '$lib/server/jobs/backup.ts';
import { chainProblems } from '$lib/server/jobs/witness.ts';
import { readSilentTerminals } from '$lib/server/terminal/alarm/reads.ts';
import type { LayoutServerLoad } from './$types';

/** What the administration consists of, in the order of its tabs; whoever has the right sees the tab. */
const TABS = [
	{ page: '', right: 'place:read' },
	{ page: '/organizations', right: 'organization:read' },
	{ page: '/places', right: 'place:read' },
	{ page: '/officers', right: 'place:read' },
	{ page: '/roster', right: 'roster:read' },
	{ page: '/calendar', right: 'calendar:read' },
	{ page: '/questionnaires', right: 'survey:read' },
	{ page: '/terminals', right: 'terminal:read' },
	{ page: '/posters', right: 'collector:read' },
	{ page: '/tickets', right: 'ticket:read' },
	{ page: '/dialogues', right: 'dialogue:read' },
	{ page: '/people', right: 'user:read' },
	{ page: '/answers', right: 'answers:import' },
	{ page: '/plan', right: 'plan:read' },
	{ page: '/peers', right: 'peers:read' },
	{ page: '/comments', right: 'comment:moderate' },
	{ page: '/quarantine', right: 'quarantine:read' },
	{ page: '/audit', right: 'audit:read' },
	{ page: '/status', right: 'status:read' }
] as const satisfies { page: string; right: Right }[];

export const load: LayoutServerLoad = async (event) => {
	const { user } = await requireRight(event, 'layout');
	const { grants, organization: home } = requireSignedIn(event);
	const { db } = event.locals.running;
	const path = await readOrganizationPath(db, event.params.org ?? home.id);
	const organization = (await readKnownOrganization(db, path[0] ?? home.id)) ?? home;
	const may = (right: Right) => permits(grants, right, { path, siteId: null }, user.id).allowed;
	const tablets = permits(grants, 'terminal:read', { path, siteId: null }, user.id);
	return {
		pressing: await pressingFor(event, event.params.org ?? null),
		silent: tablets.allowed ? await readSilentTerminals(db, organization.id, tablets.sites) : [],
		user: { name: user.name, roles: user.roles },
		organization: { name: organization.name, demonstration: organization.demonstration },
		base: organization.id === home.id ? '/admin' : `/admin/${organization.id}`,
		chainProblem:
			chainProblems(db).find((problem) => may('audit:read') && problem.organizationId === organization.id) ?? null,
		backup: may('audit:read') ? lateBackup(db) : null,
		tabs: TABS.filter(({ right }) => may(right)).map(({ page }) => page)
	};
};

/** For how many nights there has been no backup (null: there never was one), where that is too long. */
function lateBackup(db: Db): { missed: number | null } | null {
	const standing = backupStanding(db);
	const now = Date.now();
	return standing && isBackupLate(standing, now) ? { missed: missedNights(standing, now) } : null;
}
