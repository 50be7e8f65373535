import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { USUAL_HOURS } from '../../../domain/place/calendar/hours.ts';
import { DAY_MS, HOUR_MS } from '../../../domain/shared/time.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import { newId } from '../../account/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { counters, duties, fields, officers, organizations, sites } from '../../db/schema/place.ts';
import { terminals } from '../../db/schema/terminal.ts';
import { revokeTerminal } from '../../terminal/writes.ts';
import { addCounter, archiveCounter, changeCounter, changeServedFields, restoreCounter } from '../counter/writes.ts';
import { addDefaultFields, addField, archiveField, changeField, restoreField } from '../field/writes.ts';
import { addOfficer, archiveOfficer, changeOfficer, removePhoto, restoreOfficer, setPhoto } from '../officer/writes.ts';
import { addWard, archiveOrganization, changeOrganization, restoreOrganization } from '../organization/writes.ts';
import { readCounters, readOfficers } from '../reads.ts';
import { addSite, archiveSite, changeSite, restoreSite, setSiteHours } from '../site/writes.ts';

const BY = { organizationId: 'w1', changedBy: 'u1', now: NOON };
const ANNEX = { name: 'Điểm tiếp nhận', kind: 'satellite', address: '' } as const;
const LAND = { number: '9', name: 'Đất đai', fieldIds: ['f1'] };
const WATER = { code: 'TN', name: 'Tài nguyên nước', nameEn: '' };
const DUC = { name: 'Trần Văn Đức', code: 'CC-07', title: '', state: 'active' } as const;
const WARD = { name: 'Phường Mới', target: 9000 };

async function aPlace(): Promise<Db> {
	const db = await freshDb();
	await aWard(db);
	return db;
}

/** A province p1 and two wards of other people: w1 with its places, w2 with its own. */
async function aProvince(): Promise<Db> {
	const db = await aPlace();
	await aWard(db, 'w2');
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'p1', kind: 'province', name: 'Tỉnh Một' });
		await tx.update(organizations).set({ parentId: 'p1' }).where(eq(organizations.kind, 'ward'));
	});
	return db;
}

const KINDS = {
	site: { table: sites, add: (db: Db, id: string) => addSite(db, { ...BY, ...ANNEX, id }) },
	counter: { table: counters, add: (db: Db, id: string) => addCounter(db, { ...BY, ...LAND, id, siteId: 's1' }) },
	field: { table: fields, add: (db: Db, id: string) => addField(db, { ...BY, ...WATER, id }) },
	officer: { table: officers, add: (db: Db, id: string) => addOfficer(db, { ...BY, ...DUC, id }) },
	ward: {
		table: organizations,
		add: (db: Db, id: string) => addWard(db, { ...BY, ...WARD, organizationId: 'p1', id })
	}
};
type Kind = keyof typeof KINDS;
const ALL = Object.keys(KINDS) as Kind[];

test.each(ALL)('100 parallel identical requests make one %s, with one line in the log', async (kind) => {
	const db = await aProvince();
	const { table, add } = KINDS[kind];
	const before = (await db.select().from(table)).length;
	const id = newId();
	const answers = await Promise.all(Array.from({ length: 100 }, () => add(db, id)));
	expect(answers.filter(({ ok }) => ok)).toHaveLength(100);
	expect((await db.select().from(table)).length).toBe(before + 1);
	expect((await readAuditLines(db, 'w1', 200)).filter(({ object }) => object === id)).toHaveLength(
		kind === 'ward' ? 0 : 1
	);
	expect((await readAuditLines(db, 'p1', 200)).filter(({ object }) => object === id)).toHaveLength(
		kind === 'ward' ? 1 : 0
	);
});

test.each(ALL)('100 parallel requests for the same %s under ids of their own make one', async (kind) => {
	const db = await aProvince();
	const { table, add } = KINDS[kind];
	const before = (await db.select().from(table)).length;
	const answers = await Promise.all(Array.from({ length: 100 }, () => add(db, newId())));
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect((await db.select().from(table)).length).toBe(before + 1);
});

test('a creation that bears an id of another organization adds nothing and changes nothing there', async () => {
	const db = await aProvince();
	const stale = { ok: false, reason: 'form-stale' };
	expect(await addSite(db, { ...BY, ...ANNEX, id: 'w2-s1' })).toEqual(stale);
	expect(await addCounter(db, { ...BY, ...LAND, siteId: 's1', id: 'w2-q1' })).toEqual(stale);
	expect(await addField(db, { ...BY, ...WATER, id: 'w2-f1' })).toEqual(stale);
	expect(await addOfficer(db, { ...BY, ...DUC, id: 'w2-o1' })).toEqual(stale);
	expect((await readOfficers(db, 'w2')).map(({ name }) => name).sort()).toEqual(['Công Chức 1', 'Công Chức 2']);
	expect(await readAuditLines(db, 'w1', 10)).toEqual([]);
});

