import { addDays, dayOfWeek, startOfLocalDay, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { fullSheet, type Tablet } from './province.ts';

/** So many days from Monday to Friday, the first not before `from`. */
export function weekdays(from: string, count: number): string[] {
	const days: string[] = [];
	for (let day = from; days.length < count; day = addDays(day, 1)) if (dayOfWeek(day) <= 5) days.push(day);
	return days;
}

/** The evening on which a day's sheets arrive. */
export const eveningOf = (day: string) => startOfLocalDay(day) + 18 * HOUR_MS;

/** A day at every tablet, through the product's one way in: ratings from 07:30, evenly spread, then all sent in the evening. */
export async function rateDay(
	db: Db,
	tablets: Tablet[],
	day: string,
	first: number,
	each: number,
	random: () => number
) {
	const opens = startOfLocalDay(day) + 7.5 * HOUR_MS;
	const apart = (10 * HOUR_MS) / each;
	await Promise.all(
		tablets.map(async (tablet) => {
			const sheets = Array.from({ length: each }, (_, i) => fullSheet(tablet, first + i, opens + i * apart, random));
			const sender = { id: tablet.id, organizationId: tablet.organizationId, counterId: tablet.counterId };
			const receipts = await acceptSheets(db, sender, sheets, eveningOf(day));
			const odd = receipts.find(({ status }) => status !== 'stored');
			if (odd) throw new Error(`A sheet of the benchmark was ${odd.status} ${odd.code ?? ''}`);
		})
	);
}
