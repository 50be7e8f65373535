import { newId } from '../../../src/lib/server/account/writes.ts';
import type { Tx } from '../../../src/lib/server/db/db.ts';
import { cases } from '../../../src/lib/server/db/schema/casework.ts';
import { aStoredCase } from '../../factories/case.ts';

/** A public register in which every question and every answer is a payload. */
export async function hostileRegister(
	tx: Tx,
	{ organizationId, payloads, now }: { organizationId: string; payloads: readonly string[]; now: number }
) {
	for (const [i, payload] of payloads.entries()) {
		const said = { publicQuestion: payload, publicAnswer: payload };
		await tx.insert(cases).values(
			aStoredCase({
				...{ organizationId, id: newId(), year: 2025, seq: i + 1, ...said },
				...{ state: 'published', receivedAt: now, startedAt: now, forwardedAt: now, answeredAt: now, publishedAt: now }
			})
		);
	}
}
