/** Numbers of one seed: the same demonstration and the same benchmark everywhere, so that what is shown can be shown again. */
export interface Random {
	/** 0 ≤ r < 1. */
	next: () => number;
	chance: (probability: number) => boolean;
	/** Roughly normal, mean 0, standard deviation 1. */
	bell: () => number;
	bytes: (length: number) => Uint8Array;
	/** An index of `weights`, each as likely as its share. */
	weighted: (weights: readonly number[]) => number;
}

/** A 32-bit Weyl sequence through a multiply-and-shift mixer: plenty for made-up answers, and nothing that must stay secret. */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x9e3779b9) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	};
	const chance = (probability: number) => next() < probability;
	// The sum of twelve even numbers has variance 1.
	const bell = () => Array.from({ length: 12 }, next).reduce((sum, each) => sum + each, -6);
	const bytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(next() * 256));
	const weighted = (weights: readonly number[]) => {
		let left = next() * weights.reduce((sum, each) => sum + each, 0);
		const index = weights.findIndex((weight) => (left -= weight) < 0);
		return index < 0 ? weights.length - 1 : index;
	};
	return { next, chance, bell, bytes, weighted };
}
