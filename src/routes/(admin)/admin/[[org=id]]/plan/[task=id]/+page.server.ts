import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { doneEntry, noteEntry, retiredEntry, tickEntry } from '$lib/domain/casework/plan/entry.ts';
import { freshId } from '$lib/domain/place/entry.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readCaseNumber } from '$lib/domain/casework/register.ts';
import { hasCaseRight } from '$lib/domain/casework/move-right.ts';
import { newId } from '$lib/server/account/writes.ts';
import { readEffect } from '$lib/server/casework/plan/figures/reads.ts';
import { readCase } from '$lib/server/casework/cases/reads.ts';
import { readCaseByNumber } from '$lib/server/casework/plan/links/reads.ts';
import { linkCase, unlinkCase } from '$lib/server/casework/plan/links/writes.ts';
import { readPlanLine, readTask, readTasks } from '$lib/server/casework/plan/reads.ts';
import { changeTask } from '$lib/server/casework/plan/writes.ts';
import { tickWeek, withdrawNote, writeNote } from '$lib/server/casework/plan/progress/writes.ts';
import { seenCases } from '$lib/server/http/case-links.ts';
import { actorOf } from '$lib/server/http/cases.ts';
import { parseForm, textsOf, type ParsedForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { choicesOf } from '$lib/server/http/plan-page.ts';
import type { Outcome } from '$lib/domain/shared/outcome.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One task: what it asks, what was done, and what became of it. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.task);
	const { organization, base } = permitted;
	const { db } = event.locals.running;
	const task =
		(await readTask(db, organization.id, event.params.task)) ??
		error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	const today = localDay(Date.now());
	const line = await readPlanLine(db, task, today);
	const linked = await seenCases(db, organization.id, { actor: actorOf(event, permitted), taskIds: [task.id] });
	const beside = (await readTasks(db, organization.id, task.year)).filter(
		({ criterion }) => criterion === task.criterion
	);
	return {
		...{ base, today, line, noteId: newId() },
		number: beside.findIndex(({ id }) => id === task.id) + 1,
		organization: { name: organization.name },
		cases: linked[task.id] ?? [],
		choices: await choicesOf(db, organization),
		mayWrite: hasRightToo(event, permitted, 'plan:write'),
		effect: hasRightToo(event, permitted, 'report:read') ? await readEffect(db, organization, line, today) : null,
		done: event.url.searchParams.has('done')
	};
};

const version = { version: v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'form-stale'), v.transform(Number)) };
const changeEntry = v.variant('do', [
	v.object({ do: v.literal('done'), ...version, ...doneEntry.entries }),
	v.object({ do: v.literal('retire'), ...version, ...retiredEntry.entries }),
	v.object({ do: v.literal('reopen'), ...version })
]);

type Refused = { do: string; values?: Record<string, string>; problems?: Record<string, string>; refused?: string };

/** Reads the form, does what it asks, and goes back to the page; what was refused is said there. */
async function act<Value, Reason extends string>(
	event: RequestEvent,
	{ base, organization, user }: Permitted,
	[name, read, step]: [
		name: string,
		read: (form: FormData) => ParsedForm<Value>,
		step: (by: { organizationId: string; actorId: string; now: number }, value: Value) => Promise<Outcome<null, Reason>>
	]
) {
	const data = await event.request.formData();
	const form = read(data);
	const refuse = (status: number, refused: Refused) => fail(status, refused);
	if (!form.ok) return refuse(400, { do: form.values.do ?? name, values: form.values, problems: form.problems });
	const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
	const done = await step(by, form.value);
	if (!done.ok) return refuse(409, { do: name, values: textsOf(data), refused: done.reason });
	return redirect(303, `${base}/plan/${event.params.task}?done=1`);
}

const newNote = v.object({ id: freshId, ...noteEntry.entries });
const whichNote = v.object({ note: freshId });
const whichNumber = v.object({
	number: v.pipe(
		v.string(),
		v.transform((text) => readCaseNumber(text.trim())),
		v.check((number) => number !== null, 'case-unknown')
	)
});
const whichCase = v.object({ caseId: v.string() });
const whichWeek = v.pick(tickEntry, ['week']);

export const actions: Actions = {
	change: async (event) => {
		const permitted = await requireRight(event, 'change', event.params.task);
		const { db } = event.locals.running;
		return act(event, permitted, [
			'change',
			(form) => parseForm(changeEntry, form),
			(by, { version: expected, ...change }) => changeTask(db, by, { id: event.params.task, expected, change })
		]);
	},
	note: async (event) => {
		const permitted = await requireRight(event, 'note', event.params.task);
		const { db } = event.locals.running;
		return act(event, permitted, [
			'note',
			(form) => parseForm(newNote, form),
			(by, note) => writeNote(db, by, { ...note, taskId: event.params.task })
		]);
	},
	withdrawNote: async (event) => {
		const permitted = await requireRight(event, 'withdrawNote', event.params.task);
		const { db } = event.locals.running;
		return act(event, permitted, [
			'withdrawNote',
			(form) => parseForm(whichNote, form),
			(by, { note }) => withdrawNote(db, by, { id: note, taskId: event.params.task })
		]);
	},
	tick: async (event) => {
		const permitted = await requireRight(event, 'tick', event.params.task);
		const { db } = event.locals.running;
		return act(event, permitted, [
			'tick',
			(form) => parseForm(tickEntry, form),
			(by, tick) => tickWeek(db, by, { ...tick, taskId: event.params.task })
		]);
	},
	link: async (event) => {
		const permitted = await requireRight(event, 'link', event.params.task);
		const { db } = event.locals.running;
		return act(event, permitted, [
			'link',
			(form) => parseForm(whichNumber, form),
			async (by, { number }) => {
				const row = await readCaseByNumber(db, by.organizationId, number!);
				if (!row || !hasCaseRight(actorOf(event, permitted), 'case:read', row))
					return { ok: false, reason: 'case-unknown' as const };
				return linkCase(db, by, { taskId: event.params.task, caseId: row.id });
			}
		]);
	},
	unlink: async (event) => {
		const permitted = await requireRight(event, 'unlink', event.params.task);
		const { db } = event.locals.running;
		return act(event, permitted, [
			'unlink',
			(form) => parseForm(whichCase, form),
			async (by, { caseId }) => {
				const row = await readCase(db, caseId);
				if (!row || !hasCaseRight(actorOf(event, permitted), 'case:read', row))
					return { ok: false, reason: 'case-unknown' as const };
				return unlinkCase(db, by, { taskId: event.params.task, caseId });
			}
		]);
	},
	untick: async (event) => {
		const permitted = await requireRight(event, 'untick', event.params.task);
		const { db } = event.locals.running;
		return act(event, permitted, [
			'untick',
			(form) => parseForm(whichWeek, form),
			(by, { week }) => tickWeek(db, by, { taskId: event.params.task, week, doneDay: null })
		]);
	}
};
