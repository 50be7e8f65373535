import type { Filter } from '../../domain/report/filter.ts';
import { DEFAULT_METHOD, type MethodId } from '../../domain/report/method.ts';
import { K_OFFICER } from '../../domain/report/secrecy.ts';
import {
	drawTable,
	type CountRow,
	type Dimension,
	type IndexTable,
	type TableRequest
} from '../../domain/report/table.ts';
import { yearOfTargets } from '../../domain/report/targets.ts';
import { addDays } from '../../domain/shared/time.ts';
import { monthAfter, monthName, weekName } from '../../domain/report/week.ts';
import { CHANNEL_NAMES, OFFICIAL_CHANNELS, type Channel } from '../../domain/submission/channel.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import type { Db } from '../db/db.ts';
import { readCounters, readFields, readOfficers, readSites } from '../place/reads.ts';
import { knowVersions } from '../survey/reads.ts';
import { readTargets } from './targets/reads.ts';
import { type Cut, readReleased, type ReleasedRow } from './released/reads.ts';
import { readSeries } from './series/reads.ts';

/** What a table of the index is asked for; days are local, both included; target in percent. */
export interface IndexQuestion {
	organizationId: string;
	by: Dimension;
	from: string;
	to: string;
	versionId: string;
	/** Earlier versions over the same items, whose trend this one continues: their answers count as well. */
	continues?: readonly string[];
	method?: MethodId;
	/** The organization's usual one; those set for single criteria and years are read with the table. */
	target: number;
	/** Whose answers count; the official channels unless others are asked for. By channel every other one stands beside them. */
	channels?: readonly Channel[];
	/** To what place or person the table is narrowed; everywhere and everybody unless said. */
	where?: Omit<Filter, 'channel'>;
}

/** The one reading path of every screen, file and API answer: released counts through the pure drawing. */
export async function readIndexTable(db: Db, question: IndexQuestion): Promise<IndexTable> {
	const { by, channels = OFFICIAL_CHANNELS } = question;
	if (by === 'version') return readVersionTable(db, question);
	return draw(db, question, await readRows(db, question, cutsOf(by), by === 'channel' ? undefined : channels));
}

/** The same, and beside it the table of all channels, from one look: what every place did by every channel. */
export async function readTableAndChannels(
	db: Db,
	question: IndexQuestion
): Promise<{ table: IndexTable; byChannel: IndexTable }> {
	const { by, channels = OFFICIAL_CHANNELS } = question;
	if (by === 'version') {
		const byChannel = await readIndexTable(db, { ...question, by: 'channel', channels: OFFICIAL_CHANNELS });
		return { table: await readVersionTable(db, question), byChannel };
	}
	const rows = await readRows(db, question, [...new Set<Cut>([...cutsOf(by), 'channel'])]);
	const byChannel = await draw(db, { ...question, by: 'channel', channels: OFFICIAL_CHANNELS }, rows);
	if (by === 'channel') return { table: byChannel, byChannel };
	const own = rows.filter(({ channel }) => channels.some((each) => each === channel));
	return { table: await draw(db, question, own), byChannel };
}

/** Every version with something to show, each drawn by what it asks; those of the chosen one's series have the total. */
async function readVersionTable(db: Db, question: IndexQuestion): Promise<IndexTable> {
	const { organizationId, versionId, channels = OFFICIAL_CHANNELS } = question;
	const { chains, names } = await readSeries(db, organizationId, versionId);
	const ids = chains.flat();
	await knowVersions(db, ids);
	const read = ids.map(async (id) => {
		const rows = await readReleased(db, { ...question, versionId: id, channels }, []);
		return rows.map((row): CutRow => ({ ...row, version: id }));
	});
	const series = new Map(
		chains.flatMap((chain) => chain.map((id) => [id, { version: findVersion(id)!, series: chain.at(-1)! }] as const))
	);
	return draw(db, question, (await Promise.all(read)).flat(), { names, series });
}

const cutsOf = (by: Exclude<Dimension, 'version'>): Cut[] => (by === 'criterion' ? [] : [by]);

/** By version, what each row asked. */
type CutRow = ReleasedRow & { version?: string };

async function readRows(db: Db, question: IndexQuestion, cuts: readonly Cut[], channels?: readonly Channel[]) {
	const ids = [question.versionId, ...(question.continues ?? [])];
	const read = ids.map((versionId) => readReleased(db, { ...question, versionId, channels }, cuts));
	return (await Promise.all(read)).flat();
}

