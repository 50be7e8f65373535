import { SYSTEM_GROUPS } from '$lib/domain/account/audit.ts';
import { permits, type Right } from '$lib/domain/account/right.ts';
import { readAuditLines } from '$lib/server/account/audit/reads.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readWhoIsOnDuty } from '$lib/server/place/roster/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

const RECENT_LINES = 12;

export const load: PageServerLoad = async (event) => {
	const { organization, base, path, user } = await requireRight(event, 'load');
	const { grants } = requireSignedIn(event);
	const may = (right: Right) => permits(grants, right, { path, siteId: null }, user.id).allowed;
	const { db } = event.locals.running;
	const now = Date.now();
	const [{ counters, officers }, terminals, recent] = await Promise.all([
		readWhoIsOnDuty(db, organization.id, now),
		readTerminalHealth(db, organization.id, now),
		may('audit:read')
			? readAuditLines(db, organization.id, RECENT_LINES, may('audit-results:read') ? null : SYSTEM_GROUPS)
			: null
	]);
	const unmanned = counters.filter(({ onDuty }) => onDuty === null);
	const active = terminals.filter(({ revokedAt }) => revokedAt === null);
	return {
		now,
		base,
		organization: { name: organization.name },
		hasStaffPin: organization.hasStaffPin,
		figures: {
			counters: counters.length,
			officers: officers.length,
			onDuty: counters.length - unmanned.length,
			terminals: active.length
		},
		// A counter without anybody matters only where a tablet asks about somebody, and only while it is open.
		unmanned: unmanned
			.filter(({ id }) => active.some((one) => one.counterId === id && !one.health.signs.includes('closed')))
			.map(({ name }) => name),
		attention: active
			.filter(({ health }) => health.level !== 'well')
			.map(({ id, name, counter, health }) => ({ id, name, counter, code: health.code })),
		recent
	};
};
