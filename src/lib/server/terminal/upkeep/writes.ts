import { and, eq, gt, isNull } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { clean } from '../../../domain/shared/text.ts';
import { formatInstant } from '../../../domain/shared/time.ts';
import { normalizePairingCode, showPairingCode } from '../../../domain/terminal/pairing.ts';
import { completeProfile, type Profile } from '../../../domain/terminal/profile.ts';
import { RESCUE_MS } from '../../../domain/terminal/rescue.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters } from '../../db/schema/place.ts';
import { pairings, terminals } from '../../db/schema/terminal.ts';

interface Change {
	organizationId: string;
	terminalId: string;
	name: string;
	counterId: string;
	profile: Profile;
	changedBy: string;
	now: number;
}

/**
 * A tablet's name, counter and profile from now on; it hears of them with its next heartbeat. Sheets keep the duty that the citizen
 * saw, wherever the tablet stands when they come.
 */
export async function changeTerminal(
	db: Db,
	{ organizationId, terminalId, name, counterId, profile, changedBy, now }: Change
): Promise<Outcome<{ changed: boolean }, 'terminal-unknown' | 'counter-unknown'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`terminal ${terminalId}`]);
		const before = await ownTerminal(tx, organizationId, terminalId);
		if (!before || before.revokedAt !== null) return { ok: false, reason: 'terminal-unknown' };
		const counter = await ownCounter(tx, organizationId, counterId);
		const stays = counterId === before.counterId;
		if (!counter || (!stays && counter.archivedAt !== null)) return { ok: false, reason: 'counter-unknown' };
		const after = { name: clean(name), counterId, profile };
		const changes = [
			...(after.name === before.name ? [] : [`${before.name} → ${after.name}`]),
			...(stays ? [] : [`→ ${counterLabel(counter)}`]),
			...changedSettings(completeProfile(before.profile), profile)
		];
		if (changes.length === 0) return { ok: true, value: { changed: false } };
		await tx.update(terminals).set(after).where(eq(terminals.id, terminalId));
		const detail = `${after.name}: ${changes.join('; ')}`;
		const line = { action: 'terminal-changed', object: terminalId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: { changed: true } };
	});
}

/** 'volume 0 → 0.6', for the log. */
function changedSettings(before: Profile, after: Profile): string[] {
	const settings = Object.keys(after) as (keyof Profile)[];
	const text = (profile: Profile, setting: keyof Profile) => JSON.stringify(profile[setting]).replaceAll('"', '');
	return settings
		.filter((setting) => text(before, setting) !== text(after, setting))
		.map((setting) => `${setting} ${text(before, setting)} → ${text(after, setting)}`);
}

interface Replacement {
	organizationId: string;
	/** The broken tablet, revoked or not. */
	terminalId: string;
	/** As the new one shows it. */
	code: string;
	reason: string;
	replacedBy: string;
	now: number;
}

/**
 * Lets a new tablet in at the place of an old one: it takes over name, counter and profile, and in the same transaction the old one
 * is refused. Their running numbers stay apart, each with a key of its own; a tablet has one successor.
 */
export async function replaceTerminal(
	db: Db,
	{ organizationId, terminalId, code, reason, replacedBy, now }: Replacement
): Promise<
	Outcome<{ terminalId: string }, 'terminal-unknown' | 'terminal-replaced' | 'counter-unknown' | 'pairing-unknown'>
