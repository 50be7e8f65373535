import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { backupName, nightOf } from '../../src/lib/domain/backup/nights.ts';
import { makeKey } from '../../src/lib/server/backup/seal.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';
import { CALM } from '../../terminals/simulator/network.ts';
import { simulate } from '../../terminals/simulator/simulation.ts';
import { langNghe } from '../actors/lang-nghe.ts';
import { startServer } from '../actors/server.ts';
import { aFolder, LONG, PATIENCE_MS } from './history.ts';
import { prepareWard } from './ward.ts';

test(
	'a server makes its night’s backup by itself; one made while tablets send holds everything that was confirmed before, and verifies',
	async () => {
		const folder = aFolder();
		const databaseUrl = `file:${folder}/ward.db`;
		const tablets = await prepareWard(databaseUrl, 20);
		const { identity, recipient } = await makeKey();
		writeFileSync(join(folder, 'ward.key'), identity);
		const nights = join(folder, 'nights');
		const night = join(nights, backupName(nightOf(Date.now())));
		const env = { BACKUP_DIR: nights, BACKUP_RECIPIENT: recipient };
		const server = await startServer({ databaseUrl, env });
		onTestFinished(() => server.kill());

		const visits = LONG ? 1500 : 120;
		const manual = join(folder, 'manual.age');
		let confirmedBefore = 0;
		let backing: ReturnType<typeof langNghe> | undefined;
		const result = await simulate({
			...{ seed: 'backup', days: 3, endsAt: Date.now(), origins: [server.origin], tablets, visits, faults: CALM },
			progress(confirmed) {
				if (backing || confirmed < (tablets.length * visits) / 50) return;
				confirmedBefore = confirmed;
				backing = langNghe(['backup', manual], { url: databaseUrl, env });
			}
		});
		expect(await backing).toMatchObject({ code: 0, errors: '' });
		const made = new Set(result.tablets.flatMap((tablet) => tablet.made.map(({ id }) => packUuid(id))));
		await expect.poll(() => existsSync(night), { timeout: 60_000 }).toBe(true);
		expect(await server.stop()).toBe(0);
		expect(readFileSync(night).includes('SQLite format 3')).toBe(false);
		expect(readdirSync(folder).filter((name) => /copying|restoring|part$/.test(name))).toEqual([]);

		const clean = `file:${folder}/clean/ward.db`;
		const restored = await langNghe(['restore', manual, '--key', join(folder, 'ward.key')], { url: clean });
		expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('nothing differs') });
		const db = await openDb(clean);
		const kept = (await db.select({ id: sheets.id }).from(sheets)).map(({ id }) => id);
		await db.store.close();
		console.log(
			`backup under load: ${confirmedBefore} confirmed before it began, ${kept.length} in it, ${made.size} at the end; ${/\(RTO\): [\d,]+ giây/.exec(restored.out)?.[0]}`
		);
		expect(kept.length).toBeGreaterThanOrEqual(confirmedBefore);
		expect(kept.filter((id) => !made.has(id))).toEqual([]);
	},
	PATIENCE_MS
);

test('a server refuses a database of a newer program with a sentence and exit 3', async () => {
	const databaseUrl = `file:${aFolder()}/ward.db`;
	await prepareWard(databaseUrl, 1);
	const client = new Sqlite(databaseUrl.slice('file:'.length));
	client.exec(`insert into __drizzle_migrations (hash, created_at) values ('of tomorrow', ${Date.UTC(2040, 0)})`);
	client.close();
	await expect(startServer({ databaseUrl })).rejects.toThrow(/ended with 3[^]*phiên bản mới hơn/);
});
