import type { Right } from '../../domain/account/right.ts';
import type { ObjectKind } from '../account/extent/reads.ts';

/**
 * Who may reach each handler under src/routes: a right, and what kind of thing its scope comes from (`own`: the person who asks). The
 * guard reads this table by route and handler; a handler that is not here can not be guarded and fails `npm test`, and so does a line
 * without a handler. Text instead of a rule says why everybody may.
 */
export type Policy = { right: Right; on: ObjectKind | 'own' } | { public: string };

const on = (right: Right, kind: ObjectKind | 'own' = 'organization'): Policy => ({ right, on: kind });
const everybody = (why: string): Policy => ({ public: why });

const ADMIN = '/(admin)/admin/[[org=id]]';

export const POLICIES: Readonly<Record<string, Readonly<Record<string, Policy>>>> = {
	'/': { GET: everybody('leads everybody to their own first page') },
	'/(auth)/sign-in': { load: everybody('the sign-in itself'), default: everybody('the sign-in itself') },
	'/(auth)/sign-out': {
		POST: everybody('ends the session of whoever asks'),
		GET: everybody('leads to the first page')
	},
	'/(auth)/language': { POST: everybody('keeps a language in a cookie') },
	'/api/v1/[...path]': { answer: everybody('the API guards each of its routes itself') },

	'/(leader)': { layout: on('own:manage', 'own') },
	'/(leader)/leader': { load: on('report:read') },

	'/(admin)': { layout: on('own:manage', 'own') },
	[ADMIN]: { load: on('place:read') },
	[`${ADMIN}/roster`]: {
		load: on('roster:read'),
		plan: on('roster:write', 'counter'),
		end: on('roster:write', 'duty')
	},
	[`${ADMIN}/terminals`]: {
		load: on('terminal:read'),
		approve: on('terminal:write', 'counter'),
		revoke: on('terminal:write', 'terminal'),
		pin: on('terminal:write')
	}
};

/** A layout's load runs for every page below it, under that page's route: its policy is the nearest above. */
export function policyOf(route: string, handler: string): Policy | undefined {
	const own = POLICIES[route]?.[handler];
	if (own || handler !== 'layout' || route === '') return own;
	return policyOf(route.slice(0, route.lastIndexOf('/')), handler);
}
