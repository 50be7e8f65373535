import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { rehearsalProblems, type RehearsalResult } from '../../src/lib/domain/dialogue/rehearsal.ts';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { ballots, dialogues } from '../../src/lib/server/db/schema/dialogue.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { readRehearsals } from '../../src/lib/server/dialogue/rehearsal/reads.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer } from '../actors/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
const databaseUrl = `file:${folder}/ward.db`;
const env = { DATABASE_URL: databaseUrl, DATA_DIR: folder };
const PASSWORD = 'một mật khẩu dài';
/** A busy machine is slow, and that is measured elsewhere. */
const MEASURED = ['slow', 'processor'];

let db: Db;
let dialogue: { id: string; room: string };
beforeAll(async () => {
	db = await openDb(databaseUrl);
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường Thử' });
	});
	const person = { organizationId: 'w1', login: 'mc', name: 'Người Dẫn', role: 'moderator' } as const;
	await createUser(db, { ...person, password: PASSWORD, now: Date.now() });
	const about = { title: 'Đối thoại thử', place: '', day: '2026-12-01', time: '08:00', streamUrl: '' };
	dialogue = await addDialogue(
		{ db, secret: openSecret(readEnvironment(env)) },
		{ organizationId: 'w1', userId: 'u1', now: Date.now() },
		{ ...about, halls: ['Một'], hallProof: 'none', rehearsal: false },
		[]
	);
});
afterAll(async () => {
	await db.store.close();
	rmSync(folder, { recursive: true });
});

const nothingLeft = async () => {
	expect(await db.select().from(ballots)).toEqual([]);
	expect((await db.select().from(dialogues)).map(({ id }) => id)).toEqual([dialogue.id]);
};

test('60 phones, a killed server, a fake 502 and a close race: every acknowledged vote is counted, and nothing is left', async () => {
	const command = ['src/entry/lang-nghe.js', 'rehearse', dialogue.room, '--phones', '60', '--kill', '--json'];
	// Slow or busy is a no-go too, and this machine may be: the result is printed all the same.
	const said = await promisify(execFile)(process.execPath, command, { env: { ...process.env, ...env } }).catch(
		(failed: { stdout: string; stderr: string }) => failed
	);
	const line = said.stdout.split('\n').find((each) => each.startsWith('{'));
	if (!line) throw new Error(said.stderr);
	const result = JSON.parse(line) as RehearsalResult;
	expect(rehearsalProblems(result).filter((each) => !MEASURED.includes(each))).toEqual([]);
	const [plain, fault, race] = result.trials;
	expect(plain).toMatchObject({ phones: 60, late: 0, refused: 0, retried: 0 });
	// It was really broken, and the phones really asked again.
	expect(result.deadMs).toBeGreaterThan(0);
	expect(fault!.retried).toBeGreaterThan(0);
	expect(fault!.counted.reduce((a, b) => a + b, 0)).toBe(60);
	expect(race!.late + race!.counted.reduce((a, b) => a + b, 0)).toBe(60);
	expect(race!.late).toBeGreaterThan(0);
	await nothingLeft();
}, 180_000);

test('a rehearsal is begun on the page of the dialogue, on the server that runs, cancelled, and told to its end', async () => {
	const server = await startServer({ databaseUrl, port: await freePort(), env: { DATA_DIR: folder } });
	onTestFinished(async () => void (await server.stop()));
	const browser = await startBrowser();
	onTestFinished(() => browser.close());
	const page = await browser.newPage({ javaScriptEnabled: false });
	await page.goto(`${server.origin}/admin/dialogues/${dialogue.room}/rehearsal`);
	await page.getByLabel('Tên đăng nhập').fill('mc');
	await page.getByLabel('Mật khẩu').fill(PASSWORD);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	const begin = async () => {
		await page.getByLabel('Số điện thoại mô phỏng').selectOption('60');
		await page.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
		await page.getByRole('heading', { name: 'Đang diễn tập với 60 điện thoại' }).waitFor();
	};
	await begin();
	await page.getByRole('button', { name: 'Huỷ diễn tập' }).click();
	await page.getByText('Đã huỷ giữa chừng').waitFor();
	// It learns so within some seconds, and cleans up.
	await expect.poll(async () => (await db.select().from(dialogues)).length, { timeout: 20_000 }).toBe(1);
	await begin();
	// The one above was told already; this one is the second.
	await page.locator('table').nth(1).waitFor({ timeout: 120_000 });
	const [last] = await readRehearsals(db, dialogue.id);
	expect(last).toMatchObject({ state: 'done', phones: 60, result: { deadMs: 0, watching: 60 } });
	const problems = rehearsalProblems(last!.result!).filter((each) => !MEASURED.includes(each));
	expect(problems).toEqual([]);
	expect(await page.locator('table').first().locator('tbody tr').count()).toBe(3);
	await nothingLeft();
	const scripted = await page
		.context()
		.browser()!
		.newContext({ storageState: await page.context().storageState() });
	const looked = await scripted.newPage();
	await looked.goto(`${server.origin}/admin/dialogues/${dialogue.room}/rehearsal`);
	expect(await findFaults(looked)).toEqual([]);
}, 180_000);
