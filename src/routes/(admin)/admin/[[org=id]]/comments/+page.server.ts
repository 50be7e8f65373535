import { fail, redirect } from '@sveltejs/kit';
import { K } from '$lib/domain/report/secrecy.ts';
import { mayAccuse } from '$lib/domain/submission/comment/allegation.ts';
import { decisionEntry, LONGEST_TAKEDOWN, takedownEntry } from '$lib/domain/submission/comment/decision.ts';
import { findPersonalData, isSure, maskNames, maskParts } from '$lib/domain/submission/comment/personal-data.ts';
import { topicsOf } from '$lib/domain/submission/comment/topic.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { readOfficers } from '$lib/server/place/reads.ts';
import {
	COMMENT_LISTS,
	countComments,
	type DeskScope,
	readDecided,
	readNextComment
} from '$lib/server/submission/comment/reads.ts';
import { decideComment, takeDownInScope, undoDecision } from '$lib/server/submission/comment/writes.ts';
import { versionToShow } from '$lib/server/survey/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const LINES = 25;
const DEEDS = ['release', 'withhold', 'undo', 'down'] as const;

const scopeOf = ({ organization, sites, user }: Permitted): DeskScope => ({
	organizationId: organization.id,
	sites,
	officerId: user.officerId
});

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base, user } = permitted;
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const scope = scopeOf(permitted);
	const list = COMMENT_LISTS.find((known) => known === query.get('state')) ?? 'waiting';
	const counts = await countComments(db, scope);
	const pages = Math.max(1, Math.ceil((list === 'waiting' ? 0 : counts[list]) / LINES));
	const asked = /^\d{1,6}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1;
	const page = Math.min(Math.max(1, asked), pages);
	const after = (query.get('from') ?? '').slice(0, 64);
	return {
		...{ base, list, counts, page, pages, after, least: K, longest: LONGEST_TAKEDOWN },
		organization: { name: organization.name },
		ownDesk: user.officerId !== null,
		topics: topicsOf(await readReasons(event, organization.id)),
		next: list === 'waiting' ? await readNext(event, scope, after) : null,
		lines: list === 'waiting' ? [] : await readDecided(db, scope, list, { offset: (page - 1) * LINES, limit: LINES }),
		mayTakeDown: hasRightToo(event, permitted, 'comment:take-down', permitted.sites?.[0] ?? null),
		taking: query.get('open'),
		done: DEEDS.find((deed) => deed === query.get('done')) ?? null,
		/** What the last decision was about, so that it can be taken back at once. */
		last: query.get('marked')?.slice(0, 64) ?? null
	};
};

async function readReasons({ locals }: RequestEvent, organizationId: string) {
	return (await versionToShow(locals.running.db, organizationId, null))?.reasons ?? [];
}

/** What was written, in pieces, and the same with all that is surely personal masked. */
async function readNext({ locals }: RequestEvent, scope: DeskScope, after: string) {
	const { db } = locals.running;
	const found = await readNextComment(db, scope, after);
	if (!found) return null;
	const { id, written } = found;
	const officers = (await readOfficers(db, scope.organizationId)).map(({ name }) => name);
	const parts = findPersonalData(written, officers);
	return {
		...{ id, written, parts },
		masked: maskParts(written, parts.filter(isSure)),
		names: [...new Set(parts.filter((part) => !isSure(part)).map(({ start, end }) => written.slice(start, end)))],
		accuses: mayAccuse(written)
	};
}

export const actions: Actions = {
	decide: async (event) => {
		const permitted = await requireRight(event, 'decide');
		const { organization, user, base } = permitted;
		const form = parseForm(decisionEntry, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });
		const topics = topicsOf(await readReasons(event, organization.id));
		const topic = topics.some(({ code }) => code === form.value.topic) ? form.value.topic : '';
		const by = { scope: scopeOf(permitted), actorId: user.id, now: Date.now() };
		const decided = await decideComment(event.locals.running.db, { ...form.value, topic }, by);
		if (!decided.ok) {
			const { text = null, ...rest } = { text: null, ...form.value };
			return fail(409, { refused: decided.reason, values: { ...rest, text, toHead: form.value.toHead ? 'yes' : '' } });
		}
		const { id, deed } = form.value;
		redirect(303, `${base}/comments?${new URLSearchParams({ from: id, done: deed, marked: id })}#comment`);
	},
	/** For whoever has no script: the ticked names are masked in what was typed. Nothing is stored. */
	mask: async (event) => {
		await requireRight(event, 'mask');
		const form = await event.request.formData();
		const values = textsOf(form);
		const names = form.getAll('names').filter((name) => typeof name === 'string');
		return { values: { ...values, text: maskNames(values.text ?? '', names) } };
	},
	undo: async (event) => {
		const permitted = await requireRight(event, 'undo');
		const id = String((await event.request.formData()).get('id') ?? '').slice(0, 64);
		const by = { scope: scopeOf(permitted), actorId: permitted.user.id, now: Date.now() };
		const undone = await undoDecision(event.locals.running.db, id, by);
		if (!undone.ok) return fail(409, { refused: undone.reason });
		redirect(303, `${permitted.base}/comments?done=undo#done`);
	},
	takeDown: async (event) => {
		const permitted = await requireRight(event, 'takeDown');
		const form = parseForm(takedownEntry, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });
		const by = { scope: scopeOf(permitted), actorId: permitted.user.id, now: Date.now() };
		const taken = await takeDownInScope(event.locals.running.db, form.value, by);
		if (!taken.ok) return fail(409, { refused: taken.reason });
		redirect(303, `${permitted.base}/comments?state=released&done=down#done`);
	}
};
