import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync, appendFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../figure.ts';
import { BENCHMARKS } from '../names.ts';

/** A figure as a release keeps it: what was found, when, and on how much of a machine, but not on whose. */
export interface Kept extends Omit<Figure, 'details'> {
	/** ISO, UTC. */
	at: string;
	node: string;
	cores: number;
	/** What else the machine did, by its load in the minute before, a core. */
	load: number;
}

export interface Release {
	version: string;
	figures: readonly Kept[];
}

export const HISTORY = 'docs/bench';
/** Where every run leaves its figures, a line each; git ignores it. */
export const RUNS = 'data/bench';

export const versionNow = () => (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

/** The load before a benchmark begins: its own would be in it afterwards. */
export const loadNow = () => Number((loadavg()[0] / availableParallelism()).toFixed(1));

export function keepRun({ details: _, ...figure }: Figure, load: number, folder = RUNS) {
	mkdirSync(folder, { recursive: true });
	const machine = { at: new Date().toISOString(), node: process.version, cores: availableParallelism(), load };
	appendFileSync(join(folder, 'runs.jsonl'), `${JSON.stringify({ ...figure, ...machine } satisfies Kept)}\n`);
}

/** What lies in a folder of runs, whoever ran them: each line of each `.jsonl`. */
export function readRuns(folder: string): Kept[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((file) => file.endsWith('.jsonl'))
		.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
		.filter((line) => line.startsWith('{'))
		.map((line) => JSON.parse(line) as Kept);
}

/** Of each benchmark the newest of what was kept and what was run; in the order of the list, and nothing that is no benchmark any more. */
export function merge(kept: readonly Kept[], runs: readonly Kept[]): Kept[] {
	const newest = new Map<string, Kept>();
	for (const each of [...kept, ...runs]) {
		const known = newest.get(each.name);
		if (!known || known.at <= each.at) newest.set(each.name, each);
	}
	return Object.keys(BENCHMARKS).flatMap((name) => newest.get(name) ?? []);
}

/** All releases that were measured, the oldest first. */
export function readHistory(folder = HISTORY): Release[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Release)
		.sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

export function writeRelease({ version, figures }: Release, folder = HISTORY) {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `${version}.json`), `${JSON.stringify({ version, figures }, null, '\t')}\n`);
}
