import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileOf, promiseLines } from '../promise-lines.ts';
import { PROMISES, UNPROVEN } from '../promises.ts';
import { promisesPage } from './promises-page.ts';

const proofs = PROMISES.flatMap(({ proofs, control }) => [
	...proofs,
	...(typeof control === 'string' ? [] : [control])
]);

test('docs/promises.md is what the list says today; `npm run promises` writes it', () => {
	expect(readFileSync('docs/promises.md', 'utf8')).toBe(promisesPage());
});

test('each promise is proven by tests that exist under their name, and each of the reference is listed once', () => {
	const unknown = proofs.filter((proof) => !readFileSync(fileOf(proof), 'utf8').includes(proof.name));
	expect(unknown).toEqual([]);
	const ids = [...PROMISES.map(({ id }) => id), ...Object.keys(UNPROVEN)];
	expect(ids.map((id) => Number(id.slice(1))).sort((a, b) => a - b)).toEqual(
		Array.from({ length: 28 }, (_, i) => i + 1)
	);
});

test('a promise whose test fails, is skipped or did not run is marked so', () => {
	const report = (status: string) => {
		const results = proofs.map((proof) => ({
			name: `${process.cwd()}/${fileOf(proof)}`,
			assertionResults: [
				{ title: proof.name, status: proof.name.startsWith('whenever the power is cut') ? status : 'passed' }
			]
		}));
		return { testResults: results } as never;
	};
	const lineOf = (reports: never[]) => promiseLines(reports).lines.find((line) => line.includes(' P3 '))!;
	expect(lineOf([report('passed')])).toMatch(/^✓.*breaks it, as it must/);
	expect(lineOf([report('failed')])).toMatch(/^✗.*a proof is failed/);
	expect(lineOf([report('skipped')])).toMatch(/^–.*a proof is skipped/);
	expect(promiseLines([report('passed')]).missing).toBe(0);
	expect(promiseLines([]).missing).toBe(proofs.length);
});
