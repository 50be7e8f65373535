import { eq } from 'drizzle-orm';
import { commit, type Db } from '../db/db.ts';
import { installation } from '../db/schema/account.ts';
import { BadEnvironment } from '../environment.ts';
import type { Secret } from './secret.ts';

const KEY = 'secret-fingerprint';

/**
 * Notes on first use which secret this database goes with, and refuses any other from then on: under a wrong one every ticket printed
 * so far would be unknown, and nobody would be told.
 */
export async function expectSecret(db: Db, secret: Secret) {
	const fingerprint = secret.mark('fingerprint', 'lang-nghe');
	const kept = await commit(db, async (tx) => {
		await tx.insert(installation).values({ key: KEY, value: fingerprint }).onConflictDoNothing();
		const [row] = await tx.select().from(installation).where(eq(installation.key, KEY));
		return row.value;
	});
	if (kept === fingerprint) return;
	throw new BadEnvironment(
		'This database goes with another secret than SECRET_KEY or SECRET_FILE holds: tickets printed so far would be unknown and ' +
			'requests unreadable. Put the old one back; where it is lost for good, "npx lang-nghe secret renew" begins anew without them.'
	);
}

/** Lets the next start note a new secret. Tickets and requests made under the old one stay, unusable. */
export async function forgetSecret(db: Db) {
	await commit(db, (tx) => tx.delete(installation).where(eq(installation.key, KEY)));
}
