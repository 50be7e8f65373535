import type { Grant } from './right.ts';
import { EXCLUSIVE_ROLES, MAY_GIVE, type Role } from './role.ts';

/** Roles that make sense at one site; the others always reach the whole organization. */
export const SITE_ROLES: readonly Role[] = ['officer', 'supervisor', 'moderator', 'clerk'];

/** A role with where it is held: the organization first, then what stands above it. */
export interface PlacedRole {
	role: Role;
	path: readonly string[];
}

/** Whether somebody with these grants may give and take this role there. */
export function mayGive(giver: readonly Grant[], { role, path }: PlacedRole): boolean {
	return giver.some(
		(grant) => grant.siteId === '' && path.includes(grant.organizationId) && (MAY_GIVE[grant.role] ?? []).includes(role)
	);
}

/** Whoever holds a role that one could not give is above one: their account is not one's to change. */
export function mayManage(giver: readonly Grant[], held: readonly PlacedRole[]): boolean {
	return held.every((each) => mayGive(giver, each));
}

/** Two of these roles exclude each other. */
export function areExclusive(roles: readonly Role[]): boolean {
	return EXCLUSIVE_ROLES.some((pair) => pair.every((role) => roles.includes(role)));
}

/** Whether the role can be held there at all: a province's leader leads a province, and few roles are of one site. */
export function fits(role: Role, place: { kind: 'province' | 'ward'; siteId: string }): boolean {
	if (role === 'province-leader' && place.kind !== 'province') return false;
	return place.siteId === '' || SITE_ROLES.includes(role);
}
