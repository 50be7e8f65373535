import { setImmediate } from 'node:timers/promises';
import { redirect } from '@sveltejs/kit';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { ticketUrl } from '$lib/domain/survey/ticket.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { drawQr, type QrDrawing } from '$lib/server/http/qr.ts';
import { formAgain, makeFromForm } from '$lib/server/http/ticket-form.ts';
import { readCounters } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	return { base, ward: organization.name };
};

const AT_ONCE = 50;

export const actions: Actions = {
	/** The answer shows the codes, once; they are in no address and no store. */
	default: async (event) => {
		const permitted = await requireRight(event, 'default');
		const { running, origin } = event.locals;
		const made = await makeFromForm(running, permitted, await event.request.formData(), Date.now());
		if (!made.ok) redirect(303, formAgain(permitted.base, made));
		const tickets: { code: string; drawing: QrDrawing }[] = [];
		for (const code of made.codes) {
			// Thousands of drawings take seconds, which belong to everybody.
			if (tickets.length % AT_ONCE === 0) await setImmediate();
			tickets.push({ code, drawing: drawQr(ticketUrl(origin, code)) });
		}
		const counters = await readCounters(running.db, permitted.organization.id);
		const counter = counters.find(({ id }) => id === made.form.counterId)!;
		const { expiresOn, paper } = made.form;
		return { made: { tickets, place: counterLabel(counter), expiresOn, paper, address: `${origin}/r` } };
	}
};
