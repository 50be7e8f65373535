import { hash } from 'node:crypto';
import { lt } from 'drizzle-orm';
import { DAY_MS } from '../../domain/shared/time.ts';
import { canonicalContent, checkSheet, type CheckedSheet, type SheetProblem } from '../../domain/submission/check.ts';
import { judge, sheetKey, type Arrival, type IntakeEffects, type StoredSheet } from '../../domain/submission/intake.ts';
import type { Receipt } from '../../domain/submission/sheet.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import { addToRanges } from '../../domain/terminal/sequence.ts';
import { find, insertNew, lock, put } from '../db/bulk.ts';
import { commit, type Db, type Tx } from '../db/db.ts';
import { CommitGroup } from '../db/group.ts';
import { duties } from '../db/schema/place.ts';
import { ledger, quarantine, sheetComments, sheets } from '../db/schema/submission.ts';
import { terminalSequences } from '../db/schema/terminal.ts';
import { readPlaces, type Places } from '../place/reads.ts';
import { countHours } from '../report/hours/writes.ts';
import { countSheets } from '../report/writes.ts';
import { knowVersionsOf } from '../survey/reads.ts';
import { readIntakeState, type Known } from './reads.ts';

/** The tablet that brings the sheets; its signature has been checked. */
export interface Sender {
	id: string;
	organizationId: string;
	counterId: string;
}

/** Sheets a commit may hold; more waits for the next one, so that one long queue does not hold up everybody. */
const SHEETS_PER_COMMIT = 1000;

type Checked = { body: unknown } & ({ ok: true; sheet: CheckedSheet } | { ok: false; code: SheetProblem });

interface IntakeRequest {
	sender: Sender;
	now: number;
	places: Places;
	checked: Checked[];
}

/**
 * The one way in for every channel: checks each sheet, stores it, its ledger line and its counts in one transaction, and answers for
 * each in order. A malformed sheet is quarantined alone. Throws only when the database cannot write; then nothing was stored.
 */
export async function acceptSheets(
	db: Db,
	sender: Sender,
	bodies: readonly unknown[],
	now: number
): Promise<Receipt[]> {
	const places = await readPlaces(db, sender.organizationId, now);
	await knowVersionsOf(db, bodies);
	const checked = bodies.map((body): Checked => {
		const outcome = checkSheet(body, findVersion);
		return outcome.ok ? { body, ok: true, sheet: outcome.value } : { body, ok: false, code: outcome.reason };
	});
	return groupOf(db).submit({ sender, now, places, checked });
}

const groups = new WeakMap<Db, CommitGroup<IntakeRequest, Receipt[]>>();

function groupOf(db: Db) {
	let group = groups.get(db);
	if (!group) {
		const weigh = ({ checked }: IntakeRequest) => checked.length;
		group = new CommitGroup(weigh, (requests: IntakeRequest[]) => commitRequests(db, requests), SHEETS_PER_COMMIT);
		groups.set(db, group);
	}
	return group;
}

async function commitRequests(db: Db, requests: IntakeRequest[]): Promise<Receipt[][]> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await storeRequests(db, requests, attempt > 1);
		} catch (problem) {
			if (!(problem instanceof IdTaken) || attempt === ATTEMPTS) throw problem;
		}
	}
}

function storeRequests(db: Db, requests: IntakeRequest[], byEveryId: boolean): Promise<Receipt[][]> {
	return commit(db, async (tx) => {
		await lock(
			tx,
			requests.map(({ sender }) => sender.id)
		);
		const arrivals = await attribute(tx, requests);
		const state = await readIntakeState(tx, arrivals, new Set(requests.map(({ sender }) => sender.id)), byEveryId);
		const effects = judge(arrivals, state);
		await writeEffects(tx, effects);
		await writeQuarantine(tx, requests, effects, state);

		const verdicts = effects.verdicts.values();
		return requests.map(({ checked }) => checked.map((one) => receiptOf(one, verdicts)));
	});
}

function receiptOf(one: Checked, verdicts: Iterator<IntakeEffects['verdicts'][number]>): Receipt {
	if (!one.ok) return { id: idOf(one.body), status: 'quarantined', code: one.code };
	const { arrival, status, code } = verdicts.next().value!;
	return code ? { id: arrival.sheet.id, status, code } : { id: arrival.sheet.id, status };
}

/** Who was rated: the duty that the citizen saw decides, else the counter alone; the field where the counter has just one. */
async function attribute(tx: Tx, requests: readonly IntakeRequest[]): Promise<Arrival[]> {
	const named = new Set(
		requests.flatMap(({ checked }) => checked.flatMap((one) => (one.ok && one.sheet.dutyId) || []))
	);
	const known = await find(
		tx,
		duties,
		['id'],
		[...named].map((id) => ({ id }))
	);
	const dutyOf = new Map(known.map((duty) => [duty.id, duty]));

	return requests.flatMap(({ sender, now, places, checked }) =>
		checked.flatMap((one) => {
			if (!one.ok) return [];
			const { sheet } = one;
			const duty = sheet.dutyId === null ? undefined : dutyOf.get(sheet.dutyId);
			return {
				organizationId: sender.organizationId,
				terminalId: sender.id,
				receivedAt: now,
				sheet,
				storedId: packUuid(sheet.id),
				storedReplaces: sheet.replaces && packUuid(sheet.replaces),
				digest: contentDigest(sheet),
				place: placeOf(sheet, duty, sender, places),
				dutyUnknown: sheet.dutyId !== null && !duty
			};
		})
	);
}

