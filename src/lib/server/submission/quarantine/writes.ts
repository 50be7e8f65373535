import { hash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { AuditAction } from '../../../domain/account/audit.ts';
import { localDay, localHour, shiftOf } from '../../../domain/shared/time.ts';
import { canonicalContent, type CheckedSheet } from '../../../domain/submission/check.ts';
import { formatFlags, type Flag } from '../../../domain/submission/flag.ts';
import type { StoredSheet } from '../../../domain/submission/intake.ts';
import { sayWhy, type QuarantineRefusal, type QuarantineState } from '../../../domain/submission/quarantine.ts';
import { trustedInstant } from '../../../domain/terminal/clock.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { find, insertNew, lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { quarantine, sheetComments, sheets } from '../../db/schema/submission.ts';
import { readPlaces, type Places } from '../../place/reads.ts';
import { countHours } from '../../report/hours/writes.ts';
import { countSheets } from '../../report/writes.ts';
import { knowVersionsOf } from '../../survey/reads.ts';
import { packUuid } from '../writes.ts';
import { readBody, readDutyOf, readForDeciding, type DeskScope } from './reads.ts';

export interface Deciding {
	scope: DeskScope;
	ids: readonly string[];
	/** Who does it, and the officer they are themselves, if any. */
	user: { id: string; officerId: string | null };
	reason: string;
	now: number;
}

/** How many lines went where they should, and why the others did not. */
export interface Decided {
	done: number;
	refused: Partial<Record<QuarantineRefusal, number>>;
}

/** Somebody who knows the site thinks that these sheets should count, and says why. */
export function proposeSheets(db: Db, deciding: Deciding): Promise<Decided> {
	const { user, reason, now } = deciding;
	return decide(db, deciding, 'quarantine-proposed', async (tx, { line, sheet, officerId }) => {
		if (!sheet) return 'malformed';
		if (isOwn(user, officerId)) return 'own-sheet';
		const proposal = { state: 'proposed', proposedBy: user.id, proposedAt: now, reason } as const;
		return move(tx, line, ['waiting'], proposal);
	});
}

/** Whoever proposed takes the proposal back. */
export function withdrawProposals(db: Db, deciding: Deciding): Promise<Decided> {
	return decide(db, deciding, 'quarantine-withdrawn', async (tx, { line }) =>
		line.proposedBy === deciding.user.id ? move(tx, line, ['proposed'], AGAIN) : 'changed-meanwhile'
	);
}

/** The second person: the sheet is stored and counted in the same transaction in which its line is closed, or neither is. */
export async function acceptProposals(db: Db, deciding: Deciding): Promise<Decided> {
	const { scope, user, now } = deciding;
	const places = await readPlaces(db, scope.organizationId, now);
	return decide(db, deciding, 'quarantine-accepted', async (tx, entry) => {
		const { line, sheet, officerId } = entry;
		if (line.state !== 'proposed') return 'changed-meanwhile';
		if (line.proposedBy === user.id) return 'own-proposal';
		if (isOwn(user, officerId)) return 'own-sheet';
		if (!sheet) return 'malformed';
		const stored = await storeSheet(tx, { ...entry, sheet }, places);
		if (!stored) return 'already-stored';
		const refusal = await move(tx, line, ['proposed'], { state: 'accepted', decidedBy: user.id, decidedAt: now });
		if (refusal) throw new Error('The line was decided on while its sheet was stored; nothing was kept');
		return null;
	});
}

/** One person may keep a sheet out, since it can be taken up again. */
export function keepOut(db: Db, deciding: Deciding): Promise<Decided> {
	const { user, reason, now } = deciding;
	return decide(db, deciding, 'quarantine-kept-out', async (tx, { line, officerId }) => {
		if (isOwn(user, officerId)) return 'own-sheet';
		return move(tx, line, ['waiting', 'proposed'], { state: 'kept-out', decidedBy: user.id, decidedAt: now, reason });
	});
}

export function reopenLines(db: Db, deciding: Deciding): Promise<Decided> {
	return decide(db, deciding, 'quarantine-reopened', async (tx, { line, officerId }) =>
		isOwn(deciding.user, officerId) ? 'own-sheet' : move(tx, line, ['kept-out'], AGAIN)
	);
}

const AGAIN = {
	state: 'waiting',
	proposedBy: null,
	proposedAt: null,
	decidedBy: null,
	decidedAt: null,
	reason: ''
} as const;

type Line = typeof quarantine.$inferSelect;
interface Entry {
	line: Line;
	counterId: string;
	/** Null where what it says can not be made into a sheet. */
	sheet: CheckedSheet | null;
	/** Whom its duty rates; '' where nobody is known. */
	officerId: string;
	duty: Awaited<ReturnType<typeof readDutyOf>>;
}

const isOwn = (user: Deciding['user'], officerId: string) => officerId !== '' && user.officerId === officerId;

/** Takes the lines one by one inside one transaction, each with its audit line; what is not in the scope is not there. */
function decide(
	db: Db,
	{ scope, ids, user, reason, now }: Deciding,
	action: AuditAction,
	step: (tx: Tx, entry: Entry) => Promise<QuarantineRefusal | null>
): Promise<Decided> {
	const { organizationId } = scope;
	return commit(db, async (tx) => {
		await lock(tx, [`quarantine ${organizationId}`]);
		const found = await readForDeciding(tx, scope, ids);
		await knowVersionsOf(
			tx,
			found.map(({ line }) => JSON.parse(line.body) as unknown)
		);
		const missing = new Set(ids).size - found.length;
		const decided: Decided = { done: 0, refused: missing > 0 ? { unknown: missing } : {} };
		for (const { line, counterId } of found) {
			const read = readBody(line.body);
			const sheet = read.ok ? read.value : null;
			const duty = sheet ? await readDutyOf(tx, organizationId, sheet.dutyId) : undefined;
			const refusal = await step(tx, {
				line,
				counterId: counterId ?? '',
				sheet,
				duty,
				officerId: duty?.officerId ?? ''
			});
			if (refusal) {
				decided.refused[refusal] = (decided.refused[refusal] ?? 0) + 1;
				continue;
			}
			decided.done++;
			const said = { object: line.id, detail: sayWhy(line.code).vi, reason: reason || line.reason };
			await writeAuditLine(tx, { organizationId, actorId: user.id, action, ...said, now });
		}
		return decided;
	});
}

/** The database decides who was quicker. */
async function move(
	tx: Tx,
	{ organizationId, id, state }: Line,
	from: readonly QuarantineState[],
	to: Partial<Line>
): Promise<QuarantineRefusal | null> {
	if (!from.includes(state)) return 'changed-meanwhile';
	const own = and(eq(quarantine.organizationId, organizationId), eq(quarantine.id, id), eq(quarantine.state, state));
	const moved = await tx.update(quarantine).set(to).where(own).returning({ id: quarantine.id });
	return moved.length === 1 ? null : 'changed-meanwhile';
}

/**
 * Stores and counts a sheet by the rules of the intake, as far as they can still be followed: it has no place among the running
 * numbers any more, so it has no neighbours, replaces nothing and leaves no line in the ledger. False where the very same sheet is
 * stored already.
 */
async function storeSheet(tx: Tx, { line, counterId, sheet, duty }: Entry & { sheet: CheckedSheet }, places: Places) {
	const { organizationId, receivedAt } = line;
	const digest = hash('sha256', canonicalContent(sheet), 'base64url').slice(0, 16);
	// Under another content's id it would be taken for a copy of it. Its own content gives the other id, so that one sheet which came
	// into quarantine twice still meets itself.
	const other = hash('sha256', `quarantine ${canonicalContent(sheet)}`, 'base64url').slice(0, 22);
	const own = packUuid(sheet.id);
	const known = await find(
		tx,
		sheets,
		['organizationId', 'id'],
		[own, other].map((id) => ({ organizationId, id }))
	);
	if (known.some((stored) => stored.id === other || stored.digest === digest)) return false;

	const { at, flag } = trustedInstant(Date.parse(sheet.answeredAt), receivedAt);
	const flags: Flag[] = ['from-quarantine'];
	if (flag) flags.push(flag);
	if (sheet.dutyId !== null && !duty) flags.push('duty-unknown');
	if (sheet.replaces !== null) flags.push('replaces-foreign');
	const stored: StoredSheet = {
		organizationId,
		id: known.length > 0 ? other : own,
		day: localDay(at),
		shift: shiftOf(at),
		channel: 'terminal',
		...placeOf(sheet, duty, counterId, places),
		versionId: sheet.versionId,
		locale: sheet.locale,
		answers: sheet.packed,
		reasons: sheet.reasons.join(','),
		digest,
		flags: formatFlags(flags)
	};
	const inserted = await insertNew(tx, sheets, [stored]);
	if (inserted.length === 0)
		throw new Error('Another node stored a sheet under this id at this moment; nothing was kept');
	if (sheet.comment) {
		await insertNew(tx, sheetComments, [{ organizationId, sheetId: stored.id, comment: sheet.comment }]);
	}
	await countSheets(tx, [{ before: null, after: stored }]);
	await countHours(tx, [{ before: null, after: stored, hour: localHour(at) }]);
	return true;
}

/** The duty if it is this organization's, else the counter of the tablet alone; a field that is not its own is left open. */
function placeOf(sheet: CheckedSheet, duty: Entry['duty'], tabletAt: string, places: Places) {
	const counterId = duty?.counterId ?? tabletAt;
	const served = places.fieldsOfCounter.get(counterId) ?? [];
	const named = sheet.fieldId !== null && places.fields.has(sheet.fieldId) ? sheet.fieldId : null;
	return {
		siteId: places.siteOfCounter.get(counterId) ?? '',
		counterId,
		fieldId: named ?? (served.length === 1 ? served[0] : ''),
		officerId: duty?.officerId ?? ''
	};
}
