import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { backupName, nightOf } from '../../src/lib/domain/backup/nights.ts';
import { run as backup } from '../../src/entry/commands/backup.ts';
import { UsageProblem } from '../../src/entry/commands/ending.ts';
import { makeKey } from '../../src/lib/server/backup/seal.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { langNghe } from '../actors/lang-nghe.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

describe.runIf(engine === 'sqlite')('on a ward of its own', { timeout: 60_000 }, () => {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-backup-cli-'));
	const url = `file:${folder}/ward.db`;
	const at = (name: string) => join(folder, name);
	const call = (args: string[], more: Parameters<typeof langNghe>[1] = {}) =>
		langNghe(args, { url, cwd: folder, ...more });

	beforeAll(async () => {
		const db = await openDb(url);
		const { sender } = await aWard(db);
		await acceptSheets(
			db,
			sender,
			[1, 2, 3].map((sequence) => aSheet({ sequence })),
			NOON
		);
		await db.store.close();
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	test('a key is made, a backup sealed for it is checked and restored with it, and nothing differs', async () => {
		const key = await call(['backup-key', 'ward.key']);
		expect(key).toMatchObject({ code: 0, out: expect.stringMatching(/^age1[0-9a-z]{58}\n$/) });
		expect(statSync(at('ward.key')).mode & 0o777).toBe(0o600);
		const made = await call(['backup', 'ward.age', '--recipient', key.out.trim()]);
		expect(made).toMatchObject({ code: 0, errors: '' });
		const fingerprint = /[0-9a-f]{64}/.exec(made.out)![0];

		const before = readFileSync(at('ward.db'));
		const checked = await call(['restore', 'ward.age', '--key', 'ward.key', '--check']);
		expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('3 phiếu; không có gì bị thay đổi') });
		expect(readFileSync(at('ward.db')).equals(before)).toBe(true);

		const restored = await call(['restore', 'ward.age', '--key', 'ward.key'], { url: `file:${folder}/clean/ward.db` });
		expect(restored.code).toBe(0);
		expect(restored.out).toMatch(/\(RTO\): \d+,\d giây/);
		expect(restored.out).toContain(`giống hệt nhau, dấu vân tay ${fingerprint}`);
		expect(restored.out).toContain('nothing differs');
		expect(restored.out).toContain('secret.key');
		expect(readdirSync(folder).filter((name) => /copying|restoring|part/.test(name))).toEqual([]);
	});

	test('a weak word, a key that is none and two ways at once are refused before anything is copied', async () => {
		for (const args of [
			['a.age', '--recipient', 'age1xyz'],
			['a.age', '--plain', '--passphrase-stdin'],
			['a.age', '--nightly'],
			[]
		])
			expect([args, await backup(args, folder).catch((problem: Error) => problem)]).toEqual([
				args,
				expect.any(UsageProblem)
			]);
		const short = await call(['backup', 'short.age', '--passphrase-stdin'], { input: 'mật khẩu\n' });
		expect(short).toMatchObject({ code: 3, errors: expect.stringContaining('16 ký tự') });
		expect(existsSync(at('short.age'))).toBe(false);
		const open = await call(['backup', 'open.db']);
		expect(open).toMatchObject({ code: 0, errors: expect.stringContaining('chưa được mã hóa') });
	});

	test('the night’s backup goes where the environment says, once, and only for a key that is one', async () => {
		const { identity, recipient } = await makeKey();
		writeFileSync(at('night.key'), identity);
		const env = { BACKUP_DIR: at('nights'), BACKUP_RECIPIENT: recipient };
		await expect(backup(['--nightly'], folder)).rejects.toThrow('BACKUP_DIR');
		const typo = recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'));
		const bad = await call(['backup', '--nightly'], { env: { ...env, BACKUP_RECIPIENT: typo } });
		expect(bad).toMatchObject({ code: 3, errors: expect.stringContaining('khóa công khai') });
		expect(existsSync(at('nights'))).toBe(false);
		const night = nightOf(Date.now());
		expect(await call(['backup', '--nightly'], { env })).toMatchObject({ code: 0, errors: '' });
		expect(await call(['backup', '--nightly'], { env })).toMatchObject({ code: 0 });
		const names = readdirSync(at('nights'));
		expect(names).toContain(backupName(night));
		expect(statSync(at('nights')).mode & 0o077).toBe(0);
		const checked = await call(['restore', join(at('nights'), names[0]!), '--key', 'night.key', '--check']);
		expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('nothing differs') });
	});
});
