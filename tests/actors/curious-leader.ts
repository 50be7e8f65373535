import type { Filter } from '../../src/lib/domain/report/filter.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { type Dimension, type IndexRow, isTime } from '../../src/lib/domain/report/table.ts';
import { type MethodId, METHODS } from '../../src/lib/domain/report/method.ts';
import { monthAfter } from '../../src/lib/domain/report/week.ts';
import { addDays } from '../../src/lib/domain/shared/time.ts';
import { type Channel, CHANNELS, OFFICIAL_CHANNELS } from '../../src/lib/domain/submission/channel.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { readReleasedDays } from '../../src/lib/server/report/export/reads.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';

/** One place and way where sheets are counted by themselves, as the roster tells everybody; '' is unattributed. */
export interface Cut {
	channel: Channel;
	counterId: string;
	fieldId: string;
	officerId: string;
	/** Where another questionnaire is answered than the one that tables are asked for. */
	versionId?: string;
}

/** A number that a leader has read: the people of these cuts on these days, as shown at that moment. */
export interface Look {
	/** What was counted: the sheets, a criterion, or an item. */
	column: string;
	cuts: Cut[];
	from: string;
	to: string;
	moment: number;
	n: number;
}

/** What is asked for; the roster's cuts are only to understand the answers. */
export interface Filters {
	cuts: readonly Cut[];
	periods: readonly { from: string; to: string }[];
	dimensions: readonly Dimension[];
	/** To what a table is narrowed, besides the whole one. */
	wheres?: readonly Omit<Filter, 'channel'>[];
}

/** Reads everything that a leader may ask for with these filters, and the export, at a moment; withheld cells are no number. Rows of several items have no plain n. */
export async function look(
	db: Db,
	{ organizationId, versionId, moment }: { organizationId: string; versionId: string; moment: number },
	{ cuts, periods, dimensions, wheres = [] }: Filters
): Promise<Look[]> {
	const looks: Look[] = [];
	const single = CHANNELS.filter((channel) => cuts.some((cut) => cut.channel === channel)).map((channel) => [channel]);
	for (const [i, { from, to }] of periods.entries()) {
		for (const by of dimensions) {
			const ways = [
				...(from === to ? METHODS : METHODS.slice(0, 1)).map((method) => ({ method, channels: OFFICIAL_CHANNELS })),
				...(i === 0 && by !== 'channel' ? single.map((channels) => ({ method: METHODS[0], channels })) : []),
				...(i === 0 ? wheres.map((where) => ({ method: METHODS[0], channels: OFFICIAL_CHANNELS, where })) : [])
			] as { method: MethodId; channels: readonly Channel[]; where?: Omit<Filter, 'channel'> }[];
			for (const { method, channels, where = {} } of ways) {
				const question = { organizationId, versionId, by, from, to, method, channels, where, target: 90 };
				const table = await readIndexTable(db, question);
				const narrowed = cuts.filter((cut) => Object.entries(where).every(([name, id]) => keysOf(cut)[name] === id));
				const ofAll = narrowed.filter(({ channel }) => channels.includes(channel));
				const asked = ofAll.filter((cut) => cut.versionId === undefined);
				const seen = (row: IndexRow, of: Cut[]) => {
					const days = isTime(by) && row.key !== null ? stepIn(row.key, { from, to }) : { from, to };
					const note = (column: string, n: number) => looks.push({ column, cuts: of, ...days, moment, n });
					if (row.sheets !== null && !isCriterion(row)) note('sheets', row.sheets);
					if ((by === 'version' && row !== table.total ? row.key : versionId) !== 'SIPAS5-v1') return;
					for (const criterion of CRITERIA) {
						const cell = row.criteria[criterion];
						if ('n' in cell) note(criterion, cell.n);
					}
				};
				const rowsOf = by === 'channel' ? narrowed.filter((cut) => cut.versionId === undefined) : asked;
				for (const row of table.rows) {
					const its = (cut: Cut) => isCriterion(row) || isTime(by) || keyOf(cut, by) === (row.key ?? '');
					if (by === 'version')
						seen(
							row,
							ofAll.filter((cut) => (cut.versionId ?? versionId) === row.key)
						);
					else seen(row, rowsOf.filter(its));
				}
				seen(table.total, asked);
			}
		}
	}
	const everything = { from: periods[0].from, to: periods[0].to };
	const question = { organizationId, versionId, ...everything };
	for (const row of (await readReleasedDays(db, question, (pages) => Array.fromAsync(pages))).flat()) {
		const n = row.sheets + row.n1 + row.n2 + row.n3 + row.n4 + row.n5;
		const of = cuts.filter(
			(cut) =>
				cut.versionId === undefined &&
				cut.channel === row.channel &&
				cut.counterId === (row.counterNumber ? `q${row.counterNumber}` : '') &&
				cut.fieldId === ({ HT: 'f1', CT: 'f2' }[row.fieldCode ?? ''] ?? '') &&
				cut.officerId === (row.officer?.replace('Công Chức ', 'o') ?? '')
		);
		looks.push({ column: row.item || 'sheets', cuts: of, from: row.day, to: row.day, moment, n });
	}
	return looks;
}

const isCriterion = ({ key }: IndexRow) => (CRITERIA as readonly (string | null)[]).includes(key);

function keysOf({
	channel,
	officerId: officer,
	counterId: counter,
	fieldId: field,
	versionId: version = ''
}: Cut): Record<string, string> {
	return { officer, counter, field, site: 's1', channel, version };
}

function keyOf(cut: Cut, by: Exclude<Dimension, 'week' | 'month'>): string {
	return by === 'criterion' ? '' : keysOf(cut)[by];
}

/** The days of the week that begins on this Monday, or of this month, as far as the period has them. */
function stepIn(key: string, { from, to }: { from: string; to: string }) {
	const [first, last] = key.length === 7 ? [`${key}-01`, addDays(`${monthAfter(key)}-01`, -1)] : [key, addDays(key, 6)];
	return { from: first > from ? first : from, to: last < to ? last : to };
}
