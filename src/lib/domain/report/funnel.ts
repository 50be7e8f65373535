import type { Hundredths } from '../shared/number.ts';
import { wilson } from './interval.ts';
import { advisory } from './verdict.ts';

/** Two-sided 95 % and 99,8 %: the two pairs of lines of a funnel plot. */
const Z_95 = 1.959963984540054;
const Z_998 = 3.090232306167813;

/**
 * Whether a share of n respondents differs from the centre's by more than chance. Unclear inside the 95 % lines; a hint between them and
 * the 99,8 % lines; clear beyond. The outer pair decides, since of forty officers who are all alike two lie outside the inner one
 * (D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24, 2005). Below thirty
 * respondents nobody is compared: null.
 */
export type Difference = 'clearly-above' | 'clearly-below' | 'hint-above' | 'hint-below' | 'unclear';

/** Value and centre in hundredths of a percent. The test is the score test, so that it agrees with Wilson's intervals. */
export function differenceFrom(centre: Hundredths, value: Hundredths, n: number): Difference | null {
	if (advisory(n)) return null;
	const beyond = (z: number) => {
		const { low, high } = wilson((value / 10_000) * n, n, z);
		return low * 10_000 > centre ? 'above' : high * 10_000 < centre ? 'below' : null;
	};
	const outer = beyond(Z_998);
	if (outer) return `clearly-${outer}`;
	const inner = beyond(Z_95);
	return inner ? `hint-${inner}` : 'unclear';
}

/** Where the lines of the funnel lie at n respondents, hundredths of a percent. */
export interface FunnelLimits {
	n: number;
	low95: Hundredths;
	high95: Hundredths;
	low998: Hundredths;
	high998: Hundredths;
}

/** The funnel around the centre's share at each n: centre ± z·√(centre·(1 − centre)/n), inside 0..100 %. */
export function funnelLimits(centre: Hundredths, ns: readonly number[]): FunnelLimits[] {
	const share = centre / 10_000;
	const at = (n: number, z: number) =>
		Math.round(10_000 * Math.min(1, Math.max(0, share + z * Math.sqrt((share * (1 - share)) / n))));
	return ns.map((n) => ({
		n,
		low95: at(n, -Z_95),
		high95: at(n, Z_95),
		low998: at(n, -Z_998),
		high998: at(n, Z_998)
	}));
}
