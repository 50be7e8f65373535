import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { permits } from '$lib/domain/account/right.ts';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { matches, pageOf } from '$lib/domain/shared/list.ts';
import type { TerminalDetail } from '$lib/domain/terminal/health.ts';
import { normalizePairingCode, showPairingCode } from '$lib/domain/terminal/pairing.ts';
import { MODES } from '$lib/domain/terminal/modes.ts';
import { isStaffPin } from '$lib/domain/terminal/staff-pin.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readCounters } from '$lib/server/place/reads.ts';
import { setStaffPin } from '$lib/server/place/writes.ts';
import { readPairingState, readTerminalHealth } from '$lib/server/terminal/reads.ts';
import { approvePairing } from '$lib/server/terminal/writes.ts';
import type { Actions, PageServerLoad } from './$types';

/** So many tablets are one page. */
const ON_PAGE = 50;
const STATES = ['all', 'attention', 'well', 'revoked'] as const;
type State = (typeof STATES)[number];

const IS_IN: Record<State, (terminal: TerminalDetail) => boolean> = {
	all: ({ revokedAt }) => revokedAt === null,
	attention: ({ revokedAt, health }) => revokedAt === null && health.level !== 'well',
	well: ({ revokedAt, health }) => revokedAt === null && health.level === 'well',
	revoked: ({ revokedAt }) => revokedAt !== null
};

export const load: PageServerLoad = async (event) => {
	const { user, organization, sites, path, base } = await requireRight(event, 'load');
	const { locals, url } = event;
	const { db } = locals.running;
	const now = Date.now();
	const mayWrite = permits(requireSignedIn(event).grants, 'terminal:write', { path, siteId: null }, user.id).allowed;
	const code = mayWrite ? normalizePairingCode(url.searchParams.get('code') ?? '') : null;
	const [all, counters, pairing] = await Promise.all([
		readTerminalHealth(db, organization.id, now, sites),
		mayWrite ? readCounters(db, organization.id) : [],
		code ? readPairingState(db, code, now) : null
	]);
	const query = url.searchParams.get('q') ?? '';
	const state = STATES.find((known) => known === url.searchParams.get('state')) ?? 'all';
	const found = all.filter(({ name, counter, site }) => matches(`${name} ${counter} ${site}`, query));
	return {
		base,
		now,
		organization: { name: organization.name },
		mayWrite,
		query,
		state,
		any: all.length > 0,
		states: STATES.map((name) => ({ name, n: found.filter(IS_IN[name]).length })),
		list: pageOf(found.filter(IS_IN[state]), url.searchParams.get('page'), ON_PAGE),
		counters: counters
			.filter(({ archivedAt }) => archivedAt === null)
			.map((counter) => ({ id: counter.id, name: counterLabel(counter) })),
		hasStaffPin: organization.hasStaffPin,
		pairing: code ? { code: showPairingCode(code), state: pairing?.state ?? 'expired' } : null,
		done: {
			approved: all.find(({ id }) => id === url.searchParams.get('approved')) ?? null,
			pin: url.searchParams.has('pin')
		}
	};
};

const id = v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(64, 'too-long'));
const text = v.pipe(v.string(), v.maxLength(120, 'too-long'));
const approveSchema = v.object({
	code: v.pipe(
		v.string(),
		v.minLength(1, 'required'),
		v.check((typed) => normalizePairingCode(typed) !== null, 'code')
	),
	counterId: id,
	name: text,
	mode: v.picklist(['rotating', 'quick', 'full'], 'required')
});
const pinSchema = v.pipe(
	v.object({ pin: v.pipe(v.string(), v.check(isStaffPin, 'pin')), again: v.string() }),
	v.forward(
		v.partialCheck([['pin'], ['again']], ({ pin, again }) => pin === again, 'pin-again'),
		['again']
	)
);

export const actions: Actions = {
	approve: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const { user, organization, base } = await requireRight(event, 'approve', String(data.get('counterId') ?? ''));
		const form = parseForm(approveSchema, data);
		if (!form.ok) return fail(400, { approval: { ...form, refused: undefined } });

		const { db } = locals.running;
		const { code, counterId, name, mode } = form.value;
		const counter = (await readCounters(db, organization.id)).find((one) => one.id === counterId);
		const approved = await approvePairing(db, {
			organizationId: organization.id,
			code,
			counterId,
			name: name || `Máy ${counter?.number ?? ''}`.trim(),
			profile: MODES[mode].profile,
			approvedBy: user.id,
			now: Date.now()
		});
		if (!approved.ok)
			return fail(409, { approval: { values: form.value, problems: undefined, refused: approved.reason } });
		redirect(303, `${base}/terminals?approved=${approved.value.terminalId}#done`);
	},
	pin: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const { user, organization, base } = await requireRight(event, 'pin');
		const form = parseForm(pinSchema, data);
		// What was typed is not sent back: a PIN does not belong into a page.
		if (!form.ok) return fail(400, { pinProblems: form.problems });
		const change = { organizationId: organization.id, pin: form.value.pin, setBy: user.id, now: Date.now() };
		const set = await setStaffPin(locals.running.db, change);
		if (!set.ok) return fail(400, { pinProblems: { pin: 'pin' } as Record<string, string> });
		redirect(303, `${base}/terminals?pin#pin`);
	}
};
