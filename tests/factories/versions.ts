import { randomUUID } from 'node:crypto';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { questionnaireVersions } from '../../src/lib/server/db/schema/survey.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { freshDb } from './db.ts';
import { aWard } from './place.ts';
import { A_QUESTIONNAIRE } from './questionnaire.ts';
import { NOON } from './sheet.ts';

/** Of one version and one channel, so many sheets that choose a value in every criterion. */
export async function answer(
	db: Db,
	versionId: string,
	value: number,
	at: number,
	count = 40,
	channel: 'ticket' | 'poster' = 'ticket'
) {
	const said = {
		...{ organizationId: 'w1', channel, versionId, locale: 'vi', ticketHash: null, flags: [], at },
		...{ answers: CRITERIA.map((itemId) => ({ itemId, value })), reasons: [], comment: null, bands: '' },
		place: { siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: 'o1' }
	};
	const sheets = Array.from({ length: count }, () => ({ id: randomUUID(), ...said }));
	const outcomes = await acceptDirect(db, sheets, NOON);
	if (!outcomes.every(({ ok }) => ok)) throw new Error('A sheet was refused');
}

/** A ward whose questionnaire has three versions: the second goes on from the first, the third does not. */
export async function aWardOfThreeVersions() {
	const db = await freshDb();
	await aWard(db);
	// Versions are known for as long as the process runs, so each database has its own.
	const [v1, v2, v3] = [newId(), newId(), newId()];
	await commit(db, async (tx) => {
		const row = { organizationId: 'w1', questionnaireId: v1, name: 'Phiếu phường', content: A_QUESTIONNAIRE };
		const made = { state: 'published', createdAt: 0, changedAt: 0 } as const;
		await tx.insert(questionnaireVersions).values([
			{ ...row, ...made, id: v1, number: 1 },
			{ ...row, ...made, id: v2, number: 2, continuesTrend: true },
			{ ...row, ...made, id: v3, number: 3 }
		]);
	});
	return { db, v1, v2, v3 };
}
const newId = () => `trend-${randomUUID().slice(0, 8)}`;
