import * as v from 'valibot';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import { answerMapSchema } from '../../src/lib/domain/submission/import/map.ts';
import { SIPAS19 } from '../../src/lib/domain/survey/sipas19.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { readAnswerPlan, readAnswerTable } from '../../src/lib/server/submission/import/reads.ts';
import { importAnswers } from '../../src/lib/server/submission/import/writes.ts';
import { aMap, foreignCsv } from '../factories/foreign.ts';
import { aWard } from '../factories/place.ts';
import { round, type Figure } from './figure.ts';
import { freshFolder } from './servers.ts';

const LIMIT_S = 10;
const ROWS = 50_000;
const NOW = startOfLocalDay('2026-11-23');

/**
 * 50 000 rows of 19 answers from the file's bytes to the durable commit, on SQLite: decoding, parsing, every check, looking each up,
 * storing, counting. Then the same file again, which stores nothing, and verify, which recomputes every count.
 */
export async function importAnswersBench(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const bytes = new TextEncoder().encode(foreignCsv(SIPAS19, ROWS, seeded(seed).next() * 1e9));
	const db = await openDb(`file:${folder.path}/ward.db`);
	await aWard(db);
	const first = await bringIn(db, bytes);
	const again = await bringIn(db, bytes);
	const { sheets, differences } = await verifyCounts(db);
	await db.store.close();
	folder.remove();
	if (sheets !== ROWS || differences.length > 0) throw new Error(`${sheets} sheets, ${differences.length} differences`);

	const value = round(first.total, 2);
	return {
		name: 'import-answers',
		value,
		unit: 's',
		limit: LIMIT_S,
		ratio: round(value / LIMIT_S, 3),
		n: ROWS,
		seed,
		held: value < LIMIT_S,
		details: [
			`${round(bytes.length / 1e6, 1)} MB; parsed ${round(first.parsed, 2)} s, checked ${round(first.planned, 2)} s, stored ${round(first.stored, 2)} s (the one writer is held that long)`,
			`the same file again: ${round(again.total, 2)} s, nothing stored; verify finds no difference`
		]
	};
}

async function bringIn(db: Db, bytes: Uint8Array) {
	const start = performance.now();
	const table = readAnswerTable(bytes);
	if (!table.ok) throw new Error(table.reason);
	const parsed = performance.now();
	const map = v.parse(answerMapSchema, aMap(SIPAS19));
	const organization = { id: 'w1', versionId: SIPAS19.id };
	const plan = await readAnswerPlan(db, { organization, table: table.value, map, now: NOW });
	if (!plan.ok) throw new Error(plan.reason);
	const planned = performance.now();
	const request = { organizationId: 'w1', actorId: 'system', fileName: '', fileId: null, now: NOW };
	await importAnswers(db, { ...request, plan: plan.value });
	const end = performance.now();
	const seconds = (from: number, to: number) => (to - from) / 1000;
	return {
		parsed: seconds(start, parsed),
		planned: seconds(parsed, planned),
		stored: seconds(planned, end),
		total: seconds(start, end)
	};
}
