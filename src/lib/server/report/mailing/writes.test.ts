import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfLocalDay } from '../../../domain/shared/time.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { createUser } from '../../account/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { auditLines, letters, roleGrants, users } from '../../db/schema/account.ts';
import { sendLetters } from '../../mail/writes.ts';
import type { Letter } from '../../mail/transport.ts';
import { readSubscription } from './reads.ts';
import { mailReports, setSubscription } from './writes.ts';

const FRIDAY = startOfLocalDay('2026-11-27');
const THREE = FRIDAY + 15 * HOUR_MS;
const mail = (db: Db, now: number) => mailReports(db, { now, origin: 'https://langnghe.example.vn' });
const posted = async (db: Db) =>
	(await db.select().from(letters))
		.map(({ recipient, subject }) => `${recipient} ${/tuần|tháng/.exec(subject)}`)
		.sort();

async function aReadWard() {
	const db = await freshDb();
	await aWard(db);
	const ids: Record<string, string> = {};
	for (const [login, role] of [
		['an', 'leader'],
		['binh', 'leader'],
		['officer', 'officer'],
		['late', 'leader'],
		['silent', 'leader']
	] as const) {
		await createUser(db, { organizationId: 'w1', login, role, name: 'Ai Đó', password: 'một mật khẩu dài', now: 0 });
		const [{ id }] = await commit(db, (tx) =>
			tx
				.update(users)
				.set({ email: `${login}@example.vn` })
				.where(eq(users.login, login))
				.returning({ id: users.id })
		);
		ids[login] = id;
	}
	const subscribe = (login: string, wanted = true, now = FRIDAY - DAY_MS) =>
		setSubscription(db, { organizationId: 'w1', userId: ids[login], now }, wanted);
	return { db, ids, subscribe };
}

test('on Friday at three the report goes to whoever asked and may read it, once, from however many nodes', async () => {
	const { db, ids, subscribe } = await aReadWard();
	for (const login of ['an', 'binh', 'officer']) await subscribe(login);
	await subscribe('late', true, THREE + 1);
	await subscribe('binh', false);
	expect(await mail(db, THREE - 1)).toBe(0);
	expect(await readSubscription(db, 'w1', ids.silent)).toEqual({ since: null, email: 'silent@example.vn' });

	const nodes = await Promise.all([mail(db, THREE), mail(db, THREE), mail(db, THREE)]);
	expect(nodes.toSorted()).toEqual([0, 0, 1]);
	expect(await posted(db)).toEqual(['an@example.vn tuần']);
	// A node that begins anew, and one that was away until Sunday.
	expect(await mail(db, THREE + 5 * MINUTE_MS)).toBe(0);
	expect(await mail(db, FRIDAY + 2 * DAY_MS)).toBe(0);

	const sent: Letter[] = [];
	await sendLetters(
		db,
		async (letter) => void sent.push(letter),
		THREE,
		() => {}
	);
	expect(Buffer.from(sent[0].attachment, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
	expect(sent[0].attachmentName).toBe('bao-cao-2026-11-23-2026-11-29.pdf');
	expect(sent[0].body).toContain('https://langnghe.example.vn/leader/report?org=w1&preset=week&at=2026-11-23');
	expect(await db.select().from(letters)).toMatchObject([{ body: '', attachment: '' }]);

	const own = eq(auditLines.organizationId, 'w1');
	const lines = await db.select().from(auditLines).where(own).orderBy(asc(auditLines.seq));
	const actions = lines.map(({ action }) => action).filter((action) => action.startsWith('report-'));
	expect(actions).toEqual([
		...Array.from({ length: 4 }, () => 'report-subscribed'),
		...['report-unsubscribed', 'report-mailed']
	]);
	expect(lines.at(-1)).toMatchObject({ actorId: 'system', detail: 'tuần 48 (23/11–29/11/2026) · 1' });
});

test('a node that stood still sends what it missed for three days, and nobody gets what they may no longer read', async () => {
	const { db, ids, subscribe } = await aReadWard();
	await subscribe('an');
	await subscribe('binh');
	await commit(db, async (tx) => void (await tx.delete(roleGrants).where(eq(roleGrants.userId, ids.binh))));
	expect(await mail(db, THREE + 3 * DAY_MS)).toBe(0);
	expect(await mail(db, THREE + 3 * DAY_MS - 1)).toBe(1);
	const first = startOfLocalDay('2026-12-01') + 7 * HOUR_MS;
	expect(await mail(db, first - 1)).toBe(0);
	expect(await mail(db, first)).toBe(1);
	expect(await posted(db)).toEqual(['an@example.vn tháng', 'an@example.vn tuần']);
});
