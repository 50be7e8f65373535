import { permits, type Right } from '../../domain/account/right.ts';
import { readOrganizationPath } from '../account/extent/reads.ts';
import { readKnownOrganization, readSession, type KnownOrganization, type SignedIn } from '../account/reads.ts';
import type { Serving } from '../serving.ts';
import type { Call } from './call.ts';
import { isFromOwnPage } from './origin-guard.ts';
import { Refusal } from './problem.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * Who calls the API with a staff session's cookie, if they may do this at the organization they name (their own where they name
 * none); the pages' guard is `requireRight`. A cookie comes along from any site, so what is not a plain GET must have been sent by
 * a page of ours.
 */
export async function requireStaff(
	serving: Serving,
	call: Call,
	rights: Right | readonly Right[],
	now: number
): Promise<{ user: SignedIn['user']; organization: KnownOrganization }> {
	const header = (name: string) => call.header(name) ?? null;
	if (call.method !== 'GET' && !isFromOwnPage(header, serving.environment.origin)) throw new Refusal('cross-site');
	const get = (name: string) => cookieNamed(call.header('cookie') ?? '', name);
	const token = readSessionCookie({ get }, serving.environment.origin);
	const signedIn = token ? await readSession(serving.db, token, now) : null;
	if (!signedIn || signedIn.stage !== 'complete') throw new Refusal('sign-in-required');
	const organizationId = call.query.get('org') ?? signedIn.organization.id;
	const path = await readOrganizationPath(serving.db, organizationId);
	const organization = await readKnownOrganization(serving.db, organizationId);
	const { grants, user } = signedIn;
	for (const right of [rights].flat()) {
		const { allowed } = permits(grants, right, { path, siteId: null }, user.id);
		if (!allowed || !organization) throw new Refusal('forbidden');
	}
	return { user, organization: organization! };
}

function cookieNamed(header: string, name: string): string | undefined {
	const pairs = header.split(';').map((pair) => pair.trim().split('='));
	return pairs.find(([key]) => key === name)?.[1];
}
