import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { permits, type Right } from '../../domain/account/right.ts';
import { MOVE_ENTRIES, type Move, type MoveEntry } from '../../domain/casework/case.ts';
import { hasCaseRight, type CaseActor } from '../../domain/casework/move-right.ts';
import { findPersonalData, isSure } from '../../domain/submission/comment/personal-data.ts';
import { readOrganizationPath } from '../account/extent/reads.ts';
import { readKnownOrganization } from '../account/reads.ts';
import { readCase, type StoredCase } from '../casework/cases/reads.ts';
import { moveCase } from '../casework/cases/writes.ts';
import { readAssignable } from '../casework/desk/reads.ts';
import { countPressingCases, type CaseScope } from '../casework/due/reads.ts';
import { parseForm } from './form.ts';
import { requireSignedIn, type Permitted } from './guard.ts';
import { PROBLEMS } from './problem.ts';

/** Which organization's cases somebody looks at, and how far they see there. One that is not theirs shows what they are named for. */
export async function caseScopeOf(event: Pick<RequestEvent, 'locals'>, asked: string | null) {
	const { user, grants, organization: home } = requireSignedIn(event);
	const { db } = event.locals.running;
	const path = await readOrganizationPath(db, asked ?? home.id);
	const shown = path.length > 0 && path[0] !== home.id ? await readKnownOrganization(db, path[0]!) : null;
	const at = { path: shown ? path : await readOrganizationPath(db, home.id), siteId: null };
	const seen = permits(grants, 'case:read', at, user.id);
	const scope: CaseScope = {
		organizationId: (shown ?? home).id,
		sites: seen.allowed ? seen.sites : [],
		head: permits(grants, 'case:head', at, user.id).allowed,
		userId: user.id
	};
	const may = (right: Right) => permits(grants, right, at, user.id).allowed;
	return {
		organization: shown ?? home,
		home: shown === null,
		scope,
		sees: seen.allowed,
		mayOpen: may('case:open'),
		maySettle: may('case:settings'),
		path: at.path
	};
}

/** How much presses whoever has to work on it: the leader on all, a supervisor on their sites, anybody on what they are named for. */
export async function pressingFor(event: Pick<RequestEvent, 'locals'>, asked: string | null) {
	const { user, grants } = requireSignedIn(event);
	const { scope, path, organization, home } = await caseScopeOf(event, asked);
	const work = permits(grants, 'case:work', { path, siteId: null }, user.id);
	const own = { ...scope, sites: work.allowed ? work.sites : [] };
	const pressing = await countPressingCases(event.locals.running.db, own, Date.now());
	const list = pressing.late > 0 ? 'late' : 'soon';
	return { ...pressing, href: `/office/cases?list=${list}${home ? '' : `&org=${organization.id}`}` };
}

export const actorOf = (event: Pick<RequestEvent, 'locals'>, { user, path }: Permitted): CaseActor => ({
	...{ userId: user.id, path },
	grants: requireSignedIn(event).grants
});

/** The case of the address, for whoever was let in; what is for the head alone is not there for anybody else. */
export async function caseOf(event: RequestEvent, permitted: Permitted): Promise<StoredCase> {
	const row = await readCase(event.locals.running.db, event.params.case ?? '');
	if (!row || !hasCaseRight(actorOf(event, permitted), 'case:read', row))
		error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return row;
}

/** One deed: what was typed is checked, done at the version its user saw, and told where that has been overtaken. Nothing typed is lost. */
export async function doDeed<M extends Move>(event: RequestEvent, permitted: Permitted, move: M) {
	const row = await caseOf(event, permitted);
	const { db } = event.locals.running;
	const data = await event.request.formData();
	const form = parseForm(MOVE_ENTRIES[move], data);
	const typed = (name: string) => String(data.get(name) ?? '');
	if (!form.ok) return fail(400, { move, refused: null, problems: form.problems, values: form.values });
	const values = Object.fromEntries([...data].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
	const entry = form.value as MoveEntry<M>;
	const refuse = (status: number, refused: string) => fail(status, { move, refused, problems: {}, values });
	const { path, user } = permitted;
	const assignee = typed('assigneeId');
	if (move === 'forward' && assignee) {
		const people = await readAssignable(db, { path, toHead: row.toHead });
		if (!people.some(({ id }) => id === assignee)) return refuse(409, 'person-unknown');
	}
	if (move === 'publish' && typed('sure') !== 'yes') {
		const shown = `${typed('question')}\n${typed('answer')}`;
		if (findPersonalData(shown).some(isSure)) return refuse(409, 'personal');
	}
	const by = { caseId: row.id, expected: Number(typed('expected')), actorId: user.id, now: Date.now() };
	const moved = await moveCase(db, by, move, entry);
	if (!moved.ok) return refuse(409, moved.reason);
	const stillSeen = hasCaseRight(actorOf(event, permitted), 'case:read', moved.value);
	redirect(303, `/office/cases${stillSeen ? `/${row.id}` : ''}?done=${move}#done`);
}
