import { newId } from '../../../src/lib/server/account/writes.ts';
import type { PublicContent, PublicLine } from '../../../src/lib/domain/report/publication.ts';
import { mapCriteria } from '../../../src/lib/domain/report/cell.ts';
import type { Tx } from '../../../src/lib/server/db/db.ts';
import { meetingDecisions } from '../../../src/lib/server/db/schema/meeting.ts';
import { improvements, objections, publications } from '../../../src/lib/server/db/schema/publication.ts';

interface Published {
	organizationId: string;
	payloads: readonly string[];
	by: string;
	now: number;
}

/** A published month whose sites, and what was changed thanks to it, are named by payloads. */
export async function hostileResults(tx: Tx, { organizationId, payloads, by, now }: Published) {
	const cell = { value: 80, n: 90, low: 70, high: 88, verdict: 'not-met', advisory: false } as const;
	const line: PublicLine = { sheets: 90, sipas: cell, score: cell, criteria: mapCriteria(() => cell) };
	const content: PublicContent = {
		...{ method: 'T2B-5C-v1', versionId: 'SIPAS5-v1', channels: ['terminal'], target: 90, ...line },
		sites: payloads.map((name, i) => ({ id: String(i), name, ...line }))
	};
	const month = { audience: 'public', from: '2026-10-01', to: '2026-10-31', revision: 1, publishedAt: now } as const;
	await tx.insert(publications).values({ organizationId, ...month, content: JSON.stringify(content) });
	for (const [i, text] of payloads.entries()) {
		const said = { criterion: null, text, day: '2026-11-02', createdAt: now, createdBy: by };
		await tx.insert(improvements).values({ id: newId(), organizationId, ...said });
		const decided = {
			friday: '2026-01-02',
			text,
			unit: text,
			dueDay: '2026-11-02',
			state: 'open',
			doneDay: ''
		} as const;
		await tx
			.insert(meetingDecisions)
			.values({ id: newId(), organizationId, ...decided, result: '', version: 1, createdAt: now });
		const week = { officerId: String(i), from: '2026-10-12', to: '2026-10-18', createdAt: now, createdBy: by };
		await tx.insert(objections).values({ id: newId(), organizationId, ...week, text, state: 'open' });
	}
}
