import { eq } from 'drizzle-orm';
import { type Period } from '../../../domain/report/period.ts';
import { drawReport, type Report } from '../../../domain/report/report.ts';
import type { ReportBy } from '../../../domain/report/report-words.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { isOfficial, OFFICIAL_CHANNELS } from '../../../domain/submission/channel.ts';
import { readChainHead } from '../../account/audit/reads.ts';
import type { Db } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { readNamedBatches } from '../../submission/comment/release/reads.ts';
import { readChanges } from '../change/reads.ts';
import { readParticipationSigns } from '../participation/reads.ts';
import { type IndexQuestion, readIndexTable } from '../reads.ts';
import { readExclusionsOf } from '../../submission/exclusion/reads.ts';
import { readSheetTotals } from '../totals/reads.ts';
import { readWork } from '../work/reads.ts';

/** More than a year of one place. */
const BATCHES = 60;

interface ReportQuestion {
	organization: { id: string; name: string; demonstration: boolean };
	/** Every table asks this, each by something else. */
	question: Omit<IndexQuestion, 'by'>;
	period: Period;
	tables: readonly ReportBy[];
	/** To what it is narrowed, in words. */
	scope: readonly string[];
	now: number;
}

/** The report of a period, for the page, the PDF and the letter: from the tables that the leader's page draws, and nothing else. */
export async function readReport(db: Db, asked: ReportQuestion): Promise<Report> {
	const { organization, question, period, scope, now } = asked;
	const tables = [];
	for (const by of asked.tables) {
		const own = { ...question, by };
		const table = await readIndexTable(db, own);
		tables.push({ table, changes: await readChanges(db, table, own, period) });
	}
	return drawReport({
		organization: { ...organization, above: await readNameAbove(db, organization.id) },
		period,
		asOf: now,
		scope,
		tables,
		byChannel: await readIndexTable(db, { ...question, by: 'channel', channels: OFFICIAL_CHANNELS }),
		comments: await readComments(db, organization.id, question),
		participation: await readParts(db, asked),
		work: scope.length > 0 ? null : await readWork(db, organization.id, { ...question, now }),
		totals: await readSheetTotals(db, question),
		exclusions: await readExclusionsOf(db, organization.id, question),
		audit: await readChainHead(db, organization.id)
	});
}

/** Comments are not told apart by officer or channel: of those there are none. */
async function readComments(db: Db, organizationId: string, { where, channels, from, to }: ReportQuestion['question']) {
	const official = !channels || channels.some(isOfficial);
	if (where?.officer || !official) return [];
	const place = { siteId: where?.site, counterId: where?.counter, fieldId: where?.field };
	return readNamedBatches(db, organizationId, { ...place, from, to }, BATCHES);
}

/** By counter, which everybody may see; it is of everything, so a report that is narrowed has none. */
async function readParts(db: Db, { question, period, scope, now }: ReportQuestion) {
	if (scope.length > 0) return null;
	return readParticipationSigns(db, { ...question, today: localDay(now) }, period, 'counter');
}

async function readNameAbove(db: Db, organizationId: string): Promise<string | null> {
	const [own] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
	if (!own?.parentId) return null;
	const [above] = await db.select().from(organizations).where(eq(organizations.id, own.parentId));
	return above?.name ?? null;
}
