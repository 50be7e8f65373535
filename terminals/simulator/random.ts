import { createHash } from 'node:crypto';

/** A source of random numbers 0 ≤ r < 1 that its seed fixes: SHA-256 over seed and counter, four bytes a number. */
export type Random = () => number;

export function randomFrom(seed: string): Random {
	let block = Buffer.alloc(0);
	let next = 0;
	let counter = 0;
	return () => {
		if (next === block.length) {
			block = createHash('sha256').update(`${seed} ${counter++}`).digest();
			next = 0;
		}
		next += 4;
		return block.readUInt32BE(next - 4) / 2 ** 32;
	};
}

export function oneOf<Choice>(random: Random, choices: readonly Choice[]): Choice {
	return choices[Math.floor(random() * choices.length)];
}

/** A v4 UUID made from the seed, so that a run can be repeated sheet by sheet. */
export function uuidFrom(random: Random): string {
	const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
	bytes[6] = (bytes[6] & 0x0f) | 0x40;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
