import { eq } from 'drizzle-orm';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { newKeys } from '../../terminals/simulator/wire.ts';
import type { TabletSeat } from '../../terminals/simulator/simulation.ts';
import { aWard } from '../factories/place.ts';

/** A ward with so many paired tablets, written before the server opens the file. */
export async function prepareWard(databaseUrl: string, tablets: number): Promise<TabletSeat[]> {
	const db = await openDb(databaseUrl);
	await aWard(db);
	const seats = await pairTablets(db, tablets);
	await db.store.close();
	return seats;
}

async function pairTablets(db: Db, count: number): Promise<TabletSeat[]> {
	const [model] = await db.select().from(terminals).where(eq(terminals.id, 't1'));
	const paired = Array.from({ length: count }, (_, i) => ({ number: i + 1, ...newKeys() }));
	await commit(db, async (tx) => {
		for (const { number, publicKey } of paired) {
			const row = { ...model, id: `sim${number}`, name: `Máy ${number}`, publicKey: publicKey as JsonWebKey };
			await tx.insert(terminals).values({ ...row, counterId: counterOf(row.id) });
		}
	});
	return paired.map(({ number, privateKey }) => ({
		id: `sim${number}`,
		privateKey,
		place: { dutyIds: ['d1', 'd1', 'd2', null], fieldIds: [null, 'f1', 'f2'], versionId: 'SIPAS5-v1' }
	}));
}

/** Even tablets stand at the second counter. */
export function counterOf(terminalId: string): string {
	return Number(terminalId.slice('sim'.length)) % 2 === 0 ? 'q2' : 'q1';
}
