import { expect, test } from 'vitest';
import { permits, RIGHTS, type Grant, type Right } from './right.ts';
import { isRole, ROLES, type Role } from './role.ts';

const WARD = { path: ['ward', 'province'], siteId: null };
const grant = (role: Role, organizationId = 'ward', siteId = ''): Grant => ({ role, organizationId, siteId });
const rightsOf = (role: Role) =>
	(Object.keys(RIGHTS) as Right[]).filter((right) => permits([grant(role)], right, WARD, 'me').allowed);

test('an administrator sets up and reads no results; an auditor reads and changes nothing', () => {
	expect(rightsOf('administrator').filter((right) => right.startsWith('report:'))).toEqual([]);
	expect(rightsOf('administrator')).toEqual(expect.arrayContaining(['place:write', 'terminal:write', 'user:write']));
	expect(rightsOf('auditor').filter((right) => !right.endsWith(':read'))).toEqual(['report:officers', 'case:head']);
});

test('a role reaches what lies below its organization and nothing beside it', () => {
	const above = [grant('leader', 'province')];
	expect(permits(above, 'report:read', WARD, 'me')).toEqual({ allowed: true, sites: null });
	expect(permits([grant('leader')], 'report:read', { path: ['other', 'province'], siteId: null }, 'me').allowed).toBe(
		false
	);
	expect(permits([grant('leader')], 'report:read', { path: ['province'], siteId: null }, 'me').allowed).toBe(false);
});

test('a role at one site reaches that site, and of a page of the whole only this part', () => {
	const held = [grant('supervisor', 'ward', 's1')];
	expect(permits(held, 'roster:write', { ...WARD, siteId: 's1' }, 'me').allowed).toBe(true);
	expect(permits(held, 'roster:write', { ...WARD, siteId: 's2' }, 'me').allowed).toBe(false);
	expect(permits(held, 'roster:read', WARD, 'me')).toEqual({ allowed: true, sites: ['s1'] });
	expect(permits([grant('leader', 'ward', 's1')], 'user:write', WARD, 'me').allowed).toBe(false);
});

test('what is one’s own is for oneself alone', () => {
	const own = { path: ['ward'], siteId: null, userId: 'me' };
	expect(permits([], 'own:manage', own, 'me').allowed).toBe(true);
	expect(permits([grant('administrator')], 'own:manage', own, 'somebody').allowed).toBe(false);
});

test('only the known roles are roles', () => {
	expect(ROLES.every(isRole)).toBe(true);
	expect(isRole('toString')).toBe(false);
});
