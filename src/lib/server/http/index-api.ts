import { isMethod, DEFAULT_METHOD } from '../../domain/report/method.ts';
import { DIMENSIONS } from '../../domain/report/table.ts';
import { isLocalDay } from '../../domain/shared/time.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import type { Db } from '../db/db.ts';
import { readOrganization } from '../place/reads.ts';
import { readIndexTable } from '../report/reads.ts';
import { json, type Answer, type Call } from './call.ts';
import { Refusal } from './problem.ts';

/** `GET /api/v1/index?by=&from=&to=&method=&version=`: the table that the dashboard draws, for a signed-in reader of `organizationId`. */
export async function answerIndex(db: Db, call: Call, organizationId: string): Promise<Answer> {
	const ask = (name: string) => call.query.get(name) ?? undefined;
	const organization = (await readOrganization(db, organizationId))!;
	if (ask('org') !== undefined && ask('org') !== organizationId) throw new Refusal('forbidden');
	const by = DIMENSIONS.find((known) => known === (ask('by') ?? 'officer'));
	const [from, to, method] = [ask('from') ?? '', ask('to') ?? '', ask('method') ?? DEFAULT_METHOD];
	const version = findVersion(ask('version') ?? organization.versionId);
	if (!by || !isLocalDay(from) || !isLocalDay(to) || from > to || !isMethod(method) || !version)
		throw new Refusal('query-invalid');
	const target = organization.target / 100;
	return json(await readIndexTable(db, { organizationId, by, from, to, method, versionId: version.id, target }));
}
