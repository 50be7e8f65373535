import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../domain/shared/time.ts';
import { freshDb } from '../../../../tests/factories/db.ts';
import { NOON } from '../../../../tests/factories/sheet.ts';
import { commit, type Db } from '../db/db.ts';
import { letters } from '../db/schema/account.ts';
import { readEnvironment } from '../environment.ts';
import { openTransport, type Letter } from './transport.ts';
import { postLetter, sendLetters } from './writes.ts';

const LETTER = {
	organizationId: 'w1',
	to: 'hoa@phuong.example.vn',
	subject: 'Đặt lại mật khẩu',
	text: 'Kính gửi Ông/Bà,\n\nhttps://langnghe.example.vn/bi-mat\n',
	now: NOON
};
const silent = () => {};
const post = (db: Db, letter = LETTER) => commit(db, (tx) => postLetter(tx, letter));

test('a letter goes out once, and its words do not stay behind', async () => {
	const db = await freshDb();
	await post(db);
	const out: Letter[] = [];
	const send = async (letter: Letter) => void out.push(letter);
	const counts = await Promise.all(Array.from({ length: 10 }, () => sendLetters(db, send, NOON, silent)));
	expect(counts.reduce((sum, n) => sum + n)).toBe(1);
	expect(out).toMatchObject([{ recipient: LETTER.to, body: LETTER.text }]);
	expect(await db.select().from(letters)).toMatchObject([{ sentAt: NOON, body: '' }]);
	expect(await sendLetters(db, send, NOON + HOUR_MS, silent)).toBe(0);
});

test('a letter whose commit fails is never sent', async () => {
	const db = await freshDb();
	const failing = commit(db, async (tx) => {
		await postLetter(tx, LETTER);
		throw new Error('the rest could not be written');
	});
	await expect(failing).rejects.toThrow();
	expect(await db.select().from(letters)).toEqual([]);
});

test('what was not taken is tried again ever later, and given up in the end without its words', async () => {
	const db = await freshDb();
	await post(db);
	const reported: unknown[] = [];
	const send = () => Promise.reject(new Error('421 try later'));
	const attempt = (at: number) => sendLetters(db, send, at, (problem) => reported.push(problem));
	await attempt(NOON);
	await attempt(NOON + MINUTE_MS - 1);
	expect(reported).toHaveLength(1);
	await attempt(NOON + MINUTE_MS);
	expect(await db.select().from(letters)).toMatchObject([{ attempts: 2, nextAt: NOON + 3 * MINUTE_MS }]);
	for (let hour = 1; hour < 60; hour++) await attempt(NOON + hour * HOUR_MS);
	expect(await db.select().from(letters)).toMatchObject([{ attempts: 28, sentAt: null, body: '' }]);
	expect(reported).toHaveLength(28);
});

test('without a mail server each letter is a file that only the server may read', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'lang-nghe-mail-'));
	onTestFinished(() => rmSync(dataDir, { recursive: true }));
	const db = await freshDb();
	await post(db, { ...LETTER, subject: 'Thư\r\nBcc: ai@example.vn', to: 'hoa@example.vn' });
	expect(await sendLetters(db, openTransport(readEnvironment({ DATA_DIR: dataDir })), NOON, silent)).toBe(1);
	const [name] = readdirSync(join(dataDir, 'mail'));
	const path = join(dataDir, 'mail', name);
	expect(name).toMatch(/^2026-11-\d\dT[\d.]+Z-\w{10}\.eml$/);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	const text = readFileSync(path, 'utf8');
	expect(text).toMatch(/^To: hoa@example\.vn\r?$/m);
	expect(text).not.toMatch(/^Bcc:/m);
});

test('a file that goes with a letter arrives whole under its name', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'lang-nghe-mail-'));
	onTestFinished(() => rmSync(dataDir, { recursive: true }));
	const db = await freshDb();
	const base64 = Buffer.from('%PDF-1.3 Báo cáo').toString('base64');
	await commit(db, (tx) => postLetter(tx, { ...LETTER, attachment: { name: 'bao-cao.pdf', base64 } }));
	await sendLetters(db, openTransport(readEnvironment({ DATA_DIR: dataDir })), NOON, silent);
	const text = readFileSync(join(dataDir, 'mail', readdirSync(join(dataDir, 'mail'))[0]), 'utf8');
	expect(text).toMatch(/filename="?bao-cao\.pdf/);
	expect(text).toContain(base64);
	expect(text).toContain('Content-Type: application/pdf');
});

test('a mail address that makes no sense is said in one sentence, without its password', () => {
	const bad = (env: NodeJS.ProcessEnv) => () => readEnvironment(env);
	expect(bad({ MAIL_URL: 'http://ai:bimat@mail.example.vn' })).toThrow(
		/MAIL_URL must be like .* is "http:\/\/ai:\*\*\*@/
	);
	expect(bad({ MAIL_URL: 'smtp://mail.example.vn' })).toThrow('MAIL_FROM must say');
	expect(bad({ MAIL_FROM: 'a@x.vn, b@x.vn' })).toThrow('MAIL_FROM must be like');
	const good = { MAIL_URL: 'smtps://ai:bimat@mail.example.vn:465', MAIL_FROM: 'Phường <a@x.vn>' };
	expect(readEnvironment(good)).toMatchObject({ mailUrl: good.MAIL_URL, mailFrom: good.MAIL_FROM });
});
