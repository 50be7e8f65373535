import { eq } from 'drizzle-orm';
import { linkState, type LinkPurpose, type LinkState } from '../../../domain/account/password-link.ts';
import type { Db } from '../../db/db.ts';
import { passwordLinks, users } from '../../db/schema/account.ts';
import { organizations } from '../../db/schema/place.ts';
import { tokenHash } from '../reads.ts';

export interface KnownLink {
	purpose: LinkPurpose;
	state: LinkState;
	user: { id: string; name: string; login: string };
	organization: string;
}

/** What the holder of a link may know; null where there never was one. */
export async function readPasswordLink(db: Db, token: string, now: number): Promise<KnownLink | null> {
	const [row] = await db
		.select({ link: passwordLinks, user: users, organization: organizations.name })
		.from(passwordLinks)
		.innerJoin(users, eq(users.id, passwordLinks.userId))
		.innerJoin(organizations, eq(organizations.id, users.organizationId))
		.where(eq(passwordLinks.tokenHash, tokenHash(token)));
	if (!row) return null;
	const { link, user, organization } = row;
	return {
		purpose: link.purpose,
		state: user.disabledAt === null ? linkState(link, now) : 'old',
		user: { id: user.id, name: user.name, login: user.login },
		organization
	};
}
