import { expect, test } from 'vitest';
import { ROLES, type Role } from '../account/role.ts';
import { CASE_STATES, mayMove, MOVE_NAMES, type Move } from './case.ts';
import { hasCaseRight, movesOf, type CaseActor, type PlacedCase } from './move-right.ts';

/** Written down here and not asked of the product: who may do what with a case of their ward, and with one that is for the head alone. */
const OPENS: Move[] = ['forward', 'refuse', 'reopen', 'classify'];
const WORKS: Move[] = ['take', 'ask', 'supplement', 'answer', 'note', 'call-back'];
const PUBLISHES: Move[] = ['publish', 'keep-private', 'unpublish'];
const MAY: Partial<Record<Role, Move[]>> = {
	leader: [...OPENS, ...WORKS, ...PUBLISHES],
	supervisor: [...OPENS, ...WORKS]
};
const SEES: Role[] = ['leader', 'supervisor', 'auditor', 'province-leader'];
const SEES_FOR_HEAD: Role[] = ['leader', 'auditor'];

const WARD = ['w1', 'p1'];
const holds = (role: Role, { at = 'w1', siteId = '' } = {}): CaseActor => ({
	userId: 'u1',
	grants: [{ role, organizationId: at, siteId }],
	path: WARD
});
const placed = (more: Partial<PlacedCase> = {}): PlacedCase => ({
	...{ state: 'new', toHead: false, siteId: 's1', assigneeId: '', ...more }
});
const allowed = (role: Role, state: PlacedCase['state'], moves: readonly Move[] = MAY[role] ?? []) =>
	MOVE_NAMES.filter((move) => moves.includes(move) && mayMove(state, move));

test('every state × role × deed is as it is written down here', () => {
	let cells = 0;
	for (const role of ROLES) {
		for (const state of CASE_STATES) {
			expect(movesOf(holds(role), placed({ state })), `${role}, ${state}`).toEqual(allowed(role, state));
			// What is for the head alone the head works on, and nobody else.
			const forHead = role === 'leader' ? allowed(role, state) : [];
			expect(movesOf(holds(role), placed({ state, toHead: true })), `${role}, ${state}, head`).toEqual(forHead);
			// Held at another site or another ward it gives nothing.
			expect(movesOf(holds(role, { siteId: 's2' }), placed({ state }))).toEqual([]);
			expect(movesOf(holds(role, { at: 'w2' }), placed({ state }))).toEqual([]);
			cells += 4 * MOVE_NAMES.length;
		}
	}
	expect(cells).toBe(ROLES.length * CASE_STATES.length * MOVE_NAMES.length * 4);
});

test('whoever is named works on it, whatever else they hold, but neither forwards, refuses nor publishes it', () => {
	for (const state of CASE_STATES) {
		const own = placed({ state, assigneeId: 'u1' });
		expect(movesOf(holds('officer'), own)).toEqual(allowed('officer', state, WORKS));
		expect(movesOf(holds('officer'), { ...own, toHead: true })).toEqual([]);
		expect(hasCaseRight(holds('officer'), 'case:read', { ...own, toHead: true })).toBe(false);
	}
});

test('who sees a case, one that is for the head alone, and one that is about no site', () => {
	const reads = (role: Role, more: Partial<PlacedCase>, at = {}) =>
		hasCaseRight(holds(role, at), 'case:read', placed(more));
	expect(ROLES.filter((role) => reads(role, {}))).toEqual(ROLES.filter((role) => SEES.includes(role)));
	expect(ROLES.filter((role) => reads(role, { toHead: true }))).toEqual(
		ROLES.filter((role) => SEES_FOR_HEAD.includes(role))
	);
	expect(ROLES.filter((role) => reads(role, {}, { siteId: 's1' }))).toEqual(
		ROLES.filter((role) => SEES.includes(role))
	);
	expect(ROLES.filter((role) => reads(role, { siteId: '' }, { siteId: 's1' }))).toEqual([]);
});
