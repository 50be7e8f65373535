import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findVersion } from '../../src/lib/domain/survey/catalogue.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { quarantine, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { questionnaireVersions } from '../../src/lib/server/db/schema/survey.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { countSheets } from '../../src/lib/server/report/writes.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { acceptDirect, type DirectSheet } from '../../src/lib/server/submission/direct/writes.ts';
import { readDeskLines } from '../../src/lib/server/submission/quarantine/reads.ts';
import { rescueSheets } from '../../src/lib/server/submission/rescue/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

/** A version in the store that this process has never heard of: another node has published it a moment ago. */
async function publishedElsewhere(db: Db): Promise<string> {
	const id = `q-${randomUUID()}`;
	const { id: _, ...content } = SIPAS5;
	const row = { id, questionnaireId: id, number: 1, state: 'published', name: 'Phiếu', content } as const;
	const at = { createdAt: 0, changedAt: 0, publishedAt: 0 };
	await commit(db, (tx) => tx.insert(questionnaireVersions).values({ ...row, ...at, organizationId: 'w1' }));
	expect(findVersion(id)).toBeUndefined();
	return id;
}

test('a table of a version that another node has published can be drawn', async () => {
	const db = await freshDb();
	await aWard(db);
	const versionId = await publishedElsewhere(db);
	const period = { from: '2026-11-01', to: '2026-11-30' };
	const table = await readIndexTable(db, { organizationId: 'w1', by: 'criterion', versionId, target: 90, ...period });
	expect(table.versionId).toBe(versionId);
});

test('a sheet of such a version is taken, counted again and verified', async () => {
	const db = await freshDb();
	await aWard(db);
	const sheet: DirectSheet = {
		id: randomUUID(),
		organizationId: 'w1',
		channel: 'poster',
		versionId: await publishedElsewhere(db),
		locale: 'vi',
		answers: [{ itemId: 'PV', value: 4 }],
		reasons: [],
		comment: null,
		bands: '',
		place: { siteId: 's1', counterId: '', fieldId: '', officerId: '' },
		at: NOON,
		flags: [],
		ticketHash: null
	};
	expect(await acceptDirect(db, [sheet], NOON)).toMatchObject([{ ok: true, value: { status: 'stored' } }]);

	const [stored] = await db.select().from(sheets);
	const other = { ...stored, id: 'other', versionId: await publishedElsewhere(db) };
	await commit(db, async (tx) => {
		await tx.insert(sheets).values(other);
		await countSheets(tx, [{ before: null, after: other }]);
	});
	const third = { ...stored, id: 'third', versionId: await publishedElsewhere(db) };
	await commit(db, (tx) => tx.insert(sheets).values(third));
	expect(await verifyCounts(db)).toMatchObject({ sheets: 3, differences: [{ counted: [0, 0, 0, 0, 0, 0, 0] }, {}] });
});

test('a quarantined sheet of such a version can be taken up', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const sheet = aSheet();
	await rescueSheets(db, sender, [sheet], { made: 1, queued: 0 }, NOON);
	const body = JSON.stringify({ ...sheet, versionId: await publishedElsewhere(db) });
	await commit(db, (tx) => tx.update(quarantine).set({ body }));
	const everything = { state: null, terminalId: null, code: null };
	const page = { offset: 0, limit: 9 };
	const lines = await readDeskLines(db, { organizationId: 'w1', sites: null }, everything, page);
	expect(lines).toMatchObject([{ acceptable: true }]);
});
