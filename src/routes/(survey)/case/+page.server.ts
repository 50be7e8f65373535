import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { MOVE_ENTRIES } from '$lib/domain/casework/case.ts';
import { ratingEntry } from '$lib/domain/casework/following.ts';
import { readCode, TICKET_CHARACTERS } from '$lib/domain/survey/code.ts';
import { caseMark } from '$lib/server/casework/cases/reads.ts';
import { rateCase, supplementCase } from '$lib/server/casework/cases/writes.ts';
import { readFollowedCase } from '$lib/server/casework/following/reads.ts';
import { addressOf } from '$lib/server/http/address.ts';
import { openLook, sealLook } from '$lib/server/http/case-look.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { countCaseCode, forgiveCaseCode } from '$lib/server/http/limits.ts';
import { storageProblem } from '$lib/server/http/problem.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { Actions, PageServerLoad } from './$types';

/** A case by its code: typed here, or read from the fragment of an address by a script; the code itself is in no address. */
export const load: PageServerLoad = async ({ locals, url }) => {
	locals.locale = languageAsked(url);
	const { db, secret } = locals.running;
	const token = url.searchParams.get('at') ?? '';
	const mark = openLook(secret, token, Date.now());
	const followed = mark === null ? null : await readFollowedCase(db, secret, mark, Date.now());
	return { language: locals.locale, followed, token, done: url.searchParams.get('done') };
};

/** What somebody typed may be longer than any code; what is looked up is not. */
const codeIn = (typed: string) => readCode(typed.slice(0, 64)).slice(0, 2 * TICKET_CHARACTERS);

export const actions: Actions = {
	open: async (event) => {
		const { code: typed = '' } = textsOf(await event.request.formData());
		const { db, secret } = event.locals.running;
		const address = addressOf(event);
		const wait = await countCaseCode(address);
		if (wait !== null) {
			event.setHeaders({ 'retry-after': String(wait) });
			return refuse(429, 'open', 'too-many', { code: typed });
		}
		// A code that cannot be right is looked up like any other, so that the time of an answer says nothing.
		const mark = caseMark(secret, codeIn(typed));
		if (!(await readFollowedCase(db, secret, mark, Date.now()))) return refuse(404, 'open', 'unknown', { code: typed });
		await forgiveCaseCode(address);
		redirect(303, addressHere(event, sealLook(secret, mark, Date.now())));
	},
	supplement: async (event) => {
		const form = parseForm(MOVE_ENTRIES.supplement, await event.request.formData());
		if (!form.ok) return refuse(400, 'supplement', form.problems.text, form.values);
		const { text } = form.value;
		return write(event, 'supplement', { text }, (mark, now) =>
			supplementCase(event.locals.running.db, event.locals.running.secret, { mark, text, now })
		);
	},
	rate: async (event) => {
		const form = parseForm(ratingEntry, await event.request.formData());
		if (!form.ok) return refuse(400, 'rating', form.problems.score ? 'score-wrong' : form.problems.text, form.values);
		const { score, text } = form.value;
		return write(event, 'rating', { score: String(score), text }, (mark, now) =>
			rateCase(event.locals.running.db, { mark, score, text, now })
		);
	}
};

type Which = 'open' | 'supplement' | 'rating';

/** Which form was not taken, why, and what was typed into it. */
function refuse(status: number, at: Which, problem: string, values: Record<string, string>) {
	const { code = '', text = '', score = '' } = values;
	return fail(status, { at, problem, typed: { code: code.slice(0, 64), text, score } });
}

/** Does it and leads back to the page; what could not be kept is shown again, with nothing lost that was typed. */
async function write(
	event: RequestEvent,
	at: Which,
	sent: Record<string, string>,
	work: (mark: string, now: number) => Promise<{ ok: true } | { ok: false; reason: string }>
) {
	const { secret, report } = event.locals.running;
	const token = event.url.searchParams.get('at') ?? '';
	const mark = openLook(secret, token, Date.now());
	if (mark === null) return refuse(409, at, 'closed', sent);
	try {
		const written = await work(mark, Date.now());
		if (!written.ok) return refuse(409, at, written.reason, sent);
	} catch (problem) {
		const code = storageProblem(problem);
		if (code === null) throw problem;
		report(problem);
		return refuse(503, at, 'not-kept', sent);
	}
	redirect(303, `${addressHere(event, token)}&done=${at}`);
}

const addressHere = (event: RequestEvent, token: string) =>
	`${event.url.pathname}?${languageAsked(event.url) === 'en' ? 'lang=en&' : ''}at=${encodeURIComponent(token)}`;
