import { formatCount } from '../shared/number.ts';
import { CHANNEL_NAMES, isChannel, UNVERIFIED_WORDS } from '../submission/channel.ts';
import { tellExclusions, type ToldExclusion } from '../submission/exclusion.ts';
import { WATCHED } from '../submission/watch.ts';
import type { ReportSection } from './report-section.ts';
import { WORDS } from './report-words.ts';
import type { IndexTable } from './table.ts';
import type { ChannelTotals } from './totals.ts';

export interface SheetsOfPeriod {
	byChannel: IndexTable;
	totals: ChannelTotals;
	/** What two people took out of this period, and why. */
	exclusions: readonly ToldExclusion[];
}

/** How many sheets came, what became of them, and by which way. */
export function sheetsOf({
	byChannel,
	totals: { official, others },
	exclusions
}: SheetsOfPeriod): Omit<ReportSection, 'signs'> {
	const channels = byChannel.rows.map(({ key, sheets, gap }) => ({
		name: `${key && isChannel(key) ? CHANNEL_NAMES[key].vi : WORDS.noChannel}${gap ? ` (${UNVERIFIED_WORDS.vi})` : ''}`,
		count: sheets === null ? WORDS.fewSheets : formatCount(sheets)
	}));
	const lines = [
		{ name: WORDS.stored, count: official.stored },
		{ name: WORDS.excluded, count: official.excluded },
		...(official.decided > 0 ? [{ name: WORDS.decided, count: official.decided }] : []),
		{ name: WORDS.doubted, count: official.doubted.repeat },
		...WATCHED.filter((flag) => official.doubted[flag] > 0).map((flag) => ({
			name: WORDS.watched[flag],
			count: official.doubted[flag]
		})),
		{ name: WORDS.waiting, count: official.waiting },
		...(others.stored > 0 ? [{ name: WORDS.storedBeside, count: others.stored }] : [])
	].map(({ name, count }) => ({ name, count: formatCount(count) }));
	const note = [WORDS.sheetsNote, ...tellExclusions(exclusions)].join(' ');
	return { title: WORDS.sheets, lines: [...lines, ...channels], note };
}
