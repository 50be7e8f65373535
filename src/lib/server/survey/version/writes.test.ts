import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import { filledOut } from '../../../domain/survey/editing.ts';
import { SIPAS5 } from '../../../domain/survey/sipas5.ts';
import { auditLines } from '../../db/schema/account.ts';
import { commit, type Db } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { questionnaireVersions } from '../../db/schema/survey.ts';
import { newId } from '../../account/writes.ts';
import { readConfiguration, readTerminal } from '../../terminal/reads.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import {
	readSource,
	readVersion,
	readVersionBefore,
	readVersionRow,
	readVersionRows,
	readVersions,
	readVersionUses
} from './reads.ts';
import {
	addDraft,
	addNextVersion,
	chooseVersion,
	publishVersion,
	removeDraft,
	retireVersion,
	saveDraft
} from './writes.ts';

const NOW = 1_000;
const { id: _, ...sipas5 } = SIPAS5;
const CONTENT = filledOut(sipas5);
const by = (id: string, now = NOW) => ({ organizationId: 'w1', changedBy: 'u1', now, id });

async function aDraft(db: Db, content = CONTENT) {
	const id = newId();
	expect(await addDraft(db, { ...by(id), name: 'Phiếu của phường', content })).toEqual({ ok: true, value: null });
	return id;
}

async function aPublished(db: Db, content = CONTENT) {
	const id = await aDraft(db, content);
	expect((await publishVersion(db, { ...by(id), changedAt: NOW, continuesTrend: false })).ok).toBe(true);
	return id;
}

const actions = async (db: Db) =>
	(await db.select().from(auditLines).orderBy(auditLines.seq)).map(({ action, detail }) => `${action}: ${detail}`);

test('a draft is added once however often its form is sent, saved, published and retired, each with its line', async () => {
	const db = await freshDb();
	await aWard(db);
	const id = await aDraft(db);
	expect((await addDraft(db, { ...by(id), name: 'Khác', content: CONTENT })).ok).toBe(true);
	const title = { vi: 'Tên mới' };
	const saved = await saveDraft(db, { ...by(id), changedAt: NOW, name: 'Phiếu', content: { ...CONTENT, title } });
	expect(saved).toEqual({ ok: true, value: NOW + 1 });
	expect((await publishVersion(db, { ...by(id), changedAt: NOW + 1, continuesTrend: false })).ok).toBe(true);
	expect(findVersion(id)?.title).toEqual(title);
	await retireVersion(db, by(id));
	await retireVersion(db, by(id));
	expect(await actions(db)).toEqual([
		'questionnaire-added: Phiếu của phường (bản 1)',
		'questionnaire-changed: Phiếu (bản 1)',
		'questionnaire-published: Phiếu (bản 1)',
		'questionnaire-retired: Phiếu (bản 1)'
	]);
	expect(await readVersionRow(db, 'w1', id)).toMatchObject({ state: 'retired', publishedAt: NOW, retiredAt: NOW });
});

test('who saves or publishes over a newer state is told, and nothing is lost', async () => {
	const db = await freshDb();
	await aWard(db);
	const id = await aDraft(db);
	const mine = { ...by(id, NOW + 5), changedAt: NOW, name: 'Của tôi', content: CONTENT };
	await saveDraft(db, { ...mine, name: 'Của người khác' });
	expect(await saveDraft(db, mine)).toEqual({ ok: false, reason: 'changed-meanwhile' });
	expect(await publishVersion(db, { ...by(id), changedAt: NOW, continuesTrend: false })).toEqual({
		ok: false,
		reason: 'changed-meanwhile'
	});
	expect(await readVersionRow(db, 'w1', id)).toMatchObject({ name: 'Của người khác', state: 'draft' });
});

test('saving what is stored already changes nothing and leaves no line', async () => {
	const db = await freshDb();
	await aWard(db);
	const id = await aDraft(db);
	const same = { ...by(id, NOW + 9), changedAt: 0, name: 'Phiếu của phường', content: CONTENT };
	expect(await saveDraft(db, same)).toEqual({ ok: true, value: NOW });
	expect(await actions(db)).toHaveLength(1);
});

