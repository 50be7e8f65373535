/**
 * A published percentage as an integer: hundredths of a percent, 8258 is 82,58 %. Every score is calculated and compared like
 * this and becomes a number with two decimals only where it leaves the domain (`toPercent`).
 */
export type Hundredths = number;

/** A non-negative ratio of integers, exact. */
export interface Fraction {
	numerator: bigint;
	denominator: bigint;
}

export function addFractions(a: Fraction, b: Fraction): Fraction {
	if (a.denominator === b.denominator) return { numerator: a.numerator + b.numerator, denominator: a.denominator };
	return {
		numerator: a.numerator * b.denominator + b.numerator * a.denominator,
		denominator: a.denominator * b.denominator
	};
}

/**
 * The ratio rounded half up (towards +∞) to `decimals`, as an integer of that unit: ratioHalfUp(1n, 8n) is 13 (0,125 → 0,13).
 * The denominator must be positive.
 */
export function ratioHalfUp(numerator: bigint, denominator: bigint, decimals = 2): number {
	if (denominator <= 0n) throw new RangeError('The denominator of a ratio must be positive');
	const scaled = 2n * numerator * 10n ** BigInt(decimals) + denominator;
	const quotient = scaled / (2n * denominator);
	const truncatedUp = scaled < 0n && quotient * 2n * denominator !== scaled;
	return Number(truncatedUp ? quotient - 1n : quotient);
}

/** 8258 → 82.58, for files and the API. */
export function toPercent(hundredths: Hundredths): number {
	return hundredths / 100;
}

/** 82.58 → 8258; also repairs the binary tail of a difference of two percentages. */
export function toHundredths(percent: number): Hundredths {
	return Math.round(percent * 100);
}

/** A percentage with two decimals as a screen shows it, without the sign: 82.58 → '82,58'. */
export function formatPercent(percent: number): string {
	return formatHundredths(toHundredths(percent));
}

/** 8258 → '82,58'. */
export function formatHundredths(hundredths: Hundredths): string {
	const digits = String(Math.abs(hundredths)).padStart(3, '0');
	const sign = hundredths < 0 ? '−' : '';
	return `${sign}${formatCount(Number(digits.slice(0, -2)))},${digits.slice(-2)}`;
}

/** An integer with dots between thousands: 10300 → '10.300'. */
export function formatCount(count: number): string {
	const grouped = String(Math.abs(count)).replace(/\B(?=(\d{3})+$)/g, '.');
	return count < 0 ? `−${grouped}` : grouped;
}
