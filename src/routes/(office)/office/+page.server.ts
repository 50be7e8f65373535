import { fail, redirect } from '@sveltejs/kit';
import { permits, type Extent } from '$lib/domain/account/right.ts';
import { weekOf } from '$lib/domain/place/week.ts';
import { addDays, localDay } from '$lib/domain/shared/time.ts';
import { readExtent } from '$lib/server/account/extent/reads.ts';
import { newId } from '$lib/server/account/writes.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readOfficeDay, readOwnWeek } from '$lib/server/place/handover/reads.ts';
import { handOver, takeBack } from '$lib/server/place/handover/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, organization, sites, path } = await requireRight(event, 'load');
	const { db } = event.locals.running;
	const now = Date.now();
	const query = event.url.searchParams;
	const { counters, officers } = await readOfficeDay(db, { organizationId: organization.id, sites, now });
	const me = officers.find(({ id }) => id === user.officerId) ?? null;
	const week = weekOf(query.get('week'), now);
	const own = counters.map((counter) => {
		const mayName = mayNameOthers(event, { path, siteId: counter.siteId });
		const mayEnd = counter.handover !== null && (mayName || counter.handover.officerId === me?.id);
		return { ...counter, mayName, mayEnd, freshId: newId() };
	});
	const { allowed } = permits(requireSignedIn(event).grants, 'office:hand-over', { path, siteId: null }, user.id);
	return {
		now,
		today: localDay(now),
		me,
		mayTake: allowed && me !== null,
		counters: own,
		// Names to choose from are for those who may choose.
		officers: own.some(({ mayName }) => mayName) ? officers : [],
		week: { monday: week.monday, before: addDays(week.monday, -7), after: addDays(week.monday, 7), to: week.days[6] },
		days: me ? await readOwnWeek(db, organization.id, me.id, week) : null,
		done: doneOf(counters, query)
	};
};

/** Who plans the roster there may put anybody at a counter; everybody else only themselves. */
function mayNameOthers(event: RequestEvent, extent: Extent | null): boolean {
	if (extent === null) return false;
	const { grants, user } = requireSignedIn(event);
	return (
		permits(grants, 'roster:write', extent, user.id).allowed &&
		permits(grants, 'office:hand-over', extent, user.id).allowed
	);
}

/** What has just been done, told from what stands now and not from what an address says. */
function doneOf(counters: Awaited<ReturnType<typeof readOfficeDay>>['counters'], query: URLSearchParams) {
	if (query.has('ended')) return { ended: true as const };
	const counter = counters.find(({ id }) => id === query.get('taken'));
	if (!counter?.onDuty) return null;
	const { name, until } = counter.onDuty;
	return { ended: false as const, officer: name, counter: counter.name, until, already: query.has('already') };
}

export const actions: Actions = {
	handOver: async (event) => {
		const data = await event.request.formData();
		const counterId = String(data.get('counterId') ?? '');
		const { user, organization } = await requireRight(event, 'handOver', counterId);
		const { db } = event.locals.running;
		const officerId = data.has('officerId') ? String(data.get('officerId')) : user.officerId;
		const values = { counterId, officerId, open: data.get('until') === 'open' };
		if (officerId === null) return fail(403, { refused: { reason: 'not-linked' as const }, values });
		if (officerId !== user.officerId && !mayNameOthers(event, await readExtent(db, 'counter', counterId))) {
			return fail(403, { refused: { reason: 'not-yourself' as const }, values });
		}
		const sent = String(data.get('id') ?? '');
		const handed = await handOver(db, {
			id: /^[0-9a-z]{10}$/.test(sent) ? sent : newId(),
			organizationId: organization.id,
			counterId,
			officerId,
			open: values.open,
			handedBy: user.id,
			now: Date.now()
		});
		if (!handed.ok) return fail(409, { refused: handed, values });
		redirect(303, `/office?taken=${encodeURIComponent(counterId)}${handed.value.already ? '&already' : ''}`);
	},
	takeBack: async (event) => {
		const data = await event.request.formData();
		const dutyId = String(data.get('dutyId') ?? '');
		const { user, organization } = await requireRight(event, 'takeBack', dutyId);
		const { db } = event.locals.running;
		const naming = mayNameOthers(event, await readExtent(db, 'duty', dutyId));
		const taken = await takeBack(db, {
			organizationId: organization.id,
			dutyId,
			officerId: naming ? null : (user.officerId ?? ''),
			takenBy: user.id,
			now: Date.now()
		});
		if (!taken.ok)
			return fail(409, { refused: { reason: 'duty' as const }, values: { counterId: '', officerId: '', open: false } });
		redirect(303, '/office?ended');
	}
};