test('what is not ready is not published', async () => {
	const db = await freshDb();
	await aWard(db);
	const id = await aDraft(db, { ...CONTENT, title: { vi: '' } });
	expect(await publishVersion(db, { ...by(id), changedAt: NOW, continuesTrend: false })).toEqual({
		ok: false,
		reason: 'not-ready'
	});
});

test('a published version never changes: neither by our own ways nor past them', async () => {
	const db = await freshDb();
	await aWard(db);
	const id = await aPublished(db);
	expect(await saveDraft(db, { ...by(id), changedAt: NOW, name: 'Khác', content: CONTENT })).toMatchObject({
		reason: 'not-a-draft'
	});
	expect(await removeDraft(db, { ...by(id), changedAt: NOW })).toMatchObject({ reason: 'not-a-draft' });
	const row = eq(questionnaireVersions.id, id);
	const content = { ...CONTENT, title: { vi: 'Khác' } };
	for (const change of [{ content }, { number: 7 }, { state: 'draft' as const }, { continuesTrend: true }])
		await expect(commit(db, (tx) => tx.update(questionnaireVersions).set(change).where(row))).rejects.toThrow();
	await expect(commit(db, (tx) => tx.delete(questionnaireVersions).where(row))).rejects.toThrow();
	expect(await readVersionRow(db, 'w1', id)).toMatchObject({ number: 1, state: 'published', content: CONTENT });
});

test('the next version of a line begins with what stands, once, and continues the trend only over the same items', async () => {
	const db = await freshDb();
	await aWard(db);
	const first = await aPublished(db);
	const next = await addNextVersion(db, by(first, NOW));
	expect(await addNextVersion(db, by(first, NOW))).toEqual(next);
	const id = next.ok ? next.value : '';
	const row = (await readVersionRow(db, 'w1', id))!;
	expect(row).toMatchObject({ questionnaireId: first, number: 2, state: 'draft', content: CONTENT });
	expect((await readVersionBefore(db, row))?.id).toBe(first);

	const items = CONTENT.items.slice(1);
	await saveDraft(db, { ...by(id), changedAt: NOW, name: 'Phiếu', content: { ...CONTENT, items } });
	const publishing = { ...by(id), changedAt: NOW + 1 };
	expect(await publishVersion(db, { ...publishing, continuesTrend: true })).toEqual({
		ok: false,
		reason: 'trend-broken'
	});
	expect((await publishVersion(db, { ...publishing, continuesTrend: false })).ok).toBe(true);
});

test('the first version of a line continues nothing', async () => {
	const db = await freshDb();
	await aWard(db);
	const id = await aDraft(db);
	const publishing = { ...by(id), changedAt: NOW, continuesTrend: true };
	expect(await publishVersion(db, publishing)).toEqual({ ok: false, reason: 'trend-broken' });
});

test('an organization uses what is built in, its own and what stands above it, published', async () => {
	const db = await freshDb();
	await commit(db, (tx) => tx.insert(organizations).values({ id: 'p1', kind: 'province', name: 'Tỉnh' }));
	await aWard(db);
	await aWard(db, 'w2');
	await commit(db, (tx) => tx.update(organizations).set({ parentId: 'p1' }).where(eq(organizations.id, 'w1')));
	const own = await aPublished(db);
	expect(await chooseVersion(db, by('SIPAS19-v1'))).toEqual({ ok: true, value: null });
	expect(await chooseVersion(db, by(own))).toEqual({ ok: true, value: null });
	expect((await readVersionUses(db, 'w1', '2026-11-26')).get(own)).toMatchObject({ organizations: ['Phường w1'] });
	expect((await readVersionUses(db, 'p1', '2026-11-26')).get(own)).toMatchObject({ organizations: ['Phường w1'] });
	for (const wrong of [await aDraft(db), 'SIPAS5', 'none'])
		expect(await chooseVersion(db, by(wrong))).toMatchObject({ reason: 'version-unknown' });
	expect(await chooseVersion(db, { ...by(own), organizationId: 'w2' })).toMatchObject({ ok: false });
	expect((await actions(db)).filter((line) => line.startsWith('questionnaire-chosen'))).toHaveLength(2);
});

