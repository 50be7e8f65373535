import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { conflicts, type Duty, dutyAt } from '../../../domain/place/duty.ts';
import { standing } from '../../../domain/place/roster.ts';
import { addDays, formatInstant, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, duties, officers } from '../../db/schema/place.ts';

export interface Handover {
	/** Made on the page, so that pressing twice is one handover. */
	id: string;
	organizationId: string;
	counterId: string;
	officerId: string;
	/** Until somebody else comes, instead of until the end of the day. */
	open: boolean;
	handedBy: string;
	now: number;
}

export type HandedOver =
	| { ok: true; value: { until: number | null; already: boolean } }
	| { ok: false; reason: 'counter-unknown' | 'officer-unknown' | 'officer-away' }
	| { ok: false; reason: 'officer-elsewhere'; counter: string; until: number | null };

/**
 * Puts an officer at a counter from now on. Whoever was there is relieved, since the later start holds; where the officer's next duty
 * elsewhere begins, this one ends. Refuses an officer who stands at another counter now.
 */
export async function handOver(
	db: Db,
	{ id, organizationId, counterId, officerId, open, handedBy, now }: Handover
): Promise<HandedOver> {
	return commit(db, async (tx): Promise<HandedOver> => {
		await lock(tx, [`roster ${organizationId}`]);
		const [counter] = await tx
			.select()
			.from(counters)
			.where(standingIn(counters, organizationId, counterId));
		if (!counter) return { ok: false, reason: 'counter-unknown' };
		const [officer] = await tx
			.select()
			.from(officers)
			.where(standingIn(officers, organizationId, officerId));
		if (!officer) return { ok: false, reason: 'officer-unknown' };
		if (officer.state === 'away') return { ok: false, reason: 'officer-away' };

		const known = await dutiesAfter(tx, organizationId, now);
		const holding = dutyAt(known, counterId, now);
		if (holding?.officerId === officerId) return { ok: true, value: { until: holding.endsAt, already: true } };
		// Two who take one counter in the same instant: the second comes after the first.
		const startsAt = holding && holding.startsAt >= now ? holding.startsAt + 1 : now;
		const endOfDay = startOfLocalDay(addDays(localDay(now), 1));
		const duty = { id, counterId, officerId, startsAt, endsAt: open ? null : endOfDay };
		const inTheWay = conflicts([...known, duty]).filter(({ duties: both }) => both.includes(duty));
		const next = inTheWay[0];
		if (next && next.from <= startsAt) {
			const other = next.duties.find((each) => each !== duty)!;
			const [at] = await tx.select().from(counters).where(eq(counters.id, other.counterId));
			return { ok: false, reason: 'officer-elsewhere', counter: at ? counterLabel(at) : '', until: other.endsAt };
		}
		const endsAt = next ? next.from : duty.endsAt;
		const row = { ...duty, endsAt, organizationId, source: 'office' as const };
		const [stored] = await tx.insert(duties).values(row).onConflictDoNothing().returning({ id: duties.id });
		// Pressed a second time, after somebody else has come or it was taken back.
		if (!stored) return { ok: true, value: { until: endsAt, already: true } };
		const until = endsAt === null ? '' : formatInstant(endsAt);
		const detail = `${officer.name} → ${counterLabel(counter)}, ${formatInstant(startsAt)} – ${until}`.trim();
		const line = { action: 'duty-handed-over', object: id, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: handedBy, ...line, now });
		return { ok: true, value: { until: endsAt, already: false } };
	});
}

/** Takes a handover of today back: it ends now, and whoever the roster has there holds the counter again. */
export async function takeBack(
	db: Db,
	request: {
		organizationId: string;
		dutyId: string;
		/** Only a handover to this officer; null: anybody's. */
		officerId: string | null;
		takenBy: string;
		now: number;
	}
): Promise<{ ok: true } | { ok: false; reason: 'duty-unknown' | 'duty-over' }> {
	const { organizationId, dutyId, officerId, takenBy, now } = request;
	return commit(db, async (tx) => {
		await lock(tx, [`roster ${organizationId}`]);
		const own = and(
			eq(duties.id, dutyId),
			eq(duties.organizationId, organizationId),
			eq(duties.source, 'office'),
			officerId === null ? undefined : eq(duties.officerId, officerId)
		);
		const [duty] = await tx.select().from(duties).where(own);
		if (!duty || localDay(duty.startsAt) !== localDay(now)) return { ok: false, reason: 'duty-unknown' };
		const endsAt = Math.max(now, duty.startsAt);
		if (duty.endsAt !== null && duty.endsAt <= endsAt) return { ok: false, reason: 'duty-over' };
		await tx.update(duties).set({ endsAt }).where(own);
		const [officer] = await tx
			.select()
			.from(officers)
			.where(eq(officers.id, duty.officerId ?? ''));
		const detail = `${officer?.name ?? '–'}, ${formatInstant(endsAt)}`;
		const line = { action: 'duty-ended', object: dutyId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: takenBy, ...line, now });
		return { ok: true };
	});
}

const standingIn = (table: typeof counters | typeof officers, organizationId: string, id: string) =>
	and(eq(table.id, id), eq(table.organizationId, organizationId), isNull(table.archivedAt));

async function dutiesAfter(tx: Tx, organizationId: string, from: number): Promise<Duty[]> {
	const lasting = or(isNull(duties.endsAt), gt(duties.endsAt, from));
	return standing(
		await tx
			.select()
			.from(duties)
			.where(and(eq(duties.organizationId, organizationId), lasting)),
		from
	);
}
