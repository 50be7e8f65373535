import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freshDb } from '../../../../tests/factories/db.ts';
import { openSecret, secretFrom } from './secret.ts';
import { expectSecret, forgetSecret } from './writes.ts';

const KEY = 'a-key-for-tests-of-thirty-two-signs';

test('what is sealed opens under the same secret and purpose only, and not after a change', () => {
	const secret = secretFrom(KEY);
	const sealed = secret.seal('request', 'Bà Nguyễn Thị Thử, 0900 000 000');
	expect(secret.unseal('request', sealed)).toBe('Bà Nguyễn Thị Thử, 0900 000 000');
	expect(secret.seal('request', 'x')).not.toBe(secret.seal('request', 'x'));
	expect(secret.unseal('form', sealed)).toBeNull();
	expect(secretFrom(KEY + '!').unseal('request', sealed)).toBeNull();
	const other = sealed.startsWith('A') ? 'B' : 'A';
	expect(secret.unseal('request', other + sealed.slice(1))).toBeNull();
	expect(secret.unseal('request', 'short')).toBeNull();
});

test('no nonce serves twice, however many are drawn at once', () => {
	const secret = secretFrom(KEY);
	const nonces = Array.from({ length: 2000 }, () => secret.seal('form', 'x').slice(0, 16));
	expect(new Set(nonces).size).toBe(2000);
});

test('a purpose has a key of its own', () => {
	const secret = secretFrom(KEY);
	expect(secret.mark('ticket', 'k7m2')).toBe(secret.mark('ticket', 'k7m2'));
	expect(secret.mark('ticket', 'k7m2')).not.toBe(secret.mark('device', 'k7m2'));
});

test('the file is made once, for its owner alone, and a file without a key is refused', () => {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const secretFile = join(folder, 'new', 'secret.key');
	const first = openSecret({ secretKey: null, secretFile });
	const again = openSecret({ secretKey: null, secretFile });
	expect(again.mark('ticket', 'a')).toBe(first.mark('ticket', 'a'));
	expect(statSync(secretFile).mode & 0o777).toBe(0o600);
	expect(readFileSync(secretFile, 'utf8')).toMatch(/^[\w-]{43}\n$/);
	writeFileSync(secretFile, 'short\n');
	expect(() => openSecret({ secretKey: null, secretFile })).toThrow(/no key/);
});

test('a database knows its secret again and refuses another until it is told to forget', async () => {
	const db = await freshDb();
	await expectSecret(db, secretFrom(KEY));
	await expectSecret(db, secretFrom(KEY));
	await expect(expectSecret(db, secretFrom(KEY + '!'))).rejects.toThrow(/another secret/);
	await forgetSecret(db);
	await expectSecret(db, secretFrom(KEY + '!'));
});
