import { error, fail, redirect } from '@sveltejs/kit';
import { mayGive, mayManage } from '$lib/domain/account/giving.ts';
import { ROLES } from '$lib/domain/account/role.ts';
import { readOrganizationPath } from '$lib/server/account/extent/reads.ts';
import { readPerson, readPlacedRoles, readRolePlaces } from '$lib/server/account/people/reads.ts';
import {
	changeDetails,
	disablePerson,
	enablePerson,
	endSessionOf,
	giveRole,
	removeSecondFactor,
	sendPasswordLink,
	withdrawRole
} from '$lib/server/account/people/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight, requireSignedIn, type Permitted } from '$lib/server/http/guard.ts';
import { mayMakeLink } from '$lib/server/http/limits.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { detailsSchema, giveSchema, withdrawSchema } from '$lib/server/http/person-form.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, organization, path, base } = await requireRight(event, 'load', event.params.person);
	const { grants } = requireSignedIn(event);
	const { locals, url, params } = event;
	const { db } = locals.running;
	const [person, places, held, organizationPath] = await Promise.all([
		readPerson(db, organization.id, params.person, Date.now()),
		readRolePlaces(db, organization.id),
		readPlacedRoles(db, params.person),
		readOrganizationPath(db, organization.id)
	]);
	if (!person) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	const isSelf = person.id === user.id;
	return {
		base,
		organization: { name: organization.name, kind: organization.kind, demonstration: organization.demonstration },
		person: {
			...person,
			roles: person.roles.map((role) => ({
				role: role.role,
				organizationId: role.organizationId,
				siteId: role.siteId,
				at: role.site ?? role.organization
			}))
		},
		places,
		isSelf,
		mayChange: !isSelf && mayGiveAny(grants, path) && mayManage(grants, held),
		mayGive: ROLES.filter((role) => mayGive(grants, { role, path: organizationPath })),
		done: url.searchParams.get('done')
	};
};

const mayGiveAny = (grants: Parameters<typeof mayGive>[0], path: readonly string[]) =>
	ROLES.some((role) => mayGive(grants, { role, path }));

export const actions: Actions = {
	change: async (event) => {
		const permitted = await requireRight(event, 'change', event.params.person);
		const form = parseForm(detailsSchema, await event.request.formData());
		if (!form.ok) return fail(400, { form: 'details' as const, problems: form.problems, values: form.values });
		const changed = await changeDetails(event.locals.running.db, { ...asked(event, permitted), ...form.value });
		if (!changed.ok) return fail(409, { refused: changed.reason });
		return back(event, permitted, 'changed');
	},
	give: async (event) => {
		const permitted = await requireRight(event, 'give', event.params.person);
		const form = parseForm(giveSchema, await event.request.formData());
		if (!form.ok) return fail(400, { form: 'give' as const, problems: form.problems, values: form.values });
		const given = await giveRole(event.locals.running.db, { ...asked(event, permitted), ...form.value });
		if (!given.ok) return fail(409, { refused: given.reason });
		return back(event, permitted, 'given');
	},
	withdraw: async (event) => {
		const permitted = await requireRight(event, 'withdraw', event.params.person);
		const form = parseForm(withdrawSchema, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'user-unknown' });
		const withdrawn = await withdrawRole(event.locals.running.db, { ...asked(event, permitted), ...form.value });
		if (!withdrawn.ok) return fail(409, { refused: withdrawn.reason });
		return back(event, permitted, 'withdrawn');
	},
	disable: async (event) => {
		const permitted = await requireRight(event, 'disable', event.params.person);
		const disabled = await disablePerson(event.locals.running.db, asked(event, permitted));
		if (!disabled.ok) return fail(409, { refused: disabled.reason });
		return back(event, permitted, 'disabled');
	},
	enable: async (event) => {
		const permitted = await requireRight(event, 'enable', event.params.person);
		const enabled = await enablePerson(event.locals.running.db, asked(event, permitted));
		if (!enabled.ok) return fail(409, { refused: enabled.reason });
		return back(event, permitted, 'enabled');
	},
	link: async (event) => {
		const permitted = await requireRight(event, 'link', event.params.person);
		if (!(await mayMakeLink(permitted.user.id))) return fail(429, { refused: 'too-many' });
		const byMail = (await event.request.formData()).get('how') === 'mail';
		const change = { ...asked(event, permitted), origin: event.locals.origin, byMail };
		const made = await sendPasswordLink(event.locals.running.db, change);
		if (!made.ok) return fail(409, { refused: made.reason });
		// A letter is enough; what was mailed need not be seen by whoever sent it.
		if (made.value.mailedTo) return back(event, permitted, 'mailed');
		const { user, ...link } = made.value;
		return { slip: { ...link, ...user, drawing: drawQr(link.link) } };
	},
	removeFactor: async (event) => {
		const permitted = await requireRight(event, 'removeFactor', event.params.person);
		const removed = await removeSecondFactor(event.locals.running.db, asked(event, permitted));
		if (!removed.ok) return fail(409, { refused: removed.reason });
		return back(event, permitted, 'factor');
	},
	end: async (event) => {
		const permitted = await requireRight(event, 'end', event.params.person);
		const sessionId = String((await event.request.formData()).get('sessionId') ?? '');
		const ended = await endSessionOf(event.locals.running.db, { ...asked(event, permitted), sessionId });
		if (!ended.ok) return fail(409, { refused: ended.reason });
		return back(event, permitted, 'ended');
	}
};

interface Asking {
	params: { person: string };
}

const asked = ({ params }: Asking, { user, organization }: Permitted) => ({
	organizationId: organization.id,
	userId: params.person,
	changedBy: user.id,
	now: Date.now()
});

function back({ params }: Asking, { base }: Permitted, done: string): never {
	redirect(303, `${base}/people/${params.person}?done=${done}`);
}
