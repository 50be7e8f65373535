import { expect, test } from 'vitest';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import { readCaseByNumber, readLinkedCases, readTasksOfCase } from '../../src/lib/server/casework/plan/links/reads.ts';
import { linkCase, unlinkCase } from '../../src/lib/server/casework/plan/links/writes.ts';
import { seenCases } from '../../src/lib/server/http/case-links.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { planTasks } from '../../src/lib/server/db/schema/plan.ts';
import { aStoredCase } from '../factories/case.ts';
import { freshDb } from '../factories/db.ts';
import { aTask } from '../factories/plan.ts';
import { NOON } from '../factories/sheet.ts';

const BY = { organizationId: 'w1', actorId: 'u1', now: NOON };
const OK = { ok: true, value: null };

async function aPlanWithCases() {
	const db = await freshDb();
	const at = (id: string, organizationId: string, more = {}) =>
		aStoredCase({ id, organizationId, receivedAt: NOON, ...more });
	await commit(db, async (tx) => {
		const retired = { ...aTask('w1', 't3', NOON), state: 'retired' } as const;
		await tx
			.insert(planTasks)
			.values([aTask('w1', 't1', NOON), aTask('w1', 't2', NOON), aTask('w2', 't9', NOON), retired]);
		const head = at('c2', 'w1', { seq: 8, toHead: true });
		await tx.insert(cases).values([at('c1', 'w1', { seq: 7, siteId: 's1' }), head, at('c9', 'w2', { seq: 7 })]);
	});
	return db;
}

test('a case and a task are linked once, seen from both, taken apart again, and each leaves one line', async () => {
	const db = await aPlanWithCases();
	const pair = { taskId: 't1', caseId: 'c1' };
	expect([await linkCase(db, BY, pair), await linkCase(db, BY, pair)]).toEqual([OK, OK]);
	await linkCase(db, BY, { taskId: 't2', caseId: 'c1' });
	expect(await readLinkedCases(db, 'w1', ['t1', 't2', 't3'])).toMatchObject([
		{ taskId: 't1', id: 'c1', number: '2026-0007', state: 'new' },
		{ taskId: 't2', id: 'c1' }
	]);
	expect(await readTasksOfCase(db, 'w1', 'c1')).toMatchObject([{ id: 't1' }, { id: 't2' }]);
	expect(await unlinkCase(db, BY, pair)).toEqual(OK);
	expect(await unlinkCase(db, BY, pair)).toEqual({ ok: false, reason: 'case-unknown' });
	expect((await readTasksOfCase(db, 'w1', 'c1')).map(({ id }) => id)).toEqual(['t2']);
	const lines = (await readAuditLines(db, 'w1', 50)).filter(({ object }) => object === 't1').toReversed();
	expect(lines.map(({ action, detail }) => [action, detail])).toEqual([
		['plan-case-linked', '2026-0007'],
		['plan-case-unlinked', '2026-0007']
	]);
});

test('nothing of another ward is linked or taken apart, and nothing to a task that is retired', async () => {
	const db = await aPlanWithCases();
	const refused = (reason: string) => ({ ok: false, reason });
	expect(await linkCase(db, BY, { taskId: 't1', caseId: 'c9' })).toEqual(refused('case-unknown'));
	expect(await linkCase(db, BY, { taskId: 't9', caseId: 'c1' })).toEqual(refused('task-unknown'));
	expect(await linkCase(db, BY, { taskId: 't3', caseId: 'c1' })).toEqual(refused('not-now'));
	await linkCase(db, { ...BY, organizationId: 'w2' }, { taskId: 't9', caseId: 'c9' });
	expect(await unlinkCase(db, BY, { taskId: 't9', caseId: 'c9' })).toEqual(refused('case-unknown'));
	expect(await readTasksOfCase(db, 'w2', 'c9')).toHaveLength(1);
	expect((await readCaseByNumber(db, 'w1', { year: 2026, seq: 7 }))?.id).toBe('c1');
});

test('beside a task stand the cases that its reader may see: none for the head alone, none of another site', async () => {
	const db = await aPlanWithCases();
	for (const caseId of ['c1', 'c2']) await linkCase(db, BY, { taskId: 't1', caseId });
	const seen = async (role: 'leader' | 'supervisor', siteId = '') => {
		const actor = { userId: 'u1', path: ['w1'], grants: [{ role, organizationId: 'w1', siteId }] };
		return ((await seenCases(db, 'w1', { actor, taskIds: ['t1'] })).t1 ?? []).map(({ number }) => number);
	};
	expect(await seen('leader')).toEqual(['2026-0007', '2026-0008']);
	expect(await seen('supervisor', 's1')).toEqual(['2026-0007']);
	expect(await seen('supervisor', 's2')).toEqual([]);
});
