import { printFigure, type Figure } from './figure.ts';

/**
 * `npm run bench -- [name] [--json] [--seed N]`: one JSON line a benchmark, with a readable one before it unless `--json`. Exit 1
 * when a limit is missed, 2 when there is no such benchmark.
 */
delete process.env.DATABASE_URL; // the benchmarks bring their own files, and the tables are chosen at import

const BENCHMARKS: Record<string, (seed: number) => Promise<Figure>> = {
	ingest: async (seed) => (await import('./ingest.ts')).ingest(seed),
	'ingest-single': async (seed) => (await import('./ingest.ts')).ingestSingle(seed),
	'bytes-per-sheet': async (seed) => (await import('./bytes-per-sheet.ts')).bytesPerSheet(seed),
	'index-scale': async (seed) => (await import('./index-scale.ts')).indexScale(seed),
	'report-pdf': async (seed) => (await import('./report-pdf.ts')).reportPdf(seed),
	dashboard: async (seed) => (await import('./dashboard.ts')).dashboard(seed),
	'export-stream': async (seed) => (await import('./export-stream.ts')).exportStream(seed),
	'import-answers': async (seed) => (await import('./import-answers.ts')).importAnswersBench(seed),
	'survey-submit': async (seed) => (await import('./survey-submit.ts')).surveySubmit(seed),
	'survey-page': async (seed) => (await import('./survey-page.ts')).surveyPage(seed),
	'live-fanout': async (seed) => (await import('./live-fanout.ts')).liveFanout(seed),
	'live-hall': async (seed) => (await import('./live-hall.ts')).liveHall(seed),
	detectors: async (seed) => (await import('./detectors.ts')).detectors(seed),
	'case-codes': async (seed) => (await import('./case-codes.ts')).caseCodes(seed),
	'live-closing': async (seed) => (await import('./live-closing.ts')).liveClosing(seed),
	'live-receipts': async (seed) => (await import('./live-receipts.ts')).liveReceipts(seed),
	'live-questions': async (seed) => (await import('./live-questions.ts')).liveQuestions(seed),
	rehearsal: async (seed) => (await import('./rehearsal.ts')).rehearsal(seed),
	'tablet-page': async (seed) => (await import('./tablet-page.ts')).tabletPage(seed),
	'tablet-tap': async (seed) => (await import('./tablet-tap.ts')).tabletTap(seed)
};

const args = process.argv.slice(2);
const onlyJson = args.includes('--json');
const seedAt = args.indexOf('--seed');
const seed = seedAt >= 0 ? Number(args[seedAt + 1]) : 2026;
const names = args.filter((arg, i) => !arg.startsWith('--') && (seedAt < 0 || i !== seedAt + 1));

const unknown = names.find((name) => !(name in BENCHMARKS));
if (unknown || !Number.isInteger(seed)) {
	console.error(`Usage: npm run bench -- [${Object.keys(BENCHMARKS).join(' | ')}] [--json] [--seed N]`);
	process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
	try {
		const figure = await BENCHMARKS[name](seed);
		printFigure(figure, onlyJson);
		if (!figure.held) process.exitCode = 1;
	} catch (problem) {
		console.error(`${name}: ${problem instanceof Error ? problem.message : String(problem)}`);
		process.exitCode = 1;
	}
}
