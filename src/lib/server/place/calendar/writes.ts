import { and, eq } from 'drizzle-orm';
import type { DayKind, DayStatus } from '../../../domain/place/calendar/calendar.ts';
import { formatDay } from '../../../domain/shared/time.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db } from '../../db/db.ts';
import { calendarDays } from '../../db/schema/place.ts';

/** What an organization itself says of a day; null: nothing, so that what stands above it holds. */
export interface OwnDay {
	day: string;
	says: { kind: DayKind; name: string; status: DayStatus } | null;
}

const KIND_WORDS: Record<DayKind, string> = {
	holiday: 'nghỉ lễ',
	compensatory: 'nghỉ bù',
	swapped_off: 'nghỉ hoán đổi',
	makeup_workday: 'làm bù',
	ordinary: 'như ngày thường'
};

/**
 * Writes an organization's own days, all of them or none, and gives back what stood there before, which is what takes it back. A day
 * that is so already leaves no line.
 */
export async function setOwnDays(
	db: Db,
	change: { organizationId: string; days: readonly OwnDay[]; changedBy: string; now: number }
): Promise<Outcome<{ before: OwnDay[] }, 'day-twice'>> {
	const { organizationId, days, changedBy, now } = change;
	if (new Set(days.map(({ day }) => day)).size < days.length) return { ok: false, reason: 'day-twice' };
	return commit(db, async (tx) => {
		await lock(tx, [`calendar ${organizationId}`]);
		const before: OwnDay[] = [];
		for (const { day, says } of days) {
			const own = and(eq(calendarDays.organizationId, organizationId), eq(calendarDays.day, day));
			const [row] = await tx.select().from(calendarDays).where(own);
			before.push({ day, says: row ? { kind: row.kind, name: row.name, status: row.status } : null });
			if (says === null ? !row : row && same(row, says)) continue;
			if (row) await tx.delete(calendarDays).where(own);
			if (says) await tx.insert(calendarDays).values({ organizationId, day, ...says });
			const what = says ? `${KIND_WORDS[says.kind]}${says.name && ` (${says.name})`}` : 'theo lịch cấp trên';
			const line = { action: 'calendar-changed', object: day, detail: `${formatDay(day)}: ${what}` } as const;
			await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		}
		return { ok: true, value: { before } };
	});
}

const same = (a: NonNullable<OwnDay['says']>, b: NonNullable<OwnDay['says']>) =>
	a.kind === b.kind && a.name === b.name && a.status === b.status;
