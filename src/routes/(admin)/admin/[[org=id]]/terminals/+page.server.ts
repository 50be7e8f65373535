import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { normalizePairingCode, showPairingCode } from '$lib/domain/terminal/pairing.ts';
import { MODES } from '$lib/domain/terminal/modes.ts';
import { isStaffPin } from '$lib/domain/terminal/staff-pin.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readCounters } from '$lib/server/place/reads.ts';
import { setStaffPin } from '$lib/server/place/writes.ts';
import { readPairingState, readTerminalHealth } from '$lib/server/terminal/reads.ts';
import { approvePairing, revokeTerminal } from '$lib/server/terminal/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	const { locals, url } = event;
	const { db } = locals.running;
	const now = Date.now();
	const code = normalizePairingCode(url.searchParams.get('code') ?? '');
	const [all, counters, pairing] = await Promise.all([
		readTerminalHealth(db, organization.id, now),
		readCounters(db, organization.id),
		code ? readPairingState(db, code, now) : null
	]);
	const named = (parameter: string) => all.find(({ id }) => id === url.searchParams.get(parameter)) ?? null;
	return {
		base,
		organization: { name: organization.name },
		terminals: all.filter(({ revokedAt }) => revokedAt === null),
		revoked: all.filter(({ revokedAt }) => revokedAt !== null),
		counters: counters
			.filter(({ archivedAt }) => archivedAt === null)
			.map((counter) => ({ id: counter.id, name: counterLabel(counter) })),
		hasStaffPin: organization.hasStaffPin,
		pairing: code ? { code: showPairingCode(code), state: pairing?.state ?? 'expired' } : null,
		revoking: named('revoke'),
		done: {
			approved: named('approved'),
			revoked: named('revoked'),
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
const revokeSchema = v.object({ terminalId: id, reason: v.pipe(text, v.minLength(1, 'required')) });
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
	revoke: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const { user, organization, base } = await requireRight(event, 'revoke', String(data.get('terminalId') ?? ''));
		const form = parseForm(revokeSchema, data);
		if (!form.ok) return fail(400, { revocation: { ...form, refused: undefined } });

		const { terminalId, reason } = form.value;
		const revocation = { organizationId: organization.id, terminalId, reason, revokedBy: user.id, now: Date.now() };
		const revoked = await revokeTerminal(locals.running.db, revocation);
		if (!revoked.ok)
			return fail(409, { revocation: { values: undefined, problems: undefined, refused: revoked.reason } });
		redirect(303, `${base}/terminals?revoked=${terminalId}#done`);
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
