import { pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../tests/factories/db.ts';
import { aWard } from '../../../../tests/factories/place.ts';
import { NOON } from '../../../../tests/factories/sheet.ts';
import { readAuditLines } from '../account/audit/reads.ts';
import { organizations } from '../db/schema/place.ts';
import { setStaffPin } from './writes.ts';

test('the PIN is kept as a slow hash that a tablet can check by itself', async () => {
	const db = await freshDb();
	await aWard(db);
	for (const pin of ['123', '123456789', '12a4', '', '１２３４']) {
		expect(await setStaffPin(db, { organizationId: 'w1', pin, setBy: 'u1', now: NOON })).toMatchObject({ ok: false });
	}
	expect(await setStaffPin(db, { organizationId: 'w1', pin: '2468', setBy: 'u1', now: NOON })).toMatchObject({
		ok: true
	});
	const [{ staffPin }] = await db.select().from(organizations);
	const { salt, iterations, hash } = staffPin!;
	expect(iterations).toBe(210_000);
	expect(pbkdf2Sync('2468', Buffer.from(salt, 'base64'), iterations, 32, 'sha256').toString('base64')).toBe(hash);
	expect(JSON.stringify(await readAuditLines(db, 'w1', 9))).not.toContain('2468');
});
