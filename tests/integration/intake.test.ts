import { expect, test } from 'vitest';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

test('a sheet sent twice is counted once', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const sheet = aSheet();
	expect(await acceptSheets(db, sender, [sheet], NOON)).toEqual([{ id: sheet.id, status: 'stored' }]);
	expect(await acceptSheets(db, sender, [sheet], NOON)).toEqual([{ id: sheet.id, status: 'duplicate' }]);
	expect(await db.select().from(sheets)).toHaveLength(1);
	const counts = await db.select().from(dailyCounts);
	expect(counts.find(({ itemId }) => itemId === 'PV')).toMatchObject({
		n5: 1,
		counted: 1,
		officerId: 'o1',
		fieldId: 'f1',
		day: '2026-11-23'
	});
});
