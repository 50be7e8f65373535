import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { permits, type Right } from '$lib/domain/account/right.ts';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { chainOf } from '$lib/domain/terminal/chain.ts';
import { normalizePairingCode } from '$lib/domain/terminal/pairing.ts';
import { profileIn, settingsSchema } from '$lib/domain/terminal/settings.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readCounters } from '$lib/server/place/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import { changeTerminal, closeRescue, openRescue, replaceTerminal } from '$lib/server/terminal/upkeep/writes.ts';
import { revokeTerminal } from '$lib/server/terminal/writes.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = ['changed', 'unchanged', 'replaced', 'revoked', 'rescue', 'rescue-closed'] as const;

export const load: PageServerLoad = async (event) => {
	const { user, organization, path, base } = await requireRight(event, 'load', event.params.terminal);
	const { locals, params, url } = event;
	const { db } = locals.running;
	const now = Date.now();
	const { grants } = requireSignedIn(event);
	const may = (right: Right) => permits(grants, right, { path, siteId: null }, user.id).allowed;
	const [all, counters] = await Promise.all([
		readTerminalHealth(db, organization.id, now),
		readCounters(db, organization.id)
	]);
	const terminal = all.find(({ id }) => id === params.terminal);
	if (!terminal) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	const chain = chainOf(all, terminal.id);
	return {
		base,
		now,
		organization: { name: organization.name },
		terminal,
		chain,
		successorId: chain[0].id === terminal.id ? null : chain[0].id,
		mayWrite: may('terminal:write'),
		maySeeQuarantine: may('quarantine:read'),
		counters: counters
			.filter(({ id, archivedAt }) => archivedAt === null || id === terminal.counterId)
			.map((counter) => ({ id: counter.id, name: `${counterLabel(counter)}, ${counter.siteName}` })),
		code: normalizePairingCode(url.searchParams.get('code') ?? ''),
		done: DONE.find((known) => known === url.searchParams.get('done')) ?? null
	};
};

const reason = v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(120, 'too-long'));
const reasonSchema = v.object({ reason });
const replaceSchema = v.object({
	code: v.pipe(
		v.string(),
		v.minLength(1, 'required'),
		v.check((typed) => normalizePairingCode(typed) !== null, 'code')
	),
	reason
});

/** What went wrong with one of the page's forms. */
const problemsOf = (
	what: 'change' | 'replace' | 'revoke' | 'rescue',
	{ values, problems }: { values: Record<string, string>; problems?: Record<string, string> },
	refused: string | null = null
) => ({ what, values, problems: problems ?? {}, refused });

export const actions: Actions = {
	change: async (event) => {
		const { user, organization, base } = await requireRight(event, 'change', event.params.terminal);
		const form = parseForm(settingsSchema, await event.request.formData());
		if (!form.ok) return fail(400, problemsOf('change', form));

		const { name, counterId } = form.value;
		const terminalId = event.params.terminal;
		const changed = await changeTerminal(event.locals.running.db, {
			...{ organizationId: organization.id, terminalId, name, counterId, profile: profileIn(form.value) },
			...{ changedBy: user.id, now: Date.now() }
		});
		if (!changed.ok) return fail(409, problemsOf('change', { values: textsIn(form.value) }, changed.reason));
		redirect(303, `${base}/terminals/${terminalId}?done=${changed.value.changed ? 'changed' : 'unchanged'}#done`);
	},
	replace: async (event) => {
		const { user, organization, base } = await requireRight(event, 'replace', event.params.terminal);
		const form = parseForm(replaceSchema, await event.request.formData());
		if (!form.ok) return fail(400, problemsOf('replace', form));

		const replaced = await replaceTerminal(event.locals.running.db, {
			...{ organizationId: organization.id, terminalId: event.params.terminal, ...form.value },
			...{ replacedBy: user.id, now: Date.now() }
		});
		if (!replaced.ok) return fail(409, problemsOf('replace', { values: form.value }, replaced.reason));
		redirect(303, `${base}/terminals/${replaced.value.terminalId}?done=replaced#done`);
	},
	revoke: async (event) => {
		const { user, organization, base } = await requireRight(event, 'revoke', event.params.terminal);
		const form = parseForm(reasonSchema, await event.request.formData());
		if (!form.ok) return fail(400, problemsOf('revoke', form));

		const terminalId = event.params.terminal;
		const revocation = { organizationId: organization.id, terminalId, revokedBy: user.id, now: Date.now() };
		const revoked = await revokeTerminal(event.locals.running.db, { ...revocation, ...form.value });
		if (!revoked.ok) return fail(409, problemsOf('revoke', { values: form.value }, revoked.reason));
		redirect(303, `${base}/terminals/${terminalId}?done=revoked#done`);
	},
	rescue: async (event) => {
		const { user, organization, base } = await requireRight(event, 'rescue', event.params.terminal);
		const form = parseForm(reasonSchema, await event.request.formData());
		if (!form.ok) return fail(400, problemsOf('rescue', form));

		const terminalId = event.params.terminal;
		const rescue = { organizationId: organization.id, terminalId, by: user.id, now: Date.now() };
		const opened = await openRescue(event.locals.running.db, { ...rescue, ...form.value });
		if (!opened.ok) return fail(409, problemsOf('rescue', { values: form.value }, opened.reason));
		redirect(303, `${base}/terminals/${terminalId}?done=rescue#done`);
	},
	endRescue: async (event) => {
		const { user, organization, base } = await requireRight(event, 'endRescue', event.params.terminal);
		const terminalId = event.params.terminal;
		const rescue = { organizationId: organization.id, terminalId, by: user.id, now: Date.now() };
		await closeRescue(event.locals.running.db, rescue);
		redirect(303, `${base}/terminals/${terminalId}?done=rescue-closed#done`);
	}
};

const textsIn = (values: object): Record<string, string> =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
