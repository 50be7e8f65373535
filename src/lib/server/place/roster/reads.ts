import { counterLabel } from '../../../domain/place/counter.ts';
import { dutyAt, type Duty } from '../../../domain/place/duty.ts';
import { turnsOfDay } from '../../../domain/place/roster.ts';
import type { Week } from '../../../domain/place/week.ts';
import { compareNames } from '../../../domain/shared/text.ts';
import type { Db } from '../../db/db.ts';
import { readCounters, readDuties, readOfficers } from '../reads.ts';

/** Every counter (`sites` null: of all sites) with whoever is there now, and every officer with where they are; instants in milliseconds. */
export async function readWhoIsOnDuty(
	db: Db,
	organizationId: string,
	now: number,
	sites: readonly string[] | null = null
) {
	const { counters, officers, duties } = await readAll(db, organizationId, now, now + 1, sites);
	const officerOf = new Map(officers.map((officer) => [officer.id, officer]));
	const standing = counters.map((counter) => ({ counter, duty: dutyAt(duties, counter.id, now) }));
	return {
		counters: standing.map(({ counter, duty }) => {
			const officer = officerOf.get(duty?.officerId ?? '');
			return {
				id: counter.id,
				name: counterLabel(counter),
				siteName: counter.siteName,
				fields: counter.fields.map(({ name }) => name),
				onDuty: duty && officer ? { name: officer.name, photoId: officer.photoId, since: duty.startsAt } : null
			};
		}),
		officers: officers
			.filter(({ archivedAt, state }) => archivedAt === null && state === 'active')
			.sort((a, b) => compareNames(a.name, b.name))
			.map(({ id, name, photoId }) => {
				const at = standing.find(({ duty }) => duty?.officerId === id)?.counter;
				return { id, name, photoId, at: at ? counterLabel(at) : null };
			})
	};
}

/** A week's roster, counter by counter and day by day, and the duties behind it in words. */
export async function readRoster(db: Db, organizationId: string, week: Week, sites: readonly string[] | null = null) {
	const { counters, officers, duties } = await readAll(db, organizationId, week.from, week.until, sites);
	const nameOf = (id: string | null) => officers.find((officer) => officer.id === id)?.name ?? '';
	const roster = counters.map((counter) => ({
		id: counter.id,
		name: counterLabel(counter),
		days: week.days.map((day) =>
			turnsOfDay(duties, counter.id, day).map(({ duty, from, until, sinceBefore, goesOn }) => ({
				dutyId: duty.id,
				officer: nameOf(duty.officerId),
				from: sinceBefore ? null : from,
				until: goesOn ? null : until,
				fromTerminal: duty.source === 'terminal'
			}))
		)
	}));
	const shown = new Set(counters.map(({ id }) => id));
	const those = duties.filter(({ counterId }) => shown.has(counterId));
	const inWords = those.map((duty) => ({ id: duty.id, ...words(duty, counters, officers), source: duty.source }));
	return { roster, duties: inWords };
}

/** The duty that stands in the way of another, for a sentence about it. */
export async function readDutyInWords(db: Db, organizationId: string, duty: Omit<Duty, 'id'>) {
	return words(duty, await readCounters(db, organizationId), await readOfficers(db, organizationId));
}

function words(
	{ counterId, officerId, startsAt, endsAt }: Omit<Duty, 'id'>,
	counters: Awaited<ReturnType<typeof readCounters>>,
	officers: Awaited<ReturnType<typeof readOfficers>>
) {
	const counter = counters.find(({ id }) => id === counterId);
	const officer = officers.find(({ id }) => id === officerId);
	return { counter: counter ? counterLabel(counter) : '', officer: officer?.name ?? '', startsAt, endsAt };
}

async function readAll(db: Db, organizationId: string, from: number, until: number, sites: readonly string[] | null) {
	const [counters, officers, duties] = await Promise.all([
		readCounters(db, organizationId),
		readOfficers(db, organizationId),
		readDuties(db, organizationId, from, until)
	]);
	const shown = counters.filter(
		({ archivedAt, siteId }) => archivedAt === null && (sites === null || sites.includes(siteId))
	);
	return { counters: shown, officers, duties };
}
