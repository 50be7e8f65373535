import { isMethod, DEFAULT_METHOD } from '../../domain/report/method.ts';
import { isPeriod } from '../../domain/report/period.ts';
import { DIMENSIONS } from '../../domain/report/table.ts';
import { channelsNamed } from '../../domain/submission/channel.ts';
import type { Serving } from '../serving.ts';
import { readIndexTable } from '../report/reads.ts';
import { readUsableVersions } from '../survey/reads.ts';
import { json, type Answer, type Call } from './call.ts';
import { mayAskFor } from './limits.ts';
import { Refusal } from './problem.ts';
import { noteReading, sayQuestion } from './reading.ts';
import { requireStaff } from './staff-guard.ts';

/**
 * `GET /api/v1/index?by=&from=&to=&method=&version=&channel=&org=`: the table that the dashboard draws, for a reader of that
 * organization. By channel all of them are shown, so none can be chosen.
 */
export async function answerIndex(serving: Serving, call: Call, now: number): Promise<Answer> {
	const ask = (name: string, otherwise: string) => call.query.get(name) ?? otherwise;
	const by = DIMENSIONS.find((known) => known === ask('by', 'officer'));
	const rights = by === 'officer' ? (['report:read', 'report:officers'] as const) : 'report:read';
	const { user, organization } = await requireStaff(serving, call, rights, now);
	if (!(await mayAskFor('report', user.id))) throw new Refusal('too-many-requests');
	const [from, to, method] = [ask('from', ''), ask('to', ''), ask('method', DEFAULT_METHOD)];
	const asked = ask('version', organization.versionId);
	const usable = await readUsableVersions(serving.db, organization.id, true);
	const version = usable.find(({ id }) => id === asked);
	const channel = ask('channel', 'official');
	const channels = channelsNamed(channel);
	const oneOfAll = by === 'channel' && channel !== 'official';
	if (!by || !isPeriod(from, to) || !isMethod(method) || !version || !channels || oneOfAll) {
		throw new Refusal('query-invalid');
	}
	const target = organization.target / 100;
	const question = { organizationId: organization.id, by, from, to, method, versionId: version.id, target, channels };
	if (by === 'officer') {
		const detail = sayQuestion({ from, to, method, version: version.id, channel });
		const action = 'officer-scores-read';
		await noteReading(serving, {
			organizationId: organization.id,
			actorId: user.id,
			action,
			object: 'api',
			detail,
			now
		});
	}
	return json(await readIndexTable(serving.db, question));
}