async function draw(
	db: Db,
	question: IndexQuestion,
	rows: readonly CutRow[],
	versions?: Pick<TableRequest, 'names' | 'series'>
): Promise<IndexTable> {
	const { by, versionId, from, to, target } = question;
	const { method = DEFAULT_METHOD, channels = OFFICIAL_CHANNELS, where = {} } = question;
	await knowVersions(db, [versionId]);
	const version = findVersion(versionId);
	if (!version) throw new RangeError(`There is no questionnaire version ${versionId}`);
	const keyOf = keyBy(by);
	const counts: CountRow[] = [];
	const sheets = new Map<string | null, number>();
	for (const row of rows) {
		const key = keyOf(row) || null;
		if (row.itemId === '') sheets.set(key, (sheets.get(key) ?? 0) + row.sheets);
		else
			counts.push({
				key,
				itemId: row.itemId,
				n: [row.n1, row.n2, row.n3, row.n4, row.n5],
				notApplicable: row.notApplicable
			});
	}
	const names = versions?.names ?? (await namesOf(db, question, [...sheets.keys()]));
	const targets = await readTargets(db, question.organizationId, yearOfTargets(to));
	const about = { targets, k: thresholds(by, rows), ofOneOfficer: isOfOneOfficer(where, rows) };
	return drawTable({
		by,
		channels,
		version,
		method,
		target,
		from,
		to,
		counts,
		sheets,
		names,
		series: versions?.series,
		...about
	});
}

function keyBy(by: Dimension): (row: CutRow) => string {
	if (by === 'criterion') return () => '';
	if (by === 'version') return ({ version = '' }) => version;
	return (row) => row[by];
}

/** Everything in a table that is narrowed to one officer, or to what only one has done, is as secret as the officer. */
function isOfOneOfficer(where: IndexQuestion['where'], rows: readonly ReleasedRow[]): boolean {
	return where?.officer !== undefined || (Object.keys(where ?? {}).length > 0 && haveOneOfficer(rows));
}

/** A counter that only one officer has sat at says the same as the officer's own row, so it is as secret; so does a week. */
function thresholds(by: Dimension, rows: readonly CutRow[]): Map<string | null, number> {
	const k = new Map<string | null, number>();
	if (by === 'officer' || by === 'criterion') return k;
	for (const [key, own] of Map.groupBy(rows, keyBy(by))) if (haveOneOfficer(own)) k.set(key || null, K_OFFICER);
	return k;
}

export function haveOneOfficer(rows: readonly ReleasedRow[]): boolean {
	const officers = new Set(rows.map(({ onlyOfficer }) => onlyOfficer));
	return officers.size === 1 && !officers.has('');
}

/** Every week or month from the first with answers to the last, so that one without any is seen. */
function timeNames(by: 'week' | 'month', keys: readonly (string | null)[]): Map<string | null, string> {
	const steps = keys.filter((key) => key !== null).toSorted();
	const names = new Map<string | null, string>();
	const [nameOf, after] = by === 'week' ? [weekName, (week: string) => addDays(week, 7)] : [monthName, monthAfter];
	for (let step = steps[0]; step && step <= steps.at(-1)!; step = after(step)) names.set(step, nameOf(step));
	return names;
}

/** Every row a table may have, also without answers; archived places only where they have some. */
async function namesOf(
	db: Db,
	{ organizationId, by }: IndexQuestion,
	keys: readonly (string | null)[]
): Promise<Map<string | null, string>> {
	switch (by) {
		case 'week':
		case 'month':
			return timeNames(by, keys);
		case 'officer':
			return named(await readOfficers(db, organizationId), ({ name }) => name);
		case 'counter':
			return named(await readCounters(db, organizationId), ({ number, name }) => `${number}. ${name}`);
		case 'field':
			return named(await readFields(db, organizationId), ({ name }) => name);
		case 'site':
			return named(await readSites(db, organizationId), ({ name }) => name);
		case 'channel':
			return new Map(Object.entries(CHANNEL_NAMES).map(([channel, { vi }]) => [channel, vi]));
		case 'criterion':
		case 'version':
			return new Map();
	}
}

function named<Row extends { id: string }>(
	rows: readonly Row[],
	name: (row: Row) => string
): Map<string | null, string> {
	return new Map(rows.map((row) => [row.id, name(row)]));
}
