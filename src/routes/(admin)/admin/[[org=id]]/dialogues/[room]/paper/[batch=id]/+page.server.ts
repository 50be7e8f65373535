import { fail, redirect } from '@sveltejs/kit';
import { reasonEntry, recountEntry } from '$lib/domain/dialogue/batch-entry.ts';
import type { Outcome } from '$lib/domain/shared/outcome.ts';
import { readBatchPage } from '$lib/server/dialogue/paper/look/reads.ts';
import {
	acknowledgeConflicts,
	closeBatch,
	reopenBatch,
	settleMismatch,
	type Settlement
} from '$lib/server/dialogue/paper/closing/writes.ts';
import { beginKeying, dropKeying } from '$lib/server/dialogue/paper/keying/writes.ts';
import { recountBatch } from '$lib/server/dialogue/paper/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { batchOf } from '$lib/server/http/paper-batch.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.batch);
	const { batch, dialogue } = await batchOf(event);
	const mayKey = hasRightToo(event, permitted, 'dialogue:key');
	return {
		here: `${permitted.base}/dialogues/${dialogue.room}/paper`,
		dialogue: { title: dialogue.title, state: dialogue.state },
		mayKey,
		mayRun: hasRightToo(event, permitted, 'dialogue:run'),
		...(await readBatchPage(event.locals.running, { batch, dialogue, userId: permitted.user.id, mayKey }))
	};
};

export const actions: Actions = {
	begin: async (event) => {
		const permitted = await requireRight(event, 'begin', event.params.batch);
		const { db, batch } = await batchOf(event);
		const done = await beginKeying(db, changeOf(permitted), batch.id);
		if (!done.ok) return refuse(done.reason);
		redirect(303, `${hereOf(event, permitted)}/keying`);
	},
	recount: async (event) => {
		const permitted = await requireRight(event, 'recount', event.params.batch);
		const { db, batch } = await batchOf(event);
		const form = parseForm(recountEntry, await event.request.formData());
		if (!form.ok) return fail(400, { refused: Object.values(form.problems)[0] });
		return after(event, permitted, await recountBatch(db, changeOf(permitted), { id: batch.id, ...form.value }));
	},
	drop: async (event) => {
		const permitted = await requireRight(event, 'drop', event.params.batch);
		const { db, batch } = await batchOf(event);
		const data = await event.request.formData();
		const form = parseForm(reasonEntry, data);
		if (!form.ok) return refuse('required');
		const turn = data.get('turn') === '2' ? 2 : 1;
		const done = await dropKeying(db, changeOf(permitted), batch.id, turn, form.value.reason);
		return after(event, permitted, done);
	},
	settle: async (event) => {
		const permitted = await requireRight(event, 'settle', event.params.batch);
		const { db, batch } = await batchOf(event);
		const data = await event.request.formData();
		const stands = (['first', 'second', 'typed', 'none'] as const).find((each) => each === data.get('stands'));
		if (!stands) return refuse('required');
		const settlement: Settlement = {
			serial: Number(data.get('serial')),
			seen: String(data.get('seen')),
			stands,
			typed: String(data.get('typed') ?? '')
				.trim()
				.split(/\s+/)
		};
		return after(event, permitted, await settleMismatch(db, changeOf(permitted), batch.id, settlement), '#mismatches');
	},
	acknowledge: async (event) => {
		const permitted = await requireRight(event, 'acknowledge', event.params.batch);
		const { batch } = await batchOf(event);
		const data = await event.request.formData();
		const form = parseForm(reasonEntry, data);
		if (!form.ok) return refuse('required');
		const said = { serials: data.getAll('serial').map(Number), reason: form.value.reason };
		const done = await acknowledgeConflicts(event.locals.running, changeOf(permitted), batch.id, said);
		return after(event, permitted, done, '#conflicts');
	},
	close: async (event) => {
		const permitted = await requireRight(event, 'close', event.params.batch);
		const { batch } = await batchOf(event);
		return after(event, permitted, await closeBatch(event.locals.running, changeOf(permitted), batch.id));
	},
	reopen: async (event) => {
		const permitted = await requireRight(event, 'reopen', event.params.batch);
		const { db, batch } = await batchOf(event);
		const form = parseForm(reasonEntry, await event.request.formData());
		if (!form.ok) return refuse('required');
		return after(event, permitted, await reopenBatch(db, changeOf(permitted), batch.id, form.value.reason));
	}
};

const changeOf = ({ user }: Permitted) => ({ userId: user.id, now: Date.now() });
const refuse = (refused: string) => fail(409, { refused });
const hereOf = ({ params }: RequestEvent, { base }: Permitted) =>
	`${base}/dialogues/${params.room}/paper/${params.batch}`;

function after(event: RequestEvent, permitted: Permitted, done: Outcome<unknown, string>, at = '') {
	if (!done.ok) return refuse(done.reason);
	return redirect(303, hereOf(event, permitted) + at);
}
