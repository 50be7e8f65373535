import { expect, test } from 'vitest';
import { areExclusive, fits, mayGive, mayManage } from './giving.ts';
import type { Grant } from './right.ts';
import { ROLES, type Role } from './role.ts';

const at = (role: Role, organizationId: string, siteId = ''): Grant[] => [{ role, organizationId, siteId }];
const WARD = ['ward', 'province'];
const given = (giver: Grant[], path = WARD) => ROLES.filter((role) => mayGive(giver, { role, path }));

test('each role gives what the table says, where it is held and below', () => {
	expect(given(at('administrator', 'ward'))).toEqual(ROLES);
	expect(given(at('administrator', 'province'))).toEqual(ROLES);
	expect(given(at('province-leader', 'province'))).toEqual(['leader', 'auditor']);
	expect(given(at('leader', 'ward'))).toEqual(['officer', 'supervisor', 'moderator', 'clerk']);
	for (const role of ['officer', 'supervisor', 'auditor', 'moderator', 'clerk'] as const) {
		expect(given(at(role, 'ward')), role).toEqual([]);
	}
});

test('nobody gives above or beside where they are, and nobody whose role is of one site gives any', () => {
	expect(given(at('administrator', 'ward'), ['province'])).toEqual([]);
	expect(given(at('administrator', 'ward'), ['sibling', 'province'])).toEqual([]);
	expect(given(at('leader', 'ward', 'site'))).toEqual([]);
});

test('whoever holds one role that one could not give is out of reach', () => {
	const leader = at('leader', 'ward');
	expect(mayManage(leader, [{ role: 'officer', path: WARD }])).toBe(true);
	expect(mayManage(leader, [])).toBe(true);
	for (const role of ['leader', 'administrator', 'auditor', 'province-leader'] as const) {
		const held = [{ role: 'officer', path: WARD } as const, { role, path: WARD }];
		expect(mayManage(leader, held), role).toBe(false);
	}
	expect(mayManage(at('administrator', 'ward'), [{ role: 'administrator', path: ['province'] }])).toBe(false);
});

test('who sets up does not audit', () => {
	expect(areExclusive(['administrator', 'auditor'])).toBe(true);
	expect(areExclusive(['administrator', 'leader', 'officer'])).toBe(false);
});

test('a province’s leader leads a province, and a leader leads no single site', () => {
	expect(fits('province-leader', { kind: 'ward', siteId: '' })).toBe(false);
	expect(fits('province-leader', { kind: 'province', siteId: '' })).toBe(true);
	expect(fits('leader', { kind: 'ward', siteId: 's1' })).toBe(false);
	expect(fits('supervisor', { kind: 'ward', siteId: 's1' })).toBe(true);
});
