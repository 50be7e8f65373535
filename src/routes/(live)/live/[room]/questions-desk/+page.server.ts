import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { promiseEntry } from '$lib/domain/dialogue/promise.ts';
import { isShortId } from '$lib/domain/shared/id.ts';
import { openCaseFromQuestion } from '$lib/server/casework/questions/writes.ts';
import { commandDialogue } from '$lib/server/dialogue/desk/writes.ts';
import { newPromiseId, writePromise } from '$lib/server/dialogue/promises/writes.ts';
import { answerLater } from '$lib/server/dialogue/questions/later/writes.ts';
import { decideQuestion } from '$lib/server/dialogue/questions/writes.ts';
import { readDialogueOfRoom } from '$lib/server/dialogue/reads.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readRoom } from '$lib/server/http/live-api.ts';
import {
	laterAnswerEntry,
	questionCommandOf,
	questionDecisionEntry,
	readQuestionDesk
} from '$lib/server/http/question-desk.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.room);
	const { user, organization } = permitted;
	const { running } = event.locals;
	const dialogue = (await readDialogueOfRoom(running.db, event.params.room))!;
	return {
		user: { name: user.name, roles: user.roles },
		organization: { id: organization.id, name: organization.name, demonstration: organization.demonstration },
		room: dialogue.room,
		rehearsal: dialogue.rehearsal,
		view: await readRoom(running, dialogue.room, 'vi'),
		version: dialogue.version,
		questionsVersion: dialogue.questionsVersion,
		mayReadCases: hasRightToo(event, permitted, 'case:read'),
		promiseId: newPromiseId(),
		desk: await readQuestionDesk(running.db, dialogue, Date.now())
	};
};

const number = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number));
const toCaseEntry = v.object({ question: v.pipe(v.string(), v.maxLength(20)) });
const takeEntry = v.object({ open: v.picklist(['yes', 'no']), version: number });
const writtenEntry = v.object({
	id: v.pipe(v.string(), v.check(isShortId, 'form-stale')),
	question: v.optional(v.pipe(v.string(), v.maxLength(20)), ''),
	...promiseEntry.entries
});

export const actions: Actions = {
	take: async (event) => {
		const { user } = await requireRight(event, 'take', event.params.room);
		const form = parseForm(takeEntry, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'stale' });
		const { db } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const command = { do: 'questions', open: form.value.open === 'yes' } as const;
		const by = { dialogueId: dialogue.id, expected: form.value.version, userId: user.id, now: Date.now() };
		const done = await commandDialogue(db, { ...by, command });
		return done.ok ? { done: true } : fail(409, { refused: done.reason });
	},
	decide: async (event) => {
		const { user } = await requireRight(event, 'decide', event.params.room);
		const form = parseForm(questionDecisionEntry, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'not-now' });
		const { db } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const { question: questionId, version: expected, masked } = form.value;
		const by = { dialogueId: dialogue.id, questionId, expected, userId: user.id, now: Date.now() };
		const command = questionCommandOf(form.value);
		const done = await decideQuestion(db, { ...by, command, masked: masked || undefined });
		return done.ok ? { done: true } : fail(409, { refused: done.reason });
	},
	answerLater: async (event) => {
		const { user } = await requireRight(event, 'answerLater', event.params.room);
		const form = parseForm(laterAnswerEntry, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'answer-missing' });
		const { db } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const { question: questionId, version: expected, answer } = form.value;
		const by = { dialogueId: dialogue.id, userId: user.id, now: Date.now() };
		const done = await answerLater(db, { ...by, questionId, expected, answer });
		return done.ok ? { done: true } : fail(409, { refused: done.reason });
	},
	toCase: async (event) => {
		const { user } = await requireRight(event, 'toCase', event.params.room);
		const form = parseForm(toCaseEntry, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'not-now' });
		const { db, secret } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const of = { dialogueId: dialogue.id, questionId: form.value.question };
		const done = await openCaseFromQuestion(db, secret, of, { actorId: user.id, now: Date.now() });
		return done.ok ? { done: true } : fail(409, { refused: done.reason });
	},
	promise: async (event) => {
		const { user, organization } = await requireRight(event, 'promise', event.params.room);
		const form = parseForm(writtenEntry, await event.request.formData());
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems });
		const { db } = event.locals.running;
		const dialogue = (await readDialogueOfRoom(db, event.params.room))!;
		const { question, ...entry } = form.value;
		const by = { organizationId: organization.id, userId: user.id, now: Date.now() };
		const written = { ...entry, dialogueId: dialogue.id, questionId: question || null };
		const done = await writePromise(db, by, written);
		return done.ok ? { done: true } : fail(409, { refused: done.reason });
	}
};
