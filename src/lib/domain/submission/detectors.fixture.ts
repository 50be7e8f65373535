import { rateOf } from '../report/participation.ts';
import { seeded, type Random } from '../shared/random.ts';
import { HOUR_MS, MINUTE_MS, startOfLocalDay } from '../shared/time.ts';
import type { Flag } from './flag.ts';
import {
	aMonth,
	atPoster,
	between,
	exponential,
	honestDevice,
	honestTaps,
	isDoubted,
	judgeTablet,
	overOn,
	row,
	SECOND_MS,
	selective,
	workingDay,
	type Tap
} from './made-up-day.fixture.ts';

/** So many of so many. */
export interface Share {
	seen: number;
	of: number;
}
export const shareOf = ({ seen, of }: Share) => seen / of;

const tally = (seen: readonly boolean[]): Share => ({ seen: seen.filter(Boolean).length, of: seen.length });

type Attack = (random: Random, day: string) => boolean[];

/** An attack at the tablet on an honest day: which of its sheets are doubted. */
const atTablet =
	(forge: (random: Random, midnight: number) => Omit<Tap, 'of'>[], device = honestDevice): Attack =>
	(random, day) => {
		const forged = forge(random, startOfLocalDay(day)).map((tap): Tap => ({ ...tap, of: 'attack' }));
		const taps = [...honestTaps(random, day), ...forged];
		return judgeTablet(random, taps, device(random, day))
			.filter(({ tap }) => tap.of === 'attack')
			.map(isDoubted);
	};

/** Seen, each with the least share that must be. */
export const ATTACKS: Record<string, { least: number; why: string; attack: Attack }> = {
	'the officer taps a run of five to twelve top scores, 1 to 6 s apart': {
		least: 0.8,
		why: 'all but the first of each run (cool-down of 15 s)',
		attack: atTablet((random, midnight) =>
			row(random, midnight + between(random, 8, 17) * HOUR_MS, 5 + Math.floor(random.next() * 8), [1, 6])
		)
	},
	'one phone at a poster, forty answers 5 s apart': {
		least: 0.8,
		why: 'all but the first of the nine or ten that are taken (decision 0030)',
		attack: (random, day) => {
			const from = startOfLocalDay(day) + between(random, 8, 17) * HOUR_MS;
			return atPoster(
				row(random, from, 40, [4, 6]).map(({ at }) => at),
				true
			);
		}
	},
	'a script at a poster, a new phone each time, 200 answers 3 s apart, does the work': {
		least: 0.8,
		why: 'all but what a crowd may be: 20, and 4 a minute (decision 0030)',
		attack: (random, day) => {
			const from = startOfLocalDay(day) + between(random, 8, 17) * HOUR_MS;
			return atPoster(
				row(random, from, 200, [2, 4]).map(({ at }) => at),
				false
			);
		}
	},
	'a copy of the tablet sends under numbers that are taken': {
		least: 1,
		why: 'each number is given once (decision 0006)',
		attack: (random, day) => {
			const taps = honestTaps(random, day);
			const last = taps.at(-1)!.at;
			const forged = row(random, last + MINUTE_MS, 10, [300, 600]).map((tap): Tap => ({ ...tap, of: 'attack' }));
			const sequenceOf = (i: number) => (i < taps.length ? i + 1 : i - taps.length + 1);
			return judgeTablet(random, [...taps, ...forged], { skewMs: 0, sentAt: null }, sequenceOf)
				.filter(({ tap }) => tap.of === 'attack')
				.map(isDoubted);
		}
	},
	'the tablet’s clock is set ahead by hours, and ratings are made for a time to come': {
		least: 1,
		why: 'more than two minutes ahead of the server is doubted (clock.ts)',
		attack: atTablet(
			(random, midnight) => row(random, midnight + 12 * HOUR_MS, 8, [120, 600]),
			(random) => ({ skewMs: between(random, 1, 8) * HOUR_MS, sentAt: null })
		)
	},
	'a month in which one counter offers the tablet to a third of those it should': {
		least: 0.8,
		why: 'ten points below the others and beyond chance (participation.ts)',
		attack: (random) => [selective(aMonth(random, (served) => Math.round(served / 6))).has('c0')]
	},
	'a month in which one counter has more ratings than it served': {
		least: 1,
		why: 'no rate is shown where more answered than were served (participation.ts)',
		attack: (random) => {
			const rows = aMonth(random, (served) => Math.ceil(served * between(random, 1.01, 1.3)));
			return [rateOf(rows[0]) === null];
		}
	},
	'the officer taps ten top scores 20 to 60 s apart': {
		least: 0.8,
		why: 'five and more alike at a pace no queue has, where no citizen comes in between (watch.ts)',
		attack: atTablet((random, midnight) => row(random, midnight + between(random, 8, 16) * HOUR_MS, 10, [20, 60]))
	},
	'ten top scores 60 to 120 s apart, right after the supervisor signed in': {
		least: 0.7,
		why: 'five and more alike within minutes of it, where no citizen comes in between (watch.ts)',
		attack: (random, day) => {
			const signIn = startOfLocalDay(day) + between(random, 8, 16) * HOUR_MS;
			const forge = () => row(random, signIn + MINUTE_MS, 10, [60, 120]);
			return atTablet(forge, (...honest) => ({ ...honestDevice(...honest), staffAt: [signIn] }))(random, day);
		}
	},
	'ratings at night, minutes apart': {
		least: 1,
		why: 'more than an hour after closing (watch.ts)',
		attack: atTablet(
			(random, midnight) => row(random, midnight + between(random, 20, 22) * HOUR_MS, 6, [60, 300]),
			(...honest) => ({ ...honestDevice(...honest), skewMs: 0 })
		)
	},
	'ratings over lunch while nobody is on duty': {
		least: 0.9,
		why: 'more than an hour after the morning, half an hour before the afternoon (watch.ts)',
		attack: atTablet((random, midnight) =>
			row(random, midnight + 12.6 * HOUR_MS, 6, [60, 300]).map((tap) => ({ ...tap, nobodyOnDuty: true as const }))
		)
	},
	'ratings in opening hours at a counter that nobody is rostered at that day': {
		least: 1,
		why: 'nobody on the screen and by the roster nobody near (watch.ts)',
		attack: (random, day) => {
			const midnight = startOfLocalDay(day);
			const forged = row(random, midnight + between(random, 8, 10) * HOUR_MS, 6, [120, 600]);
			const taps = forged.map((tap): Tap => ({ ...tap, of: 'attack' }));
			return judgeTablet(random, taps, { skewMs: 0, sentAt: null, unstaffed: true }).map(isDoubted);
		}
	},
	'a day on which a counter has a quarter to a half more ratings than it served': {
		least: 0.8,
		why: 'more than 110 % of those served, and three more (over-served.ts); of eight to twelve served a quarter more is within',
		attack: (random) => [overOn(random, (served) => served * between(random, 1.25, 1.5))[0]]
	}
};

