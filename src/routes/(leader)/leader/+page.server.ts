import { permits } from '$lib/domain/account/right.ts';
import { DEFAULT_METHOD } from '$lib/domain/report/method.ts';
import { readPeriod } from '$lib/domain/report/period.ts';
import { DIMENSIONS } from '$lib/domain/report/table.ts';
import { matches, pageOf } from '$lib/domain/shared/list.ts';
import { addDays, localDay, startOfLocalDay } from '$lib/domain/shared/time.ts';
import { readChainHead } from '$lib/server/account/audit/reads.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { noteReading, sayQuestion } from '$lib/server/http/reading.ts';
import { readPhotoIds } from '$lib/server/place/officer/reads.ts';
import { readSites, readWardsBelow } from '$lib/server/place/reads.ts';
import { readIndexTable, readSheetTotals } from '$lib/server/report/reads.ts';
import { readQuarantineTotals } from '$lib/server/submission/quarantine/reads.ts';
import { readUsableVersions } from '$lib/server/survey/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const asked = event.url.searchParams;
	const { organization, user, path } = await requireRight(event, 'load', asked.get('org') ?? undefined);
	const { db } = event.locals.running;
	const { grants, organization: home } = requireSignedIn(event);
	const now = Date.now();
	const org = organization.id === home.id ? null : organization.id;
	const chosen = { id: organization.id, name: organization.name, org, above: home.kind === 'province' };
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') {
		const query = (asked.get('q') ?? '').slice(0, 100);
		const wards = (await readWardsBelow(db, organization.id)).filter(({ name }) => matches(name, query));
		return { chosen, choose: { query, ...pageOf(wards, asked.get('page')) }, report: null };
	}
	const officers = permits(grants, 'report:officers', { path, siteId: null }, user.id).allowed;
	const period = readPeriod(asked, localDay(now));
	const wanted = DIMENSIONS.find((known) => known === asked.get('by'));
	const by = officers ? (wanted ?? 'officer') : wanted === 'officer' ? 'counter' : (wanted ?? 'counter');
	const versions = await readUsableVersions(db, organization.id, true);
	const wantedVersion = asked.get('version');
	const versionId = versions.find(({ id }) => id === wantedVersion)?.id ?? organization.versionId;
	const question = { organizationId: organization.id, from: period.from, to: period.to, versionId };
	if (by === 'officer') {
		const detail = sayQuestion({ from: period.from, to: period.to, method: DEFAULT_METHOD, version: versionId });
		const line = { organizationId: organization.id, actorId: user.id, object: 'leader', detail, now };
		await noteReading(event.locals.running, { ...line, action: 'officer-scores-read' });
	}
	const target = organization.target / 100;
	const byChannel = await readIndexTable(db, { ...question, by: 'channel', target });
	const report = {
		table: by === 'channel' ? byChannel : await readIndexTable(db, { ...question, by, target }),
		poster: byChannel.rows.find(({ key }) => key === 'poster') ?? null,
		totals: await readSheetTotals(db, question),
		quarantine: await readQuarantineTotals(db, organization.id, {
			from: startOfLocalDay(period.from),
			until: startOfLocalDay(addDays(period.to, 1))
		}),
		by,
		photos: by === 'officer' ? await readPhotoIds(db, organization.id) : {},
		siteKinds: by === 'site' ? kindsOf(await readSites(db, organization.id)) : {},
		officers: { may: officers, refused: wanted === 'officer' && !officers },
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
