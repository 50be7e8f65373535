import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** A copy of the sources with offences planted in it: the checks must name each, or they have gone blind. */
const OFFENCES: { rule: string; file: string; text: string }[] = [
	{ rule: 'domain-is-pure', file: 'src/lib/domain/shared/planted.ts', text: "import '../../server/db/open.ts';\n" },
	{ rule: 'screens-never-import-server', file: 'src/lib/ui/planted.ts', text: "import '../server/db/open.ts';\n" },
	{
		rule: 'ui-is-product-agnostic',
		file: 'src/lib/ui/domain-knower.ts',
		text: "import '$lib/domain/shared/time.ts';\n"
	},
	{
		rule: 'sql-stays-in-reads-and-writes',
		file: 'src/lib/server/report/planted.ts',
		text: "import { sql } from 'drizzle-orm';\nexport const one = sql`1`;\n"
	},
	{ rule: 'reads-do-not-write', file: 'src/lib/server/survey/reads.ts', text: "import '../report/writes.ts';\n" },
	{
		rule: 'server-knows-no-http',
		file: 'src/lib/server/survey/planted.ts',
		text: "import { error } from '@sveltejs/kit';\nexport { error };\n"
	},
	{
		rule: 'nobody-imports-terminals',
		file: 'src/lib/server/jobs/planted.ts',
		text: "import '../../../../terminals/vite.config.ts';\n"
	},
	{
		rule: 'product-never-imports-tests',
		file: 'src/lib/server/jobs/tested.ts',
		text: "import '../../../../tests/factories/sheet.ts';\n"
	},
	{
		rule: 'terminals-is-an-island',
		file: 'terminals/app/planted.ts',
		text: "import '../../src/lib/server/environment.ts';\n"
	},
	{
		rule: 'route-groups-are-islands',
		file: 'src/routes/(leader)/planted.ts',
		text: "import '../(admin)/planted.ts';\n"
	},
	{ rule: '', file: 'src/routes/(admin)/planted.ts', text: 'export const one = 1;\n' }
];

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-planted-'));
	for (const path of [
		'src',
		'terminals',
		'tests/factories',
		'package.json',
		'dependency-cruiser.cjs',
		'tsconfig.depcruise.json'
	]) {
		cpSync(path, join(folder, path), { recursive: true });
	}
	symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
	for (const { file, text } of OFFENCES) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
});

// On a disk that others write to it takes longer than the ten seconds a hook usually has.
afterAll(() => rmSync(folder, { recursive: true }), 60_000);

test('every planted import that crosses a wall is reported', { timeout: 180_000 }, () => {
	const arguments_ = ['--config', 'dependency-cruiser.cjs', 'src', 'terminals', '--output-type', 'json'];
	const reported = violations(() =>
		execFileSync('npx', ['depcruise', ...arguments_], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9, stdio: 'pipe' })
	);
	for (const { rule, file } of OFFENCES.filter(({ rule }) => rule !== '')) {
		expect(reported, `${rule} in ${file}`).toContainEqual(expect.objectContaining({ rule, from: file }));
	}
});

test('a clock in the domain, server types in a screen and raw HTML are reported', { timeout: 180_000 }, async () => {
	const eslint = new ESLint();
	const rulesBroken = async (code: string, filePath: string) => {
		const [{ messages }] = await eslint.lintText(code, { filePath });
		return messages.map(({ ruleId }) => ruleId);
	};
	expect(await rulesBroken('export const now = () => Date.now();', 'src/lib/domain/shared/planted.ts')).toContain(
		'no-restricted-syntax'
	);
	const screen = '<script lang="ts">import type { Db } from "$lib/server/db/db.ts"; let db: Db;</script>{@html db}';
	expect(await rulesBroken(screen, 'src/lib/ui/Planted.svelte')).toEqual(
		expect.arrayContaining(['no-restricted-imports', 'no-restricted-syntax'])
	);
});

function violations(cruise: () => string): { rule: string; from: string }[] {
	let output: string;
	try {
		output = cruise();
	} catch (problem) {
		output = (problem as { stdout: string }).stdout;
	}
	const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string }; from: string }[] } };
	return summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}