function placeOf(
	sheet: CheckedSheet,
	duty: typeof duties.$inferSelect | undefined,
	sender: Sender,
	places: Places
): Arrival['place'] {
	if (duty && duty.organizationId !== sender.organizationId) return { problem: 'duty-foreign' };
	if (sheet.fieldId !== null && !places.fields.has(sheet.fieldId)) return { problem: 'field-unknown' };
	const counterId = duty?.counterId ?? sender.counterId;
	const served = places.fieldsOfCounter.get(counterId) ?? [];
	return {
		siteId: places.siteOfCounter.get(counterId) ?? '',
		counterId,
		fieldId: sheet.fieldId ?? (served.length === 1 ? served[0] : ''),
		officerId: duty?.officerId ?? ''
	};
}

async function writeEffects(tx: Tx, { newSheets, newLines, changed, verdicts, hours }: IntakeEffects) {
	const inserted = await insertNew(tx, sheets, newSheets);
	if (inserted.length < newSheets.length) throw new IdTaken();
	await insertNew(tx, ledger, newLines);
	await put(
		tx,
		sheets,
		changed.map(({ after }) => after)
	);
	await insertNew(
		tx,
		sheetComments,
		verdicts.flatMap(({ arrival: { organizationId, storedId, sheet }, status }) =>
			status === 'stored' && sheet.comment ? { organizationId, sheetId: storedId, comment: sheet.comment } : []
		)
	);
	const changes = [...newSheets.map((after) => ({ before: null, after })), ...changed];
	await countSheets(tx, changes);
	const hourOf = ({ organizationId, id }: StoredSheet) => hours.get(sheetKey(organizationId, id))!;
	await countHours(
		tx,
		changes.map((change) => ({ ...change, hour: hourOf(change.after) }))
	);
}

/** What was refused is kept word for word; the running numbers are kept for both, so that a gap means a loss and nothing else. */
async function writeQuarantine(tx: Tx, requests: readonly IntakeRequest[], effects: IntakeEffects, state: Known) {
	const verdicts = effects.verdicts.values();
	const lines: (typeof quarantine.$inferInsert)[] = [];
	for (const { sender, now, checked } of requests) {
		for (const one of checked) {
			const verdict = one.ok ? verdicts.next().value! : undefined;
			const code = one.ok ? verdict!.code : one.code;
			if (!code) continue;
			const body = JSON.stringify(one.body) ?? 'null';
			const id = quarantineId(sender.id, code, body);
			lines.push({ organizationId: sender.organizationId, id, terminalId: sender.id, code, body, receivedAt: now });
			const sequence = (one.body as { sequence?: unknown } | null)?.sequence;
			if (code !== 'sequence-forked' && isSequence(sequence)) {
				state.ranges.set(sender.id, addToRanges(state.ranges.get(sender.id) ?? [], sequence));
				effects.touched.add(sender.id);
			}
		}
	}
	const fresh = await insertNew(tx, quarantine, lines);
	await putSequences(tx, requests, effects, state, fresh);
}

async function putSequences(
	tx: Tx,
	requests: readonly IntakeRequest[],
	effects: IntakeEffects,
	state: Known,
	quarantined: readonly { terminalId: string }[]
) {
	const changed = new Set([...effects.touched, ...effects.forked, ...quarantined.map(({ terminalId }) => terminalId)]);
	const senders = new Map(requests.map(({ sender, now }) => [sender.id, { ...sender, now }]));
	const rows = [...changed].map((terminalId) => {
		const known = state.sequences.get(terminalId);
		const { organizationId, now } = senders.get(terminalId)!;
		return {
			terminalId,
			organizationId,
			ranges: state.ranges.get(terminalId) ?? [],
			forkedAt: known?.forkedAt ?? (effects.forked.has(terminalId) ? now : null),
			quarantined: (known?.quarantined ?? 0) + quarantined.filter((line) => line.terminalId === terminalId).length
		};
	});
	await put(tx, terminalSequences, rows);
}

/** Which tablet sent which sheet when is needed for a week's corrections and then forgotten (decision 0005). */
export async function forgetOldLines(db: Db, now: number) {
	await commit(db, async (tx) => {
		await tx.delete(ledger).where(lt(ledger.receivedAt, now - LEDGER_DAYS * DAY_MS));
	});
}

/** Another tablet, or on PostgreSQL another node since our look, stored a sheet under this id: look by id, then it is judged. */
class IdTaken extends Error {}
const ATTEMPTS = 5;

const LEDGER_DAYS = 7;
const HIGHEST_SEQUENCE = 100_000_000;
export const isSequence = (value: unknown): value is number =>
	Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= HIGHEST_SEQUENCE;

/** 96 bits over the content as sent: tells a resent sheet from another one under its id. */
export function contentDigest(sheet: CheckedSheet): string {
	return hash('sha256', canonicalContent(sheet), 'base64url').slice(0, 16);
}

/** A line of the quarantine by what it holds, so that a retry is the same line. */
export function quarantineId(terminalId: string, code: string, body: string): string {
	return hash('sha256', `${terminalId} ${code} ${body}`, 'base64url').slice(0, 22);
}

/** 16 bytes as 22 characters instead of 36: ids are a third of what a sheet weighs. */
export function packUuid(id: string): string {
	return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

export function idOf(body: unknown): string | null {
	const id = (body as { id?: unknown } | null)?.id;
	return typeof id === 'string' && id.length <= 64 ? id : null;
}
