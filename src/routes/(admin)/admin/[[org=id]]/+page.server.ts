import { readAuditLines } from '$lib/server/account/audit/reads.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readWhoIsOnDuty } from '$lib/server/place/roster/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

const RECENT_LINES = 12;

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	const { db } = event.locals.running;
	const now = Date.now();
	const [{ counters, officers }, terminals, recent] = await Promise.all([
		readWhoIsOnDuty(db, organization.id, now),
		readTerminalHealth(db, organization.id, now),
		readAuditLines(db, organization.id, RECENT_LINES)
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
