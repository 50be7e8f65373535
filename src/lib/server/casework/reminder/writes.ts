import { and, eq } from 'drizzle-orm';
import { showCaseNumber } from '../../../domain/casework/case.ts';
import { reminderLetter, reminderOf } from '../../../domain/casework/reminder.ts';
import { stretchesOf } from '../../../domain/place/calendar/calendar.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import { commit, type Db } from '../../db/db.ts';
import { cases } from '../../db/schema/casework.ts';
import { postLetter } from '../../mail/writes.ts';
import { readOffice, readOpenCases } from '../due/reads.ts';
import { readReminded, readWithCases } from './reads.ts';

/**
 * Writes to whoever has to act, once a step: when it is soon due, when it is late, and when the limit of its answer is past, each time one
 * level further up. Only while the office is at work; what falls due at night is said in the morning. Returns how many letters.
 */
export async function remindOfCases(db: Db, { now, origin }: { now: number; origin: string }): Promise<number> {
	let posted = 0;
	for (const organizationId of await readWithCases(db)) {
		const { calendar, hours } = await readOffice(db, organizationId, [now], now);
		const atWork = stretchesOf(calendar, hours, localDay(now)).some(({ from, until }) => from <= now && now < until);
		if (!atWork) continue;
		const path = await readOrganizationPath(db, organizationId);
		for (const { due, ...row } of await readOpenCases(db, organizationId, now)) {
			const reminder = reminderOf(due, row.toldOf);
			if (!reminder) continue;
			const told = await readReminded(db, row, path, reminder.reach);
			const letter = reminderLetter(showCaseNumber(row), due, `${origin}/office/cases/${row.id}`);
			posted += await commit(db, async (tx) => {
				// Whoever writes it down says it: two nodes send one letter.
				const its = and(eq(cases.id, row.id), eq(cases.toldOf, row.toldOf), eq(cases.version, row.version));
				const [mine] = await tx.update(cases).set({ toldOf: reminder.key }).where(its).returning({ id: cases.id });
				if (!mine) return 0;
				for (const to of told) await postLetter(tx, { organizationId, to, ...letter, now });
				return told.length;
			});
		}
	}
	return posted;
}
