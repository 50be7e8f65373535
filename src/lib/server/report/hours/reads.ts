import { and, between, eq, gte, sql } from 'drizzle-orm';
import { drawHours, type HourMap } from '../../../domain/report/hours.ts';
import { yearOfTargets } from '../../../domain/report/targets.ts';
import { monthOf } from '../../../domain/shared/time.ts';
import { HOUR_FIGURES, type HourFigures } from '../../../domain/submission/hours.ts';
import type { Criterion } from '../../../domain/survey/criterion.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import type { Db } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { hourCounts } from '../../db/schema/report.ts';
import { knowVersions } from '../../survey/reads.ts';
import type { IndexQuestion } from '../reads.ts';
import { readTargets } from '../targets/reads.ts';

/** Which column says how much of a figure is released. */
export const RELEASED_HOUR = {
	sheets: 'rSheets',
	tcAnswers: 'rTcAnswers',
	tcSatisfied: 'rTcSatisfied',
	hcAnswers: 'rHcAnswers',
	hcSatisfied: 'rHcSatisfied',
	pvAnswers: 'rPvAnswers',
	pvSatisfied: 'rPvSatisfied',
	kqAnswers: 'rKqAnswers',
	kqSatisfied: 'rKqSatisfied',
	ttAnswers: 'rTtAnswers',
	ttSatisfied: 'rTtSatisfied'
} as const satisfies Record<keyof HourFigures, keyof typeof hourCounts.$inferSelect>;

export function releasedHour(row: typeof hourCounts.$inferSelect): HourFigures {
	return Object.fromEntries(
		HOUR_FIGURES.map((figure) => [figure, row[RELEASED_HOUR[figure]]])
	) as unknown as HourFigures;
}

/** Which months are asked for, both included; those before counts by the hour began are left out. */
export interface HourReading {
	map: HourMap;
	from: string;
	to: string;
	/** The first month that is counted by the hour; '' where every month is. */
	since: string;
}

/** The hours of the week at one site, over the whole months that a period touches: of released counts only. */
export async function readHours(
	db: Db,
	question: Omit<IndexQuestion, 'by' | 'where'>,
	siteId: string,
	criterion: Criterion
): Promise<HourReading> {
	const { organizationId, versionId } = question;
	const [from, to] = [monthOf(question.from), monthOf(question.to)];
	const [own] = await db
		.select({ since: organizations.hoursSince })
		.from(organizations)
		.where(eq(organizations.id, organizationId));
	const since = own?.since ?? '';
	await knowVersions(db, [versionId]);
	const figures = Object.fromEntries(
		HOUR_FIGURES.map((figure) => [figure, sql<number>`sum(${hourCounts[RELEASED_HOUR[figure]]})`.mapWith(Number)])
	) as unknown as Record<keyof HourFigures, ReturnType<typeof sql<number>>>;
	const counts = await db
		.select({ weekday: hourCounts.weekday, hour: hourCounts.hour, ...figures })
		.from(hourCounts)
		.where(
			and(
				eq(hourCounts.organizationId, organizationId),
				eq(hourCounts.versionId, versionId),
				between(hourCounts.month, from, to),
				gte(hourCounts.month, since),
				eq(hourCounts.siteId, siteId)
			)
		)
		.groupBy(hourCounts.weekday, hourCounts.hour);
	const targets = { ...(await readTargets(db, organizationId, yearOfTargets(question.to))) };
	const target = targets[criterion] ?? question.target;
	const shown = counts.filter(({ sheets }) => sheets !== 0);
	return { map: drawHours({ criterion, version: findVersion(versionId)!, target, counts: shown }), from, to, since };
}
