import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no file of the tablet writes to the database past the one function that asks for strict durability', () => {
	const folder = new URL('./', import.meta.url);
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		/\.(ts|svelte)$/.test(file)
	);
	const writing = files.filter((file) => {
		if (file.endsWith('.test.ts')) return false;
		return /'readwrite'|\bdb\)?\.(put|add|delete|clear)\(/.test(readFileSync(new URL(file, folder), 'utf8'));
	});
	expect(writing).toEqual(['database.ts']);
});
