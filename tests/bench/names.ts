import type { Figure } from './figure.ts';
import { LEAST_SUBMISSIONS_A_SECOND, MOST_MS_OF_A_TABLE, MOST_MS_TO_A_VIEWER } from './limits.ts';

/** Every benchmark there is: what it measures, which way its limit looks, and who else it is measured beside. */
export interface Benchmark {
	says: string;
	/** What is held against `limit` of the figure, and whether that is the most or the least it may be. */
	of: 'value' | 'ratio';
	may: 'at most' | 'at least';
	/** A second limit, of the figure's value. */
	also?: { may: 'at most' | 'at least'; limit: number };
	/** A line of peers.ts. */
	peer?: string;
	run: (seed: number) => Promise<Figure>;
}

const most = { of: 'value', may: 'at most' } as const;
const least = { of: 'ratio', may: 'at least' } as const;

export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
	ingest: {
		...least,
		says: 'durable sheets a second over HTTP, in batches as tablets send them, beside the bare handler',
		peer: 'bare',
		run: async (seed) => (await import('./ingest.ts')).ingest(seed)
	},
	'ingest-single': {
		...least,
		says: 'durable requests of one sheet a second, beside the bare handler',
		peer: 'bare',
		run: async (seed) => (await import('./ingest.ts')).ingestSingle(seed)
	},
	'bytes-per-sheet': {
		...most,
		says: 'bytes on disk a sheet of five answers after half a year, counts included',
		run: async (seed) => (await import('./bytes-per-sheet.ts')).bytesPerSheet(seed)
	},
	'index-scale': {
		of: 'ratio',
		may: 'at most',
		also: { may: 'at most', limit: MOST_MS_OF_A_TABLE },
		says: 'the leader’s table with 10 000 000 answers, beside the same with 100 000',
		peer: 'LimeSurvey',
		run: async (seed) => (await import('./index-scale.ts')).indexScale(seed)
	},
	'report-pdf': {
		...most,
		says: 'a report of sixty counters as a PDF',
		run: async (seed) => (await import('./report-pdf.ts')).reportPdf(seed)
	},
	dashboard: {
		...most,
		says: 'the leader’s whole page over HTTP with 10 000 000 answers a year',
		run: async (seed) => (await import('./dashboard.ts')).dashboard(seed)
	},
	'export-stream': {
		of: 'ratio',
		may: 'at most',
		says: 'memory of an export of 100 000 sheets, beside one of 10 000',
		run: async (seed) => (await import('./export-stream.ts')).exportStream(seed)
	},
	'import-answers': {
		...most,
		says: '50 000 rows of answers from a file to the durable commit',
		run: async (seed) => (await import('./import-answers.ts')).importAnswersBench(seed)
	},
	'survey-submit': {
		...least,
		also: { may: 'at least', limit: LEAST_SUBMISSIONS_A_SECOND },
		says: 'full surveys of 19 items a second from the public page, all checks on, beside the bare handler and LimeSurvey',
		peer: 'LimeSurvey',
		run: async (seed) => (await import('./survey-submit.ts')).surveySubmit(seed)
	},
	'survey-page': {
		...most,
		says: 'the first view of a survey’s page without JavaScript',
		peer: 'LimeSurvey',
		run: async (seed) => (await import('./survey-page.ts')).surveyPage(seed)
	},
	'live-fanout': {
		of: 'ratio',
		may: 'at most',
		also: { may: 'at most', limit: MOST_MS_TO_A_VIEWER },
		says: 'a vote to 10 000 viewers: processor beside bare writes, and how late the last of them has it',
		peer: 'bare stream',
		run: async (seed) => (await import('./live-fanout.ts')).liveFanout(seed)
	},
	'live-hall': {
		...most,
		says: '5 000 voters behind one address within a minute, while 5 000 watch',
		run: async (seed) => (await import('./live-hall.ts')).liveHall(seed)
	},
	detectors: {
		...most,
		says: 'false alarms among honest sheets, while every simulated attack is seen',
		run: async (seed) => (await import('./detectors.ts')).detectors(seed)
	},
	'case-codes': {
		of: 'value',
		may: 'at least',
		says: 'how long guessing takes to find one of 10 000 codes of cases',
		run: async (seed) => (await import('./case-codes.ts')).caseCodes(seed)
	},
	'live-closing': {
		...most,
		says: 'how long closing a dialogue holds the database',
		run: async (seed) => (await import('./live-closing.ts')).liveClosing(seed)
	},
	'live-receipts': {
		...most,
		says: 'the heaviest page of the list of receipts after a full hall',
		run: async (seed) => (await import('./live-receipts.ts')).liveReceipts(seed)
	},
	'live-questions': {
		...most,
		says: '2 000 phones that follow a list of 200 questions',
		run: async (seed) => (await import('./live-questions.ts')).liveQuestions(seed)
	},
	rehearsal: {
		...most,
		says: 'a rehearsal with 2 000 phones, a killed server and a close race',
		run: async (seed) => (await import('./rehearsal.ts')).rehearsal(seed)
	},
	'tablet-page': {
		...most,
		says: 'all that a tablet loads for its first view, in brotli',
		run: async (seed) => (await import('./tablet-page.ts')).tabletPage(seed)
	},
	'tablet-tap': {
		...most,
		says: 'from the finger on a face to the frame that shows it, four times slower processor',
		run: async (seed) => (await import('./tablet-tap.ts')).tabletTap(seed)
	}
};

/** How many times better than its limit a figure is, by the worse of its limits: 1 is just the limit, below it is missed. */
export function roomOf(name: string, { value, ratio, limit }: Pick<Figure, 'value' | 'ratio' | 'limit'>): number {
	const { of, may, also } = BENCHMARKS[name];
	const times = (figure: number, bound: number, kind: Benchmark['may']) =>
		kind === 'at most' ? bound / figure : figure / bound;
	const own = times(of === 'value' ? value : ratio, limit, may);
	return also ? Math.min(own, times(value, also.limit, also.may)) : own;
}

/** Room as it is said: in two digits, near the limit in three, and never as the limit itself where it is missed. */
export function sayRoom(room: number): string {
	if (room < 0.9 || room > 1.1) return String(Number(room.toPrecision(2)));
	return String(Math.floor(room * 1000) / 1000);
}
