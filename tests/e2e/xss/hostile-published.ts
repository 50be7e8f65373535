import { newId } from '../../../src/lib/server/account/writes.ts';
import type { Tx } from '../../../src/lib/server/db/db.ts';
import { publishedFigures, publishedSeries } from '../../../src/lib/server/db/schema/report.ts';

/** A published table whose every text is the payload. */
export async function aHostileTable(tx: Tx, organizationId: string, payload: string, n: number) {
	const id = newId();
	const series = { organizationId, id, year: 2001 + n, changeSince: 2000 + n, method: payload, source: payload };
	await tx.insert(publishedSeries).values({ ...series, importedBy: payload, importedAt: n });
	const figure = { organizationId, seriesId: id, place: 1, unit: payload, value: 8000 };
	await tx.insert(publishedFigures).values({ ...figure, criterion: 'SIPAS', change: 100 });
}
