import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { counterLabel } from '../../domain/place/counter.ts';
import type { DutyChange, Heartbeat } from '../../domain/terminal/configuration.ts';
import { normalizePairingCode, pairingCode, PAIRING_TTL_MS, showPairingCode } from '../../domain/terminal/pairing.ts';
import type { Profile } from '../../domain/terminal/profile.ts';
import { trustedInstant } from '../../domain/terminal/clock.ts';
import type { Outcome } from '../../domain/shared/outcome.ts';
import { DAY_MS } from '../../domain/shared/time.ts';
import { clean } from '../../domain/shared/text.ts';
import { keepBegun } from '../report/participation/writes.ts';
import { writeAuditLine } from '../account/audit/writes.ts';
import { newId } from '../account/writes.ts';
import { commit, type Db } from '../db/db.ts';
import { counters, duties, officers } from '../db/schema/place.ts';
import { pairings, terminals } from '../db/schema/terminal.ts';

/** How long an answered or expired code is kept, so that a tablet that slept still learns what became of it. */
const KEPT_AFTER_MS = DAY_MS;

/** A tablet asks to be let in: keeps its public key under a new code for ten minutes. */
export async function requestPairing(db: Db, publicKey: JsonWebKey, now: number) {
	const expiresAt = now + PAIRING_TTL_MS;
	return commit(db, async (tx) => {
		await tx.delete(pairings).where(lt(pairings.expiresAt, now - KEPT_AFTER_MS));
		const code = pairingCode(randomBytes(5));
		await tx.insert(pairings).values({ code, publicKey, requestedAt: now, expiresAt });
		return { code, expiresAt };
	});
}

interface Approval {
	organizationId: string;
	/** As typed or scanned. */
	code: string;
	counterId: string;
	name: string;
	profile: Profile;
	approvedBy: string;
	now: number;
}

/** Lets the tablet that shows this code in, for one counter. A code is used once, whoever is first. */
export async function approvePairing(
	db: Db,
	{ organizationId, code, counterId, name, profile, approvedBy, now }: Approval
): Promise<Outcome<{ terminalId: string }, 'pairing-unknown' | 'counter-unknown'>> {
	const normal = normalizePairingCode(code);
	if (!normal) return { ok: false, reason: 'pairing-unknown' };
	return commit(db, async (tx) => {
		const [counter] = await tx
			.select({ id: counters.id, number: counters.number, name: counters.name })
			.from(counters)
			.where(and(eq(counters.id, counterId), eq(counters.organizationId, organizationId), isNull(counters.archivedAt)));
		if (!counter) return { ok: false, reason: 'counter-unknown' };
		const terminalId = newId();
		const [pairing] = await tx
			.update(pairings)
			.set({ terminalId })
			.where(and(eq(pairings.code, normal), isNull(pairings.terminalId), gt(pairings.expiresAt, now)))
			.returning({ publicKey: pairings.publicKey });
		if (!pairing) return { ok: false, reason: 'pairing-unknown' };
		const called = clean(name);
		const { publicKey } = pairing;
		await tx
			.insert(terminals)
			.values({ id: terminalId, organizationId, counterId, name: called, publicKey, profile, pairedAt: now });
		const detail = `${called} → ${counterLabel(counter)} (${showPairingCode(normal)})`;
		const line = { action: 'terminal-approved', object: terminalId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: approvedBy, ...line, now });
		return { ok: true, value: { terminalId } };
	});
}

interface Revocation {
	organizationId: string;
	terminalId: string;
	reason: string;
	revokedBy: string;
	now: number;
}

/** From the next request on this tablet is refused. It keeps what it has not sent; nothing that came from it is touched. */
export async function revokeTerminal(
	db: Db,
	{ organizationId, terminalId, reason, revokedBy, now }: Revocation
): Promise<Outcome<{ name: string }, 'terminal-unknown'>> {
	return commit(db, async (tx) => {
		const [revoked] = await tx
			.update(terminals)
			.set({ revokedAt: now })
			.where(
				and(eq(terminals.id, terminalId), eq(terminals.organizationId, organizationId), isNull(terminals.revokedAt))
			)
			.returning({ name: terminals.name });
		if (!revoked) return { ok: false, reason: 'terminal-unknown' };
		const detail = `${revoked.name}: ${clean(reason)}`;
		const line = { action: 'terminal-revoked', object: terminalId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: revokedBy, ...line, now });
		return { ok: true, value: { name: revoked.name } };
	});
}

/** The tablet's last word about itself; how often somebody began there is kept apart, by the day. */
export async function storeHeartbeat(
	db: Db,
	terminal: { id: string; organizationId: string; counterId: string },
	{ begun = [], ...heartbeat }: Heartbeat,
	now: number
) {
	await commit(db, async (tx) => {
		await tx.update(terminals).set({ heartbeat, lastSeenAt: now }).where(eq(terminals.id, terminal.id));
		await keepBegun(tx, terminal, begun, now);
	});
}

/**
 * Changes of the officer on duty made on a tablet, once each by their id. Ends no other duty: the one that started later holds. A
 * change that names an officer of elsewhere is left out and said; it keeps none of the others from being stored.
 */
export async function acceptDutyChanges(
	db: Db,
	terminal: { id: string; organizationId: string; counterId: string },
	changes: readonly DutyChange[],
	now: number
): Promise<Outcome<null, 'officer-unknown'>> {
	const { organizationId, counterId } = terminal;
	return commit(db, async (tx) => {
		const own = await tx
			.select({ id: officers.id, name: officers.name })
			.from(officers)
			.where(eq(officers.organizationId, organizationId));
		const names = new Map(own.map(({ id, name }) => [id, name]));
		const known = changes.filter(({ officerId }) => officerId === null || names.has(officerId));
		for (const { id, officerId, startsAt } of known) {
			const at = trustedInstant(Date.parse(startsAt), now).at;
			const duty = { id, organizationId, counterId, officerId, startsAt: at, source: 'terminal' } as const;
			const [added] = await tx.insert(duties).values(duty).onConflictDoNothing().returning({ id: duties.id });
			if (!added) continue;
			const detail = (officerId && names.get(officerId)) || '–';
			const line = { action: 'duty-changed-on-terminal', object: id, detail } as const;
			await writeAuditLine(tx, { organizationId, actorId: terminal.id, ...line, now });
		}
		return known.length === changes.length ? { ok: true, value: null } : { ok: false, reason: 'officer-unknown' };
	});
}
