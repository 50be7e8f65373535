import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { hallMachines } from '$lib/domain/dialogue/result.ts';
import { turnoutOf } from '$lib/domain/dialogue/tally.ts';
import { prepareClosing } from '$lib/server/dialogue/closing/reads.ts';
import { closeDialogue, type ClosingRefused } from '$lib/server/dialogue/closing/writes.ts';
import { readPacks } from '$lib/server/dialogue/hall/reads.ts';
import { readPaperFigures } from '$lib/server/dialogue/paper/reads.ts';
import { readDialogueOfRoom, readRounds } from '$lib/server/dialogue/reads.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { Notice } from '$lib/server/notice.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a closing would do, before anybody says so. */
export const load: PageServerLoad = async (event) => {
	const { user, organization } = await requireRight(event, 'load', event.params.room);
	const { db, secret } = event.locals.running;
	const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
	const { room, title, rehearsal, state, version } = dialogue;
	if (state === 'closed') redirect(303, `/live/${room}/result`);
	const { standing, counted, drafts, enters } = await prepareClosing(db, secret, dialogue);
	return {
		user: { name: user.name, roles: user.roles },
		organization: { name: organization.name, demonstration: organization.demonstration },
		...{ room, title, rehearsal, version, standing, sheets: drafts.length },
		paper: await readPaperFigures(db, dialogue.id),
		machines: hallMachines(await readPacks(db, dialogue.id), await readRounds(db, dialogue.id), dialogue.halls),
		rounds: counted.map(({ round: { id, text }, outcome }) => ({
			...{ id, text, turnout: turnoutOf(outcome.tally), enters: enters.get(id) ?? null }
		}))
	};
};

const schema = v.object({
	version: v.pipe(v.string(), v.transform(Number), v.integer()),
	sure: v.optional(v.string(), '')
});

export const actions: Actions = {
	close: async (event) => {
		const { user } = await requireRight(event, 'close', event.params.room);
		const form = parseForm(schema, await event.request.formData());
		if (!form.ok || form.value.sure === '') return fail(400, { unsure: true });
		const { running } = event.locals;
		const dialogue = (await readDialogueOfRoom(running.db, event.params.room))!;
		const asked = { dialogueId: dialogue.id, expected: form.value.version, userId: user.id, now: Date.now() };
		const done = await closeDialogue(running, asked);
		if (done.ok) redirect(303, `/live/${event.params.room}/result`);
		raiseAlarm(running.report, dialogue.id, done.refused);
		return fail(409, { refused: done.refused.reason });
	}
};

/** Ballots that are not what they were are nothing a moderator can mend: whoever keeps the server is told. */
function raiseAlarm(report: (problem: unknown) => void, dialogueId: string, refused: ClosingRefused) {
	if (refused.reason !== 'recount-differs') return;
	report(new Notice(`The recount of dialogue ${dialogueId} differs from its final result: ${refused.about}`));
}
