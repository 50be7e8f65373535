import { error, fail, redirect } from '@sveltejs/kit';
import { clean } from '$lib/domain/shared/text.ts';
import { contentOf, edited, filledOut } from '$lib/domain/survey/editing.ts';
import { LIMITS } from '$lib/domain/survey/publishing.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readVersionRow } from '$lib/server/survey/version/reads.ts';
import { saveDraft } from '$lib/server/survey/version/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load', event.params.version);
	const draft = await readVersionRow(event.locals.running.db, organization.id, event.params.version);
	if (!draft) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	if (draft.state !== 'draft') redirect(303, `${base}/questionnaires/${draft.id}`);
	const { id, name, number, content, changedAt } = draft;
	return {
		base,
		organization: { name: organization.name },
		draft: { id, name, number, content: filledOut(content), changedAt },
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	/** What a button asks for is done to what was sent, and only "save" keeps it: the answer has everything that was typed. */
	default: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'default', event.params.version);
		const { db } = event.locals.running;
		const said = (name: string) => clean(String(data.get(name) ?? ''));
		const typed = { name: said('name'), content: contentOf(data), changedAt: Number(said('changedAt')) };
		const doing = said('do') || 'save';
		const nothing = { problem: undefined as string | undefined, show: '' };
		if (doing.startsWith('show:')) return { ...typed, ...nothing, show: doing.slice('show:'.length) };
		if (doing !== 'save') {
			return { ...typed, ...nothing, content: edited(typed.content, doing, said(`named.${doing.split('-', 1)[0]}`)) };
		}
		if (typed.name.length > LIMITS.name) return fail(400, { ...typed, ...nothing, problem: 'name-too-long' });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.version };
		const saved = await saveDraft(db, { ...change, ...typed });
		if (saved.ok) redirect(303, `${base}/questionnaires/${event.params.version}/edit?done=saved`);
		// Whoever has been told may write over the newer state with the next save.
		const standing = await readVersionRow(db, organization.id, event.params.version);
		return fail(409, { ...typed, ...nothing, changedAt: standing?.changedAt ?? 0, problem: saved.reason as string });
	}
};
