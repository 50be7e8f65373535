import type { Difference } from '../../../../domain/report/difference.ts';
import { HOUR_MS, shiftOf, startOfLocalDay } from '../../../../domain/shared/time.ts';
import {
	addToHour,
	HOUR_FIGURES,
	type HourFigures,
	hourPlaceOf,
	isToldByHour,
	noHourFigures
} from '../../../../domain/submission/hours.ts';
import type { StoredSheet } from '../../../../domain/submission/intake.ts';
import type { Queries } from '../../../db/db.ts';
import { organizations } from '../../../db/schema/place.ts';
import { hourCounts } from '../../../db/schema/report.ts';

/** Figures by place in the week and shift: as near to the hour as a sheet itself can tell. */
export type ShiftHours = Map<string, { organizationId: string; month: string; figures: HourFigures }>;

/** Adds a sheet to the shift it says. */
export function addToShift(hours: ShiftHours, sheet: StoredSheet) {
	if (!isToldByHour(sheet)) return;
	const place = hourPlaceOf(sheet);
	addToHour(own(hours, keyOf(place, sheet.shift), place), sheet, 1);
}

/**
 * Which hour of its shift a sheet came in nobody knows after a week; but the hours of a shift must add up to the sheets that say this
 * shift. Months before counting by the hour began are not looked at.
 */
export async function hourDifferences(at: Queries, expected: ShiftHours): Promise<Difference[]> {
	const known = await at.select({ id: organizations.id, since: organizations.hoursSince }).from(organizations);
	const since = new Map(known.map(({ id, since }) => [id, since]));
	const counted: ShiftHours = new Map();
	for (const row of await at.select().from(hourCounts)) {
		const { organizationId, versionId, month, siteId, weekday, hour } = row;
		const shift = shiftOf(startOfLocalDay(`${month}-01`) + hour * HOUR_MS);
		const place = { organizationId, versionId, month, siteId, weekday };
		const figures = own(counted, keyOf(place, shift), place);
		for (const figure of HOUR_FIGURES) figures[figure] += row[figure];
	}
	return [...new Set([...expected.keys(), ...counted.keys()])].flatMap((where) => {
		const { organizationId, month } = (expected.get(where) ?? counted.get(where))!;
		if (month < (since.get(organizationId) ?? '')) return [];
		const [is, should] = [counted, expected].map((side) => {
			const figures = side.get(where)?.figures ?? noHourFigures();
			return HOUR_FIGURES.map((figure) => figures[figure]);
		});
		return is.every((value, i) => value === should[i]) ? [] : [{ where, counted: is, recomputed: should }];
	});
}

type Place = ReturnType<typeof hourPlaceOf>;

const keyOf = ({ organizationId, month, siteId, versionId, weekday }: Place, shift: string) =>
	['hours', organizationId, month, siteId, versionId, `weekday ${weekday}`, shift].join(' · ');

function own(hours: ShiftHours, key: string, { organizationId, month }: Place): HourFigures {
	let known = hours.get(key);
	if (!known) hours.set(key, (known = { organizationId, month, figures: noHourFigures() }));
	return known.figures;
}
