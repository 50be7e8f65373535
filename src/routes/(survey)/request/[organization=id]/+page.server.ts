import { error, fail, redirect } from '@sveltejs/kit';
import { requestEntry } from '$lib/domain/casework/request.ts';
import { newId } from '$lib/server/account/writes.ts';
import { caseCode } from '$lib/server/casework/cases/reads.ts';
import { readAddressee, readRequest } from '$lib/server/casework/request/reads.ts';
import { keepRequest } from '$lib/server/casework/request/writes.ts';
import { addressOf } from '$lib/server/http/address.ts';
import { openCode, sealCode } from '$lib/server/http/case-look.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { countRequest } from '$lib/server/http/limits.ts';
import { PROBLEMS, storageProblem } from '$lib/server/http/problem.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, url, locals }) => {
	const addressee = await addresseeOf(locals, params);
	locals.locale = languageAsked(url);
	const token = url.searchParams.get('sent');
	const code = openCode(locals.running.secret, token, Date.now());
	const sent = { sent: token !== null, token: token ?? '', code };
	return { addressee, language: locals.locale, ...sent, freshId: newId() };
};

async function addresseeOf(locals: App.Locals, { organization }: { organization: string }) {
	const addressee = await readAddressee(locals.running.db, organization);
	if (!addressee) error(404, { message: PROBLEMS['not-found'].message, code: 'organization-unknown' });
	return addressee;
}

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const addressee = await addresseeOf(event.locals, event.params);
		const texts = textsOf(data);
		const form = parseForm(requestEntry, data);
		// A form that names no id of ours is given one; what was typed is shown again and sent with the next tap.
		if (!form.ok) return refuse(400, { ...texts, id: form.problems.id ? newId() : texts.id }, form.problems);
		if (!addressee.open) return refuse(409, texts, {}, 'closed');

		const { consent: _, ...request } = form.value;
		const wait = await waitBefore(event, addressee.id, request);
		if (wait !== null) {
			event.setHeaders({ 'retry-after': String(wait) });
			return refuse(429, texts, {}, 'too-many');
		}
		const { db, secret, report } = event.locals.running;
		try {
			const kept = await keepRequest(db, secret, { ...request, organizationId: addressee.id }, Date.now());
			if (!kept.ok) return refuse(409, { ...texts, id: newId() }, {}, kept.reason);
		} catch (problem) {
			const code = storageProblem(problem);
			if (code === null) throw problem;
			report(problem);
			return refuse(PROBLEMS[code].status, texts, {}, 'not-kept');
		}
		const code = caseCode(secret, { organizationId: addressee.id, source: 'request', sourceId: request.id });
		const sent = new URLSearchParams({
			...(languageAsked(event.url) === 'en' && { lang: 'en' }),
			sent: sealCode(secret, code, Date.now())
		});
		redirect(303, `${event.url.pathname}?${sent}`);
	}
};

/** One that is kept already costs nothing, however often the browser sends it again. */
async function waitBefore(event: RequestEvent, organizationId: string, request: { id: string; phone: string }) {
	const { db, secret } = event.locals.running;
	if (await readRequest(db, organizationId, request.id)) return null;
	const phoneMark = secret.mark('request', request.phone);
	return countRequest({ organizationId, phoneMark, address: addressOf(event) });
}

type Refused = 'closed' | 'too-many' | 'sent-otherwise' | 'not-kept';

function refuse(
	status: number,
	values: Record<string, string>,
	problems: Record<string, string>,
	refused: Refused | null = null
) {
	return fail(status, { values, problems, refused });
}
