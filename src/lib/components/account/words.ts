import type { PersonState } from '$lib/domain/account/person.ts';
import { m } from '$lib/paraglide/messages.js';

export const STATE_WORDS: Record<PersonState, () => string> = {
	active: m.people_state_active,
	invited: m.people_state_invited,
	disabled: m.people_state_disabled
};

/** Why something about a person was refused, by the code of the refusal. */
const REFUSALS: Record<string, () => string> = {
	'login-malformed': m.people_problem_login_malformed,
	'login-taken': m.people_problem_login_taken,
	'user-unknown': m.people_problem_unknown,
	'user-self': m.people_problem_self,
	'user-above': m.people_problem_above,
	'user-disabled': m.people_problem_disabled,
	'role-above': m.people_problem_role_above,
	'role-unfit': m.people_problem_role_unfit,
	'roles-exclusive': m.people_problem_exclusive,
	'site-unknown': m.people_problem_site,
	'officer-unknown': m.people_problem_officer,
	'officer-taken': m.people_problem_officer_taken,
	'last-administrator': m.people_problem_last,
	'too-many': m.people_problem_too_many
};
const WRONG: Record<string, () => string> = {
	required: m.people_problem_required,
	email: m.people_problem_email,
	'too-long': m.people_problem_too_long
};

export const refusalIn = (code: string) => (REFUSALS[code] ?? m.problem_unknown)();
export const wrongIn = (code: string | undefined) => code && (WRONG[code] ?? m.people_problem_required)();
/** The field beside which a refusal is said, where it is about one. */
export const FIELD_OF: Record<string, string> = {
	'login-malformed': 'login',
	'login-taken': 'login',
	'role-above': 'role',
	'role-unfit': 'role',
	'roles-exclusive': 'role',
	'site-unknown': 'siteId',
	'officer-unknown': 'officerId',
	'officer-taken': 'officerId'
};
