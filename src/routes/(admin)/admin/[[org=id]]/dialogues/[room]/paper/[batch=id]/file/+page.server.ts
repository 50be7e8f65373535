import { fail, redirect } from '@sveltejs/kit';
import { BATCH_FILE_LIMITS } from '$lib/domain/dialogue/batch-file.ts';
import { excerpt } from '$lib/domain/place/import/cell.ts';
import { hashOfFile, judgeFile, readBatchSheet } from '$lib/server/dialogue/paper/file/reads.ts';
import { importBatchFile } from '$lib/server/dialogue/paper/file/writes.ts';
import { readKeyings, readPaperAgenda } from '$lib/server/dialogue/paper/reads.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { batchOf } from '$lib/server/http/paper-batch.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, base } = await requireRight(event, 'load', event.params.batch);
	const { db, batch, dialogue } = await batchOf(event);
	const keyings = await readKeyings(db, [batch.id]);
	const own = keyings.find((keying) => keying.userId === user.id);
	const query = event.url.searchParams;
	const count = (name: string) => Math.max(0, Number.parseInt(query.get(name) ?? '', 10) || 0);
	return {
		here: `${base}/dialogues/${dialogue.room}/paper/${batch.id}`,
		batch: { number: batch.number, sheets: batch.counted - batch.aside },
		title: dialogue.title,
		rounds: (await readPaperAgenda(db, dialogue.id)).map(({ text }) => text),
		/** Whether there is a keying that a file could be. */
		free: own ? own.finishedAt === null : keyings.length < 2,
		done: query.has('stored') ? { stored: count('stored'), known: count('known'), wrong: count('wrong') } : null
	};
};

const SHOWN = 100;

export const actions: Actions = {
	/** Reads the file and says what would become of it. Nothing is kept: the form that follows carries it along. */
	look: async (event) => {
		const { user } = await requireRight(event, 'look', event.params.batch);
		const { db, batch } = await batchOf(event);
		const file = (await event.request.formData()).get('csv');
		if (!(file instanceof File) || file.size === 0) return fail(400, { refused: 'file-nothing' });
		if (!(await mayAskFor('import', user.id))) return fail(429, { refused: 'too-often' });
		if (file.size > BATCH_FILE_LIMITS.bytes) return fail(400, { refused: 'too-large' });
		const bytes = new Uint8Array(await file.arrayBuffer());
		const sheet = readBatchSheet(bytes);
		if (!sheet.ok) return fail(400, { refused: sheet.reason });
		const { fresh, known, problems } = await judgeFile(db, batch, user.id, sheet.value);
		return {
			look: {
				...{ name: excerpt(file.name), hash: hashOfFile(bytes), encoding: sheet.value.encoding },
				...{ rows: sheet.value.rows.length, fresh: fresh.length, known },
				...{ wrong: problems.length, problems: problems.slice(0, SHOWN) },
				content: Buffer.from(bytes).toString('base64')
			}
		};
	},
	apply: async (event) => {
		const { user, base } = await requireRight(event, 'apply', event.params.batch);
		const { db, batch } = await batchOf(event);
		const content = String((await event.request.formData()).get('content') ?? '');
		const bytes = new Uint8Array(Buffer.from(content, 'base64'));
		const done = await importBatchFile(db, { userId: user.id, now: Date.now() }, batch.id, bytes);
		if (!done.ok) return fail(409, { refused: done.reason });
		const { stored, known, wrong } = done.value;
		const said = new URLSearchParams({ stored: `${stored}`, known: `${known}`, wrong: `${wrong}` });
		redirect(303, `${base}/dialogues/${event.params.room}/paper/${batch.id}/file?${said}`);
	}
};
