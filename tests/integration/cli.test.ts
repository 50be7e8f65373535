import {
	copyFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import Sqlite from 'better-sqlite3';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { isCounted, parseFlags } from '../../src/lib/domain/submission/flag.ts';
import { signIn } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { sheets as sheetTable } from '../../src/lib/server/db/schema/submission.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { langNghe } from '../actors/lang-nghe.ts';
import { SHORT } from '../lane.ts';

/** The program chooses its engine by itself, so the run of the tests on the other engine has nothing to add. */
const once = engine === 'sqlite';
/** The short lane has backups sealed and restored by backup-cli.test.ts, and made under load by the fault tests. */
const inFull = test.skipIf(SHORT);

test.runIf(once)(
	'a command that does not exist, or is asked wrongly, is a sentence and exit 2',
	async () => {
		for (const args of [[], ['import', 'x.csv'], ['fly'], ['user']]) {
			const { code, out, errors } = await langNghe(args);
			expect([code, out]).toEqual([2, '']);
			expect(errors).toMatch(/lang-nghe/);
		}
		const wrong = [
			['index', '--by', 'colour', '--from', '2026-11-01', '--to', '2026-11-22'],
			['index', '--by', 'officer', '--from', '2026-02-30', '--to', '2026-11-22'],
			['index', '--by', 'officer'],
			['index', '--by', 'officer', '--from', '2026-11-01', '--to', '2026-11-22', '--method', 'MEAN'],
			['index', '--by', 'officer', '--from', '2026-11-01', '--to', '2026-11-22', '--channel', 'phone'],
			['index', '--by', 'channel', '--from', '2026-11-01', '--to', '2026-11-22', '--channel', 'poster'],
			['verify', '--all'],
			['verify', 'everything'],
			['restore', 'a', 'b'],
			['user', 'add', '--login', 'hoa', '--name', 'Hoa', '--role', 'king']
		];
		for (const args of wrong) {
			const { code, errors } = await langNghe(args);
			expect([args, code]).toEqual([args, 2]);
			expect(errors).toContain('Cách dùng: lang-nghe ');
		}
		expect(await langNghe(['verify'], { url: 'mysql://x' })).toMatchObject({
			code: 2,
			errors: expect.stringContaining('DATABASE_URL')
		});
		expect(await langNghe(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('lang-nghe verify') });
	},
	60_000
);

test.runIf(once)(
	'backups of PostgreSQL are left to its own tools, which the refusal names',
	async () => {
		const url = 'postgres://nobody@127.0.0.1:1/none';
		const backup = await langNghe(['backup', '/tmp/x.dump'], { url });
		expect(backup).toMatchObject({ code: 3, errors: expect.stringContaining('pg_dump') });
		const restore = await langNghe(['restore', '/tmp/x.dump'], { url });
		expect(restore).toMatchObject({ code: 3, errors: expect.stringContaining('pg_restore') });
		const verify = await langNghe(['verify'], { url });
		expect(verify).toMatchObject({ code: 3, errors: expect.stringContaining('Không mở được cơ sở dữ liệu') });
	},
	60_000
);

describe.runIf(once)('on a database of its own', { timeout: 60_000 }, () => {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-cli-'));
	const url = `file:${folder}/ward.db`;
	let loaded: Awaited<ReturnType<typeof langNghe>>;

	beforeAll(async () => {
		loaded = await langNghe(['demo'], { url });
	}, 60_000);
	afterAll(() => rmSync(folder, { recursive: true }));

	/** A copy of the demonstration that a test may spoil. */
	async function aCopy() {
		const own = mkdtempSync(join(tmpdir(), 'lang-nghe-cli-'));
		onTestFinished(() => rmSync(own, { recursive: true }));
		copyFileSync(`${folder}/ward.db`, `${own}/ward.db`);
		return { own, url: `file:${own}/ward.db` };
	}

	async function opened<T>(of: string, work: (db: Db) => Promise<T>): Promise<T> {
		const db = await openDb(of);
		return work(db).finally(() => db.store.close());
	}

	test('the demonstration is loaded once, and a second time is refused', async () => {
		expect(loaded).toMatchObject({ code: 0, errors: '' });
		expect(loaded.out).toContain('lanh-dao / lanh-dao-trinh-dien');
		expect(loaded.out).toContain('2468');
		expect(await langNghe(['demo'], { url })).toMatchObject({ code: 3, errors: expect.stringContaining('trống') });
		expect(await langNghe(['migrate'], { url })).toMatchObject({ code: 0 });
	});

	test('verify says that nothing differs, and names each count that somebody changed', async () => {
		const right = await langNghe(['verify'], { url });
		expect(right).toMatchObject({ code: 0, out: expect.stringContaining('nothing differs') });
		expect(right.out).toContain('13.061 phiếu');

		const copy = await aCopy();
		await opened(copy.url, (db) =>
			commit(db, async (tx) => {
				const [row] = await tx.select().from(dailyCounts).limit(1);
				await tx.update(dailyCounts).set({ n1: row.n1 + 1000 });
			})
		);
		const wrong = await langNghe(['verify'], { url: copy.url });
		expect(wrong.code).toBe(3);
		expect(wrong.out).toMatch(/daily · .* · 2026-\d\d-\d\d · terminal · .*: đếm 1\d\d\d\//);
		expect(wrong.errors).toContain('chỗ khác biệt');
	});

	test('the index of a period is one table, as JSON for programs and as text for people', async () => {
		const period = ['--from', '2020-01-01', '--to', '2030-12-31'];
		const json = await langNghe(['index', '--by', 'counter', ...period, '--json'], { url });
		expect(json.code).toBe(0);
		const table = JSON.parse(json.out);
		expect(table).toMatchObject({
			by: 'counter',
			method: 'T2B-5C-v1',
			target: 90,
			organization: { demonstration: true }
		});
		expect(table.rows).toHaveLength(12);
		expect(table.total.criteria.PV.n).toBeGreaterThan(9_000);
		const posters = await langNghe(['index', '--by', 'counter', ...period, '--channel', 'poster', '--json'], { url });
		expect(JSON.parse(posters.out)).toMatchObject({ channels: ['poster'] });
		expect(JSON.parse(posters.out).total.criteria.PV.n).toBeLessThan(700);
		const channels = await langNghe(['index', '--by', 'channel', ...period], { url });
		expect(channels.out).toMatch(/Tổng .*\n.*Mã QR dán công khai \(chưa kiểm chứng\)/);
		expect(channels.out).toMatch(/không nằm trong tổng, lệch −\d+,\d\d điểm SIPAS/);
		const versions = await langNghe(['index', '--by', 'version', ...period], { url });
		expect(versions.out).toMatch(/\nSIPAS5-v1 .*\nTổng /);

		const text = await langNghe(['index', '--by', 'officer', ...period], { url });
		expect(text.code).toBe(0);
		expect(text.out).toContain('Nguyễn Thị Minh Họa');
		expect(text.out).toContain('dữ liệu trình diễn');
		expect(text.out).not.toContain('SIPAS quốc gia');
		const other = await langNghe(['index', '--by', 'site', ...period, '--method', 'SCORE-5C-v1', '--json'], { url });
		expect(JSON.parse(other.out).total.sipas.value).not.toBe(table.total.sipas.value);
		const foreign = await langNghe(['index', '--by', 'site', ...period, '--org', 'nowhere'], { url });
		expect(foreign).toMatchObject({ code: 3, errors: expect.stringContaining('Phường Bình Minh') });
	});

	test(
		'reading by officer and exporting leave a line, and verify --audit names the first line that somebody changed',
		{ timeout: 180_000 },
		async () => {
			const copy = await aCopy();
			const period = ['--from', '2026-01-01', '--to', '2026-12-31'];
			await langNghe(['index', '--by', 'officer', ...period], { url: copy.url });
			await langNghe(['export', ...period, '--out', 'log.csv'], { url: copy.url, cwd: copy.own });
			const lines = await opened(copy.url, async (db) => {
				const all = await db.select().from(auditLines).orderBy(auditLines.seq);
				return all.filter(({ organizationId }) => organizationId === all[all.length - 1].organizationId);
			});
			const [read, exported] = lines.slice(-2);
			expect([read.action, exported.action, read.actorId]).toEqual(['officer-scores-read', 'exported', 'system']);
			expect(read.detail).toBe('01/01/2026 – 31/12/2026 · SIPAS5-v1 · T2B-5C-v1');

			await langNghe(['backup', 'saved.db'], { url: copy.url, cwd: copy.own });
			const foot = `${read.seq}:${read.hash.slice(0, 12)}`;
			const whole = await langNghe(['verify', '--audit', '--anchor', foot], { url: copy.url });
			expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('the log is whole') });
			expect(whole.out).toMatch(/[3-9] mốc/);
			const forged = await langNghe(['verify', '--audit', '--anchor', `${read.seq}:${'0'.repeat(12)}`], {
				url: copy.url
			});
			expect(forged).toMatchObject({ code: 3, out: expect.stringContaining(`dòng ${read.seq} không còn`) });
			expect(await langNghe(['verify', '--audit', '--anchor', 'abc'], { url: copy.url })).toMatchObject({ code: 2 });

			const tampered = (...statements: string[]) => {
				const client = new Sqlite(`${copy.own}/ward.db`);
				for (const text of [
					'drop trigger if exists audit_entry_stays',
					'drop trigger if exists audit_entry_stays_as_it_is',
					...statements
				])
					client.exec(text);
				client.close();
				return langNghe(['verify', '--audit'], { url: copy.url });
			};
			const own = `organization_id = '${read.organizationId}' and seq`;
			const cut = await tampered(`delete from audit_entry where ${own} = ${exported.seq}`);
			expect(cut).toMatchObject({ code: 3, out: expect.stringContaining(`từ dòng ${exported.seq} trở đi`) });
			const changed = await tampered(`update audit_entry set detail = 'khác' where ${own} = 2`);
			expect(changed).toMatchObject({ code: 3, errors: expect.stringContaining('đã bị can thiệp') });
			expect(changed.out).toContain(`${read.organizationId}: dòng 2 đã bị sửa`);
		}
	);

	test('the export holds what was released and nothing smaller', async () => {
		const path = join(folder, 'out.csv');
		expect(await langNghe(['export', '--out', 'out.csv'], { url, cwd: folder })).toMatchObject({ code: 0, out: '' });
		const content = readFileSync(path, 'utf8');
		expect(content.startsWith('\uFEFFday,version,channel,')).toBe(true);
		const { data } = Papa.parse<Record<string, string>>(content.slice(1).trimEnd(), { header: true });
		const official = new Map(data.map((row) => [row.channel, row.official]));
		expect([...official]).toEqual(
			expect.arrayContaining([
				['terminal', 'yes'],
				['ticket', 'yes'],
				['poster', 'no']
			])
		);
		const sheets = data.filter(({ item }) => item === '').reduce((sum, row) => sum + Number(row.sheets), 0);
		const verified = await langNghe(['verify'], { url });
		const pending = Number(/(\d+) phiếu đang chờ/.exec(verified.out)![1]);
		const stored = await opened(url, (db) => db.select().from(sheetTable));
		const counted = stored.filter(
			({ flags, versionId }) => versionId === 'SIPAS5-v1' && isCounted(parseFlags(flags))
		).length;
		expect(counted).toBeLessThan(13_061 - 917);
		expect(sheets + pending).toBe(counted);
		const answered = (row: Record<string, string>) =>
			['n1', 'n2', 'n3', 'n4', 'n5', 'sheets'].reduce((sum, figure) => sum + Number(row[figure]), 0);
		expect(data.every((row) => answered(row) >= (row.officer ? 10 : 5))).toBe(true);
		expect(await langNghe(['export', '--out', 'out.csv'], { url, cwd: folder })).toMatchObject({ code: 3 });
		expect(readFileSync(path, 'utf8')).toBe(content);
	});

	test('a user is added with a password from the input, which never stands among the arguments', async () => {
		const copy = await aCopy();
		const asked = ['user', 'add', '--login', 'Hoa', '--name', 'Trần Thị Hoa', '--role', 'leader', '--password-stdin'];
		const added = await langNghe(asked, { url: copy.url, input: 'mật khẩu đủ dài\n' });
		expect(added).toMatchObject({ code: 0, out: expect.stringContaining('hoa') });
		const outcome = await opened(copy.url, (db) =>
			signIn(db, { login: 'hoa', password: 'mật khẩu đủ dài', now: Date.now() })
		);
		expect(outcome).toMatchObject({ ok: true, value: { hasFactor: false } });
		expect(await langNghe(asked, { url: copy.url, input: 'mật khẩu đủ dài' })).toMatchObject({ code: 3 });
		expect(await langNghe(asked, { url: copy.url, input: 'ngắn' })).toMatchObject({ code: 3 });
		expect(await langNghe(asked.slice(0, -1), { url: copy.url, input: 'mật khẩu đủ dài' })).toMatchObject({ code: 2 });
		expect(await langNghe([...asked, '--password', 'x'], { url: copy.url })).toMatchObject({ code: 2 });
	});

	test('whoever is locked out gets a password and loses the lost phone, and the log says who did it', async () => {
		const copy = await aCopy();
		const reset = ['user', 'reset-password', '--login', 'Quan-Tri', '--password-stdin'];
		expect(await langNghe(reset, { url: copy.url, input: 'mật khẩu khẩn cấp\n' })).toMatchObject({ code: 0 });
		expect(await langNghe(reset, { url: copy.url, input: 'ngắn' })).toMatchObject({ code: 3 });
		const factor = ['user', 'reset-second-factor', '--login', 'quan-tri'];
		expect(await langNghe(factor, { url: copy.url })).toMatchObject({ code: 0 });
		expect(await langNghe([...factor.slice(0, 3), 'ai-do'], { url: copy.url })).toMatchObject({ code: 3 });
		expect(await langNghe(factor.slice(0, 2), { url: copy.url })).toMatchObject({ code: 2 });
		await opened(copy.url, async (db) => {
			const signedIn = await signIn(db, { login: 'quan-tri', password: 'mật khẩu khẩn cấp', now: Date.now() });
			expect(signedIn).toMatchObject({ ok: true });
			const lines = await db.select().from(auditLines).where(eq(auditLines.actorId, 'system'));
			const actions = lines.map(({ action }) => action);
			expect(actions).toEqual(expect.arrayContaining(['password-changed', 'second-factor-removed']));
		});
		const asked = ['user', 'add', '--login', 'mai', '--name', 'Mai', '--role', 'supervisor', '--password-stdin'];
		const site = [...asked, '--site', 'Điểm tiếp nhận Ban Mai'];
		expect(await langNghe(site, { url: copy.url, input: 'mật khẩu đủ dài' })).toMatchObject({ code: 0 });
		expect(await langNghe([...site.slice(0, -1), 'Đâu đó'], { url: copy.url, input: 'x' })).toMatchObject({ code: 3 });
	});

	inFull('a backup taken while the database is open is whole, is restored, and keeps what it replaced', async () => {
		const copy = await aCopy();
		const saved = join(copy.own, 'saved.db');
		await opened(copy.url, async (db) => {
			expect(await langNghe(['backup', 'saved.db'], { url: copy.url, cwd: copy.own })).toMatchObject({ code: 0 });
			expect(statSync(saved).mode & 0o777).toBe(0o600);
			expect(await langNghe(['backup', saved], { url: copy.url })).toMatchObject({ code: 3 });
			// Whoever has it open would go on writing into what was put aside.
			await db.select().from(dailyCounts).limit(1);
			expect(await langNghe(['restore', saved], { url: copy.url })).toMatchObject({
				code: 3,
				errors: expect.stringContaining('đang dùng')
			});
		});
		await opened(copy.url, (db) => commit(db, async (tx) => void (await tx.delete(dailyCounts))));
		expect((await langNghe(['verify'], { url: copy.url })).code).toBe(3);
		const restored = await langNghe(['restore', saved], { url: copy.url });
		expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('13.061 phiếu') });
		expect((await langNghe(['verify'], { url: copy.url })).code).toBe(0);
		const kept = readdirSync(copy.own).filter((name) => /^ward\.db\.before-[\dTZ-]+$/.test(name));
		expect(kept).toHaveLength(1);
		expect((await langNghe(['verify'], { url: `file:${copy.own}/${kept[0]}` })).code).toBe(3);
		expect(readdirSync(copy.own).filter((name) => /part|restoring/.test(name))).toEqual([]);
	});

	inFull('what is no whole backup of ours is not restored, and nothing changes', async () => {
		const copy = await aCopy();
		const before = readFileSync(`${copy.own}/ward.db`);
		const bad = (name: string, content: Buffer) => {
			writeFileSync(join(copy.own, name), content);
			return join(copy.own, name);
		};
		const torn = Buffer.from(before);
		torn.fill(0x5a, torn.length / 2, torn.length / 2 + 20_000);
		const beside = bad('beside.db', before);
		writeFileSync(`${beside}-wal`, 'not yet in the file');
		for (const path of [
			join(copy.own, 'nowhere.db'),
			bad('text.db', Buffer.from('Kính gửi')),
			bad('empty.db', Buffer.alloc(0)),
			bad('short.db', before.subarray(0, before.length - 8192)),
			bad('torn.db', torn),
			beside
		]) {
			const { code, errors } = await langNghe(['restore', path], { url: copy.url });
			expect([path, code]).toEqual([path, 3]);
			expect(errors.trim()).toMatch(/\.$/);
		}
		expect(readFileSync(`${copy.own}/ward.db`).equals(before)).toBe(true);
		expect(existsSync(`${copy.own}/nowhere.db`)).toBe(false);
	});

	inFull('a broken database gives way to its backup', async () => {
		const copy = await aCopy();
		await langNghe(['backup', 'saved.db'], { url: copy.url, cwd: copy.own });
		writeFileSync(`${copy.own}/ward.db`, 'overwritten by mistake');
		expect(await langNghe(['restore', 'saved.db'], { url: copy.url, cwd: copy.own })).toMatchObject({ code: 0 });
		expect((await langNghe(['verify'], { url: copy.url })).code).toBe(0);
	});
});
