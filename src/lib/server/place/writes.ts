import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { isStaffPin, PIN_HASH_BYTES, PIN_ITERATIONS, PIN_SALT_BYTES } from '../../domain/terminal/staff-pin.ts';
import type { Outcome } from '../../domain/shared/outcome.ts';
import { writeAuditLine } from '../account/audit/writes.ts';
import { commit, type Db } from '../db/db.ts';
import { organizations } from '../db/schema/place.ts';

const derive = promisify(pbkdf2);

/** The PIN that opens the staff corner of every tablet of an organization; the tablets check it offline against the hash. */
export async function setStaffPin(
	db: Db,
	{ organizationId, pin, setBy, now }: { organizationId: string; pin: string; setBy: string; now: number }
): Promise<Outcome<null, 'pin-malformed'>> {
	if (!isStaffPin(pin)) return { ok: false, reason: 'pin-malformed' };
	const salt = randomBytes(PIN_SALT_BYTES);
	const hash = await derive(pin, salt, PIN_ITERATIONS, PIN_HASH_BYTES, 'sha256');
	const staffPin = { salt: salt.toString('base64'), iterations: PIN_ITERATIONS, hash: hash.toString('base64') };
	return commit(db, async (tx) => {
		await tx.update(organizations).set({ staffPin }).where(eq(organizations.id, organizationId));
		const line = { action: 'staff-pin-set', object: organizationId, detail: '' } as const;
		await writeAuditLine(tx, { organizationId, actorId: setBy, ...line, now });
		return { ok: true, value: null };
	});
}
