import { randomUUID } from 'node:crypto';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { askRoom } from '$lib/server/http/live-form.ts';
import { readRoom } from '$lib/server/http/live-api.ts';
import { PROBLEMS, Refusal, type ProblemCode } from '$lib/server/http/problem.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const language = (locals.locale = languageAsked(url));
	const code = url.searchParams.get('problem') as ProblemCode | null;
	try {
		return {
			room: params.room,
			view: await readRoom(locals.running, params.room, language),
			language,
			ballotId: randomUUID(),
			receipt: /^[0-9A-Z-]{9}$/.exec(url.searchParams.get('receipt') ?? '')?.[0] ?? null,
			problem: code && code in PROBLEMS ? PROBLEMS[code].message : null
		};
	} catch (thrown) {
		if (thrown instanceof Refusal)
			error(404, { message: PROBLEMS['live-room-unknown'].message, code: 'live-room-unknown' });
		throw thrown;
	}
};

export const actions: Actions = {
	/** What the phone's script does, for whoever has none: a pass of this phone, then the vote. */
	vote: async (event) => {
		const form = await event.request.formData();
		const given = await askRoom(event, 'passes', {});
		if (typeof given.pass !== 'string') return back(event, { problem: String(given.code) });
		const roundId = String(form.get('round') ?? '');
		const marks = form.getAll('choice').map(String).sort().join(',');
		const choice = form.has('choice') ? marks : signsOf(form);
		const vote = { pass: given.pass, roundId, ballotId: String(form.get('ballot') ?? ''), turn: 1, choice };
		const said = await askRoom(event, 'votes', vote);
		return back(event, typeof said.receipt === 'string' ? { receipt: said.receipt } : { problem: String(said.code) });
	}
};

/** Of a questionnaire: one sign an item, in their order. */
function signsOf(form: FormData): string {
	const last = Math.max(-1, ...[...form.keys()].map((name) => Number(/^item-(\d{1,2})$/.exec(name)?.[1] ?? -1)));
	return Array.from({ length: last + 1 }, (_, i) => String(form.get(`item-${i}`) ?? '-').slice(0, 1)).join('');
}

function back({ params, url }: RequestEvent, said: Record<string, string>): never {
	const lang = url.searchParams.get('lang');
	redirect(303, `/live/${encodeURIComponent(params.room!)}?${new URLSearchParams({ ...said, ...(lang && { lang }) })}`);
}
