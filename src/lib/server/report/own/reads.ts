import { lastFinishedSunday, type OwnBlock, ownResult } from '../../../domain/report/own.ts';
import { addDays } from '../../../domain/shared/time.ts';
import type { Db } from '../../db/db.ts';
import { readOfficers } from '../../place/reads.ts';
import { readIndexTable } from '../reads.ts';

const LISTED_WEEKS = 8;

interface OwnQuestion {
	organizationId: string;
	officerId: string;
	versionId: string;
	/** Percent. */
	target: number;
	block: OwnBlock;
	today: string;
}

/**
 * What an officer may know of their own results; null where the organization has no such officer. Single weeks, newest first, come
 * without the centre's figure: taken out of a block they would leave the rest of it.
 */
export async function readOwnResults(db: Db, { officerId, block, today, ...question }: OwnQuestion) {
	const officer = (await readOfficers(db, question.organizationId)).find(({ id }) => id === officerId);
	if (!officer) return null;
	const tableOf = (from: string, to: string) => readIndexTable(db, { ...question, by: 'officer', from, to });
	const last = lastFinishedSunday(today);
	const weeks = [];
	for (let i = 0; i < LISTED_WEEKS; i++) {
		const to = addDays(last, -7 * i);
		const from = addDays(to, -6);
		weeks.push({ from, to, own: ownResult(await tableOf(from, to), officerId).own });
	}
	const whole = await tableOf(block.from, block.to);
	return { name: officer.name, target: whole.targets.PV, ...ownResult(whole, officerId), weeks };
}
