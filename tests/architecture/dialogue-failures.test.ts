import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const CASES = 37;

/** The lines of the table: the number of the case, and what is said of its tests. */
const rows = readFileSync('docs/dialogue-failures.md', 'utf8')
	.split('\n')
	.map((line) => line.split(' | ').map((cell) => cell.replace(/^\|?\s*|\s*\|?$/g, '')))
	.filter((cells) => /^\d+$/.test(cells[0]!))
	.map((cells) => ({ number: Number(cells[0]), told: cells.at(-1)! }));
const named = rows.flatMap(({ number, told }) =>
	[...told.matchAll(/`(\S+\.test\.ts)` "([^"]+)"/g)].map(([, file, name]) => ({ number, file: file!, name: name! }))
);

test('every failure case of a dialogue has a line of its own, with a test or with why there is none', () => {
	expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: CASES }, (_, i) => i + 1));
	const held = new Set(named.map(({ number }) => number));
	const open = rows.filter(({ number, told }) => !held.has(number) && !told.startsWith('Not tested'));
	expect(open).toEqual([]);
});

test.each(named)('case $number: $file holds “$name”', ({ file, name }) => {
	expect(existsSync(file), file).toBe(true);
	const begins = [...readFileSync(file, 'utf8').matchAll(/^\s*(?:'(.*)'|test\S*\(\s*'(.*)'|\].*\('(.*)'),/gm)];
	const names = begins.map((match) => match[1] ?? match[2] ?? match[3]!);
	expect(names.filter((own) => own.startsWith(name))).toHaveLength(1);
});