test('IDOR-ALL: an id of another organization is unknown to every change', async () => {
	const db = await aProvince();
	const picture = new Uint8Array();
	const answers = [
		await changeSite(db, { ...BY, ...ANNEX, id: 'w2-s1' }),
		await setSiteHours(db, { ...BY, id: 'w2-s1', hours: null }),
		await archiveSite(db, { ...BY, id: 'w2-s1' }),
		await restoreSite(db, { ...BY, id: 'w2-s1' }),
		await addCounter(db, { ...BY, ...LAND, id: newId(), siteId: 'w2-s1' }),
		await addCounter(db, { ...BY, ...LAND, id: newId(), siteId: 's1', fieldIds: ['f1', 'w2-f1'] }),
		await changeCounter(db, { ...BY, ...LAND, id: 'w2-q1' }),
		await changeCounter(db, { ...BY, ...LAND, id: 'q1', fieldIds: ['w2-f1'] }),
		await changeServedFields(db, { ...BY, changes: [{ counterId: 'w2-q1', fieldId: 'f1', served: true }] }),
		await changeServedFields(db, { ...BY, changes: [{ counterId: 'q1', fieldId: 'w2-f1', served: true }] }),
		await archiveCounter(db, { ...BY, id: 'w2-q1' }),
		await restoreCounter(db, { ...BY, id: 'w2-q1' }),
		await changeField(db, { ...BY, ...WATER, id: 'w2-f1' }),
		await archiveField(db, { ...BY, id: 'w2-f1' }),
		await restoreField(db, { ...BY, id: 'w2-f1' }),
		await changeOfficer(db, { ...BY, ...DUC, id: 'w2-o1' }),
		await setPhoto(db, { ...BY, id: 'w2-o1', bytes: picture }),
		await removePhoto(db, { ...BY, id: 'w2-o1' }),
		await archiveOfficer(db, { ...BY, id: 'w2-o1', endDuties: true }),
		await restoreOfficer(db, { ...BY, id: 'w2-o1' })
	];
	expect(answers.map(({ ok }) => ok)).not.toContain(true);
	expect(await readAuditLines(db, 'w1', 10)).toEqual([]);
	expect(await readAuditLines(db, 'w2', 10)).toEqual([]);
});

test('an archived name, number or code can be used again, and its owner comes back only when it is free', async () => {
	const db = await aProvince();
	const [site, counter, field, officer] = [newId(), newId(), newId(), newId()];
	await addSite(db, { ...BY, ...ANNEX, id: site });
	await archiveSite(db, { ...BY, id: site });
	expect(await addSite(db, { ...BY, ...ANNEX, id: newId() })).toMatchObject({ ok: true });
	expect(await restoreSite(db, { ...BY, id: site })).toEqual({ ok: false, reason: 'name-taken' });

	await addCounter(db, { ...BY, ...LAND, id: counter, siteId: 's1' });
	await archiveCounter(db, { ...BY, id: counter });
	expect(await addCounter(db, { ...BY, ...LAND, id: newId(), siteId: 's1' })).toMatchObject({ ok: true });
	expect(await restoreCounter(db, { ...BY, id: counter })).toEqual({ ok: false, reason: 'number-taken' });

	await addField(db, { ...BY, ...WATER, id: field });
	await archiveField(db, { ...BY, id: field });
	expect(await addField(db, { ...BY, ...WATER, id: newId() })).toMatchObject({ ok: true });
	expect(await restoreField(db, { ...BY, id: field })).toEqual({ ok: false, reason: 'code-taken' });

	await addOfficer(db, { ...BY, ...DUC, id: officer });
	await archiveOfficer(db, { ...BY, id: officer, endDuties: false });
	expect(await addOfficer(db, { ...BY, ...DUC, id: newId() })).toMatchObject({ ok: true });
	expect(await restoreOfficer(db, { ...BY, id: officer })).toEqual({ ok: false, reason: 'code-taken' });

	const ward = newId();
	await addWard(db, { ...BY, ...WARD, organizationId: 'p1', id: ward });
	await archiveOrganization(db, { ...BY, organizationId: ward });
	expect(await addWard(db, { ...BY, ...WARD, organizationId: 'p1', id: newId() })).toMatchObject({ ok: true });
	expect(await restoreOrganization(db, { ...BY, organizationId: ward })).toEqual({ ok: false, reason: 'name-taken' });
});