/** Attacks that nothing in the product looks for: what is seen of them is by chance. Whoever adds a detector moves its attack up. */
export const UNSEEN: Record<string, { wants: string; attack: Attack }> = {
	'five to ten ratings a day too many at a counter where half of those served answer': {
		wants: 'where few answer there is room to forge below the number served; only its rate beside the others’ tells',
		attack: (random) => [overOn(random, (served) => served / 2 + between(random, 5, 10))[0]]
	}
};

/** Of so many attacked days, the attack's sheets (or months) that were seen. */
export function recallOf(attack: Attack, seed: number, days: number): Share {
	const random = seeded(seed);
	return tally(Array.from({ length: days }, (_, n) => attack(random, workingDay(n))).flat());
}

export interface FalseAlarms {
	sheets: Share;
	/** Days of a counter that are said to have more sheets than people served. */
	days: Share;
	byFlag: Map<Flag, number>;
	/** Answers at a poster that people use: somebody every few minutes, now and then a dozen after a meeting, each with a phone. */
	posters: Share;
	/** Counters of an honest month that are said to choose whom they ask, or to have served too few. */
	months: Share;
}

export function falseAlarmsOf(seed: number, days: number): FalseAlarms {
	const random = seeded(seed);
	const byFlag = new Map<Flag, number>();
	const sheets: boolean[] = [];
	const posters: boolean[] = [];
	const months: boolean[] = [];
	const counterDays: boolean[] = [];
	for (let n = 0; n < days; n++) {
		const day = workingDay(n);
		for (const seen of judgeTablet(random, honestTaps(random, day), honestDevice(random, day))) {
			sheets.push(isDoubted(seen));
			for (const flag of seen.flags) byFlag.set(flag, (byFlag.get(flag) ?? 0) + 1);
		}
		const people: number[] = [];
		for (let at = 0; at < 8 * HOUR_MS; at += exponential(random, 3 * MINUTE_MS)) {
			const together = random.chance(0.01) ? 12 : 1;
			for (let i = 0; i < together; i++) people.push(at + i * 4 * SECOND_MS);
		}
		posters.push(
			...atPoster(
				people.sort((a, b) => a - b),
				false
			)
		);
		counterDays.push(...overOn(random, (_, answered) => answered));
		const rows = aMonth(random, () => null);
		const signs = selective(rows);
		months.push(...rows.map((each) => signs.has(each.key) || rateOf(each) === null));
	}
	return { sheets: tally(sheets), byFlag, posters: tally(posters), months: tally(months), days: tally(counterDays) };
}

/** What the design leaves open; why these, says decision 0064. */
export const MOST_FALSE_IN_1000 = { sheets: 30, posters: 30, months: 20, days: 10 } as const;
