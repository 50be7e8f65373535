import { parseArgs } from 'node:util';
import { printFigure } from './figure.ts';
import { BENCHMARKS } from './names.ts';
import { peerLines } from './peers.ts';
import { keepRun, loadNow, RUNS } from './report/history.ts';
import { writeReport } from './report/write.ts';

/**
 * `npm run bench -- [name…] [--json] [--seed N]`: one JSON line a benchmark, with a readable one before it unless `--json`. Exit 1 when
 * a limit is missed, 2 when there is no such benchmark. Each leaves its line in `data/bench`.
 *
 * `npm run bench -- report [--only name,name] [--from FOLDER]` runs all of them, or only these, and writes docs/bench.md and this
 * version's file from the newest of what was run; with `--from` it runs none and takes what lies there.
 *
 * `npm run bench -- peers` says whose figures ours stand beside, and how they were obtained.
 */
delete process.env.DATABASE_URL; // the benchmarks bring their own files, and the tables are chosen at import

const USAGE = `Usage: npm run bench -- [${Object.keys(BENCHMARKS).join(' | ')}] [--json] [--seed N]
       npm run bench -- report [--only NAME,NAME] [--from FOLDER]
       npm run bench -- peers`;

const { names, json, seed, only, from } = asked();
if (names[0] === 'peers') console.log(peerLines().join('\n'));
else if (names[0] !== 'report') await runAll(names);
else {
	if (from === undefined) await runAll(only);
	writeReport(from ?? RUNS);
	console.log('written: docs/bench.md');
}

async function runAll(some: readonly string[]) {
	for (const name of some.length > 0 ? some : Object.keys(BENCHMARKS)) {
		const load = loadNow();
		try {
			const figure = await BENCHMARKS[name].run(seed);
			printFigure(figure, json);
			keepRun(figure, load);
			if (!figure.held) process.exitCode = 1;
		} catch (problem) {
			console.error(`${name}: ${problem instanceof Error ? problem.message : String(problem)}`);
			process.exitCode = 1;
		}
	}
}

function asked() {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				json: { type: 'boolean', default: false },
				seed: { type: 'string', default: '2026' },
				only: { type: 'string', default: '' },
				from: { type: 'string' }
			}
		});
		const [seedAsked, chosen] = [Number(values.seed), values.only.split(',').filter(Boolean)];
		const word = ['report', 'peers'].includes(positionals[0]) && positionals.length === 1;
		const unknown = [...(word ? [] : positionals), ...chosen].some((name) => !(name in BENCHMARKS));
		const misplaced = positionals[0] !== 'report' && (chosen.length > 0 || values.from !== undefined);
		if (unknown || misplaced || !Number.isInteger(seedAsked)) return refuse();
		return { names: positionals, json: values.json, seed: seedAsked, only: chosen, from: values.from };
	} catch {
		return refuse();
	}
}

function refuse(): never {
	console.error(USAGE);
	process.exit(2);
}