test('drafts are seen by their own organization only', async () => {
	const db = await freshDb();
	await commit(db, (tx) => tx.insert(organizations).values({ id: 'p1', kind: 'province', name: 'Tỉnh' }));
	await aWard(db);
	await commit(db, (tx) => tx.update(organizations).set({ parentId: 'p1' }).where(eq(organizations.id, 'w1')));
	const ofProvince = (id: string) => ({ ...by(id), organizationId: 'p1', name: 'Tỉnh', content: CONTENT });
	const [draft, published] = [newId(), newId()];
	await addDraft(db, ofProvince(draft));
	await addDraft(db, ofProvince(published));
	await publishVersion(db, { ...ofProvince(published), changedAt: NOW, continuesTrend: false });
	expect((await readVersionRows(db, 'w1')).map(({ id }) => id)).toEqual([published]);
	expect(await readSource(db, 'w1', draft)).toBeUndefined();
	expect(await readSource(db, 'w1', published)).toEqual(CONTENT);
	expect(await readSource(db, 'w1', 'SIPAS5-v1')).toEqual(sipas5);
	expect((await readVersionRows(db, 'p1')).map(({ id }) => id).sort()).toEqual([draft, published].sort());
});

test('a draft is deleted in the state that was looked at, and only there', async () => {
	const db = await freshDb();
	await aWard(db);
	const id = await aDraft(db);
	await saveDraft(db, { ...by(id, NOW + 5), changedAt: NOW, name: 'Của người khác', content: CONTENT });
	expect(await removeDraft(db, { ...by(id), changedAt: NOW })).toEqual({ ok: false, reason: 'changed-meanwhile' });
	expect(await removeDraft(db, { ...by(id), changedAt: NOW + 5, organizationId: 'w2' })).toMatchObject({
		reason: 'version-unknown'
	});
	expect(await removeDraft(db, { ...by(id), changedAt: NOW + 5 })).toEqual({ ok: true, value: null });
	expect(await readVersionRow(db, 'w1', id)).toBeUndefined();
	expect((await actions(db)).at(-1)).toBe('questionnaire-removed: Của người khác (bản 1)');
});

test('an organization sees its own versions, those above it and the built-in ones, each with where it is used', async () => {
	const db = await freshDb();
	await commit(db, (tx) => tx.insert(organizations).values({ id: 'p1', kind: 'province', name: 'Tỉnh' }));
	await aWard(db);
	await commit(db, (tx) => tx.update(organizations).set({ parentId: 'p1' }).where(eq(organizations.id, 'w1')));
	const above = newId();
	const ofProvince = { ...by(above), organizationId: 'p1', name: 'Của tỉnh', content: CONTENT };
	await addDraft(db, ofProvince);
	await publishVersion(db, { ...ofProvince, changedAt: NOW, continuesTrend: false });
	const own = await aDraft(db);
	await chooseVersion(db, by(above));
	const seen = await readVersions(db, 'w1', '2026-11-26');
	const said = seen.map(({ id, origin, from, inUse, use }) => ({ id, origin, from, inUse, at: use.organizations }));
	const nowhere = { inUse: false, at: [] };
	expect(said).toHaveLength(4);
	expect(said).toContainEqual({ id: own, origin: 'own', from: '', ...nowhere });
	expect(said).toContainEqual({ id: above, origin: 'above', from: 'Tỉnh', inUse: true, at: ['Phường w1'] });
	expect(said.slice(2).map(({ id }) => id)).toEqual(['SIPAS5-v1', 'SIPAS19-v1']);
	expect(await readVersion(db, 'p1', own, '2026-11-26')).toBeUndefined();
});

test('a tablet asks what its organization uses, where that begins with the officer, else the short form', async () => {
	const db = await freshDb();
	await aWard(db);
	const terminal = (await readTerminal(db, 't1'))!;
	const asked = async () => (await readConfiguration(db, terminal, NOW)).questionnaire.id;
	const fits = await aPublished(db);
	await chooseVersion(db, by(fits));
	expect(await asked()).toBe(fits);
	const items = CONTENT.items.filter(({ criterion }) => criterion !== 'PV');
	await chooseVersion(db, by(await aPublished(db, { ...CONTENT, items })));
	expect(await asked()).toBe('SIPAS5-v1');
});
