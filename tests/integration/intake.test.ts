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

test('what stays of a sheet does not tell at which second or under which number it was answered', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const other = await aWard(db, 'w2');
	const early = aSheet({ dutyId: null, sequence: 1 });
	const later = { ...early, sequence: 9, answeredAt: new Date(Date.parse(early.answeredAt) + 61_000).toISOString() };
	await acceptSheets(db, sender, [early], NOON);
	await acceptSheets(db, other.sender, [later], NOON);
	const place = { organizationId: '', siteId: '', counterId: '', fieldId: '' };
	const [one, two] = (await db.select().from(sheets)).map((row) => ({ ...row, ...place }));
	expect(two).toEqual(one);
});
