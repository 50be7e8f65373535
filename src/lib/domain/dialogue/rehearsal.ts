/** What a round of a rehearsal tries: a plain vote, one in which things break, and a close into which votes are still running. */
export const TRIALS = ['plain', 'fault', 'race'] as const;
export type Trial = (typeof TRIALS)[number];

/** What the simulated phones of one round were told, and what the ballots say. */
export interface TrialResult {
	trial: Trial;
	/** Phones that voted. */
	phones: number;
	/** Of each option: votes that were acknowledged, whatever it took. */
	acknowledged: number[];
	/** Of each option: what the recount gave with which the round became final. */
	counted: number[];
	/** The same once more, a while later: a final number does not move. */
	later: number[];
	/** Told that the round is closed; only where it was. */
	late: number;
	/** Told anything else, or nothing at all until they gave up. */
	refused: number;
	/** Answers a phone had to ask again for: a server or a proxy that failed. */
	retried: number;
	/** From pressing to being told, milliseconds; of votes that had to be sent again, of all their tries. */
	median: number;
	p99: number;
}

export interface RehearsalResult {
	phones: number;
	/** Phones that had a stream before the first round, and again at the end. */
	watching: number;
	watchingAtEnd: number;
	trials: TrialResult[];
	/** How long the fake 502 was, and how long the server was dead; 0: it was not killed. */
	faultMs: number;
	deadMs: number;
	/** Of one processor core, in the busiest seconds. */
	processor: number;
	memoryMb: number;
}

/** Why it is not a go. */
export const REHEARSAL_PROBLEMS = ['not-exact', 'moved', 'refused', 'slow', 'streams-lost', 'processor'] as const;
export type RehearsalProblem = (typeof REHEARSAL_PROBLEMS)[number];

/** How far a rehearsal is. */
export const REHEARSAL_STEPS = ['joining', ...TRIALS, 'cleaning'] as const;
export type RehearsalStep = (typeof REHEARSAL_STEPS)[number];

/** A full hall; and so few that it is over in half a minute. */
export const REHEARSAL_PHONES = [60, 500, 2_000] as const;

/** One that has said nothing for so long has died with its server. */
export const REHEARSAL_SILENT_MS = 60_000;

/** A vote that is not told what became of it within this feels lost (DESIGN.md: numbers to hold). */
export const SLOWEST_P99_MS = 2_000;
/** Beyond this the next thing that happens has no room (reference/live.md 4, line 51). */
export const BUSIEST_PROCESSOR = 0.6;
/** A few may have gone to sleep. */
const FEWEST_WATCHING = 0.99;

const same = (a: readonly number[], b: readonly number[]) => a.join() === b.join();

/** What speaks against going on air with this many phones on this machine; nothing: go. */
export function rehearsalProblems(result: RehearsalResult): RehearsalProblem[] {
	const { trials, phones } = result;
	// A trial in which the server is away says how long it was away, not how quick it is.
	const measured = trials.filter(({ trial }) => trial !== 'fault');
	const found: Record<RehearsalProblem, boolean> = {
		'not-exact': trials.length < TRIALS.length || trials.some((each) => !same(each.acknowledged, each.counted)),
		moved: trials.some((each) => !same(each.counted, each.later)),
		refused: trials.some((each) => each.refused > 0 || (each.trial !== 'race' && each.late > 0)),
		slow: measured.some(({ p99 }) => p99 > SLOWEST_P99_MS),
		'streams-lost': Math.min(result.watching, result.watchingAtEnd) < FEWEST_WATCHING * phones,
		processor: result.processor > BUSIEST_PROCESSOR
	};
	return REHEARSAL_PROBLEMS.filter((problem) => found[problem]);
}

/** How many phones this machine would bear at the busiest it may be, in whole tens: what was measured, drawn out in a line. */
export function phonesAtMost({ phones, processor }: Pick<RehearsalResult, 'phones' | 'processor'>): number {
	if (processor <= 0) return phones;
	return Math.floor((phones * BUSIEST_PROCESSOR) / processor / 10) * 10;
}
