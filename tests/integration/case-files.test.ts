import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { MOST_ATTACHMENTS } from '../../src/lib/domain/casework/attachment.ts';
import type { Move, MoveEntry } from '../../src/lib/domain/casework/case.ts';
import { readCase, readCaseSteps } from '../../src/lib/server/casework/cases/reads.ts';
import { moveCase, openCaseByHand } from '../../src/lib/server/casework/cases/writes.ts';
import { readCaseFile, readCaseFiles } from '../../src/lib/server/casework/files/reads.ts';
import { openFileContent, openFileName } from '../../src/lib/server/casework/files/sealing.ts';
import { attachFile, detachFile } from '../../src/lib/server/casework/files/writes.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { caseFiles } from '../../src/lib/server/db/schema/casework.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { A_PDF } from '../factories/pdf.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const FRESH = { organizationId: 'w1', class: 'rules', toHead: false, subject: 'Chờ lâu', receivedAt: NOON } as const;

async function aCase() {
	const { db, secret } = await aServing();
	const { row } = await openCaseByHand(db, secret, { ...FRESH, formId: 'f1' }, { actorId: 'u1', now: NOON });
	const by = { caseId: row.id, actorId: 'u2', now: NOON };
	const attach = (id: string, bytes: Uint8Array = A_PDF, name = 'Đơn của bà Kín.pdf') =>
		attachFile(db, secret, { id, name, bytes }, by);
	const move = async <M extends Move>(deed: M, entry: MoveEntry<M>) =>
		moveCase(db, { ...by, expected: (await readCase(db, row.id))!.version }, deed, entry);
	return { db, secret, row, by, attach, move };
}

test('a file is sealed with its name, opens as what it was, and stands in history and log without its name', async () => {
	const { db, secret, row, attach } = await aCase();
	expect(await attach('file000001')).toEqual({ ok: true, value: null });
	expect(await attach('file000001')).toEqual({ ok: true, value: null });
	const stored = await db.select().from(caseFiles);
	expect(stored).toHaveLength(1);
	expect(JSON.stringify(stored)).not.toMatch(/Kín|%PDF|JVBERi/);
	const file = (await readCaseFile(db, 'file000001'))!;
	expect(openFileName(secret, file)).toBe('Đơn của bà Kín.pdf');
	expect(Buffer.from(openFileContent(secret, file)!)).toEqual(A_PDF);
	const other = secretFrom('another-secret-of-thirty-two-signs-here');
	expect([openFileName(other, file), openFileContent(other, file)]).toEqual([null, null]);
	// What was sealed for one file is nobody's when it is put under another.
	expect(openFileContent(secret, { ...file, id: 'file000002' })).toBe(null);
	expect(openFileContent(secret, { ...file, caseId: 'other' })).toBe(null);
	expect(openFileContent(secret, { ...file, content: file.name })).toBe(null);

	const steps = await readCaseSteps(db, row.id);
	expect(steps.map(({ deed, text, version }) => [deed, text, version])).toEqual([
		['open', '', 1],
		['attach', 'PDF, 1 KB', 2]
	]);
	expect(await readCase(db, row.id)).toEqual({ ...row, version: 2 });
	const lines = await db.select().from(auditLines).where(eq(auditLines.object, row.id));
	expect(lines.map(({ action }) => action)).toEqual(['case-opened', 'case-file-added']);
	expect(JSON.stringify(lines)).not.toContain('Kín');
});

test('of a picture nothing is kept but what it looks like', async () => {
	const { db, secret, attach } = await aCase();
	const photo = await sharp({ create: { width: 3000, height: 1000, channels: 3, background: '#246' } })
		.withExif({ IFD0: { Make: 'SECRET-CAMERA' } })
		.webp()
		.toBuffer();
	const polyglot = Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')]);
	expect(await attach('file000001', polyglot, 'anh.svg')).toMatchObject({ ok: true });
	const file = (await readCaseFile(db, 'file000001'))!;
	const kept = Buffer.from(openFileContent(secret, file)!);
	expect(await sharp(kept).metadata()).toMatchObject({ format: 'jpeg', width: 2400, height: 800 });
	expect([kept.includes('script'), kept.includes('SECRET')]).toEqual([false, false]);
	expect([file.type, openFileName(secret, file)]).toEqual(['image/jpeg', 'anh.jpg']);
});

test.each([
	['nothing', Buffer.alloc(0), 'file-missing'],
	['more than 5 MB', Buffer.concat([A_PDF, Buffer.alloc(5 * 1024 * 1024)]), 'file-too-large'],
	['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'file-kind'],
	['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'file-kind'],
	['half a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'file-broken']
])('UPLOAD: %s is not attached', async (_, bytes, reason) => {
	const { db, row, attach } = await aCase();
	expect(await attach('file000001', bytes)).toEqual({ ok: false, reason });
	expect(await db.select().from(caseFiles)).toEqual([]);
	expect(await readCase(db, row.id)).toEqual(row);
});

test('five files and no more, however many come at once; what is taken away is gone and noted', async () => {
	const { db, secret, row, by, attach } = await aCase();
	const ids = Array.from({ length: MOST_ATTACHMENTS + 2 }, (_, i) => `file00000${i}`);
	const answers = await Promise.all(ids.map((id) => attach(id)));
	expect(answers.filter(({ ok }) => ok)).toHaveLength(MOST_ATTACHMENTS);
	expect(answers).toContainEqual({ ok: false, reason: 'files-full' });
	const [first] = await readCaseFiles(db, row.id);
	const { row: beside } = await openCaseByHand(db, secret, { ...FRESH, formId: 'f2' }, { actorId: 'u1', now: NOON });
	for (const [caseId, reason] of [
		[beside.id, 'file-unknown'],
		['other', 'case-unknown']
	])
		expect(await detachFile(db, first.id, { ...by, caseId })).toEqual({ ok: false, reason });
	expect(await detachFile(db, first.id, by)).toEqual({ ok: true, value: null });
	expect(await detachFile(db, first.id, by)).toEqual({ ok: false, reason: 'file-unknown' });
	expect(await readCaseFile(db, first.id)).toBe(undefined);
	const lines = await db.select().from(auditLines).where(eq(auditLines.action, 'case-file-removed'));
	expect(lines.map(({ actorId, object }) => [actorId, object])).toEqual([['u2', row.id]]);
});

test('what was answered with stays as it was, until the case is taken up again', async () => {
	const { by, db, attach, move } = await aCase();
	await attach('file000001');
	await move('forward', { unit: 'Phòng Một', assigneeId: '' });
	await move('answer', { text: 'Đã thêm người.' });
	expect(await attach('file000002')).toEqual({ ok: false, reason: 'not-now' });
	expect(await detachFile(db, 'file000001', by)).toEqual({ ok: false, reason: 'not-now' });
	await move('reopen', { text: 'Sót một việc' });
	expect(await detachFile(db, 'file000001', by)).toMatchObject({ ok: true });
});