> {
	const normal = normalizePairingCode(code);
	if (!normal) return { ok: false, reason: 'pairing-unknown' };
	return commit(db, async (tx) => {
		await lock(tx, [`terminal ${terminalId}`]);
		const old = await ownTerminal(tx, organizationId, terminalId);
		if (!old) return { ok: false, reason: 'terminal-unknown' };
		const [successor] = await tx
			.select({ id: terminals.id })
			.from(terminals)
			.where(and(eq(terminals.organizationId, organizationId), eq(terminals.predecessorId, terminalId)));
		if (successor) return { ok: false, reason: 'terminal-replaced' };
		const counter = await ownCounter(tx, organizationId, old.counterId);
		if (!counter || counter.archivedAt !== null) return { ok: false, reason: 'counter-unknown' };
		const id = newId();
		const [pairing] = await tx
			.update(pairings)
			.set({ terminalId: id })
			.where(and(eq(pairings.code, normal), isNull(pairings.terminalId), gt(pairings.expiresAt, now)))
			.returning({ publicKey: pairings.publicKey });
		if (!pairing) return { ok: false, reason: 'pairing-unknown' };
		const { name, counterId } = old;
		const profile = completeProfile(old.profile);
		const { publicKey } = pairing;
		await tx
			.insert(terminals)
			.values({ id, organizationId, counterId, name, publicKey, profile, pairedAt: now, predecessorId: terminalId });
		const revokedAt = old.revokedAt ?? now;
		await tx.update(terminals).set({ revokedAt }).where(eq(terminals.id, terminalId));
		const detail = `${name}, ${counterLabel(counter)} (${showPairingCode(normal)}): ${terminalId} → ${id}`;
		const line = { action: 'terminal-replaced', object: id, detail, reason: clean(reason) } as const;
		await writeAuditLine(tx, { organizationId, actorId: replacedBy, ...line, now });
		return { ok: true, value: { terminalId: id } };
	});
}

interface RescueChange {
	organizationId: string;
	terminalId: string;
	reason: string;
	by: string;
	now: number;
}

/** For a day a revoked tablet may hand over what it still holds, into quarantine and nowhere else. */
export async function openRescue(
	db: Db,
	{ organizationId, terminalId, reason, by, now }: RescueChange
): Promise<Outcome<{ until: number }, 'terminal-unknown' | 'terminal-active'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`terminal ${terminalId}`]);
		const terminal = await ownTerminal(tx, organizationId, terminalId);
		if (!terminal) return { ok: false, reason: 'terminal-unknown' };
		if (terminal.revokedAt === null) return { ok: false, reason: 'terminal-active' };
		const until = now + RESCUE_MS;
		await tx.update(terminals).set({ rescueUntil: until }).where(eq(terminals.id, terminalId));
		const detail = `${terminal.name} → ${formatInstant(until)}`;
		const line = { action: 'terminal-rescue-opened', object: terminalId, detail, reason: clean(reason) } as const;
		await writeAuditLine(tx, { organizationId, actorId: by, ...line, now });
		return { ok: true, value: { until } };
	});
}

/** From the next request on nothing more is taken; what came stays in quarantine. */
export async function closeRescue(
	db: Db,
	{ organizationId, terminalId, by, now }: Omit<RescueChange, 'reason'>
): Promise<Outcome<null, 'terminal-unknown'>> {
	return commit(db, async (tx) => {
		const [closed] = await tx
			.update(terminals)
			.set({ rescueUntil: null })
			.where(
				and(eq(terminals.id, terminalId), eq(terminals.organizationId, organizationId), gt(terminals.rescueUntil, now))
			)
			.returning({ name: terminals.name });
		if (!closed) return { ok: false, reason: 'terminal-unknown' };
		const line = { action: 'terminal-rescue-closed', object: terminalId, detail: closed.name } as const;
		await writeAuditLine(tx, { organizationId, actorId: by, ...line, now });
		return { ok: true, value: null };
	});
}

async function ownTerminal(tx: Tx, organizationId: string, id: string) {
	const own = and(eq(terminals.id, id), eq(terminals.organizationId, organizationId));
	const [terminal] = await tx.select().from(terminals).where(own);
	return terminal;
}

async function ownCounter(tx: Tx, organizationId: string, id: string) {
	const own = and(eq(counters.id, id), eq(counters.organizationId, organizationId));
	const [counter] = await tx.select().from(counters).where(own);
	return counter;
}
