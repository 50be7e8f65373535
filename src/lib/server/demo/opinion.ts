import type { Criterion } from '../../domain/survey/criterion.ts';
import type { Score } from '../../domain/survey/scale.ts';
import { OTHER_REASON, reasonsFor } from '../../domain/survey/reasons.ts';
import { SIPAS5 } from '../../domain/survey/sipas5.ts';
import type { Random } from '../../domain/shared/random.ts';

/** How much one citizen differs from another, in log odds: who is content with one thing tends to be with the next. */
const PERSON = 0.9;
const NEUTRAL_WHEN_NOT_CONTENT = 0.58;
const LOW_IS_TWO = 0.68;
const GIVES_REASONS = 0.6;
const GIVES_SECOND = 0.25;

/** One answer of somebody (`person`: normal) where citizens are this content (log odds of 4 or 5). */
export function score(odds: number, person: number, random: Random): Score {
	const content = 1 / (1 + Math.exp(-(odds + PERSON * person)));
	if (random.chance(content)) return random.chance(0.2 + 0.45 * content) ? 5 : 4;
	if (random.chance(NEUTRAL_WHEN_NOT_CONTENT)) return 3;
	return random.chance(LOW_IS_TWO) ? 2 : 1;
}

/** Reasons weighed like this; any other weighs 1. The first thing that annoys is waiting, the last thing said is harassment. */
const WEIGHTS: Record<string, number> = {
	R01: 4,
	R05: 2,
	R06: 3,
	R10: 2,
	R12: 0.1,
	R13: 3,
	R17: 2,
	[OTHER_REASON]: 0.5
};

/** What was pressed after a low score: nothing, one or two of the reasons that the tablet offers for the criterion; `told` is the one that there is more of. */
export function chooseReasons(criterion: Criterion, told: string, random: Random): string[] {
	if (!random.chance(GIVES_REASONS)) return [];
	const offered = reasonsFor(SIPAS5, criterion).map(({ code }) => code);
	const weights = offered.map((code) => (WEIGHTS[code] ?? 1) * (code === told ? 2 : 1));
	const chosen = new Set([offered[random.weighted(weights)]]);
	if (random.chance(GIVES_SECOND)) chosen.add(offered[random.weighted(weights)]);
	return [...chosen].sort();
}
