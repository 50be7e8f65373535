import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { findVersion } from '../../domain/survey/catalogue.ts';
import { SIPAS5 } from '../../domain/survey/sipas5.ts';
import { commit, type Db } from '../db/db.ts';
import { organizations } from '../db/schema/place.ts';
import { questionnaireVersions } from '../db/schema/survey.ts';
import { knowVersionsOf, readUsableVersions, versionToShow } from './reads.ts';
import { freshDb } from '../../../../tests/factories/db.ts';

type Row = typeof questionnaireVersions.$inferInsert;

/** A province with ward w1, and ward x1 that belongs to nobody. */
async function organizationsOf(db: Db) {
	await commit(db, (tx) =>
		tx.insert(organizations).values([
			{ id: 'p1', kind: 'province', name: 'Tỉnh' },
			{ id: 'w1', parentId: 'p1', kind: 'ward', name: 'Phường' },
			{ id: 'x1', kind: 'ward', name: 'Phường khác' }
		])
	);
}

let serial = 0;
/** An id that no other test has used: what was learned once stays known to the process. */
const newId = () => `q-reads-${++serial}`;

async function aVersion(db: Db, overrides: Partial<Row> = {}) {
	const id = overrides.id ?? newId();
	const { id: _, ...content } = SIPAS5;
	const row: Row = {
		id,
		organizationId: 'w1',
		questionnaireId: id,
		number: 1,
		state: 'published',
		name: id,
		content,
		createdAt: 0,
		changedAt: 0,
		...overrides
	};
	await commit(db, (tx) => tx.insert(questionnaireVersions).values(row));
	return id;
}

const shown = async (db: Db, organizationId: string, id: string | null) =>
	(await versionToShow(db, organizationId, id))?.id;

test('what is built in, of the organization itself or of one above it is shown', async () => {
	const db = await freshDb();
	await organizationsOf(db);
	const [own, above] = [await aVersion(db), await aVersion(db, { organizationId: 'p1' })];
	for (const id of ['SIPAS19-v1', own, above]) expect(await shown(db, 'w1', id)).toBe(id);
});

test('a version of somebody else, of a ward below or of nobody, and a draft, is not shown', async () => {
	const db = await freshDb();
	await organizationsOf(db);
	const own = await aVersion(db);
	expect(await shown(db, 'p1', own)).toBeUndefined();
	expect(await shown(db, 'x1', own)).toBeUndefined();
	expect(await shown(db, 'w1', 'none')).toBeUndefined();
	expect(await shown(db, 'w1', await aVersion(db, { state: 'draft' }))).toBeUndefined();
});

test('without a version the one that the organization uses is shown', async () => {
	const db = await freshDb();
	await organizationsOf(db);
	expect(await shown(db, 'w1', null)).toBe('SIPAS5-v1');
	const id = await aVersion(db, { organizationId: 'p1' });
	await commit(db, (tx) => tx.update(organizations).set({ versionId: id }).where(eq(organizations.id, 'w1')));
	expect(await shown(db, 'w1', null)).toBe(id);
	expect(await shown(db, 'nowhere', null)).toBeUndefined();
});

test('in the place of a retired version stands the newest published one of its line, or nothing', async () => {
	const db = await freshDb();
	await organizationsOf(db);
	const first = await aVersion(db, { state: 'retired' });
	expect(await shown(db, 'w1', first)).toBeUndefined();
	const line = { questionnaireId: first };
	await aVersion(db, { ...line, number: 2 });
	const third = await aVersion(db, { ...line, number: 3 });
	await aVersion(db, { ...line, number: 4, state: 'retired' });
	await aVersion(db, { ...line, number: 5, state: 'draft' });
	await aVersion(db, { ...line, organizationId: 'x1', number: 9 });
	expect(await shown(db, 'w1', first)).toBe(third);
});

test('what another node has published is known before its answers are checked, whatever else they are', async () => {
	const db = await freshDb();
	await organizationsOf(db);
	const [published, draft] = [await aVersion(db, { state: 'retired' }), await aVersion(db, { state: 'draft' })];
	expect(findVersion(published)).toBeUndefined();
	await knowVersionsOf(db, [null, 7, {}, { versionId: 7 }, { versionId: published }, { versionId: draft }]);
	expect(findVersion(published)?.items).toHaveLength(5);
	expect(findVersion(draft)).toBeUndefined();
});

test('retired versions are among the usable ones only for whoever reads results', async () => {
	const db = await freshDb();
	await organizationsOf(db);
	const [published, retired] = [await aVersion(db), await aVersion(db, { state: 'retired' })];
	await aVersion(db, { organizationId: 'x1' });
	const idsOf = (versions: { id: string }[]) => versions.map(({ id }) => id);
	expect(idsOf(await readUsableVersions(db, 'w1'))).toEqual(['SIPAS5-v1', 'SIPAS19-v1', published]);
	expect(idsOf(await readUsableVersions(db, 'w1', true))).toEqual(
		expect.arrayContaining(['SIPAS5-v1', 'SIPAS19-v1', published, retired])
	);
});
