import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchChart } from './chart.ts';
import { HISTORY, merge, readHistory, readRuns, versionNow, writeRelease } from './history.ts';
import { benchPage } from './page.ts';

/** Takes the newest figure of each benchmark from a folder of runs into this version's file, and draws page and chart anew. */
export function writeReport(runs: string) {
	const version = versionNow();
	const kept = readHistory().find((release) => release.version === version)?.figures ?? [];
	writeRelease({ version, figures: merge(kept, readRuns(runs)) });
	const history = readHistory();
	writeFileSync('docs/bench.md', benchPage(history, version));
	writeFileSync(join(HISTORY, 'room.svg'), benchChart(history));
}
