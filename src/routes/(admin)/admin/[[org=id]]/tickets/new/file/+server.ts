import { redirect } from '@sveltejs/kit';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { formatDay, localDay } from '$lib/domain/shared/time.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { formAgain, makeFromForm, ticketFile } from '$lib/server/http/ticket-form.ts';
import { readCounters, readFields, readOfficers } from '$lib/server/place/reads.ts';
import type { RequestHandler } from './$types';

/** The same form as the page's, answered with a file: the codes are in it and nowhere else. */
export const POST: RequestHandler = async (event) => {
	const permitted = await requireRight(event, 'POST');
	const { organization, base } = permitted;
	const { running, origin } = event.locals;
	const now = Date.now();
	const made = await makeFromForm(running, permitted, await event.request.formData(), now);
	if (!made.ok) redirect(303, formAgain(base, made));
	const { counterId, fieldId, officerId, expiresOn } = made.form;
	const named = async (list: Promise<{ id: string; name: string }[]>, id: string) =>
		(await list).find((one) => one.id === id)?.name ?? '';
	const counters = await readCounters(running.db, organization.id);
	const about = {
		counter: counterLabel(counters.find(({ id }) => id === counterId)!),
		field: fieldId ? await named(readFields(running.db, organization.id), fieldId) : '',
		officer: officerId ? await named(readOfficers(running.db, organization.id), officerId) : '',
		expires: formatDay(expiresOn)
	};
	const csv = ticketFile(made.codes, origin, about);
	return new Response(csv, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="ma-mot-lan-${localDay(now)}.csv"`,
			'cache-control': 'no-store'
		}
	});
};
