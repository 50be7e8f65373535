import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { count } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as v from 'valibot';
import { answerMapSchema, type WrittenMap } from '../../src/lib/domain/submission/import/map.ts';
import { SIPAS19 } from '../../src/lib/domain/survey/sipas19.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { sheetComments, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { readAnswerPlan, readAnswerTable } from '../../src/lib/server/submission/import/reads.ts';
import { importAnswers } from '../../src/lib/server/submission/import/writes.ts';
import { langNghe } from '../actors/lang-nghe.ts';
import { freshDb } from '../factories/db.ts';
import { aMap, foreignCsv } from '../factories/foreign.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const HEAD = 'Mã phiếu;Ngày;Quầy;Công chức;Câu 1;Câu 2;Câu 3;Câu 4;Câu 5;Ý kiến';
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function planned(csv: string, map: Partial<WrittenMap> = {}) {
	const db = await freshDb();
	await aWard(db);
	const table = readAnswerTable(bytesOf(csv));
	if (!table.ok) return { db, reason: table.reason };
	const whole = v.parse(answerMapSchema, aMap(SIPAS5, map));
	const organization = { id: 'w1', versionId: SIPAS5.id };
	const plan = await readAnswerPlan(db, { organization, table: table.value, map: whole, now: NOON });
	if (!plan.ok) return { db, reason: plan.reason };
	return { db, plan: plan.value };
}

test.each([
	['a line of 10 MB', 'x'.repeat(10_000_000)],
	['a cell of 10 MB', `${HEAD}\nA1;20/11/2026;;;5;5;5;5;5;"${'"";'.repeat(3_000_000)}"`],
	['a million columns', ';'.repeat(1_000_000)],
	['a million columns below a right header', `${HEAD}\nA1;20/11/2026${';5'.repeat(1_000_000)}`],
	['a mark that never closes', `${HEAD}\n"${'A1;20/11/2026;;;5;5;5;5;5;\n'.repeat(200_000)}`],
	['zeros in between', `${HEAD}\n${'A1\0;20/11/2026;;;5;5;5;5;5;\0\n'.repeat(3)}`],
	['nothing but zeros', '\0'.repeat(1_000_000)],
	['more rows than may be', `${HEAD}\n${'1;2\n'.repeat(100_001)}`]
])('%s stores nothing, and is said soon', async (_, csv) => {
	const before = performance.now();
	const { db, plan } = await planned(csv, { comment: 'Ý kiến' });
	expect(performance.now() - before).toBeLessThan(5000);
	if (plan) {
		expect(plan.problemCount).toBeGreaterThan(0);
		const request = { organizationId: 'w1', actorId: 'u1', plan, fileName: '', fileId: null, now: NOON };
		expect(await importAnswers(db, request)).toEqual({ ok: false, reason: 'rows-wrong' });
	}
	expect(await db.select().from(sheets)).toEqual([]);
});

test('a formula and an end of a script are words of a comment, and no answers', async () => {
	const hostile = ['=HYPERLINK("http://127.0.0.1";"x")', '+1+1', '@SUM(A1)', '</script><script>xss()</script>'];
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const rows = hostile.map((text, i) => `A${i};20/11/2026;;;5;5;5;5;5;${cell(text)}`);
	const { db, plan } = await planned([HEAD, ...rows].join('\n'), { comment: 'Ý kiến' });
	const request = { organizationId: 'w1', actorId: 'u1', plan: plan!, fileName: '', fileId: null, now: NOON };
	expect(await importAnswers(db, request)).toMatchObject({ value: { stored: hostile.length } });
	const stored = (await db.select().from(sheetComments)).map(({ comment }) => comment);
	expect(stored.toSorted()).toEqual(hostile.toSorted());
	const asAnswers = hostile.map((text, i) => `B${i};20/11/2026;;;${cell(text)};5;5;5;5;`);
	expect((await planned([HEAD, ...asAnswers].join('\n'))).plan!.counts).toMatchObject({
		new: 0,
		wrong: hostile.length
	});
});

describe.runIf(engine === 'sqlite')('a program that is killed', () => {
	test(
		'while it stores leaves nothing or everything, and the file is brought in whole afterwards',
		{ timeout: 60_000 },
		async () => {
			const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-killed-'));
			onTestFinished(() => rmSync(folder, { recursive: true }));
			const url = `file:${folder}/ward.db`;
			const made = await openDb(url);
			await aWard(made);
			await made.store.close();
			const ROWS = 12_000;
			writeFileSync(join(folder, 'foreign.csv'), foreignCsv(SIPAS19, ROWS, 4));
			writeFileSync(join(folder, 'map.json'), JSON.stringify(aMap(SIPAS19)));
			const args = ['import', 'foreign.csv', '--map', 'map.json'];

			const program = join(process.cwd(), 'src/entry/lang-nghe.js');
			const env = { PATH: process.env.PATH, TZ: process.env.TZ, DATABASE_URL: url };
			const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: 'ignore' });
			const ended = once(child, 'close');
			// Somebody else may not write: the transaction has begun. A moment later it has stored some of its rows.
			const other = new Database(`${folder}/ward.db`, { timeout: 0 });
			const isHeld = () => {
				try {
					other.exec('begin immediate; rollback');
					return false;
				} catch {
					return true;
				}
			};
			while (child.exitCode === null && !isHeld()) await sleep(2);
			await sleep(150);
			child.kill('SIGKILL');
			expect((await ended)[1]).toBe('SIGKILL');
			other.close();

			const db = await openDb(url);
			const [{ n }] = await db.select({ n: count() }).from(sheets);
			expect([0, ROWS], 'nothing or everything').toContain(n);
			await db.store.close();
			expect(await langNghe(args, { url, cwd: folder })).toMatchObject({ code: 0 });
			const after = await openDb(url);
			expect(await verifyCounts(after)).toMatchObject({ sheets: ROWS, differences: [] });
			await after.store.close();
		}
	);
});
