import { randomUUID } from 'node:crypto';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { matches } from '$lib/domain/shared/list.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readLedger } from '$lib/server/dialogue/promises/reads.ts';
import type { Followed } from '$lib/server/http/live-questions.ts';
import { readDialogueOfRoom } from '$lib/server/dialogue/reads.ts';
import { askRoom } from '$lib/server/http/live-form.ts';
import { readQuestionList } from '$lib/server/http/live-questions.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import { readFields } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const language = (locals.locale = languageAsked(url));
	const { db } = locals.running;
	const dialogue = await readDialogueOfRoom(db, params.room);
	if (!dialogue) error(404, { message: PROBLEMS['live-room-unknown'].message, code: 'live-room-unknown' });
	const list = await readQuestionList(locals.running, dialogue);
	const search = (url.searchParams.get('q') ?? '').slice(0, 100);
	const ledger = await readLedger(db, dialogue.organizationId, localDay(Date.now()));
	const fields = list.open ? await readFields(db, dialogue.organizationId) : [];
	return {
		...{ room: dialogue.room, title: dialogue.title, organizationId: dialogue.organizationId, language, search },
		rehearsal: dialogue.rehearsal,
		list: { ...list, questions: list.questions.filter(({ text }) => matches(text, search)) },
		/** For whoever sends the form without a script. */
		askId: randomUUID(),
		fields: fields.filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ id, name })),
		promises: dialogue.hidden ? [] : ledger.filter(({ dialogueId }) => dialogueId === dialogue.id)
	};
};

/** What the phone's script does, for whoever has none. */
export const actions: Actions = {
	ask: async (event) => {
		const form = await event.request.formData();
		const [text, id] = [String(form.get('text') ?? ''), String(form.get('id') ?? '')];
		const pass = await passOf(event);
		if (typeof pass !== 'string') return fail(409, { problem: String(pass.message), text });
		const asked = await askRoom(event, 'questions', { pass, id, text, fieldId: String(form.get('field') ?? '') });
		if (typeof asked.code !== 'string' || !('state' in asked))
			return fail(422, { problem: String(asked.message), text });
		return { code: asked.code, masked: Number(asked.masked) > 0 };
	},
	support: async (event) => {
		const id = String((await event.request.formData()).get('question') ?? '');
		const pass = await passOf(event);
		if (typeof pass !== 'string') return fail(409, { problem: String(pass.message) });
		const said = await askRoom(event, `questions/${encodeURIComponent(id)}/votes`, { pass });
		if (!('vote' in said)) return fail(409, { problem: String(said.message) });
		const lang = event.url.searchParams.get('lang');
		redirect(
			303,
			`/live/${encodeURIComponent(event.params.room)}/questions${lang ? `?lang=${encodeURIComponent(lang)}` : ''}#list`
		);
	},
	follow: async (event) => {
		const code = String((await event.request.formData()).get('code') ?? '').slice(0, 40);
		const said = await askRoom(event, 'questions/follow', { code });
		if (!('steps' in said)) return fail(404, { followProblem: String(said.message), typed: code });
		return { followed: said as unknown as Followed };
	}
};

/** A pass of this phone, or what stands against it. */
async function passOf(event: RequestEvent): Promise<string | Record<string, unknown>> {
	const given = await askRoom(event, 'passes', {});
	return typeof given.pass === 'string' ? given.pass : given;
}
