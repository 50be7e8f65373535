import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { JsonTestResults } from 'vitest/reporters';

/**
 * `npm run soak -- --hours N [--seed S]`: the fault tests again and again, each round with another seed, until the time is over. Stopped, it goes on
 * with the same seed where it was. A failure prints how to have it again, and the soak goes on; it ends with 1 if there was any.
 */
const { values } = parseArgs({ options: { hours: { type: 'string' }, seed: { type: 'string', default: '1' } } });
const hours = Number(values.hours);
const seed = Number(values.seed);
if (!(hours > 0) || !Number.isSafeInteger(seed)) {
	console.error('Usage: npm run soak -- --hours N [--seed S]   (N may be 0.5)');
	process.exit(2);
}

/** What has been done so far, written after each round. */
interface Soak {
	hours: number;
	seed: number;
	/** Seconds of each round. */
	rounds: number[];
	passed: number;
	/** How to have each failure again. */
	failed: string[];
}

const STATE = 'data/soak.json';
const soak = resumed() ?? { hours, seed, rounds: [], passed: 0, failed: [] };
if (soak.rounds.length > 0) console.log(`soak: goes on after ${soak.rounds.length} rounds`);
// A round that would not fit is not begun.
while (spent() + longest() <= hours * 3600) {
	const own = String(seed + soak.rounds.length);
	const started = performance.now();
	const report = await faultTests(own);
	const tests = report?.testResults.flatMap(({ name, assertionResults }) =>
		assertionResults.map((one) => ({ ...one, file: relative(process.cwd(), name) }))
	);
	const failed = tests
		? tests
				.filter(({ status }) => status === 'failed')
				.map(({ file, title, failureMessages }) => `${again(own, file, title)}\n    ${reason(failureMessages)}`)
		: [again(own, '', '')];
	soak.passed += tests?.filter(({ status }) => status === 'passed').length ?? 0;
	soak.failed.push(...failed);
	soak.rounds.push(Math.round((performance.now() - started) / 1000));
	console.log(`round ${soak.rounds.length}, seed ${own}: ${soak.rounds.at(-1)} s, ${failed.length} failed`);
	for (const how of failed) console.log(`  again: ${how}`);
	mkdirSync(dirname(STATE), { recursive: true });
	writeFileSync(STATE, JSON.stringify(soak));
}
rmSync(STATE, { force: true });
const minutes = Math.round(spent() / 60);
console.log(`soak: seed ${seed}, ${soak.rounds.length} rounds in ${minutes} minutes`);
for (const how of soak.failed) console.log(`again: ${how}`);
console.log(`${soak.passed} passed, ${soak.failed.length} failed`);
process.exitCode = soak.failed.length === 0 && soak.passed > 0 ? 0 : 1;

function spent(): number {
	return soak.rounds.reduce((sum, seconds) => sum + seconds, 0);
}

function longest(): number {
	return Math.max(0, ...soak.rounds);
}

function again(own: string, file: string, title: string): string {
	const which = title && ` -t ${JSON.stringify(title)}`;
	return `SEED=${own} npx vitest run --project faults ${file}${which}`;
}

/** What was found, without the lines that say where. */
function reason(messages: readonly string[] | null | undefined): string {
	const lines = (messages?.[0] ?? 'no message').split('\n').filter((line) => !/^\s+at /.test(line));
	return lines.slice(0, 12).join('\n    ').slice(0, 1500);
}

/** One of the same hours and seed that somebody stopped. */
function resumed(): Soak | undefined {
	if (!existsSync(STATE)) return undefined;
	const left = JSON.parse(readFileSync(STATE, 'utf8')) as Soak;
	return left.hours === hours && left.seed === seed ? left : undefined;
}

/** undefined where not even a report came about. */
async function faultTests(own: string): Promise<JsonTestResults | undefined> {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-soak-'));
	const file = join(folder, 'result.json');
	const args = ['vitest', 'run', '--project', 'faults', '--reporter=json', `--outputFile.json=${file}`];
	const child = spawn('npx', args, { stdio: 'ignore', env: { ...process.env, SEED: own, SOAK: '1' } });
	await new Promise((resolve) => child.on('close', resolve));
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as JsonTestResults;
	} catch {
		return undefined;
	} finally {
		rmSync(folder, { recursive: true });
	}
}
