import { findingsOf } from '$lib/domain/report/findings.ts';
import { orderRows } from '$lib/domain/report/order.ts';
import { matches, pageOf } from '$lib/domain/shared/list.ts';
import { addDays, localDay, startOfLocalDay } from '$lib/domain/shared/time.ts';
import { readChainHead } from '$lib/server/account/audit/reads.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { openLeaderQuestion, readerOf } from '$lib/server/http/leader-page.ts';
import { readPhotoIds } from '$lib/server/place/officer/reads.ts';
import { readSites, readWardsBelow } from '$lib/server/place/reads.ts';
import { readChanges } from '$lib/server/report/change/reads.ts';
import { readParticipationNote } from '$lib/server/report/participation/reads.ts';
import { readTableAndChannels } from '$lib/server/report/reads.ts';
import { readSheetTotals } from '$lib/server/report/totals/reads.ts';
import { readExclusionsOf } from '$lib/server/submission/exclusion/reads.ts';
import { readQuarantineTotals } from '$lib/server/submission/quarantine/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const asked = event.url.searchParams;
	const permitted = await requireRight(event, 'load', asked.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	const { organization, officers, above, org } = reader;
	const { db } = event.locals.running;
	const now = Date.now();
	const chosen = { id: organization.id, name: organization.name, org, above };
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') {
		const query = (asked.get('q') ?? '').slice(0, 100);
		const wards = (await readWardsBelow(db, organization.id)).filter(({ name }) => matches(name, query));
		return { chosen, choose: { query, ...pageOf(wards, asked.get('page')) }, report: null };
	}
	const opened = await openLeaderQuestion(event, reader, now);
	const { question, by, period, filter, order, choices, refused, versions } = opened;
	const { table, byChannel } = await readTableAndChannels(db, question);
	const changes = await readChanges(db, table, question, period);
	const report = {
		table: { ...table, rows: orderRows(table.rows, order, changes.before) },
		changes,
		findings: changes.before ? findingsOf(table, changes.before) : null,
		filter,
		order,
		choices,
		poster: byChannel.rows.find(({ key }) => key === 'poster') ?? null,
		participation: await readParticipationNote(db, { ...question, today: localDay(now) }, period),
		totals: await readSheetTotals(db, question),
		exclusions: await readExclusionsOf(db, organization.id, question),
		quarantine: await readQuarantineTotals(db, organization.id, {
			from: startOfLocalDay(period.from),
			until: startOfLocalDay(addDays(period.to, 1))
		}),
		by,
		photos: by === 'officer' ? await readPhotoIds(db, organization.id) : {},
		siteKinds: by === 'site' ? kindsOf(await readSites(db, organization.id)) : {},
		officers: { may: officers, refused },
		period,
		asOf: now,
		versions: versions.map(({ id, title }) => ({ id, title })),
		terminals: await readTerminalHealth(db, organization.id, now),
		head: await readChainHead(db, organization.id)
	};
	return { chosen, choose: null, report };
};

const kindsOf = <Kind>(sites: readonly { id: string; kind: Kind }[]): Record<string, Kind> =>
	Object.fromEntries(sites.map(({ id, kind }) => [id, kind]));
