/** What one benchmark found. `value` is in `unit`; `limit` is what `ratio` is held against, or `value` where there is no ratio. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
	limit: number;
	/** The product by its peer, or the large case by the small one, both measured in this call; else the value by its limit. */
	ratio: number;
	/** How many sheets, answers or taps the figure rests on. */
	n: number;
	seed: number;
	held: boolean;
	/** What a reader wants to know beside the figure. */
	details: string[];
}

/** The contract's one line, preceded for people by what is behind it. */
export function printFigure({ held, details, ...figure }: Figure, onlyJson: boolean) {
	if (!onlyJson) {
		const { name, value, unit, ratio, limit } = figure;
		console.log(`${held ? 'held  ' : 'MISSED'} ${name}: ${value} ${unit}, ratio ${ratio} (limit ${limit})`);
		for (const line of details) console.log(`       ${line}`);
	}
	console.log(JSON.stringify(figure));
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value that a share (0..1) of the values do not exceed. */
export function quantile(values: ArrayLike<number>, share: number): number {
	const sorted = Float64Array.from(values).sort();
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export function round(value: number, digits = 0): number {
	return Number(value.toFixed(digits));
}
