import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { readOwnBlock } from '../../../domain/report/own.ts';
import { commit, type Db } from '../../db/db.ts';
import { officers } from '../../db/schema/place.ts';
import { startOfLocalDay } from '../../../domain/shared/time.ts';
import { publishDue } from '../publication/writes.ts';
import { addReleased } from '../released/writes.ts';
import { readOwnResults } from './reads.ts';

const TODAY = '2026-11-25';

async function release(db: Db, officerId: string, day: string, n: number) {
	const cut = {
		organizationId: 'w1',
		versionId: 'SIPAS5-v1',
		day,
		channel: 'terminal' as const,
		siteId: 's1',
		counterId: 'q1',
		fieldId: '',
		officerId
	};
	const none = { n1: 0, n2: 0, n3: 0, n4: 0, n5: 0, notApplicable: 0, sheets: 0 };
	const rows = [
		{ ...cut, ...none, itemId: '', sheets: n },
		{ ...cut, ...none, itemId: 'PV', n5: n }
	];
	await commit(db, (tx) => addReleased(tx, rows));
}

async function anOfficersWard() {
	const db = await freshDb();
	await aWard(db);
	const third = { id: 'o3', organizationId: 'w1', name: 'Công Chức 3' };
	await commit(db, async (tx) => void (await tx.insert(officers).values(third)));
	// The block of four weeks that ended on 1 November 2026, then finished weeks, then the week that is going on.
	const block = readOwnBlock(null, TODAY);
	for (const [officerId, n] of [
		['o1', 41],
		['o2', 37],
		['o3', 29]
	] as const) {
		await release(db, officerId, block.from, n);
		await release(db, officerId, '2026-11-18', n + 100);
		await release(db, officerId, '2026-11-24', n + 1000);
	}
	await publishDue(db, startOfLocalDay(TODAY));
	return db;
}

const read = (db: Db, officerId: string) =>
	readOwnResults(db, {
		organizationId: 'w1',
		officerId,
		block: readOwnBlock(null, TODAY)
	});

test('an officer gets their own figures and the centre’s, and no colleague’s name, id or figure', async () => {
	const db = await anOfficersWard();
	const results = (await read(db, 'o1'))!;
	expect(results).toMatchObject({ name: 'Công Chức 1', own: { n: 41, value: 100 }, centre: { n: 107 } });
	const text = JSON.stringify(results);
	for (const secret of ['o2', 'o3', 'Công Chức 2', 'Công Chức 3', ':37,', ':29,', ':137,', ':129,']) {
		expect(text, secret).not.toContain(secret);
	}
});

test('the week that is going on is in no figure', async () => {
	const results = (await read(await anOfficersWard(), 'o1'))!;
	expect(results.weeks[0]).toMatchObject({ from: '2026-11-16', to: '2026-11-22', own: { n: 141 } });
	expect(results.weeks.every(({ to }) => to < '2026-11-23')).toBe(true);
	expect(JSON.stringify(results)).not.toContain('1041');
});

test('an account that is nobody’s here gets nothing', async () => {
	const db = await anOfficersWard();
	await aWard(db, 'w2');
	expect(await read(db, 'w2-o1')).toBeNull();
	expect(await read(db, '')).toBeNull();
});
