import type { Outcome } from '../../../domain/shared/outcome.ts';
import type { SheetProblem } from '../../../domain/submission/check.ts';
import {
	judgeDirect,
	type DirectArrival,
	type DirectEffects,
	type DirectVerdict
} from '../../../domain/submission/direct.ts';
import { sheetKey } from '../../../domain/submission/intake.ts';
import { find, insertNew, lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { CommitGroup } from '../../db/group.ts';
import { sheetComments, sheets } from '../../db/schema/submission.ts';
import { sheetBands, tickets } from '../../db/schema/survey.ts';
import { countSheets } from '../../report/writes.ts';
import { knowVersionsOf } from '../../survey/reads.ts';
import { checkDirect, type CheckedDirect, type DirectSheet } from './check.ts';

export type { DirectSheet };

/** Sheets a commit may hold. */
const SHEETS_PER_COMMIT = 1000;
const ATTEMPTS = 5;

interface Request {
	checked: CheckedDirect[];
	now: number;
}

/**
 * The way in for every sheet that no tablet brings: each is checked as a tablet's is, and stored with its counts, and its ticket used
 * up, in one transaction; answers in order, after the commit. A problem of form is the caller's to tell; nothing is quarantined, for
 * a person stands before the page. Throws only when the database cannot write; then nothing was stored.
 */
export async function acceptDirect(
	db: Db,
	bodies: readonly DirectSheet[],
	now: number
): Promise<Outcome<DirectVerdict, SheetProblem>[]> {
	await knowVersionsOf(db, bodies);
	const outcomes = bodies.map(checkDirect);
	const checked = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
	const verdicts = (checked.length ? await groupOf(db).submit({ checked, now }) : []).values();
	return outcomes.map((outcome) =>
		outcome.ok ? { ok: true, value: verdicts.next().value! } : { ok: false, reason: outcome.reason }
	);
}

const groups = new WeakMap<Db, CommitGroup<Request, DirectVerdict[]>>();

function groupOf(db: Db) {
	let group = groups.get(db);
	if (!group) {
		const weigh = ({ checked }: Request) => checked.length;
		group = new CommitGroup(weigh, (requests: Request[]) => commitRequests(db, requests), SHEETS_PER_COMMIT);
		groups.set(db, group);
	}
	return group;
}

async function commitRequests(db: Db, requests: Request[]): Promise<DirectVerdict[][]> {
	const checked = requests.flatMap((request) => request.checked);
	const now = Math.max(...requests.map((request) => request.now));
	const verdicts = (await commitSheets(db, (tx) => storeDirect(tx, checked, now))).values();
	return requests.map((request) => request.checked.map(() => verdicts.next().value!));
}

/** Commits work that stores sheets; where another node stored one of them since our look, the whole of it is done anew. */
export async function commitSheets<T>(
	db: Db,
	work: (tx: Tx, afterCommit: (say: () => void) => void) => Promise<T>
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await commit(db, work);
		} catch (problem) {
			if (!(problem instanceof IdTaken) || attempt === ATTEMPTS) throw problem;
		}
	}
}

/**
 * One step of a use-case in `commitSheets`: judges the sheets in their order and stores those that are new, with their counts. They
 * are stored with the whole of that use-case, or not at all.
 */
export async function storeDirect(tx: Tx, checked: readonly CheckedDirect[], now: number): Promise<DirectVerdict[]> {
	const arrivals = checked.map(({ arrival }) => arrival);
	const hashes = [...new Set(arrivals.flatMap(({ ticketHash }) => ticketHash ?? []))];
	await lock(tx, hashes);
	const ids = arrivals.map(({ organizationId, storedId }) => ({ organizationId, id: storedId }));
	const known = await find(tx, sheets, ['organizationId', 'id'], ids);
	const named = await find(
		tx,
		tickets,
		['hash'],
		hashes.map((hash) => ({ hash }))
	);
	const effects = judgeDirect(
		arrivals,
		new Map(known.map((sheet) => [sheetKey(sheet.organizationId, sheet.id), sheet])),
		new Map(named.map((ticket) => [ticket.hash, ticket])),
		now
	);
	await writeEffects(tx, effects, new Map(checked.map(({ arrival, bands }) => [arrival, bands])));
	return effects.verdicts;
}

async function writeEffects(tx: Tx, effects: DirectEffects, bandsOf: Map<DirectArrival, string>) {
	const inserted = await insertNew(tx, sheets, effects.newSheets);
	if (inserted.length < effects.newSheets.length) throw new IdTaken();
	await put(tx, tickets, effects.usedTickets);
	const stored = effects.verdicts.flatMap(({ arrival, status }) => (status === 'stored' ? [arrival] : []));
	await insertNew(
		tx,
		sheetComments,
		stored.flatMap(({ organizationId, storedId: sheetId, sheet: { comment } }) =>
			comment ? { organizationId, sheetId, comment } : []
		)
	);
	await insertNew(
		tx,
		sheetBands,
		stored.flatMap((arrival) => {
			const bands = bandsOf.get(arrival);
			return bands ? { organizationId: arrival.organizationId, sheetId: arrival.storedId, bands } : [];
		})
	);
	await countSheets(
		tx,
		effects.newSheets.map((after) => ({ before: null, after }))
	);
}

/** On PostgreSQL another node stored a sheet under this id since our look: look again. */
class IdTaken extends Error {}
