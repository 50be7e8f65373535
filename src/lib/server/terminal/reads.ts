import { find } from '../db/bulk.ts';
import type { Db } from '../db/db.ts';
import { terminals } from '../db/schema/terminal.ts';

/** The tablet that calls, read anew for every request, so that a revocation counts at once on every node. */
export async function readTerminal(db: Db, id: string) {
	const [terminal] = await find(db, terminals, ['id'], [{ id }]);
	return terminal;
}
export type Terminal = NonNullable<Awaited<ReturnType<typeof readTerminal>>>;
