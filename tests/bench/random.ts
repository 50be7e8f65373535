/** Numbers in [0, 1) that are the same for the same seed: a Weyl sequence through a 32-bit mixer. Not for secrets. */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x9e3779b9) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	};
}

/** A v4 UUID out of a seeded source, so that a run can be repeated to the byte. */
export function seededUuid(random: () => number): string {
	const word = () =>
		Math.floor(random() * 2 ** 32)
			.toString(16)
			.padStart(8, '0');
	const hex = word() + word() + word() + word();
	const variant = '89ab'[Math.floor(random() * 4)];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function pick<T>(random: () => number, from: readonly T[]): T {
	return from[Math.floor(random() * from.length)];
}
