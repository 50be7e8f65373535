import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Role } from '../../src/lib/domain/account/role.ts';
import { readAssignable, readUnits } from '../../src/lib/server/casework/desk/reads.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { roleGrants, users } from '../../src/lib/server/db/schema/account.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { aStoredCase } from '../factories/case.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

test('a case is given to whoever works here now; what is for the head alone only to who may see that', async () => {
	const db = await freshDb();
	await aWard(db);
	await commit(db, async (tx) => {
		for (const [id, role, organizationId] of [
			['leader', 'leader', 'w1'],
			['officer', 'officer', 'w1'],
			['gone', 'leader', 'w1'],
			['other', 'leader', 'w2']
		] satisfies [string, Role, string][]) {
			await tx.insert(users).values({ id, organizationId, login: id, name: `Người ${id}`, passwordHash: '' });
			await tx.insert(roleGrants).values({ organizationId, userId: id, role, siteId: '' });
		}
		await tx.update(users).set({ disabledAt: NOON }).where(eq(users.id, 'gone'));
	});
	const ids = async (toHead: boolean) =>
		(await readAssignable(db, { path: ['w1'], toHead })).map(({ id }) => id).sort();
	expect(await ids(false)).toEqual(['leader', 'officer']);
	expect(await ids(true)).toEqual(['leader']);
});

test('the units to choose from are those that the ward’s own cases went to', async () => {
	const db = await freshDb();
	const sent = (id: string, organizationId: string, unit: string) => ({
		...aStoredCase({ id, organizationId, receivedAt: NOON }),
		unit
	});
	await commit(db, async (tx) => {
		const own = [sent('c1', 'w1', 'Văn phòng'), sent('c2', 'w1', ''), sent('c3', 'w1', 'Đội quản lý trật tự')];
		await tx.insert(cases).values([...own, sent('c4', 'w2', 'Phòng của phường khác')]);
	});
	expect(await readUnits(db, 'w1')).toEqual(['Đội quản lý trật tự', 'Văn phòng']);
});
