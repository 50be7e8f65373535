import { hasSomewhere, type Right } from '../../domain/account/right.ts';
import type { SignedIn } from '../account/reads.ts';

/** The first page of somebody's work: results for who reads them, else administration, else the counter. */
const HOMES: readonly { right: Right; page: string }[] = [
	{ right: 'report:read', page: '/leader' },
	{ right: 'place:read', page: '/admin' },
	{ right: 'office:read', page: '/office' }
];

export function homeOf(signedIn: SignedIn | null): string {
	if (!signedIn) return '/sign-in';
	return HOMES.find(({ right }) => hasSomewhere(signedIn.grants, right))?.page ?? '/account';
}
