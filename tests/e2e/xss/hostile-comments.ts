import { newId } from '../../../src/lib/server/account/writes.ts';
import type { Tx } from '../../../src/lib/server/db/db.ts';
import {
	commentBatches,
	comments,
	releasedComments,
	sheetComments,
	sheets
} from '../../../src/lib/server/db/schema/submission.ts';
import { PAYLOADS } from './payloads.ts';
import { localDay } from '../../../src/lib/domain/shared/time.ts';

interface Written {
	organizationId: string;
	payloads: readonly string[];
	now: number;
}

/** Comments as hostile as can be: each payload decided on and released, and one that holds them all and waits. */
export async function hostileComments(tx: Tx, { organizationId, payloads, now }: Written) {
	const batchId = newId();
	const day = localDay(now);
	const nowhere = { siteId: '', counterId: '', fieldId: '', officerId: '' };
	const sheet = {
		...{ ...nowhere, organizationId, day, shift: 'morning' as const, channel: 'ticket', versionId: 'SIPAS5-v1' },
		...{ locale: 'vi', answers: '5----', reasons: '', digest: '', flags: '' }
	};
	const taken = { takenIn: '2026-11-16', reason: '', waited: 0, toHead: false, officersBatch: '' } as const;
	await tx
		.insert(commentBatches)
		.values({ ...nowhere, organizationId, id: batchId, audience: 'leaders', week: '2026-11-16' });
	for (const [i, text] of [...payloads, payloads.join('\n')].entries()) {
		const [id, sheetId] = [newId(), newId()];
		const state = i === payloads.length ? 'waiting' : 'ready';
		const leadersBatch = i % 2 ? batchId : '';
		await tx.insert(sheets).values({ ...sheet, id: sheetId });
		await tx.insert(sheetComments).values({ organizationId, sheetId, comment: text });
		await tx
			.insert(comments)
			.values({ ...taken, organizationId, id, sheetId, state, text, topic: text.slice(0, 20), leadersBatch });
		await tx.insert(releasedComments).values({ organizationId, batchId, id, text, topic: 'PV', toHead: i % 3 === 0 });
	}
}

/** All payloads as comments about one officer. */
export async function hostileOwnComments(tx: Tx, organizationId: string, officerId: string) {
	const batchId = newId();
	const batch = {
		siteId: '',
		counterId: '',
		fieldId: '',
		officerId,
		audience: 'officers',
		week: '2026-11-16'
	} as const;
	await tx.insert(commentBatches).values({ ...batch, organizationId, id: batchId });
	for (const text of PAYLOADS)
		await tx
			.insert(releasedComments)
			.values({ organizationId, batchId, id: newId(), text, topic: text.slice(0, 20), toHead: false });
}
