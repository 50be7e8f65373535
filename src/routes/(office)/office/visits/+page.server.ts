import { fail, redirect } from '@sveltejs/kit';
import { isShortId } from '$lib/domain/shared/id.ts';
import { showCode } from '$lib/domain/survey/code.ts';
import { ticketUrl } from '$lib/domain/survey/ticket.ts';
import { newId } from '$lib/server/account/writes.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { versionToShow } from '$lib/server/survey/reads.ts';
import { readVisits } from '$lib/server/survey/tickets/visit/reads.ts';
import { makeVisitTicket, voidVisitTicket, type VisitForm } from '$lib/server/survey/tickets/visit/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, organization, sites } = await requireRight(event, 'load');
	const { officerId } = user;
	const now = Date.now();
	const asked = { organizationId: organization.id, sites, now };
	return {
		now,
		ward: organization.name,
		freshId: newId(),
		visits: officerId === null ? null : await readVisits(event.locals.running.db, { ...asked, officerId }),
		voided: event.url.searchParams.has('voided')
	};
};

export const actions: Actions = {
	make: async (event) => {
		const form = readForm(await event.request.formData());
		const { user, organization } = await requireRight(event, 'make', form.dutyId);
		const { officerId } = user;
		if (officerId === null) return fail(403, { refused: 'not-linked' as const });
		const { running, origin } = event.locals;
		const version = await versionToShow(running.db, organization.id, null);
		if (!version) return fail(409, { refused: 'survey-closed' as const });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const made = await makeVisitTicket(running, { ...form, ...change, officerId, versionId: version.id });
		if (!made.ok) return fail(409, { refused: made.reason });
		// The code is in this answer and nowhere else: not in an address, not in a table, not in the log.
		const { code, expiresOn } = made.value;
		const address = ticketUrl(origin, code);
		return { ticket: { code: showCode(code), drawing: drawQr(address), address, expiresOn, form } };
	},
	void: async (event) => {
		const form = readForm(await event.request.formData());
		const { user, organization } = await requireRight(event, 'void', form.dutyId);
		const { officerId } = user;
		if (officerId === null) return fail(403, { refused: 'not-linked' as const });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const voided = await voidVisitTicket(event.locals.running, { ...form, ...change, officerId });
		if (!voided.ok) return fail(409, { refused: voided.reason });
		redirect(303, '/office/visits?voided');
	}
};

function readForm(data: FormData): VisitForm {
	const said = (name: string) => String(data.get(name) ?? '').slice(0, 64);
	const id = said('id');
	return { id: isShortId(id) ? id : newId(), dutyId: said('dutyId'), fieldId: said('fieldId') };
}
