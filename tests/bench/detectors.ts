import {
	ATTACKS,
	falseAlarmsOf,
	MOST_FALSE_IN_1000,
	recallOf,
	shareOf,
	UNSEEN,
	type Share
} from '../../src/lib/domain/submission/detectors.fixture.ts';
import { round, type Figure } from './figure.ts';

const HONEST_DAYS = 2_000;
const ATTACKED_DAYS = 500;

const sayShare = (share: Share) => `${round(100 * shareOf(share), 1)} % of ${share.of}`;

/**
 * How much of simulated attacks the product doubts, and how often it doubts honest people: the value is false alarms in 1 000 honest
 * sheets of tablets. Held when that and both other kinds of false alarm stay below their limits and every attack above its own.
 * Attacks that nothing looks for are named with what would; they have no limit.
 */
export async function detectors(seed: number): Promise<Figure> {
	const { sheets, posters, months, days, byFlag } = falseAlarmsOf(seed, HONEST_DAYS);
	const inThousand = (share: Share) => 1000 * shareOf(share);
	const alarms = {
		...{ sheets: inThousand(sheets), posters: inThousand(posters) },
		...{ months: inThousand(months), days: inThousand(days) }
	};
	const attacks = Object.entries(ATTACKS).map(([name, { attack, least, why }]) => {
		const share = recallOf(attack, seed, ATTACKED_DAYS);
		return { name, share, least, why, held: shareOf(share) >= least };
	});
	const kinds = ['sheets', 'posters', 'months', 'days'] as const;
	const held = kinds.every((kind) => alarms[kind] <= MOST_FALSE_IN_1000[kind]) && attacks.every((each) => each.held);
	const limit = MOST_FALSE_IN_1000.sheets;
	return {
		...{ name: 'detectors', value: round(alarms.sheets, 1), unit: 'false alarms in 1 000 honest sheets', limit },
		...{ ratio: round(alarms.sheets / limit, 2), n: sheets.of, seed, held },
		details: [
			`flags of ${sheets.of} honest sheets: ${[...byFlag].map(([flag, count]) => `${flag} ${count}`).join(', ')} (replaced is no alarm)`,
			`in 1 000 answers at posters ${round(alarms.posters, 1)} (limit ${MOST_FALSE_IN_1000.posters}, n ${posters.of}); in 1 000 months of a counter ${round(alarms.months, 1)} (limit ${MOST_FALSE_IN_1000.months}, n ${months.of}); in 1 000 days of a counter ${round(alarms.days, 1)} (limit ${MOST_FALSE_IN_1000.days}, n ${days.of})`,
			...attacks.map(
				(each) =>
					`${each.held ? 'seen  ' : 'MISSED'} ${each.name}: ${sayShare(each.share)} (at least ${100 * each.least} %: ${each.why})`
			),
			...Object.entries(UNSEEN).map(
				([name, { attack, wants }]) =>
					`NO DETECTOR ${name}: ${sayShare(recallOf(attack, seed, ATTACKED_DAYS))}; wanted: ${wants}`
			)
		]
	};
}
