import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { batchEntry } from '$lib/domain/dialogue/batch-entry.ts';
import { needed } from '$lib/domain/place/entry.ts';
import { newId } from '$lib/server/account/writes.ts';
import { readBatchList } from '$lib/server/dialogue/paper/reads.ts';
import { addBatch, whyNoKeying } from '$lib/server/dialogue/paper/writes.ts';
import { readDialogueOfRoom, readRounds } from '$lib/server/dialogue/reads.ts';
import { countVoters, readRuns } from '$lib/server/dialogue/slips/reads.ts';
import { voidRun } from '$lib/server/dialogue/slips/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.room);
	const { db, secret } = event.locals.running;
	const stored = (await readDialogueOfRoom(db, event.params.room))!;
	const { id, room, title, halls, hallProof, state } = stored;
	const query = event.url.searchParams;
	const problem = query.get('problem');
	const runs = [];
	for (const run of await readRuns(db, id)) {
		const { id, hall, first, count, ballots, createdAt, voidedAt } = run;
		const voted = voidedAt === null ? null : await countVoters(db, secret, stored, run);
		runs.push({ id, hall, first, count, ballots, createdAt, void: voidedAt !== null, voted });
	}
	return {
		here: `${permitted.base}/dialogues/${room}`,
		freshId: newId(),
		mayPrint: hasRightToo(event, permitted, 'dialogue:write') && (state === 'prepared' || state === 'live'),
		mayBatch: hasRightToo(event, permitted, 'dialogue:run') && whyNoKeying({ state }) === null,
		batches: (await readBatchList(db, id)).map(({ id, number, hall, counted, aside, state, keyed, mismatches }) => ({
			...{ id, number, hall, counted, aside, state, keyed, mismatches }
		})),
		dialogue: { room, title, halls, hallProof, state },
		onPaper: (await readRounds(db, id)).filter((round) => round.onPaper).length,
		runs,
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
		const { db, secret } = event.locals.running;
		const { id: dialogueId, room } = (await readDialogueOfRoom(db, event.params.room))!;
		const done = await voidRun({ db, secret }, { ...form.value, dialogueId, userId: user.id, now: Date.now() });
		if (!done.ok) return fail(409, { annul: { id: form.value.id, problem: done.reason } });
		redirect(303, `${base}/dialogues/${room}/paper#slips`);
	},
	addBatch: async (event) => {
		const { user, base } = await requireRight(event, 'addBatch', event.params.room);
		const form = parseForm(batchEntry, await event.request.formData());
		if (!form.ok) return fail(400, { batch: { values: form.values, problems: form.problems } });
		const { db } = event.locals.running;
		const { id: dialogueId, room } = (await readDialogueOfRoom(db, event.params.room))!;
		const done = await addBatch(db, { userId: user.id, now: Date.now() }, { ...form.value, dialogueId });
		if (done.ok) redirect(303, `${base}/dialogues/${room}/paper/${form.value.id}`);
		const { hall, counted, countedBy } = form.value;
		const values: Record<string, string> = { hall: String(hall), counted: String(counted), countedBy };
		const problems: Record<string, string> = { form: done.reason };
		return fail(409, { batch: { values, problems } });
	}
};
