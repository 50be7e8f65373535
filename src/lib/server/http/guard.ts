import { error, redirect } from '@sveltejs/kit';
import { permits, type Extent, type Right } from '../../domain/account/right.ts';
import type { SessionStage } from '../../domain/account/session.ts';
import { readExtent } from '../account/extent/reads.ts';
import { readKnownOrganization, type KnownOrganization, type SignedIn } from '../account/reads.ts';
import type { Db } from '../db/db.ts';
import { policyOf } from './policies.ts';
import { PROBLEMS } from './problem.ts';
import { signInAddress, withNext } from './return-to.ts';

/** What hooks.server.ts has found out about the request, and which route it came to. */
export interface Guarded {
	locals: { signedIn: SignedIn | null; here: string; running: { db: Db } };
	route: { id: string | null };
	params: Partial<Record<string, string>>;
}

/** Who asks, and for which organization they may: that of the thing asked about, which need not be their own. */
export interface Permitted {
	user: SignedIn['user'];
	organization: KnownOrganization;
	/** null: all of the organization; else only these sites of it. */
	sites: readonly string[] | null;
	/** The organization and what stands above it. */
	path: readonly string[];
	/** Where its pages begin: '/admin', or '/admin/ID' for another organization than one's own. */
	base: string;
}

/**
 * Lets through whoever has the right that the table of policies names for this handler, at the place of the thing it is about. A
 * visitor is sent to sign in; what lies outside their reach is not there for them; a right they do not have is said.
 */
export async function requireRight(event: Guarded, handler: string, id?: string): Promise<Permitted> {
	const policy = policyOf(event.route.id ?? '', handler);
	if (!policy || 'public' in policy) throw new Error(`No policy for ${event.route.id} ${handler}`);
	const signedIn = requireSignedIn(event);
	const { user, grants, organization: home } = signedIn;
	const { db } = event.locals.running;
	const asked = policy.on === 'organization' ? (id ?? event.params.org ?? home.id) : id;
	const extent: Extent | null =
		policy.on === 'own'
			? { path: [home.id], siteId: null, userId: user.id }
			: await readExtent(db, policy.on, asked ?? '');
	if (!extent) return unknown();

	const permission = permits(grants, policy.right, extent, user.id);
	if (!permission.allowed) {
		// Whoever has no business in that organization at all does not learn whether the thing exists.
		if (!grants.some(({ organizationId }) => extent.path.includes(organizationId))) return unknown();
		error(403, { message: PROBLEMS.forbidden.message, code: 'forbidden' });
	}
	const [organizationId] = extent.path;
	const organization = organizationId === home.id ? home : await readKnownOrganization(db, organizationId);
	if (!organization) return unknown();
	const base = organization.id === home.id ? '/admin' : `/admin/${organization.id}`;
	return { user, organization, sites: permission.sites, path: extent.path, base };
}

/** Whether who was let through has another right at the same place, for what a page offers; the action asks for it itself. */
export function hasRightToo(
	event: Guarded,
	{ user, path }: Permitted,
	right: Right,
	siteId: string | null = null
): boolean {
	return permits(requireSignedIn(event).grants, right, { path, siteId }, user.id).allowed;
}

/** Whoever is signed in all the way; who still owes the second factor is led there first. */
export function requireSignedIn({ locals }: Pick<Guarded, 'locals'>): SignedIn {
	const { signedIn, here } = locals;
	if (!signedIn) redirect(303, signInAddress(here));
	if (signedIn.stage === 'second-factor') redirect(303, withNext('/sign-in/second-factor', here));
	if (signedIn.stage === 'enrol') redirect(303, withNext('/account/second-factor', here));
	return signedIn;
}

/**
 * For the two pages that lead from the password to a whole session: whoever has shown the password, at one of these stages. Anybody
 * else is sent to where they are expected.
 */
export function requireHalfSignedIn({ locals }: Pick<Guarded, 'locals'>, stages: readonly SessionStage[]): SignedIn {
	const { signedIn } = locals;
	if (!signedIn) redirect(303, '/sign-in');
	if (stages.includes(signedIn.stage)) return signedIn;
	if (signedIn.stage === 'second-factor') redirect(303, '/sign-in/second-factor');
	redirect(303, signedIn.stage === 'enrol' ? '/account/second-factor' : '/');
}

function unknown(): never {
	error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
}
