import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { permits, type Right } from '$lib/domain/account/right.ts';
import { compareText } from '$lib/domain/shared/text.ts';
import { QUARANTINE_STATES, sayWhy, type QuarantineState } from '$lib/domain/submission/quarantine.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight, requireSignedIn, type Permitted } from '$lib/server/http/guard.ts';
import { noteReading } from '$lib/server/http/reading.ts';
import {
	readDeskCounts,
	readDeskLine,
	readDeskLines,
	totalsOf,
	type DeskFilter,
	type DeskScope
} from '$lib/server/submission/quarantine/reads.ts';
import {
	acceptProposals,
	keepOut,
	proposeSheets,
	reopenLines,
	withdrawProposals,
	type Decided,
	type Deciding
} from '$lib/server/submission/quarantine/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const LINES = 50;
/** What one form may name: a page of lines. */
const MOST_IDS = 100;

function readFilter(query: URLSearchParams): DeskFilter & { state: QuarantineState } {
	const short = (name: string) => query.get(name)?.slice(0, 64) || null;
	const state = QUARANTINE_STATES.find((known) => known === query.get('state')) ?? 'waiting';
	return { state, terminalId: short('terminal'), code: short('code') };
}

export const load: PageServerLoad = async (event) => {
	const { organization, sites, user, path, base } = await requireRight(event, 'load');
	const { grants } = requireSignedIn(event);
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const may = (right: Right) => permits(grants, right, { path, siteId: null }, user.id).allowed;
	const scope = { organizationId: organization.id, sites };
	const filter = readFilter(query);
	const counts = await readDeskCounts(db, scope);
	const shown = counts.filter(({ terminalId }) => filter.terminalId === null || terminalId === filter.terminalId);
	const sum = (rows: readonly { lines: number }[]) => rows.reduce((total, { lines }) => total + lines, 0);
	const codes = [...Map.groupBy(shown, ({ code }) => code)]
		.map(([code, rows]) => ({ code, lines: sum(rows.filter(({ state }) => state === filter.state)) }))
		.filter(({ lines }) => lines > 0)
		.sort((a, b) => b.lines - a.lines || compareText(a.code, b.code));
	const code = codes.find((each) => each.code === filter.code) ?? (codes.length === 1 ? codes[0] : null);
	const pages = Math.max(1, Math.ceil((code?.lines ?? 0) / LINES));
	const asked = /^\d{1,6}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1;
	const page = Math.min(Math.max(1, asked), pages);
	const opened = await open(event, scope, user, query.get('line'));
	return {
		base,
		organization: { name: organization.name },
		user: { id: user.id, name: user.name, roles: user.roles },
		may: { propose: may('quarantine:propose'), decide: may('quarantine:decide') },
		totals: totalsOf(counts),
		states: QUARANTINE_STATES.map((state) => ({ state, lines: sum(shown.filter((row) => row.state === state)) })),
		terminals: [...new Map(counts.map(({ terminalId, terminal }) => [terminalId, terminal ?? terminalId]))]
			.map(([id, name]) => ({ id, name }))
			.sort((a, b) => compareText(a.name, b.name)),
		filter: { ...filter, code: code?.code ?? null },
		codes,
		page,
		pages,
		lines: code
			? await readDeskLines(db, scope, { ...filter, code: code.code }, { offset: (page - 1) * LINES, limit: LINES })
			: [],
		opened,
		done: readDone(query)
	};
};

/** A sheet is opened one by one and leaves a line in the log; whoever it rates does not see it. */
async function open(event: RequestEvent, scope: DeskScope, user: Permitted['user'], id: string | null) {
	if (!id) return null;
	const found = await readDeskLine(event.locals.running.db, scope, id.slice(0, 64));
	if (!found) return null;
	const own = found.officerId !== null && found.officerId === user.officerId;
	if (found.sheet && !own) {
		const line = {
			organizationId: scope.organizationId,
			actorId: user.id,
			object: id,
			detail: sayWhy(found.line.code).vi
		};
		await noteReading(event.locals.running, { ...line, action: 'quarantine-opened', now: Date.now() });
	}
	return { line: found.line, sheet: own ? null : found.sheet, own };
}

const DEEDS = ['propose', 'withdraw', 'accept', 'keepOut', 'reopen'] as const;
type Deed = (typeof DEEDS)[number];

function readDone(query: URLSearchParams) {
	const deed = DEEDS.find((known) => known === query.get('done'));
	const count = /^\d{1,3}$/.test(query.get('n') ?? '') ? Number(query.get('n')) : 0;
	return deed && count > 0 ? { deed, count } : null;
}

const reasonSchema = v.object({
	reason: v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(300, 'too-long'))
});
const noReasonSchema = v.object({ reason: v.optional(v.pipe(v.string(), v.maxLength(300, 'too-long')), '') });

/** What all deeds share: the ticked lines within reach, a reason where one is needed, and back to where one was. */
async function carryOut(
	event: RequestEvent,
	{ organization, sites, user }: Permitted,
	deed: Deed,
	needsReason: boolean,
	decide: (deciding: Deciding) => Promise<Decided>
) {
	const data = await event.request.formData();
	const ids = data.getAll('id').map(String).slice(0, MOST_IDS);
	const typed = String(data.get('reason') ?? '').trim();
	const nothing = { problem: undefined, refused: undefined, done: 0 };
	if (ids.length === 0) return fail(400, { ...nothing, reason: typed, ids, problem: 'none' });
	const form = parseForm(needsReason ? reasonSchema : noReasonSchema, data);
	if (!form.ok) return fail(400, { ...nothing, reason: typed, ids, problem: form.problems.reason ?? 'required' });

	const scope = { organizationId: organization.id, sites };
	const { done, refused } = await decide({ scope, ids, user, reason: form.value.reason, now: Date.now() });
	if (Object.keys(refused).length > 0) return fail(409, { ...nothing, reason: typed, ids: [], refused, done, deed });
	const query = new URLSearchParams(
		['state', 'terminal', 'code'].flatMap((name) => {
			const value = event.url.searchParams.get(name);
			return value ? [[name, value]] : [];
		})
	);
	query.set('done', deed);
	query.set('n', String(done));
	redirect(303, `${event.url.pathname}?${query}#done`);
}

export const actions: Actions = {
	propose: async (event) => {
		const permitted = await requireRight(event, 'propose');
		const { db } = event.locals.running;
		return carryOut(event, permitted, 'propose', true, (deciding) => proposeSheets(db, deciding));
	},
	withdraw: async (event) => {
		const permitted = await requireRight(event, 'withdraw');
		const { db } = event.locals.running;
		return carryOut(event, permitted, 'withdraw', false, (deciding) => withdrawProposals(db, deciding));
	},
	accept: async (event) => {
		const permitted = await requireRight(event, 'accept');
		const { db } = event.locals.running;
		return carryOut(event, permitted, 'accept', false, (deciding) => acceptProposals(db, deciding));
	},
	keepOut: async (event) => {
		const permitted = await requireRight(event, 'keepOut');
		const { db } = event.locals.running;
		return carryOut(event, permitted, 'keepOut', true, (deciding) => keepOut(db, deciding));
	},
	reopen: async (event) => {
		const permitted = await requireRight(event, 'reopen');
		const { db } = event.locals.running;
		return carryOut(event, permitted, 'reopen', false, (deciding) => reopenLines(db, deciding));
	}
};
