import { fail, redirect } from '@sveltejs/kit';
import { roundEntry, roundOf } from '$lib/domain/dialogue/entry.ts';
import type { Outcome } from '$lib/domain/shared/outcome.ts';
import { addRound, moveRoundUp, removeRound, type AgendaProblem } from '$lib/server/dialogue/agenda/writes.ts';
import { readDialogueOfRoom, readRounds } from '$lib/server/dialogue/reads.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { readUsableVersions } from '$lib/server/survey/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.room);
	const { organization, base } = permitted;
	const { db } = event.locals.running;
	const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
	const agenda = await readRounds(db, dialogue.id);
	const versions = await readUsableVersions(db, organization.id);
	const { room, title, place, day, time, halls, hallProof, state, streamUrl } = dialogue;
	return {
		base,
		mayWrite: hasRightToo(event, permitted, 'dialogue:write') && (state === 'prepared' || state === 'live'),
		mayRun: hasRightToo(event, permitted, 'dialogue:run'),
		dialogue: { room, title, place, day, time, halls, hallProof, state, streamUrl },
		agenda: agenda.map(({ id, kind, text, options, criterion, phase, onPaper }) => ({
			id,
			kind,
			text,
			options,
			criterion,
			phase,
			onPaper
		})),
		versions: versions.map(({ id, title: name }) => ({ id, title: name.vi }))
	};
};

export const actions: Actions = {
	add: async (event) => {
		const permitted = await requireRight(event, 'add', event.params.room);
		const form = parseForm(roundEntry, await event.request.formData());
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const { db } = event.locals.running;
		const versions = await readUsableVersions(db, permitted.organization.id);
		const version = versions.find(({ id }) => id === form.value.versionId);
		if (form.value.kind === 'questionnaire' && !version) {
			const problems: Record<string, string> = { versionId: 'required' };
			return fail(400, { values: {} as Record<string, string>, problems, refused: undefined });
		}
		const round = roundOf(form.value, version?.items.length ?? 0);
		return after(event, permitted, await addRound(db, await changeOf(event, permitted), round));
	},
	remove: async (event) => {
		const permitted = await requireRight(event, 'remove', event.params.room);
		const id = String((await event.request.formData()).get('round') ?? '');
		const done = await removeRound(event.locals.running.db, await changeOf(event, permitted), id);
		return after(event, permitted, done);
	},
	up: async (event) => {
		const permitted = await requireRight(event, 'up', event.params.room);
		const id = String((await event.request.formData()).get('round') ?? '');
		const done = await moveRoundUp(event.locals.running.db, await changeOf(event, permitted), id);
		return after(event, permitted, done);
	}
};

async function changeOf({ locals, params }: RequestEvent, { user }: Permitted) {
	const dialogue = (await readDialogueOfRoom(locals.running.db, params.room))!;
	return { dialogueId: dialogue.id, userId: user.id, now: Date.now() };
}

function after({ params }: RequestEvent, { base }: Permitted, done: Outcome<unknown, AgendaProblem>) {
	if (!done.ok) return fail(409, { values: undefined, problems: undefined, refused: done.reason });
	return redirect(303, `${base}/dialogues/${params.room}#agenda`);
}