test('a name that another has is not taken over by a change', async () => {
	const db = await aPlace();
	await addSite(db, { ...BY, ...ANNEX, id: newId() });
	expect(await changeSite(db, { ...BY, ...ANNEX, id: 's1' })).toEqual({ ok: false, reason: 'name-taken' });
	const second = { ...BY, ...LAND, number: '2', id: 'q1' };
	expect(await changeCounter(db, second)).toEqual({ ok: false, reason: 'number-taken' });
	expect(await changeField(db, { ...BY, ...WATER, code: 'CT', id: 'f1' })).toEqual({ ok: false, reason: 'code-taken' });
	await addOfficer(db, { ...BY, ...DUC, id: newId() });
	expect(await changeOfficer(db, { ...BY, ...DUC, id: 'o1' })).toEqual({ ok: false, reason: 'code-taken' });
});

test('two officers of one name and without numbers are two officers', async () => {
	const db = await aPlace();
	for (const id of [newId(), newId()])
		expect(await addOfficer(db, { ...BY, ...DUC, code: '', id })).toMatchObject({ ok: true });
	expect(await readOfficers(db, 'w1')).toHaveLength(4);
});

test('what is archived twice, or saved as it was, leaves one line or none', async () => {
	const db = await aPlace();
	await archiveField(db, { ...BY, id: 'f1' });
	await archiveField(db, { ...BY, id: 'f1' });
	await changeOfficer(db, { ...BY, id: 'o1', name: 'Công Chức 1', code: '', title: '', state: 'active' });
	const lines = await readAuditLines(db, 'w1', 10);
	expect(lines.map(({ action, detail }) => [action, detail])).toEqual([['archived', 'Hộ tịch (HT)']]);
});

test('a counter is not archived while a tablet that may send stands on it, and the tablet is named', async () => {
	const db = await aPlace();
	const refused = { ok: false, reason: 'tablet-standing', tablet: 'Máy 1' };
	expect(await archiveCounter(db, { ...BY, id: 'q1' })).toEqual(refused);
	await revokeTerminal(db, { organizationId: 'w1', terminalId: 't1', reason: 'hỏng', revokedBy: 'u1', now: NOON });
	expect(await archiveCounter(db, { ...BY, id: 'q1' })).toEqual({ ok: true, value: { duties: 1 } });
	expect((await readCounters(db, 'w1')).find(({ id }) => id === 'q1')).toMatchObject({ archivedAt: NOON });
});

test('a site is archived only when its counters are, and a counter comes back only to a site that is there', async () => {
	const db = await aPlace();
	expect(await archiveSite(db, { ...BY, id: 's1' })).toEqual({ ok: false, reason: 'counters-standing' });
	await commit(db, (tx) =>
		tx
			.update(terminals)
			.set({ revokedAt: NOON })
			.then(() => {})
	);
	for (const id of ['q1', 'q2']) await archiveCounter(db, { ...BY, id });
	expect(await archiveSite(db, { ...BY, id: 's1' })).toEqual({ ok: true, value: null });
	expect(await restoreCounter(db, { ...BY, id: 'q1' })).toEqual({ ok: false, reason: 'site-archived' });
	await restoreSite(db, { ...BY, id: 's1' });
	expect(await restoreCounter(db, { ...BY, id: 'q1' })).toEqual({ ok: true, value: null });
});

test('an officer with duties ahead is archived only by who knows it; the duty under way ends, those to come never begin', async () => {
	const db = await aPlace();
	const base = { organizationId: 'w1', counterId: 'q2', officerId: 'o1', source: 'roster' } as const;
	const tomorrow = NOON + DAY_MS;
	await commit(db, (tx) =>
		tx
			.insert(duties)
			.values([
				{ ...base, id: 'past', startsAt: NOON - DAY_MS, endsAt: NOON - HOUR_MS },
				{ ...base, id: 'next', startsAt: tomorrow, endsAt: tomorrow + HOUR_MS }
			])
			.then(() => {})
	);
	const refused = { ok: false, reason: 'duties-ahead', duties: 2 };
	expect(await archiveOfficer(db, { ...BY, id: 'o1', endDuties: false })).toEqual(refused);
	expect(await archiveOfficer(db, { ...BY, id: 'o1', endDuties: true })).toEqual({ ok: true, value: { duties: 2 } });
	const after = new Map((await db.select().from(duties)).map(({ id, endsAt }) => [id, endsAt]));
	expect([after.get('past'), after.get('d1'), after.get('next')]).toEqual([NOON - HOUR_MS, NOON, tomorrow]);
	expect(after.get('d2')).toBeNull();
	const [line] = await readAuditLines(db, 'w1', 1);
	expect(line).toMatchObject({ action: 'archived', detail: 'Công Chức 1 (kết thúc 2 lượt trực)' });
});

