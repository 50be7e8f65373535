import { and, eq } from 'drizzle-orm';
import { checkSheet } from '../../../domain/submission/check.ts';
import type { Receipt } from '../../../domain/submission/sheet.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import { RESCUED, type RescueStanding } from '../../../domain/terminal/rescue.ts';
import { addToRanges } from '../../../domain/terminal/sequence.ts';
import { find, insertNew, lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { quarantine, sheets } from '../../db/schema/submission.ts';
import { terminals, terminalSequences } from '../../db/schema/terminal.ts';
import { knowVersionsOf } from '../../survey/reads.ts';
import { contentDigest, idOf, isSequence, packUuid, quarantineId, type Sender } from '../writes.ts';

/**
 * Takes the queue of a revoked tablet: every sheet goes into quarantine word for word, none into the counts, for nobody knows who
 * held the tablet. What had come before it was revoked is left as it is: a stored sheet is a duplicate, a quarantined one stays
 * where it waits. The running numbers count as received, so that what is still missing was really lost. Sending again changes
 * nothing.
 */
export async function rescueSheets(
	db: Db,
	sender: Sender,
	bodies: readonly unknown[],
	standing: RescueStanding,
	now: number
): Promise<Receipt[]> {
	const { id: terminalId, organizationId } = sender;
	await knowVersionsOf(db, bodies);
	return commit(db, async (tx) => {
		await lock(tx, [terminalId]);
		const stored = await storedAmong(tx, organizationId, bodies);
		const waiting = await waitingBodies(tx, sender);
		const fresh = bodies
			.filter((body) => !stored.has(body))
			.map((body) => JSON.stringify(body) ?? 'null')
			.filter((body) => !waiting.has(body))
			.map((body) => ({
				...{ organizationId, id: quarantineId(terminalId, RESCUED, body), terminalId },
				...{ code: RESCUED, body, receivedAt: now }
			}));
		const added = await insertNew(tx, quarantine, fresh);
		await noteNumbers(tx, sender, bodies, added.length);
		await noteStanding(tx, terminalId, standing, bodies.length, now);
		return bodies.map((body): Receipt => {
			const id = idOf(body);
			return stored.has(body) ? { id, status: 'duplicate' } : { id, status: 'quarantined', code: RESCUED };
		});
	});
}

/** Those whose answer never reached the tablet: stored under the same id with the same content. */
async function storedAmong(tx: Tx, organizationId: string, bodies: readonly unknown[]): Promise<Set<unknown>> {
	const checked = bodies.flatMap((body) => {
		const sheet = checkSheet(body, findVersion);
		return sheet.ok ? [{ body, id: packUuid(sheet.value.id), digest: contentDigest(sheet.value) }] : [];
	});
	const keys = checked.map(({ id }) => ({ organizationId, id }));
	const known = new Map((await find(tx, sheets, ['organizationId', 'id'], keys)).map(({ id, digest }) => [id, digest]));
	return new Set(checked.filter(({ id, digest }) => known.get(id) === digest).map(({ body }) => body));
}

async function waitingBodies(tx: Tx, { id, organizationId }: Sender): Promise<Set<string>> {
	const rows = await tx
		.select({ body: quarantine.body })
		.from(quarantine)
		.where(and(eq(quarantine.organizationId, organizationId), eq(quarantine.terminalId, id)));
	return new Set(rows.map(({ body }) => body));
}

async function noteNumbers(tx: Tx, { id, organizationId }: Sender, bodies: readonly unknown[], added: number) {
	const numbers = bodies.map((body) => (body as { sequence?: unknown } | null)?.sequence).filter(isSequence);
	const [known] = await find(tx, terminalSequences, ['terminalId'], [{ terminalId: id }]);
	await put(tx, terminalSequences, [
		{
			terminalId: id,
			organizationId,
			ranges: addToRanges(known?.ranges ?? [], numbers),
			forkedAt: known?.forkedAt ?? null,
			quarantined: (known?.quarantined ?? 0) + added
		}
	]);
}

/** The tablet's last word about itself goes on from here. A repeated call must not take it back: numbers and time only go forward. */
async function noteStanding(tx: Tx, terminalId: string, { made, queued }: RescueStanding, sent: number, now: number) {
	const [terminal] = await find(tx, terminals, ['id'], [{ id: terminalId }]);
	const { heartbeat } = terminal;
	const left = Math.max(0, queued - sent);
	if (!heartbeat) return;
	const newer = made > heartbeat.made ? left : Math.min(heartbeat.queued, left);
	const said = { ...heartbeat, made: Math.max(made, heartbeat.made), queued: newer };
	const oldestQueuedAt = newer === 0 ? null : heartbeat.oldestQueuedAt;
	await tx
		.update(terminals)
		.set({ heartbeat: { ...said, oldestQueuedAt }, lastSeenAt: now })
		.where(eq(terminals.id, terminalId));
}
