import { setImmediate } from 'node:timers/promises';
import { redirect } from '@sveltejs/kit';
import { slipEntry, slipUrl } from '$lib/domain/dialogue/slip.ts';
import { readDialogueOfRoom, readPaperRounds } from '$lib/server/dialogue/reads.ts';
import { makeSlips } from '$lib/server/dialogue/slips/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { drawQr, type QrDrawing } from '$lib/server/http/qr.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load', event.params.room);
	const { title, halls, day, time, place } = (await readDialogueOfRoom(event.locals.running.db, event.params.room))!;
	return {
		here: `${base}/dialogues/${event.params.room}/paper`,
		ward: organization.name,
		dialogue: { title, day, time, place, several: halls.length > 1 }
	};
};

const AT_ONCE = 50;

export const actions: Actions = {
	/** The answer shows the codes, once; they are in no address and no store. */
	default: async (event) => {
		const { user, base } = await requireRight(event, 'default', event.params.room);
		const { running, origin } = event.locals;
		const here = `${base}/dialogues/${event.params.room}/paper`;
		const form = parseForm(slipEntry, await event.request.formData());
		const again = (values: Record<string, unknown>, field: string, problem: string) =>
			redirect(303, `${here}?${asked(values, field, problem)}#make`);
		if (!form.ok) {
			const [[field, problem]] = Object.entries(form.problems);
			return again(form.values, field!, problem!);
		}
		if (!(await mayAskFor('tickets', user.id))) return again(form.value, 'form', 'too-often');
		const { id: dialogueId, room, halls } = (await readDialogueOfRoom(running.db, event.params.room))!;
		const { hall, count, what, id } = form.value;
		const run = { id, dialogueId, hall, count, ballots: what === 'ballots', userId: user.id, now: Date.now() };
		const made = await makeSlips(running, run);
		if (!made.ok) return again(form.value, 'form', made.reason);
		const slips: { code: string; serial: number; drawing: QrDrawing }[] = [];
		for (const [i, code] of made.value.codes.entries()) {
			// Thousands of drawings take seconds, which belong to everybody.
			if (i % AT_ONCE === 0) await setImmediate();
			slips.push({ code, serial: made.value.first + i, drawing: drawQr(slipUrl(origin, room, code)) });
		}
		const rounds = run.ballots ? await readPaperRounds(running.db, dialogueId) : [];
		return { made: { slips, hall: halls[hall]!, rounds, address: `${origin}/live/${room}` } };
	}
};

/** What was typed goes along in the address, but for the number of the form, which is good once. */
const asked = (values: Record<string, unknown>, field: string, problem: string) =>
	new URLSearchParams({
		...Object.fromEntries(['hall', 'count', 'what'].map((name) => [name, String(values[name] ?? '').slice(0, 20)])),
		...{ field: field === 'id' ? 'form' : field, problem: field === 'id' ? 'form-stale' : problem }
	});
