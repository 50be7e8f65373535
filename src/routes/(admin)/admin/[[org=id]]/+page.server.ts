import { SYSTEM_GROUPS } from '$lib/domain/account/audit.ts';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { nextStep, setUpPage } from '$lib/domain/place/set-up.ts';
import { weekOf } from '$lib/domain/place/week.ts';
import { permits, type Right } from '$lib/domain/account/right.ts';
import { readAuditLines } from '$lib/server/account/audit/reads.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readWhoIsOnDuty } from '$lib/server/place/roster/reads.ts';
import { readReadiness } from '$lib/server/place/setup/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

const RECENT_LINES = 12;

export const load: PageServerLoad = async (event) => {
	const { organization, base, user, path, sites } = await requireRight(event, 'load');
	const { db } = event.locals.running;
	const { grants } = requireSignedIn(event);
	const may = (right: Right) => {
		const permission = permits(grants, right, { path, siteId: null }, user.id);
		return permission.allowed && permission.sites === null;
	};
	const now = Date.now();
	const [who, terminals, recent, ready] = await Promise.all([
		readWhoIsOnDuty(db, organization.id, now),
		readTerminalHealth(db, organization.id, now),
		// The log names people and places of the whole organization.
		may('audit:read')
			? readAuditLines(db, organization.id, RECENT_LINES, may('audit-results:read') ? null : SYSTEM_GROUPS)
			: null,
		readReadiness(db, organization.id, weekOf(null, now))
	]);
	const isOurs = (siteId: string) => sites === null || sites.includes(siteId);
	const siteOf = new Map(ready.all.map(({ id, siteId }) => [id, siteId]));
	const counters = who.counters.filter(({ id }) => isOurs(siteOf.get(id) ?? ''));
	const unmanned = counters.filter(({ onDuty }) => onDuty === null);
	const active = terminals.filter(
		({ revokedAt, counterId }) => revokedAt === null && isOurs(siteOf.get(counterId) ?? '')
	);
	const next = nextStep(ready);
	const { all: _, ...lacking } = ready;
	const names = (list: typeof ready.all) => list.filter(({ siteId }) => isOurs(siteId)).map(counterLabel);
	return {
		now,
		base,
		organization: { name: organization.name },
		/** Where an unfinished set-up goes on, for whoever may do it and is at home here. */
		setUp: next !== null && base === '/admin' && may('place:write') ? setUpPage(next) : null,
		/** A ward is got ready by whoever may; others see how it is. */
		checks: may('place:write')
			? {
					...lacking,
					withoutField: names(ready.withoutField),
					withoutDuty: names(ready.withoutDuty),
					withoutTerminal: names(ready.withoutTerminal),
					hasStaffPin: organization.hasStaffPin
				}
			: null,
		figures: {
			counters: counters.length,
			officers: who.officers.length,
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
