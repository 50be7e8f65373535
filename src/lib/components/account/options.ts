import { fits } from '$lib/domain/account/giving.ts';
import { ROLE_NAMES, ROLE_TASKS, type Role } from '$lib/domain/account/role.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

const choose = () => ({ value: '', text: m.people_choose() });

/** The roles that can be held here, each with what it is for. */
export function roleOptions(roles: readonly Role[], kind: 'province' | 'ward') {
	const locale = getLocale();
	const fitting = roles.filter((role) => fits(role, { kind, siteId: '' }));
	return [
		choose(),
		...fitting.map((role) => ({ value: role, text: `${ROLE_NAMES[role][locale]} – ${ROLE_TASKS[role][locale]}` }))
	];
}

export function placeOptions(organization: string, sites: readonly { id: string; name: string }[]) {
	const whole = { value: '', text: m.people_where_all({ organization }) };
	return [whole, ...sites.map(({ id, name }) => ({ value: id, text: name }))];
}

/** Officers whom no account stands for yet; `own` is the one this account stands for. */
export function officerOptions(
	officers: readonly { id: string; name: string; isLinked: boolean }[],
	own: string | null
) {
	const free = officers.filter(({ id, isLinked }) => !isLinked || id === own);
	return [{ value: '', text: m.people_officer_none() }, ...free.map(({ id, name }) => ({ value: id, text: name }))];
}
