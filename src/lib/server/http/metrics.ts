import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobStanding } from '../../domain/status/standing.ts';
import type { Receipt } from '../../domain/submission/sheet.ts';

/** What an operator watches, in Prometheus' text form; numbers of sheets, never an answer, no name of a person or a place. */
const registry = new Registry();
collectDefaultMetrics({ register: registry });

const sheets = new Counter({
	name: 'lang_nghe_sheets_total',
	help: 'Sheets answered since the start, by what became of them',
	labelNames: ['status'],
	registers: [registry]
});
const refusals = new Counter({
	name: 'lang_nghe_refusals_total',
	help: 'API calls refused since the start, by code',
	labelNames: ['code'],
	registers: [registry]
});
// Prometheus sees a rise only of what was there before it.
for (const code of ['storage-full', 'storage-unavailable']) refusals.inc({ code }, 0);

const commitSeconds = new Histogram({
	name: 'lang_nghe_commit_seconds',
	help: 'From when a group of requests is taken up until it is durable or refused',
	buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
	registers: [registry]
});
const commitSize = new Histogram({
	name: 'lang_nghe_commit_size',
	help: 'Sheets of one commit, or votes where it is one of a dialogue',
	buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
	registers: [registry]
});
let waiting = 0;
new Gauge({
	name: 'lang_nghe_commit_waiting_requests',
	help: 'Requests that wait for a commit to take them up',
	registers: [registry],
	collect() {
		this.set(waiting);
	}
});

interface Job {
	since: number;
	succeededAt: number;
	failedAt: number | null;
	/** When it is to run next after a moment. */
	dueAfter: (at: number) => number;
}
const jobs = new Map<string, Job>();
new Gauge({
	name: 'lang_nghe_job_success_timestamp_seconds',
	help: 'When a job by the clock last ended well; the start of the server where it has not yet',
	labelNames: ['name'],
	registers: [registry],
	collect() {
		for (const [name, { succeededAt }] of jobs) this.set({ name }, succeededAt / 1000);
	}
});
new Gauge({
	name: 'lang_nghe_job_late_seconds',
	help: 'For how long a job by the clock is owed a run that ends well; 0: none is owed',
	labelNames: ['name'],
	registers: [registry],
	collect() {
		for (const { name, late } of readJobs(Date.now())) this.set({ name }, late / 1000);
	}
});

const jobFailures = new Counter({
	name: 'lang_nghe_job_failures_total',
	help: 'Runs of a job by the clock that failed since the start',
	labelNames: ['name'],
	registers: [registry]
});

const backupFinished = new Gauge({
	name: 'lang_nghe_backup_finished_timestamp_seconds',
	help: 'When the newest nightly backup was finished; 0: there is none',
	registers: [registry]
});
const backupFailed = new Gauge({
	name: 'lang_nghe_backup_failed',
	help: 'Whether the last try of a nightly backup failed',
	registers: [registry]
});

export function noteBackup({ finishedAt, failed }: { finishedAt: number | null; failed: boolean }) {
	backupFinished.set((finishedAt ?? 0) / 1000);
	backupFailed.set(failed ? 1 : 0);
}

/** What is asked for when somebody looks; NaN where it cannot be told. */
const LOOKS = {
	ready: { name: 'lang_nghe_ready', help: 'Whether the server takes traffic, as /readyz says' },
	viewers: { name: 'lang_nghe_live_viewers', help: 'Streams of dialogues that are open now' },
	withheld: {
		name: 'lang_nghe_withheld_sheets',
		help: 'Sheets that wait for company: counted, and shown to nobody before their block is full'
	},
	letters: { name: 'lang_nghe_letters_waiting', help: 'Letters that are due and have not gone' },
	letterSeconds: { name: 'lang_nghe_letter_oldest_seconds', help: 'Age of the oldest letter that is due; 0: none is' },
	walBytes: { name: 'lang_nghe_wal_bytes', help: 'Size of the write-ahead log of SQLite' },
	backupSeconds: {
		name: 'lang_nghe_backup_age_seconds',
		help: 'Age of the newest nightly backup; infinite: there is none, NaN: none is to be made'
	}
};
export type Look = Record<keyof typeof LOOKS, number>;
const looks = Object.entries(LOOKS).map(
	([key, each]) => [key as keyof Look, new Gauge({ ...each, registers: [registry] })] as const
);

/** Requests that came (or, below 0, were taken up) in a group of commits. */
export function noteWaiting(change: number) {
	waiting += change;
}

export function noteCommit(size: number, ms: number) {
	commitSeconds.observe(ms / 1000);
	commitSize.observe(size);
}

export function watchJob(name: string, since: number, dueAfter: Job['dueAfter']) {
	jobs.set(name, { since, succeededAt: since, failedAt: null, dueAfter });
	jobFailures.inc({ name }, 0);
}

export function noteJob(name: string, now: number) {
	jobs.get(name)!.succeededAt = now;
}

export function noteJobFailure(name: string, now: number) {
	jobFailures.inc({ name });
	const job = jobs.get(name);
	if (job) job.failedAt = now;
}

export function readJobs(now: number): JobStanding[] {
	return [...jobs].map(([name, { since, succeededAt, failedAt, dueAfter }]) => ({
		name,
		succeededAt: succeededAt === since ? null : succeededAt,
		failedAt,
		nextAt: dueAfter(now),
		late: Math.max(0, now - dueAfter(succeededAt))
	}));
}

/** Seconds, since somebody last looked: 99 in 100 turns of the event loop were late by at most this. */
export async function readLoopDelay(): Promise<number> {
	// This one sets all of them.
	await registry.getSingleMetric('nodejs_eventloop_lag_seconds')?.get();
	const delay = await (registry.getSingleMetric('nodejs_eventloop_lag_p99_seconds') as Gauge | undefined)?.get();
	return delay?.values[0]?.value ?? NaN;
}

export function countReceipts(receipts: readonly Receipt[]) {
	for (const [status, own] of Map.groupBy(receipts, (receipt) => receipt.status)) sheets.inc({ status }, own.length);
}

export function countRefusal(code: string) {
	refusals.inc({ code });
}

export function metricsText(look: Look): Promise<string> {
	for (const [key, gauge] of looks) gauge.set(look[key]);
	return registry.metrics();
}
