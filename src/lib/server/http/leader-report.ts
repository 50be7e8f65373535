import { fridayOf, type Period, periodAddress } from '../../domain/report/period.ts';
import { REPORT_TABLES, type ReportBy } from '../../domain/report/report-words.ts';
import type { Report } from '../../domain/report/report.ts';
import { localDay } from '../../domain/shared/time.ts';
import { readReport } from '../report/paper/reads.ts';
import { type LeaderReader, openLeaderQuestion } from './leader-page.ts';

export interface OpenedReport {
	report: Report;
	period: Period;
	/** The one table that was asked for; null: all that the reader may see. */
	by: ReportBy | null;
	/** The parameters that ask for this report again. */
	address: Record<string, string>;
	/** What it was about, for the log. */
	detail: string;
}

/**
 * The report that an address asks for, by the same parameters as the leader's table. Without a period it is Friday's: of the week of
 * the last Friday. `by` leaves one table in it; else it has every table that its reader may see.
 */
export async function openReport(
	event: Parameters<typeof openLeaderQuestion>[0],
	reader: LeaderReader,
	now: number
): Promise<OpenedReport> {
	const query = event.url.searchParams;
	const today = localDay(now);
	if (!query.has('preset')) query.set('preset', 'week');
	if (query.get('preset') === 'week' && !query.has('at')) query.set('at', fridayOf(today));
	const wanted = REPORT_TABLES.find((known) => known === query.get('by')) ?? null;
	const by = wanted === 'officer' && !reader.officers ? null : wanted;
	// Without it the question is by officer for whoever may, which is what the log must then say.
	if (!by) query.delete('by');
	const { question, period, filter, choices, detail } = await openLeaderQuestion(event, reader, now, 'report');
	const all: ReportBy[] = ['counter', 'field', ...(reader.officers ? (['officer'] as const) : [])];
	const scope = Object.entries(filter).map(
		([name, value]) => choices[name as keyof typeof choices].find((each) => each.value === value)?.text.vi ?? value
	);
	return {
		report: await readReport(event.locals.running.db, {
			organization: reader.organization,
			question,
			period,
			tables: by ? [by] : all,
			scope,
			now
		}),
		period,
		by,
		address: {
			...(reader.org && { org: reader.org }),
			version: question.versionId,
			...periodAddress(period, null),
			...(by && { by }),
			...filter
		},
		detail
	};
}
