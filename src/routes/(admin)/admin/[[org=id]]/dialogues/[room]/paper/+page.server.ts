import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { needed } from '$lib/domain/place/entry.ts';
import { newId } from '$lib/server/account/writes.ts';
import { readDialogueOfRoom, readRounds } from '$lib/server/dialogue/reads.ts';
import { readRuns } from '$lib/server/dialogue/slips/reads.ts';
import { voidRun } from '$lib/server/dialogue/slips/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.room);
	const { db } = event.locals.running;
	const { id, room, title, halls, hallProof, state } = (await readDialogueOfRoom(db, event.params.room))!;
	const query = event.url.searchParams;
	const problem = query.get('problem');
	const runs = await readRuns(db, id);
	return {
		here: `${permitted.base}/dialogues/${room}`,
		freshId: newId(),
		mayPrint: hasRightToo(event, permitted, 'dialogue:write') && (state === 'prepared' || state === 'live'),
		dialogue: { room, title, halls, hallProof, state },
		onPaper: (await readRounds(db, id)).filter((round) => round.onPaper).length,
		runs: runs.map(({ id, hall, first, count, ballots, createdAt, voidedAt }) => ({
			...{ id, hall, first, count, ballots, createdAt },
			void: voidedAt !== null
		})),
		/** What the sheets were refused for, whose answer has no form to say so. */
		refused: problem
			? { values: Object.fromEntries(query), problems: { [query.get('field') ?? 'form']: problem } }
			: null
	};
};

const annulment = v.object({ id: v.string(), reason: needed(120) });

export const actions: Actions = {
	annul: async (event) => {
		const { user, base } = await requireRight(event, 'annul', event.params.room);
		const form = parseForm(annulment, await event.request.formData());
		if (!form.ok) return fail(400, { annul: { id: form.values.id ?? '', problem: 'required' } });
		const { db } = event.locals.running;
		const { id: dialogueId, room } = (await readDialogueOfRoom(db, event.params.room))!;
		const done = await voidRun(db, { ...form.value, dialogueId, userId: user.id, now: Date.now() });
		if (!done.ok) return fail(409, { annul: { id: form.value.id, problem: done.reason } });
		redirect(303, `${base}/dialogues/${room}/paper#slips`);
	}
};
