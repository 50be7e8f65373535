import { formatFlags, parseFlags } from '../../../domain/submission/flag.ts';
import { find, lock, put } from '../../db/bulk.ts';
import { commit, type Db } from '../../db/db.ts';
import { sheets } from '../../db/schema/submission.ts';
import { readTerminalIds } from '../../place/corrections/reads.ts';
import { countSheets } from '../../report/writes.ts';
import { type Doubted, readDoubts, readWatchedOrganizations } from './reads.ts';

/** So many sheets a commit changes; the intake waits no longer than for these. */
const SHEETS_PER_COMMIT = 500;

/**
 * The night's look at what tablets brought: raises doubts, takes none back and takes nothing out. Done again it changes nothing.
 * Returns how many sheets gained a doubt.
 */
export async function watchSheets(db: Db, now: number, goesOn: () => boolean = () => true): Promise<number> {
	let doubted = 0;
	for (const organizationId of await readWatchedOrganizations(db, now)) {
		if (!goesOn()) break;
		const all = await readDoubts(db, organizationId, now);
		for (let i = 0; i < all.length; i += SHEETS_PER_COMMIT)
			doubted += await raiseDoubts(db, organizationId, all.slice(i, i + SHEETS_PER_COMMIT));
	}
	return doubted;
}

function raiseDoubts(db: Db, organizationId: string, doubted: readonly Doubted[]): Promise<number> {
	return commit(db, async (tx) => {
		// Intake and corrections rewrite whole sheets: while these are flagged, none of it may come in between.
		await lock(tx, [`roster ${organizationId}`]);
		await lock(tx, await readTerminalIds(tx, organizationId));
		const doubtsOf = new Map(doubted.map(({ id, doubts }) => [id, doubts]));
		const keys = doubted.map(({ id }) => ({ organizationId, id }));
		const changes = (await find(tx, sheets, ['organizationId', 'id'], keys)).flatMap((before) => {
			const flags = formatFlags([...parseFlags(before.flags), ...doubtsOf.get(before.id)!]);
			return flags === before.flags ? [] : [{ before, after: { ...before, flags } }];
		});
		await put(
			tx,
			sheets,
			changes.map(({ after }) => after)
		);
		await countSheets(tx, changes);
		return changes.length;
	});
}
