import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../domain/shared/time.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { commit, type Db } from '../../db/db.ts';
import { letters, roleGrants, users } from '../../db/schema/account.ts';
import { tellOfLateBackup } from './writes.ts';

const origin = 'https://langnghe.example.vn';

/** People of a ward with an address each; who is no administrator, or no longer here, has nothing to do with it. */
async function aKeptWard(): Promise<Db> {
	const db = await freshDb();
	await aWard(db);
	await commit(db, async (tx) => {
		for (const [id, role, disabledAt] of [
			['keeper', 'administrator', null],
			['leader', 'leader', null],
			['gone', 'administrator', NOON]
		] as const) {
			const name = `Người ${id}`;
			await tx.insert(users).values({
				...{ id, organizationId: 'w1', login: id, name, email: `${id}@phuong.example.vn` },
				...{ passwordHash: 'x', createdAt: NOON, disabledAt }
			});
			await tx.insert(roleGrants).values({ userId: id, organizationId: 'w1', siteId: '', role });
		}
	});
	return db;
}

test('the administrator is written to once a day while the newest backup is older than 26 hours', async () => {
	const db = await aKeptWard();
	const tell = (now: number, finishedAt: number | null = NOON) =>
		tellOfLateBackup(db, { finishedAt, since: NOON, now, origin });
	expect([await tell(NOON + HOUR_MS), await tell(NOON + 26 * HOUR_MS)]).toEqual([0, 0]);
	const late = NOON + 27 * HOUR_MS;
	expect([await tell(late), await tell(late + HOUR_MS), await tell(late + DAY_MS)]).toEqual([1, 0, 1]);
	const posted = await db.select().from(letters);
	expect(posted.map(({ recipient }) => recipient)).toEqual(['keeper@phuong.example.vn', 'keeper@phuong.example.vn']);
	expect(posted[0].subject).toBe('Máy chủ Lắng nghe chưa có bản sao lưu mới');
	for (const word of ['xong lúc 12:00 23/11/2026', 'BACKUP_DIR', `${origin}/admin/status`])
		expect(posted[0].body).toContain(word);
	// A new one came about: nobody is written to.
	expect(await tell(late + 2 * DAY_MS, late + 2 * DAY_MS - HOUR_MS)).toBe(0);
});

test('a server that never made one is given as long from its start', async () => {
	const db = await aKeptWard();
	const tell = (now: number) => tellOfLateBackup(db, { finishedAt: null, since: NOON, now, origin });
	expect([await tell(NOON + 25 * HOUR_MS), await tell(NOON + 27 * HOUR_MS)]).toEqual([0, 1]);
	expect((await db.select().from(letters))[0].body).toContain('Chưa có bản sao lưu nào.');
});
