import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
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

export function countReceipts(receipts: readonly Receipt[]) {
	for (const [status, own] of Map.groupBy(receipts, (receipt) => receipt.status)) sheets.inc({ status }, own.length);
}

export function countRefusal(code: string) {
	refusals.inc({ code });
}

export function metricsText(): Promise<string> {
	return registry.metrics();
}
