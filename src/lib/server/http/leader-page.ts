import { permits } from '../../domain/account/right.ts';
import { DEFAULT_METHOD } from '../../domain/report/method.ts';
import { localDay } from '../../domain/shared/time.ts';
import type { Serving } from '../serving.ts';
import { readUsableVersions } from '../survey/reads.ts';
import { type Guarded, type Permitted, requireSignedIn } from './guard.ts';
import { type LeaderQuestion, readLeaderQuestion } from './leader-question.ts';
import { noteReading, sayQuestion } from './reading.ts';

interface Asked extends Guarded {
	url: URL;
	locals: Guarded['locals'] & { running: Serving };
}

/** Who looks at results of which organization, and whether by officer too. */
export interface LeaderReader extends Permitted {
	officers: boolean;
	/** Whether they belong to a province, so that there are other wards to look at. */
	above: boolean;
	/** null: their own organization. */
	org: string | null;
}

/** What else is known of whoever the guard has let through, for pages about results. */
export function readerOf(event: Guarded, permitted: Permitted): LeaderReader {
	const { organization, path, user } = permitted;
	const { grants, organization: home } = requireSignedIn(event);
	const officers = permits(grants, 'report:officers', { path, siteId: null }, user.id).allowed;
	const org = organization.id === home.id ? null : organization.id;
	return { ...permitted, officers, above: home.kind === 'province', org };
}

/** What the address asks for. Looking at officers leaves a line, saying where it was done. */
export async function openLeaderQuestion(
	{ url, locals: { running } }: Asked,
	{ organization, officers, user }: LeaderReader,
	now: number,
	object = 'leader'
): Promise<LeaderQuestion & { versions: Awaited<ReturnType<typeof readUsableVersions>>; detail: string }> {
	const versions = await readUsableVersions(running.db, organization.id, true);
	const reader = { organization, officers, versions: versions.map(({ id }) => id), today: localDay(now) };
	const asked = await readLeaderQuestion(running.db, url.searchParams, reader);
	const { versionId: version, from, to } = asked.question;
	const channel = asked.filter.channel ?? 'official';
	const detail = sayQuestion({ from, to, method: DEFAULT_METHOD, version, channel });
	if (asked.by === 'officer' || asked.filter.officer) {
		const line = { organizationId: organization.id, actorId: user.id, object, detail, now };
		await noteReading(running, { ...line, action: 'officer-scores-read' });
	}
	return { ...asked, versions, detail };
}
