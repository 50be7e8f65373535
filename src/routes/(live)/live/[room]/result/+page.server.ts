import { error } from '@sveltejs/kit';
import { readKnownOrganization } from '$lib/server/account/reads.ts';
import { readDialogueOfRoom } from '$lib/server/dialogue/reads.ts';
import { readResult } from '$lib/server/dialogue/result/reads.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const language = (locals.locale = languageAsked(url));
	const { db } = locals.running;
	const dialogue = await readDialogueOfRoom(db, params.room);
	if (!dialogue) error(404, { message: PROBLEMS['live-room-unknown'].message, code: 'live-room-unknown' });
	const organization = await readKnownOrganization(db, dialogue.organizationId);
	return {
		...{ room: dialogue.room, title: dialogue.title, language },
		organization: { name: organization?.name ?? '', demonstration: organization?.demonstration ?? false },
		result: await readResult(db, dialogue, language)
	};
};
