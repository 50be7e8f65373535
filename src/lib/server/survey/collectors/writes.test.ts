import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { showCode } from '../../../domain/survey/code.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import { newId } from '../../account/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { releasedCounts } from '../../db/schema/report.ts';
import { collectors } from '../../db/schema/survey.ts';
import { archiveField } from '../../place/field/writes.ts';
import { readCollectorByCode, readCollectorList } from './reads.ts';
import { addCollector, closeCollector, renameCollector, reopenCollector, type NewCollector } from './writes.ts';

const BY = { organizationId: 'w1', changedBy: 'u1', now: NOON };
const HALL: NewCollector = {
	...BY,
	id: 'p0ster0000',
	name: 'Sảnh chờ',
	aim: { kind: 'organization' },
	versionId: null
};

async function twoWards(): Promise<Db> {
	const db = await freshDb();
	await aWard(db);
	await aWard(db, 'w2');
	return db;
}

test.each([
	['organization', undefined, {}],
	['site', 's1', { siteId: 's1' }],
	['counter', 'q2', { siteId: 's1', counterId: 'q2' }],
	['field', 'f2', { fieldId: 'f2' }],
	['officer', 'o1', { officerId: 'o1' }]
] as const)('a poster about a %s names it, and its code finds it however it is typed', async (kind, id, named) => {
	const db = await twoWards();
	const aim = { kind, id } as NewCollector['aim'];
	expect(await addCollector(db, { ...HALL, aim })).toEqual({ ok: true, value: null });
	const [row] = await db.select().from(collectors);
	const nothing = { siteId: '', counterId: '', fieldId: '', officerId: '' };
	expect(row).toMatchObject({ ...nothing, ...named, versionId: null, closedAt: null });
	expect(row.code).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/);
	const typed = ` ${showCode(row.code).replaceAll('0', 'O')} `;
	expect(await readCollectorByCode(db, typed)).toEqual(row);
	expect((await readCollectorList(db, 'w1'))[0].aim).toMatchObject({ kind, archived: false });
});

test('a form sent a hundred times at once makes one poster with one line in the log', async () => {
	const db = await twoWards();
	const answers = await Promise.all(Array.from({ length: 100 }, () => addCollector(db, HALL)));
	expect(answers.filter(({ ok }) => ok)).toHaveLength(100);
	expect(await db.select().from(collectors)).toHaveLength(1);
	expect(await readAuditLines(db, 'w1', 10)).toMatchObject([{ action: 'poster-added', detail: 'Sảnh chờ' }]);
});

test('a code that another poster has is drawn again', async () => {
	const db = await twoWards();
	const drawn = [1, 1, 1, 2].map((value) => new Uint8Array(5).fill(value)).values();
	const random = () => drawn.next().value!;
	await addCollector(db, HALL, random);
	expect(await addCollector(db, { ...HALL, id: newId() }, random)).toEqual({ ok: true, value: null });
	expect(new Set((await db.select().from(collectors)).map(({ code }) => code)).size).toBe(2);
});

test.each([
	['aim-unknown', { aim: { kind: 'site', id: 'w2-s1' } }],
	['aim-unknown', { aim: { kind: 'counter', id: 'w2-q1' } }],
	['aim-unknown', { aim: { kind: 'field', id: 'w2-f1' } }],
	['aim-unknown', { aim: { kind: 'officer', id: 'w2-o1' } }],
	['version-unknown', { versionId: 'SIPAS99-v1' }]
] as const)('a poster about what is another ward’s is refused: %s', async (reason, overrides) => {
	const db = await twoWards();
	expect(await addCollector(db, { ...HALL, ...overrides })).toEqual({ ok: false, reason });
	expect(await db.select().from(collectors)).toEqual([]);
	expect(await readAuditLines(db, 'w1', 10)).toEqual([]);
});

test('what is archived gets no new poster, and the list says of an old one that its aim is', async () => {
	const db = await twoWards();
	const aim = { kind: 'field', id: 'f1' } as const;
	await addCollector(db, { ...HALL, aim });
	await archiveField(db, { ...BY, id: 'f1' });
	expect(await addCollector(db, { ...HALL, id: newId(), aim })).toEqual({ ok: false, reason: 'aim-unknown' });
	expect((await readCollectorList(db, 'w1'))[0].aim).toEqual({ kind: 'field', name: 'Hộ tịch', archived: true });
});

test('an id of another ward is unknown to every change', async () => {
	const db = await twoWards();
	await addCollector(db, { ...HALL, organizationId: 'w2' });
	const before = await db.select().from(collectors);
	const unknown = { ok: false, reason: 'collector-unknown' };
	const change = { ...BY, id: HALL.id };
	expect(await renameCollector(db, { ...change, name: 'Của tôi' })).toEqual(unknown);
	expect(await closeCollector(db, change)).toEqual(unknown);
	expect(await reopenCollector(db, change)).toEqual(unknown);
	expect(await addCollector(db, HALL)).toEqual({ ok: false, reason: 'form-stale' });
	expect(await db.select().from(collectors)).toEqual(before);
	expect(await readAuditLines(db, 'w1', 10)).toEqual([]);
});

test('renaming, closing and opening leave a line each, and none where nothing changed', async () => {
	const db = await twoWards();
	await addCollector(db, HALL);
	const change = { ...BY, id: HALL.id };
	for (const name of ['Cổng chính', 'Cổng chính']) await renameCollector(db, { ...change, name });
	await Promise.all([closeCollector(db, change), closeCollector(db, change)]);
	expect(await db.select().from(collectors)).toMatchObject([{ closedAt: NOON, name: 'Cổng chính' }]);
	for (let turn = 0; turn < 2; turn++) await reopenCollector(db, change);
	expect(await db.select().from(collectors)).toMatchObject([{ closedAt: null }]);
	const lines = (await readAuditLines(db, 'w1', 10)).map(({ action, detail }) => `${action}: ${detail}`);
	expect(lines.reverse()).toEqual([
		'poster-added: Sảnh chờ',
		'poster-renamed: Sảnh chờ → Cổng chính',
		'poster-closed: Cổng chính',
		'poster-reopened: Cổng chính'
	]);
});

test.each([
	['site', 4, null],
	['site', 5, 5],
	['officer', 9, null],
	['officer', 10, 10]
] as const)('a poster about a %s with %i released answers shows %s', async (kind, sheets, shown) => {
	const db = await twoWards();
	const id = kind === 'site' ? 's1' : 'o1';
	await addCollector(db, { ...HALL, aim: { kind, id } });
	const cut = {
		organizationId: 'w1',
		versionId: 'SIPAS5-v1',
		day: '2026-11-20',
		counterId: '',
		fieldId: '',
		itemId: ''
	};
	const aim = { siteId: '', officerId: '', [`${kind}Id`]: id };
	const figures = { n1: 0, n2: 0, n3: 0, n4: 0, n5: 0, notApplicable: 0, sheets };
	await commit(db, async (tx) => {
		for (const channel of ['poster', 'terminal'])
			await tx.insert(releasedCounts).values({ ...cut, ...aim, ...figures, channel });
	});
	expect((await readCollectorList(db, 'w1'))[0].answers).toBe(shown);
});

test('what is no code of a poster finds none', async () => {
	const db = await twoWards();
	await addCollector(db, HALL);
	for (const typed of ['', 'k7m29qx', 'k7m29qxdd', '\0'.repeat(8), 'x'.repeat(100_000)])
		expect(await readCollectorByCode(db, typed)).toBeUndefined();
});
