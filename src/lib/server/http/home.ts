import type { SignedIn } from '../account/reads.ts';

const HOMES = { administrator: '/admin', leader: '/leader' } as const;

/** The first page of somebody's work. */
export function homeOf(signedIn: SignedIn | null): string {
	return signedIn ? HOMES[signedIn.user.role] : '/sign-in';
}
