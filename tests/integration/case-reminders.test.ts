import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Role } from '../../src/lib/domain/account/role.ts';
import { sinceMidnight } from '../../src/lib/domain/place/calendar/hours.ts';
import { HOUR_MS, startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import { moveCase, openCaseByHand } from '../../src/lib/server/casework/cases/writes.ts';
import { remindOfCases } from '../../src/lib/server/casework/reminder/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { letters, roleGrants, users } from '../../src/lib/server/db/schema/account.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';

const at = (day: string, clock: string) => startOfLocalDay(day) + sinceMidnight(clock);
const COME = at('2026-11-25', '08:00');

async function person(db: Db, id: string, role: Role, organizationId = 'w1', siteId = '') {
	await commit(db, async (tx) => {
		const own = { login: id, name: id, passwordHash: '', email: `${id}@example.vn` };
		await tx.insert(users).values({ id, organizationId, ...own });
		await tx.insert(roleGrants).values({ organizationId, userId: id, role, siteId });
	});
}

async function aDesk() {
	const { db, secret } = await aServing();
	await aWard(db);
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'p1', kind: 'province', name: 'Tỉnh' });
		await tx.update(organizations).set({ parentId: 'p1' }).where(eq(organizations.id, 'w1'));
	});
	await person(db, 'province', 'province-leader', 'p1');
	await person(db, 'leader', 'leader');
	await person(db, 'supervisor', 'supervisor', 'w1', 's1');
	await person(db, 'elsewhere', 'supervisor', 'w1', 's2');
	await person(db, 'officer', 'officer');
	const open = async (toHead = false) => {
		const fresh = { organizationId: 'w1', class: 'rules', toHead, subject: 'Chờ lâu', siteId: 's1' } as const;
		const by = { actorId: 'u1', now: COME };
		return (await openCaseByHand(db, secret, { ...fresh, receivedAt: COME, formId: `f${toHead}` }, by)).row;
	};
	const told = async (now: number) => {
		const before = (await db.select().from(letters)).length;
		await remindOfCases(db, { now, origin: 'https://langnghe.example.vn' });
		const all = await db.select().from(letters).orderBy(asc(letters.createdAt), asc(letters.recipient));
		return all.slice(before).map(({ recipient, subject }) => `${recipient.split('@')[0]}: ${subject}`);
	};
	return { db, open, told };
}

test('each step is said once, in working hours: to the desk, then to the leader too, and beyond the limit to the province', async () => {
	const { db, open, told } = await aDesk();
	const row = await open();
	const soon = 'supervisor: Vụ việc 2026-0001 sắp đến hạn chuyển xử lý';
	expect(await told(at('2026-11-25', '12:30'))).toEqual([]);
	expect(await told(at('2026-11-25', '13:30'))).toEqual([soon]);
	expect(await told(at('2026-11-25', '14:00'))).toEqual([]);
	const by = { caseId: row.id, expected: 1, actorId: 'u1', now: COME + HOUR_MS };
	await moveCase(db, by, 'forward', { unit: 'Phòng Kinh tế', assigneeId: 'officer' });
	expect(await told(at('2026-12-08', '09:00'))).toEqual(['officer: Vụ việc 2026-0001 sắp đến hạn trả lời người dân']);
	const late = (who: string) => `${who}: Vụ việc 2026-0001 quá hạn trả lời người dân`;
	expect(await told(at('2026-12-10', '09:00'))).toEqual(['leader', 'officer'].map(late));
	expect(await told(at('2026-12-20', '09:00'))).toEqual([]);
	expect(await told(at('2026-12-21', '09:00'))).toEqual(['leader', 'officer', 'province'].map(late));
	expect(await told(at('2026-12-22', '09:00'))).toEqual([]);
});

test('what is for the head alone is said to the leader only; a letter says nothing of what it is about', async () => {
	const { db, open, told } = await aDesk();
	await open(true);
	expect(await told(at('2026-11-25', '10:00'))).toEqual(['leader: Vụ việc 2026-0001 sắp đến hạn chuyển xử lý']);
	expect(JSON.stringify(await db.select().from(letters))).not.toContain('Chờ lâu');
});

test('of two machines that look at once one writes; whoever left, has no address or was named for what is now the head’s alone is not written to', async () => {
	const { db, open, told } = await aDesk();
	await person(db, 'gone', 'supervisor', 'w1', 's1');
	await person(db, 'silent', 'supervisor', 'w1', 's1');
	await commit(db, async (tx) => {
		await tx.update(users).set({ disabledAt: COME }).where(eq(users.id, 'gone'));
		await tx.update(users).set({ email: ' ' }).where(eq(users.id, 'silent'));
	});
	await open();
	const soon = at('2026-11-25', '13:30');
	await Promise.all([1, 2, 3].map(() => remindOfCases(db, { now: soon, origin: 'https://langnghe.example.vn' })));
	expect((await db.select().from(letters)).map(({ recipient }) => recipient)).toEqual(['supervisor@example.vn']);

	const head = await open(true);
	await commit(db, (tx) => tx.update(cases).set({ assigneeId: 'officer' }).where(eq(cases.id, head.id)));
	expect(await told(soon + HOUR_MS)).toEqual(['leader: Vụ việc 2026-0002 sắp đến hạn chuyển xử lý']);
});
