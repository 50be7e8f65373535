import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOLDINGS } from '../../src/lib/domain/retention/inventory.ts';
import { inventoryPage } from './inventory-page.ts';

/** The tables that the newest migration leaves. */
function tablesOf(engine: string): string[] {
	const newest = readdirSync(`drizzle/${engine}/meta`)
		.filter((name) => name.endsWith('_snapshot.json'))
		.sort()
		.at(-1)!;
	const { tables } = JSON.parse(readFileSync(`drizzle/${engine}/meta/${newest}`, 'utf8')) as { tables: object };
	return Object.keys(tables).map((name) => name.replace(/^public\./, ''));
}

test('docs/data-inventory.md is what the table says today; `npm run inventory` writes it', () => {
	expect(readFileSync('docs/data-inventory.md', 'utf8')).toBe(inventoryPage());
});

test('each table of the database stands in the inventory once, and no other', () => {
	const listed = HOLDINGS.flatMap(({ tables }) => tables).sort();
	expect(listed).toEqual(tablesOf('sqlite').sort());
	expect(listed).toEqual(tablesOf('postgres').sort());
});

test('what a row says ends by a job has that job, every job that forgets has its row, and each row is shown by a test', () => {
	const schedule = readFileSync('src/lib/server/jobs/schedule.ts', 'utf8');
	const run = new Set(
		[...schedule.matchAll(/^\t\tjob\('[\w-]+', '[^']*', (?:async )?\(now\) => (\w+)\(/gm)].map(([, name]) => name)
	);
	const named = HOLDINGS.flatMap(({ end }) => ('job' in end ? [end.job] : []));
	expect(named.filter((name) => !run.has(name))).toEqual([]);
	expect([...run].filter((name) => name?.startsWith('forget') && !named.includes(name))).toEqual([]);
	for (const { data, proof } of HOLDINGS) {
		const [file, title] = proof;
		expect([data, existsSync(file) && readFileSync(file, 'utf8').includes(title)]).toEqual([data, true]);
	}
});
