import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Receipt } from '../../domain/submission/sheet.ts';

/** What an operator watches, in Prometheus' text form; numbers of sheets, never an answer. */
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

export function countReceipts(receipts: readonly Receipt[]) {
	for (const [status, own] of Map.groupBy(receipts, (receipt) => receipt.status)) sheets.inc({ status }, own.length);
}

export function countRefusal(code: string) {
	refusals.inc({ code });
}

export function metricsText(): Promise<string> {
	return registry.metrics();
}
