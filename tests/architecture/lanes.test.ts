import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LONG_JOURNEYS } from '../lane.ts';
import { fileOf } from '../promise-lines.ts';
import { PROMISES } from '../promises.ts';

test('what the short lane leaves to the full one is there, and proves no promise alone', () => {
	expect(LONG_JOURNEYS.filter((file) => !existsSync(file))).toEqual([]);
	const proofs = PROMISES.flatMap(({ proofs, control }) => [
		...proofs,
		...(typeof control === 'string' ? [] : [control])
	]);
	expect(proofs.map(fileOf).filter((file) => LONG_JOURNEYS.includes(file))).toEqual([]);
});
