import { error } from '@sveltejs/kit';
import { localDay } from '$lib/domain/shared/time.ts';
import { readPromisesBefore } from '$lib/server/dialogue/promises/reads.ts';
import { readDialogueOfRoom } from '$lib/server/dialogue/reads.ts';
import { readRoom } from '$lib/server/http/live-api.ts';
import { readScreenQuestions } from '$lib/server/http/live-questions.ts';
import { PROBLEMS, Refusal } from '$lib/server/http/problem.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

/** The room's screen: what every phone may see, larger, and with its token the code that proves the hall. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const language = (locals.locale = languageAsked(url));
	const address = `${locals.origin}/live/${params.room}`;
	try {
		const view = await readRoom(locals.running, params.room, language);
		const { running } = locals;
		const dialogue = (await readDialogueOfRoom(running.db, params.room))!;
		const now = Date.now();
		const hall = Number(url.searchParams.get('hall') ?? 0) || 0;
		return {
			...{ room: params.room, view, language, token: url.searchParams.get('token') },
			questions: await readScreenQuestions(running, dialogue, now),
			promised: await readPromisesBefore(running.db, dialogue, localDay(now)),
			address: address.replace(/^https?:\/\//, ''),
			qr: drawQr(view.halls.length > 1 ? `${address}#h=${hall}` : address)
		};
	} catch (thrown) {
		if (thrown instanceof Refusal) error(404, { message: PROBLEMS[thrown.code].message, code: thrown.code });
		throw thrown;
	}
};
