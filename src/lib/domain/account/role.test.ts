import { expect, test } from 'vitest';
import { abilities, can, isRole, ROLES, type Ability } from './role.ts';

test('a leader reads reports and manages nothing', () => {
	const allowed = (Object.keys(abilities) as Ability[]).filter((ability) => can('leader', ability));
	expect(allowed).toEqual(['report:read']);
});

test('an administrator manages tablets and places', () => {
	expect(can('administrator', 'terminal:manage') && can('administrator', 'place:manage')).toBe(true);
});

test('only the known roles are roles', () => {
	expect(ROLES.every(isRole)).toBe(true);
	expect(isRole('toString')).toBe(false);
});
