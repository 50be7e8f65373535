import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import type { Db } from '../../db/db.ts';
import { officers, photos } from '../../db/schema/place.ts';
import { readConfiguration, readRevision, readTerminal } from '../../terminal/reads.ts';
import { readPhoto } from './reads.ts';
import { archiveOfficer, removePhoto, setPhoto } from './writes.ts';

const BY = { organizationId: 'w1', changedBy: 'u1', now: NOON };
const picture = (background: string) =>
	sharp({ create: { width: 400, height: 500, channels: 3, background } })
		.jpeg()
		.toBuffer();

async function withPhoto(db: Db, background = '#3366aa'): Promise<string> {
	const set = await setPhoto(db, { ...BY, id: 'o1', bytes: await picture(background) });
	if (!set.ok) throw new Error(set.reason);
	return set.value.photoId;
}

async function tablet(db: Db) {
	const terminal = (await readTerminal(db, 't1'))!;
	const configuration = await readConfiguration(db, terminal, NOON);
	const { revision } = await readRevision(db, terminal, NOON);
	return { configuration, revision, photo: configuration.officers.find(({ id }) => id === 'o1')?.photo };
}

test('a tablet gets the photo itself, and a heartbeat says that there is a new one', async () => {
	const db = await freshDb();
	await aWard(db);
	const before = await tablet(db);
	expect([before.photo, before.revision]).toEqual([null, before.configuration.revision]);
	const photoId = await withPhoto(db);
	const after = await tablet(db);
	const stored = Buffer.from((await readPhoto(db, 'w1', photoId))!);
	expect(after.photo).toBe(`data:image/webp;base64,${stored.toString('base64')}`);
	expect(after.revision).toBe(after.configuration.revision);
	expect(after.revision).not.toBe(before.revision);
	await withPhoto(db, '#aa6633');
	expect((await tablet(db)).revision).not.toBe(after.revision);
	await removePhoto(db, { ...BY, id: 'o1' });
	expect((await tablet(db)).revision).toBe(before.revision);
});

test('a new photo has a new id, and the one it replaces is forgotten', async () => {
	const db = await freshDb();
	await aWard(db);
	const first = await withPhoto(db);
	const second = await withPhoto(db);
	expect(second).not.toBe(first);
	expect((await db.select().from(photos)).map(({ id }) => id)).toEqual([second]);
	const [officer] = await db.select().from(officers).where(eq(officers.id, 'o1'));
	expect(officer.photoId).toBe(second);
});

test('a photo that was refused leaves the old one, and no line', async () => {
	const db = await freshDb();
	await aWard(db);
	const first = await withPhoto(db);
	const bytes = new TextEncoder().encode('<svg onload="alert(1)"/>');
	expect(await setPhoto(db, { ...BY, id: 'o1', bytes })).toEqual({ ok: false, reason: 'photo-kind' });
	expect((await db.select().from(officers).where(eq(officers.id, 'o1')))[0].photoId).toBe(first);
});

test('IDOR-ALL: a photo is there for its own organization only; who has left is on no tablet', async () => {
	const db = await freshDb();
	await aWard(db);
	await aWard(db, 'w2');
	const photoId = await withPhoto(db);
	expect(await readPhoto(db, 'w2', photoId)).toBeNull();
	expect(await setPhoto(db, { ...BY, organizationId: 'w2', id: 'o1', bytes: await picture('#000') })).toEqual({
		ok: false,
		reason: 'officer-unknown'
	});
	await archiveOfficer(db, { ...BY, id: 'o1', endDuties: true });
	expect((await tablet(db)).configuration.officers.map(({ id }) => id)).toEqual(['o2']);
});
