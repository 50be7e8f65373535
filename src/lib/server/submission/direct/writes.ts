import type { Outcome } from '../../../domain/shared/outcome.ts';
import { checkSheet, type SheetProblem } from '../../../domain/submission/check.ts';
import {
	judgeDirect,
	type DirectArrival,
	type DirectEffects,
	type DirectVerdict
} from '../../../domain/submission/direct.ts';
import { sheetKey } from '../../../domain/submission/intake.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import { find, insertNew, lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { CommitGroup } from '../../db/group.ts';
import { sheetComments, sheets } from '../../db/schema/submission.ts';
import { sheetBands, tickets } from '../../db/schema/survey.ts';
import { countSheets } from '../../report/writes.ts';
import { knowVersionsOf } from '../../survey/reads.ts';
import { contentDigest, packUuid } from '../writes.ts';

/** What a page, a file or a person brings; the sheet is made of it here, so that every channel's is checked alike. */
export interface DirectSheet extends Pick<
	DirectArrival,
	'organizationId' | 'channel' | 'place' | 'at' | 'flags' | 'ticketHash'
> {
	/** A v4 UUID made with the form, so that a retry is the same sheet. */
	id: string;
	versionId: string;
	locale: string;
	answers: readonly { itemId: string; value: number | null }[];
	reasons: readonly string[];
	comment: string | null;
	/** 'age=3,gender=1', or '' where nothing was asked. */
	bands: string;
}

/** Sheets a commit may hold. */
const SHEETS_PER_COMMIT = 1000;
const ATTEMPTS = 5;

type Checked = { bands: string; arrival: DirectArrival };
interface Request {
	checked: Checked[];
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
	const outcomes = bodies.map((body) => check(body));
	const checked = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
	const verdicts = (checked.length ? await groupOf(db).submit({ checked, now }) : []).values();
	return outcomes.map((outcome) =>
		outcome.ok ? { ok: true, value: verdicts.next().value! } : { ok: false, reason: outcome.reason }
	);
}

function check(body: DirectSheet): Outcome<Checked, SheetProblem> {
	const { organizationId, channel, place, at, flags, ticketHash, bands, ...content } = body;
	const sheet = {
		...content,
		sequence: 1,
		dutyId: null,
		fieldId: place.fieldId || null,
		answeredAt: new Date(at).toISOString(),
		replaces: null
	};
	const outcome = checkSheet(sheet, findVersion);
	if (!outcome.ok) return outcome;
	const arrival: DirectArrival = {
		organizationId,
		channel,
		sheet: outcome.value,
		storedId: packUuid(outcome.value.id),
		digest: contentDigest(outcome.value),
		place,
		at,
		flags,
		ticketHash
	};
	return { ok: true, value: { bands, arrival } };
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
	for (let attempt = 1; ; attempt++) {
		try {
			return await commit(db, (tx) => store(tx, requests));
		} catch (problem) {
			if (!(problem instanceof IdTaken) || attempt === ATTEMPTS) throw problem;
		}
	}
}

async function store(tx: Tx, requests: Request[]): Promise<DirectVerdict[][]> {
	const checked = requests.flatMap((request) => request.checked);
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
		Math.max(...requests.map(({ now }) => now))
	);
	await writeEffects(tx, effects, new Map(checked.map(({ arrival, bands }) => [arrival, bands])));
	const verdicts = effects.verdicts.values();
	return requests.map((request) => request.checked.map(() => verdicts.next().value!));
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
