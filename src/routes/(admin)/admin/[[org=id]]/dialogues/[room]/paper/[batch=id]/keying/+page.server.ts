import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { readTypedSerial } from '$lib/domain/dialogue/keying.ts';
import { readOwnKeying } from '$lib/server/dialogue/paper/look/reads.ts';
import { finishKeying, keyBallot, takeBack } from '$lib/server/dialogue/paper/keying/writes.ts';
import { readPaperRounds } from '$lib/server/dialogue/reads.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { batchOf } from '$lib/server/http/paper-batch.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, base } = await requireRight(event, 'load', event.params.batch);
	const { db, batch, dialogue } = await batchOf(event);
	const edit = event.url.searchParams.get('edit');
	return {
		here: `${base}/dialogues/${dialogue.room}/paper/${batch.id}`,
		batch: { id: batch.id, number: batch.number, sheets: batch.counted - batch.aside },
		title: dialogue.title,
		hall: dialogue.halls[batch.hall] ?? '',
		rounds: await readPaperRounds(db, dialogue.id),
		own: await readOwnKeying(db, batch, user.id, edit === null ? null : readTypedSerial(edit)),
		/** Of the next ballot: a form sent twice is one. */
		entry: randomUUID()
	};
};

const ENTRY = /^[\w-]{8,64}$/;
const LONGEST = 40;

export const actions: Actions = {
	save: async (event) => {
		const { user } = await requireRight(event, 'save', event.params.batch);
		const { db, batch } = await batchOf(event);
		const data = await event.request.formData();
		const text = (name: string) => String(data.get(name) ?? '').slice(0, LONGEST);
		const typed: string[] = [];
		while (data.has(`k${typed.length}`) && typed.length < 100) typed.push(text(`k${typed.length}`));
		const [entry, serial] = [text('entry'), text('serial')];
		const values = { serial, typed };
		if (!ENTRY.test(entry)) return fail(400, { refused: 'form-stale', values });
		const by = { userId: user.id, now: Date.now() };
		const done = await keyBallot(db, by, batch.id, { entry, serial, typed });
		return done.ok ? { saved: done.value } : fail(409, { refused: done.reason, values });
	},
	takeBack: async (event) => {
		const { user, base } = await requireRight(event, 'takeBack', event.params.batch);
		const { db, batch } = await batchOf(event);
		const serial = Number((await event.request.formData()).get('serial'));
		const done = await takeBack(db, { userId: user.id, now: Date.now() }, batch.id, serial);
		if (!done.ok) return fail(409, { refused: done.reason });
		redirect(303, `${base}/dialogues/${event.params.room}/paper/${batch.id}/keying`);
	},
	finish: async (event) => {
		const { user, base } = await requireRight(event, 'finish', event.params.batch);
		const { db, batch } = await batchOf(event);
		const done = (await event.request.formData()).get('done') !== 'no';
		const finished = await finishKeying(db, { userId: user.id, now: Date.now() }, batch.id, done);
		if (!finished.ok) return fail(409, { refused: finished.reason });
		redirect(303, `${base}/dialogues/${event.params.room}/paper/${batch.id}${done ? '' : '/keying'}`);
	}
};
