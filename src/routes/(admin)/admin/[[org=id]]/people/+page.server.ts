import { fail, redirect } from '@sveltejs/kit';
import { mayGive } from '$lib/domain/account/giving.ts';
import { PERSON_STATES } from '$lib/domain/account/person.ts';
import { ROLES } from '$lib/domain/account/role.ts';
import { matches, pageOf } from '$lib/domain/shared/list.ts';
import { readPeople, readRolePlaces } from '$lib/server/account/people/reads.ts';
import { invitePerson } from '$lib/server/account/people/writes.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { mayMakeLink } from '$lib/server/http/limits.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { inviteSchema } from '$lib/server/http/person-form.ts';
import type { Actions, PageServerLoad } from './$types';

const AT_ONCE = 50;

export const load: PageServerLoad = async (event) => {
	const { organization, path, base } = await requireRight(event, 'load');
	const { grants } = requireSignedIn(event);
	const { locals, url } = event;
	const { db } = locals.running;
	const [people, places] = await Promise.all([readPeople(db, organization.id), readRolePlaces(db, organization.id)]);
	const chosen = (name: string) => url.searchParams.get(name) ?? '';
	const [query, role, state] = [chosen('q').slice(0, 100), chosen('role'), chosen('state')];
	const found = people.filter(
		(person) =>
			matches(`${person.name} ${person.login} ${person.email ?? ''}`, query) &&
			(!isOneOf(ROLES, role) || person.roles.some((held) => held.role === role)) &&
			(!isOneOf(PERSON_STATES, state) || person.state === state)
	);
	return {
		base,
		organization: { name: organization.name, kind: organization.kind, demonstration: organization.demonstration },
		...pageOf(found, chosen('page'), AT_ONCE),
		everybody: people.length,
		filter: { q: query, role, state },
		places,
		mayGive: ROLES.filter((each) => mayGive(grants, { role: each, path })),
		freshId: newId()
	};
};

export const actions: Actions = {
	invite: async (event) => {
		const { user, organization, base } = await requireRight(event, 'invite');
		const { locals, request } = event;
		const data = await request.formData();
		const form = parseForm(inviteSchema, data);
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values, refused: undefined });
		const values = textsOf(data);
		if (!(await mayMakeLink(user.id))) return fail(429, { values, problems: undefined, refused: 'too-many' });

		const asked = { organizationId: organization.id, invitedBy: user.id, origin: locals.origin, now: Date.now() };
		const invited = await invitePerson(locals.running.db, { ...form.value, ...asked });
		if (invited.ok) {
			const { name, login } = form.value;
			return { slip: { ...invited.value, name, login, drawing: drawQr(invited.value.link), personId: form.value.id } };
		}
		// Sent twice: the first has made the link, which is shown once.
		if (invited.reason === 'already-invited') redirect(303, `${base}/people/${form.value.id}?done=invited`);
		return fail(409, { values, problems: undefined, refused: invited.reason });
	}
};

function isOneOf<Each extends string>(list: readonly Each[], text: string): text is Each {
	return (list as readonly string[]).includes(text);
}
