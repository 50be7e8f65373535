import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DIMENSIONS } from '../../src/lib/domain/report/table.ts';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import type { DirectArrival } from '../../src/lib/domain/submission/direct.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { monthlyCounts } from '../../src/lib/server/db/schema/report.ts';
import { readIndexTable, readTableAndChannels, type IndexQuestion } from '../../src/lib/server/report/reads.ts';
import { readSheetTotals } from '../../src/lib/server/report/totals/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const OCTOBER = NOON - 40 * DAY_MS;
const PERIODS = [
	{ from: '2026-10-01', to: '2026-11-30' },
	{ from: '2026-11-01', to: '2026-11-30' }
];
const PATIENCE = { timeout: 60_000 };

/** So many sheets of one channel that say the same of all five criteria, at the first counter and officer. */
async function answer(
	db: Db,
	channel: DirectArrival['channel'],
	{ sheets, value, at = NOON, flags = [] }: Partial<DirectArrival> & { sheets: number; value: number }
) {
	const body = { organizationId: 'w1', channel, versionId: 'SIPAS5-v1', locale: 'vi', ticketHash: null, flags, at };
	const place = { siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: 'o1' };
	const answers = CRITERIA.map((itemId) => ({ itemId, value }));
	const said = { answers, reasons: [], comment: null, bands: '', place };
	const bodies = Array.from({ length: sheets }, () => ({ id: randomUUID(), ...body, ...said }));
	const outcomes = await acceptDirect(db, bodies, NOON);
	expect(outcomes.every((outcome) => outcome.ok && outcome.value.status === 'stored')).toBe(true);
}

/** A ward with answers by ticket and on paper, in a month that is over and in this one. */
async function aBusyWard() {
	const db = await freshDb();
	await aWard(db);
	for (const at of [OCTOBER, NOON]) {
		await answer(db, 'ticket', { sheets: 40, value: 5, at });
		await answer(db, 'paper', { sheets: 20, value: 2, at });
		await answer(db, 'poster', { sheets: 30, value: 4, at });
	}
	await releaseCounts(db);
	return db;
}

type Asked = Pick<IndexQuestion, 'by' | 'channels'>;
const whole = (asked: Asked, period = PERIODS[0]): IndexQuestion => {
	return { organizationId: 'w1', versionId: 'SIPAS5-v1', target: 90, ...asked, ...period };
};
const read = (db: Db, asked: Asked, period = PERIODS[0]) => readIndexTable(db, whole(asked, period));

/** Everything official that anybody may read, as text. */
async function official(db: Db) {
	const seen: unknown[] = [];
	for (const period of PERIODS) {
		for (const by of DIMENSIONS) {
			const table = await read(db, { by }, period);
			seen.push({ ...table, rows: table.rows.filter(({ gap }) => !gap) });
		}
		seen.push((await readSheetTotals(db, { organizationId: 'w1', versionId: 'SIPAS5-v1', ...period })).official);
	}
	return JSON.stringify(seen);
}

test('a poster flooded with 5 000 answers leaves the official tables byte for byte the same', PATIENCE, async () => {
	const db = await aBusyWard();
	const before = await official(db);
	expect(before).toContain('"n":120');
	const poster = async () => (await read(db, { by: 'channel' })).rows.find(({ key }) => key === 'poster')!;
	expect(await poster()).toMatchObject({ sheets: 60, sipas: { value: 100 }, gap: { sipas: { value: 33.33 } } });

	for (let sent = 0; sent < 5_000; sent += 1_000)
		await answer(db, 'poster', { sheets: 1_000, value: 1, at: sent % 2_000 ? OCTOBER : NOON, flags: ['burst'] });
	await releaseCounts(db);

	expect(await official(db)).toBe(before);
	expect(await poster()).toMatchObject({ sheets: 5_060, sipas: { value: 1.19 }, gap: { sipas: { value: -65.48 } } });
	const totals = await readSheetTotals(db, { organizationId: 'w1', versionId: 'SIPAS5-v1', ...PERIODS[0] });
	expect(totals.others).toMatchObject({ stored: 5_060, doubted: { burst: 5_000 }, waiting: 0 });
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('every table counts the official channels alone, in whole months too, unless another one is asked for', async () => {
	const db = await aBusyWard();
	expect((await db.select().from(monthlyCounts)).map(({ month }) => month)).toContain('2026-10');
	for (const by of DIMENSIONS) {
		const { total, channels } = await read(db, { by });
		expect({ by, channels, ...total }).toMatchObject({ by, sheets: 120, sipas: { value: 66.67, n: 120 } });
		expect(channels).toEqual(['terminal', 'ticket', 'paper']);
		if (by === 'channel') continue;
		const posters = await read(db, { by, channels: ['poster'] });
		expect({ by, ...posters.total }).toMatchObject({ by, sheets: 60, sipas: { value: 100, n: 60 } });
	}
	const { rows } = await read(db, { by: 'channel' });
	expect(rows.map(({ key, name, sheets }) => [key, name, sheets])).toEqual([
		['ticket', 'Mã trên giấy hẹn', 80],
		['paper', 'Phiếu giấy', 40],
		['poster', 'Mã QR dán công khai', 60]
	]);
});

test('from one look come the same table and the same channels as from a look for each', async () => {
	const db = await aBusyWard();
	const byChannel = await read(db, { by: 'channel' });
	for (const by of DIMENSIONS) {
		for (const channels of by === 'channel' ? [undefined] : [undefined, ['poster'] as const]) {
			const both = await readTableAndChannels(db, whole({ by, channels }));
			expect({ by, channels, ...both }).toEqual({ by, channels, byChannel, table: await read(db, { by, channels }) });
		}
	}
});