test('who was archived is still named, and so is the field; a counter no longer offers that field', async () => {
	const db = await aPlace();
	await archiveOfficer(db, { ...BY, id: 'o1', endDuties: true });
	await archiveField(db, { ...BY, id: 'f1' });
	expect((await readOfficers(db, 'w1')).map(({ name }) => name)).toContain('Công Chức 1');
	const [first, second] = await readCounters(db, 'w1');
	expect([first.fields, second.fields.map(({ id }) => id)]).toEqual([[], ['f2']]);
	await restoreField(db, { ...BY, id: 'f1' });
	expect((await readCounters(db, 'w1'))[0].fields.map(({ id }) => id)).toEqual(['f1']);
});

test('the 12 usual fields come once, around those that are there', async () => {
	const db = await aPlace();
	expect(await addDefaultFields(db, BY)).toBe(10);
	expect(await addDefaultFields(db, BY)).toBe(0);
	expect(await db.select().from(fields)).toHaveLength(12);
});

test('two people who fill in the matrix keep each other’s ticks, and the line says what changed', async () => {
	const db = await aPlace();
	const tick = (counterId: string, fieldId: string, served: boolean) => ({ counterId, fieldId, served });
	await changeServedFields(db, { ...BY, changes: [tick('q1', 'f2', true)] });
	const second = await changeServedFields(db, { ...BY, changes: [tick('q1', 'f1', false), tick('q2', 'f1', true)] });
	expect(second).toEqual({ ok: true, value: { counters: 1 } });
	expect((await readCounters(db, 'w1'))[0].fields.map(({ id }) => id)).toEqual(['f2']);
	const [line] = await readAuditLines(db, 'w1', 1);
	expect(line).toMatchObject({ action: 'counter-changed', object: 'q1', detail: 'Quầy 1: − Hộ tịch' });
});

test('working hours that overlap are refused; what is kept is what was set', async () => {
	const db = await aPlace();
	const odd = [
		[
			['08:00', '12:00'],
			['11:00', '17:00']
		],
		[],
		[],
		[],
		[],
		[],
		[]
	] as never;
	expect(await setSiteHours(db, { ...BY, id: 's1', hours: odd })).toEqual({ ok: false, reason: 'hours-wrong' });
	expect(await setSiteHours(db, { ...BY, id: 's1', hours: USUAL_HOURS })).toMatchObject({ ok: true });
	expect((await db.select().from(sites))[0].hours).toEqual(USUAL_HOURS);
});

test('a ward stands below a province only, asks its questionnaire, and both logs say so', async () => {
	const db = await aProvince();
	const ward = { ...BY, ...WARD, id: newId() };
	expect(await addWard(db, { ...ward, organizationId: 'w1' })).toEqual({ ok: false, reason: 'not-a-province' });
	await addWard(db, { ...ward, organizationId: 'p1' });
	const [row] = await db.select().from(organizations).where(eq(organizations.id, ward.id));
	expect(row).toMatchObject({ kind: 'ward', parentId: 'p1', versionId: 'SIPAS5-v1', demonstration: false });
	for (const chain of ['p1', ward.id])
		expect((await readAuditLines(db, chain, 1))[0]).toMatchObject({ action: 'organization-added', object: ward.id });
});

test('an organization with sites, with wards, or on top of all is not archived', async () => {
	const db = await aProvince();
	const why = async (organizationId: string) => archiveOrganization(db, { ...BY, organizationId });
	expect(await why('w1')).toEqual({ ok: false, reason: 'sites-standing' });
	expect(await why('p1')).toEqual({ ok: false, reason: 'own-organization' });
	expect(await why('none')).toEqual({ ok: false, reason: 'organization-unknown' });
});

test('a new target is in the log with the old one', async () => {
	const db = await aProvince();
	await changeOrganization(db, { ...BY, name: 'Phường w1', target: 8750 });
	const [line] = await readAuditLines(db, 'w1', 1);
	expect(line).toMatchObject({ action: 'organization-changed', detail: 'Phường w1, mục tiêu 90 → 87.5' });
});
