import { dutyAt } from '$lib/domain/place/duty.ts';
import { DAY_MS } from '$lib/domain/shared/time.ts';
import { readAuditLines } from '$lib/server/account/reads.ts';
import { requireAbility } from '$lib/server/http/guard.ts';
import { readCounters, readDuties, readOfficers } from '$lib/server/place/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

const RECENT_LINES = 12;

export const load: PageServerLoad = async ({ locals }) => {
	const { organization } = requireAbility(locals, 'place:manage');
	const { db } = locals.running;
	const now = Date.now();
	const [counters, officers, duties, terminals, recent] = await Promise.all([
		readCounters(db, organization.id),
		readOfficers(db, organization.id),
		readDuties(db, organization.id, now, now + DAY_MS),
		readTerminalHealth(db, organization.id, now),
		readAuditLines(db, organization.id, RECENT_LINES)
	]);
	const atWork = counters.filter(({ archivedAt }) => archivedAt === null);
	const unmanned = atWork.filter(({ id }) => !dutyAt(duties, id, now)?.officerId);
	const active = terminals.filter(({ revokedAt }) => revokedAt === null);
	return {
		now,
		hasStaffPin: organization.hasStaffPin,
		figures: {
			counters: atWork.length,
			officers: officers.filter(({ archivedAt }) => archivedAt === null).length,
			onDuty: atWork.length - unmanned.length,
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
