import { participationByOf, withRates } from '../../domain/report/participation.ts';
import { localDay } from '../../domain/shared/time.ts';
import { readParticipation } from '../report/participation/reads.ts';
import type { Serving } from '../serving.ts';
import { json, type Answer, type Call } from './call.ts';
import { periodOf } from './index-api.ts';
import { mayAskFor } from './limits.ts';
import { Refusal } from './problem.ts';
import { noteReading, sayQuestion } from './reading.ts';
import { requireStaff } from './staff-guard.ts';

/**
 * `GET /api/v1/participation?by=&from=&to=|preset=&at=&org=`: how many were served, began at a tablet and answered, as the leader's page
 * shows it. What it does not know it refuses. Every answer leaves a line, as a file does.
 */
export async function answerParticipation(serving: Serving, call: Call, now: number): Promise<Answer> {
	const asked = call.query.get('by') ?? 'counter';
	const ofOfficers = asked === 'officer';
	const rights = ofOfficers ? (['report:read', 'report:officers'] as const) : 'report:read';
	const { user, organization } = await requireStaff(serving, call, rights, now);
	if (!(await mayAskFor('report', user.id))) throw new Refusal('too-many-requests');
	const by = participationByOf(asked, true);
	const today = localDay(now);
	const period = periodOf(call.query, today);
	if (by !== asked || !period) throw new Refusal('query-invalid');
	const { from, to } = period;
	const { id: organizationId, versionId } = organization;
	const { rows, total } = await readParticipation(serving.db, { organizationId, versionId, from, to, today }, by);
	const detail = sayQuestion({ from, to, version: versionId });
	const line = { organizationId, actorId: user.id, object: 'api', detail, now };
	if (ofOfficers) await noteReading(serving, { ...line, action: 'officer-scores-read' });
	await noteReading(serving, { ...line, action: 'exported' });
	return json({ by, from, to, rows: rows.map(withRates), total: withRates(total) });
}
