import { randomInt } from 'node:crypto';
import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import type { DeskCommand } from '$lib/domain/dialogue/desk.ts';
import { correctionEntry } from '$lib/domain/dialogue/entry.ts';
import { OVERLAY_LAYOUTS } from '$lib/domain/dialogue/overlay.ts';
import { correctRound } from '$lib/server/dialogue/agenda/writes.ts';
import { commandDialogue } from '$lib/server/dialogue/desk/writes.ts';
import { readDisplays } from '$lib/server/dialogue/displays/reads.ts';
import { addDisplay, revokeDisplay } from '$lib/server/dialogue/displays/writes.ts';
import { readPaperProgress } from '$lib/server/dialogue/paper/reads.ts';
import { readDialogueOfRoom, readRounds } from '$lib/server/dialogue/reads.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readRoom } from '$lib/server/http/live-api.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, organization } = await requireRight(event, 'load', event.params.room);
	const { running } = event.locals;
	const dialogue = (await readDialogueOfRoom(running.db, event.params.room))!;
	const agenda = await readRounds(running.db, dialogue.id);
	return {
		user: { name: user.name, roles: user.roles },
		organization: { name: organization.name, demonstration: organization.demonstration },
		room: dialogue.room,
		view: await readRoom(running, dialogue.room, 'vi'),
		version: dialogue.version,
		streamDelayMs: dialogue.streamDelayMs,
		delayMeasure: dialogue.delayMeasure,
		overlayLayout: dialogue.overlayLayout,
		agenda: agenda.map(({ id, kind, text, options, phase, revealed, criterion, corrects }) => ({
			...{ id, kind, text, options, phase, revealed, criterion, corrects }
		})),
		paper: await readPaperProgress(running.db, dialogue.id),
		displays: await readDisplays(running.db, dialogue.id)
	};
};

const number = v.pipe(v.string(), v.transform(Number), v.integer());
const commandSchema = v.object({
	do: v.picklist([
		...(['start', 'show', 'open', 'close-now', 'close-in', 'reveal', 'conceal'] as const),
		...(['hide', 'unhide', 'end', 'continue', 'delay', 'questions'] as const),
		...(['overlay', 'delay-show', 'delay-seen', 'delay-undo'] as const)
	]),
	version: number,
	round: v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
	seconds: v.optional(number, '0'),
	layout: v.optional(v.picklist(OVERLAY_LAYOUTS), 'lower')
});
const displaySchema = v.object({
	kind: v.optional(v.picklist(['screen', 'overlay']), 'screen'),
	name: v.pipe(v.string(), v.trim(), v.minLength(1, 'missing'), v.maxLength(60)),
	hall: v.optional(number, '0')
});
const revokeSchema = v.object({ display: v.pipe(v.string(), v.maxLength(64)) });

export const actions: Actions = {
	command: async (event) => {
		const { user } = await requireRight(event, 'command', event.params.room);
		const form = parseForm(commandSchema, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'number-wrong' });
		const { db } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const { version: expected } = form.value;
		const by = { dialogueId: dialogue.id, expected, userId: user.id, now: Date.now() };
		const done = await commandDialogue(db, { ...by, command: commandOf(form.value) });
		return done.ok ? { version: done.value.version } : fail(409, { refused: done.reason });
	},
	correct: async (event) => {
		const { user } = await requireRight(event, 'correct', event.params.room);
		const form = parseForm(correctionEntry, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'correction' });
		const { round: roundId, ...asked } = form.value;
		const done = await correctRound(event.locals.running.db, await changeOf(event, user.id), { roundId, ...asked });
		return done.ok ? { corrected: true } : fail(409, { refused: 'correction' });
	},
	addDisplay: async (event) => {
		const { user } = await requireRight(event, 'addDisplay', event.params.room);
		const form = parseForm(displaySchema, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems });
		const { kind, name, hall } = form.value;
		const { locals, params } = event;
		const { token } = await addDisplay(locals.running.db, await changeOf(event, user.id), {
			kind,
			name,
			hall
		});
		const query = new URLSearchParams({ token, ...(hall > 0 && { hall: String(hall) }) });
		return { kind, link: `${locals.origin}/live/${params.room}/${kind === 'screen' ? 'present' : 'overlay'}?${query}` };
	},
	revokeDisplay: async (event) => {
		const { user } = await requireRight(event, 'revokeDisplay', event.params.room);
		const form = parseForm(revokeSchema, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'display-unknown' });
		const { running } = event.locals;
		const gone = await revokeDisplay(running.db, await changeOf(event, user.id), form.value.display);
		if (!gone) return fail(409, { refused: 'display-unknown' });
		running.live.revoke(form.value.display);
		return { revoked: true };
	}
};

async function changeOf({ locals, params }: RequestEvent, userId: string) {
	const dialogue = (await readDialogueOfRoom(locals.running.db, params.room))!;
	return { dialogueId: dialogue.id, organizationId: dialogue.organizationId, userId, now: Date.now() };
}

function commandOf({ do: what, round, seconds, layout }: v.InferOutput<typeof commandSchema>): DeskCommand {
	switch (what) {
		case 'show':
		case 'open':
			return { do: what, roundId: round };
		case 'close-in':
			return { do: what, seconds };
		case 'delay':
			return { do: what, milliseconds: 1000 * seconds };
		case 'overlay':
			return { do: what, layout };
		case 'delay-show':
			return { do: what, code: String(randomInt(10, 100)) };
		case 'questions':
			return { do: what, open: seconds > 0 };
		default:
			return { do: what };
	}
}
