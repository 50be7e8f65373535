import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	phonesAtMost,
	REHEARSAL_PHONES,
	REHEARSAL_SILENT_MS,
	rehearsalProblems
} from '$lib/domain/dialogue/rehearsal.ts';
import { readDialogueOfRoom } from '$lib/server/dialogue/reads.ts';
import { readRehearsalObstacle, readRehearsals } from '$lib/server/dialogue/rehearsal/reads.ts';
import { beginRehearsal, cancelRehearsal } from '$lib/server/dialogue/rehearsal/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { rehearse, thisServer } from '$lib/server/live/rehearse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.room);
	const { db } = event.locals.running;
	const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
	const now = Date.now();
	const all = await readRehearsals(db, dialogue.id);
	return {
		base: permitted.base,
		mayRun: hasRightToo(event, permitted, 'dialogue:run'),
		dialogue: { room: dialogue.room, title: dialogue.title },
		obstacle: await readRehearsalObstacle(db, now),
		rehearsals: all.map(({ id, phones, state, step, startedAt, heardAt, result }) => ({
			...{ id, phones, step, startedAt, result },
			state: state === 'running' && heardAt < now - REHEARSAL_SILENT_MS ? 'failed' : state,
			problems: result ? rehearsalProblems(result) : [],
			atMost: result ? phonesAtMost(result) : 0
		}))
	};
};

const startSchema = v.object({
	phones: v.pipe(v.string(), v.transform(Number), v.picklist(REHEARSAL_PHONES))
});

export const actions: Actions = {
	start: async (event) => {
		const { user, base } = await requireRight(event, 'start', event.params.room);
		const form = parseForm(startSchema, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'phones' as const });
		const { db, secret, environment, report } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const { phones } = form.value;
		const begun = await beginRehearsal({ db, secret }, dialogue, { phones, userId: user.id, now: Date.now() });
		if (!begun.ok) return fail(409, { refused: begun.reason });
		// Goes on by itself; the page follows it in the database.
		rehearse(db, begun.value, thisServer(environment), phones).catch(report);
		redirect(303, `${base}/dialogues/${event.params.room}/rehearsal`);
	},
	cancel: async (event) => {
		const { user, organization, base } = await requireRight(event, 'cancel', event.params.room);
		const { db } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const by = { dialogueId: dialogue.id, organizationId: organization.id, userId: user.id, now: Date.now() };
		await cancelRehearsal(db, by);
		redirect(303, `${base}/dialogues/${event.params.room}/rehearsal`);
	}
};
