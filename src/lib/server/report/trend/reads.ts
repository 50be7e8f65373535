import { hasFigures } from '../../../domain/report/change.ts';
import { type GapStep, gapTrendOf, type Step, type Trend, trendOf } from '../../../domain/report/trend.ts';
import type { IndexTable } from '../../../domain/report/table.ts';
import { type Channel, CHANNELS, isOfficial } from '../../../domain/submission/channel.ts';
import type { Db } from '../../db/db.ts';
import { type IndexQuestion, readIndexTable } from '../reads.ts';
import { readChains } from '../series/reads.ts';

export interface TrendReading {
	trend: Trend;
	/** What the segments are drawn from, in the order of time; each with all versions that are in it. */
	tables: { table: IndexTable; versions: string[] }[];
	/** Of channels beside the index that have something to show; none where the question is about one channel. */
	gaps: { channel: Channel; steps: GapStep[] }[];
}

/** The index step by step, over every version that was answered in the period; a line goes only through versions that continue each other. */
export async function readTrend(
	db: Db,
	question: Omit<IndexQuestion, 'by' | 'continues'>,
	step: Step,
	beside: boolean
): Promise<TrendReading> {
	const chains = await readChains(db, question.organizationId, question.versionId);
	const read = (chain: readonly string[], channels?: readonly Channel[]) =>
		readIndexTable(db, {
			...question,
			...(channels && { channels }),
			by: step,
			versionId: chain.at(-1)!,
			continues: chain.slice(0, -1)
		});
	const all: TrendReading['tables'] = [];
	for (const [i, chain] of chains.entries()) {
		const table = await read(chain);
		if (i === 0 || hasFigures(table)) all.push({ table, versions: chain });
	}
	const trend = trendOf(all.map(({ table }) => table));
	const drawn = trend.segments.flatMap(({ versionId }) => all.filter(({ table }) => table.versionId === versionId));
	const gaps: TrendReading['gaps'] = [];
	for (const channel of beside ? CHANNELS.filter((each) => !isOfficial(each)) : []) {
		const steps = gapTrendOf(all[0].table, await read(chains[0], [channel]), trend.steps);
		if (steps.some(({ gap }) => gap && Object.values(gap).some((cell) => 'value' in cell)))
			gaps.push({ channel, steps });
	}
	return { trend, tables: drawn.length > 0 ? drawn : all.slice(0, 1), gaps };
}
