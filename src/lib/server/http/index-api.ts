import type { Changes } from '../../domain/report/change.ts';
import { CODEBOOK } from '../../domain/report/file.ts';
import { FILTERS, type Filter, readFilter } from '../../domain/report/filter.ts';
import { isMethod, DEFAULT_METHOD } from '../../domain/report/method.ts';
import { isPeriod, type Period, PRESETS, readPeriod } from '../../domain/report/period.ts';
import { DIMENSIONS } from '../../domain/report/table.ts';
import { localDay } from '../../domain/shared/time.ts';
import { channelsNamed } from '../../domain/submission/channel.ts';
import { readChanges } from '../report/change/reads.ts';
import type { Serving } from '../serving.ts';
import { readIndexTable } from '../report/reads.ts';
import { readUsableVersions } from '../survey/reads.ts';
import { json, type Answer, type Call } from './call.ts';
import { readFilterChoices } from './leader-question.ts';
import { mayAskFor } from './limits.ts';
import { Refusal } from './problem.ts';
import { noteReading, sayQuestion } from './reading.ts';
import { requireStaff } from './staff-guard.ts';

/**
 * `GET /api/v1/index?by=&from=&to=&preset=&at=&officer=&counter=&field=&site=&method=&version=&channel=&compare=&org=`: the table that
 * the dashboard draws, for a reader of that organization. By channel all of them are shown, so none can be chosen. What it does not
 * know it refuses, where a page falls back. Every answer leaves a line, as a file does.
 */
export async function answerIndex(serving: Serving, call: Call, now: number): Promise<Answer> {
	const ask = (name: string, otherwise: string) => call.query.get(name) ?? otherwise;
	const by = DIMENSIONS.find((known) => known === ask('by', 'officer'));
	const ofOfficers = by === 'officer' || call.query.has('officer');
	const rights = ofOfficers ? (['report:read', 'report:officers'] as const) : 'report:read';
	const { user, organization } = await requireStaff(serving, call, rights, now);
	if (!(await mayAskFor('report', user.id))) throw new Refusal('too-many-requests');
	const method = ask('method', DEFAULT_METHOD);
	const asked = ask('version', organization.versionId);
	const usable = await readUsableVersions(serving.db, organization.id, true);
	const version = usable.find(({ id }) => id === asked);
	const period = periodOf(call.query, localDay(now));
	const where = await readPlaces(serving, organization.id, call.query);
	const channel = ask('channel', 'official');
	const channels = channelsNamed(channel);
	const oneOfAll = by === 'channel' && channel !== 'official';
	const compare = ask('compare', 'false');
	if (!by || !period || !where || !isMethod(method) || !version || !channels || oneOfAll) {
		throw new Refusal('query-invalid');
	}
	if (compare !== 'true' && compare !== 'false') throw new Refusal('query-invalid');
	const { from, to } = period;
	const question = {
		...{ organizationId: organization.id, by, from, to, method, versionId: version.id, where, channels },
		target: organization.target / 100
	};
	const table = await readIndexTable(serving.db, question);
	const changes = compare === 'true' ? await readChanges(serving.db, table, question, period) : null;
	const detail = sayQuestion({ from, to, method, version: version.id, channel });
	const line = { organizationId: organization.id, actorId: user.id, object: 'api', detail, now };
	if (ofOfficers) await noteReading(serving, { ...line, action: 'officer-scores-read' });
	await noteReading(serving, { ...line, action: 'exported' });
	if (!changes) return json(table);
	return json({ ...table, changes: { before: listed(changes.before), yearBefore: listed(changes.yearBefore) } });
}

/** `GET /api/v1/index/codebook`: what the figures mean. */
export function answerCodebook(): Answer {
	return json(CODEBOOK.map(({ column, means }) => ({ column, vi: means.vi, en: means.en })));
}

/** The period that a call asks for, strictly: null where it makes no sense. */
export function periodOf(query: URLSearchParams, today: string): Period | null {
	const [from, to, at] = [query.get('from') ?? '', query.get('to') ?? '', query.get('at')];
	if (!query.has('preset')) return isPeriod(from, to) ? { preset: 'custom', from, to } : null;
	const known = PRESETS.some((preset) => preset === query.get('preset')) && (at === null || isPeriod(at, at));
	return known && !from && !to ? readPeriod(query, today) : null;
}

/** What it is narrowed to; null where one of them does not exist. */
async function readPlaces(
	{ db }: Serving,
	organizationId: string,
	query: URLSearchParams
): Promise<Omit<Filter, 'channel'> | null> {
	const names = FILTERS.filter((name) => name !== 'channel' && query.has(name));
	if (names.length === 0) return {};
	const filter = readFilter(query);
	const choices = await readFilterChoices(db, organizationId, names.includes('officer'));
	const exist = names.every((name) => choices[name].some(({ value }) => value === filter[name]));
	return exist ? Object.fromEntries(names.map((name) => [name, filter[name]!])) : null;
}

/** As JSON has no maps: the rows in a list, each with its key. */
function listed(changes: Changes | null) {
	if (!changes) return null;
	const { from, to, rows, total } = changes;
	return { from, to, rows: [...rows].map(([key, gap]) => ({ key, ...gap })), total };
}
