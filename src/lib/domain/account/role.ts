import type { LocalText } from '../survey/criterion.ts';

/** Who somebody is for the product. */
export const ROLES = ['administrator', 'leader'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, LocalText> = {
	administrator: { vi: 'Quản trị viên', en: 'Administrator' },
	leader: { vi: 'Lãnh đạo', en: 'Leader' }
};

/** What may be done, and by whom. A role that is not named may not. */
export const abilities = {
	'report:read': ['administrator', 'leader'],
	'terminal:manage': ['administrator'],
	'place:manage': ['administrator']
} as const satisfies Record<string, readonly Role[]>;
export type Ability = keyof typeof abilities;

export function can(role: Role, ability: Ability): boolean {
	return (abilities[ability] as readonly Role[]).includes(role);
}

export function isRole(text: string): text is Role {
	return (ROLES as readonly string[]).includes(text);
}
