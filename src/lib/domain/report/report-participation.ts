import { formatCount, formatPercent } from '../shared/number.ts';
import {
	type ParticipationRow,
	type ParticipationSign,
	type Participation,
	type Rate,
	withRates
} from './participation.ts';
import type { ReportSection } from './report-section.ts';
import { PARTICIPATION_WORDS, WORDS } from './report-words.ts';
import { VERDICT_WORDS } from './verdict.ts';

export interface CountedParticipation {
	rows: readonly ParticipationRow[];
	total: Participation;
	signs: readonly ParticipationSign[];
}

/** null where nobody has entered how many were served and no tablet has told how many began. */
export function participationOf(counted: CountedParticipation | null): ReportSection | null {
	if (!counted || (counted.total.served === 0 && counted.total.begun === 0)) return null;
	const { rows, total, signs } = counted;
	const known = rows.filter(({ served, begun }) => served > 0 || begun > 0);
	const nameOf = (key: string | null) =>
		key === null ? WORDS.total : (rows.find((row) => row.key === key)?.name ?? key);
	return {
		title: PARTICIPATION_WORDS.title,
		lines: [...known, { ...total, name: WORDS.total }].map((row) => ({ name: row.name, count: said(row) })),
		signs: signs.map(({ of, key, kind, rate, other }) => {
			const [who, than] = [PARTICIPATION_WORDS.who[of], PARTICIPATION_WORDS.than[kind]];
			return `${nameOf(key)}: ${formatPercent(rate)} % ${who} trả lời, ${than} ${formatPercent(other)} %.`;
		}),
		note: PARTICIPATION_WORDS.note
	};
}

function said(row: Participation): string {
	const { rate, begunRate } = withRates(row);
	return [
		...(row.served > 0 ? [saidRate(rate, row.served, PARTICIPATION_WORDS.served)] : []),
		...(row.begun > 0 ? [saidRate(begunRate, row.begun, PARTICIPATION_WORDS.begun)] : [])
	].join('; ');
}

/** Without a rate it is withheld or not whole; of how many stands there all the same. */
function saidRate(rate: Rate | null, n: number, of: string): string {
	const share = rate
		? `${formatPercent(rate.value)} % (${formatPercent(rate.low)} – ${formatPercent(rate.high)})`
		: VERDICT_WORDS['not-enough'].vi;
	return `${share}, ${of} n\u00a0=\u00a0${formatCount(n)}`;
}
