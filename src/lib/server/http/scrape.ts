import type { Serving } from '../serving.ts';
import { lookNow } from '../status/reads.ts';
import { metricsText } from './metrics.ts';

/** What an operator's program gets to read, looked up now. */
export async function scrape(serving: Serving, ready: boolean, now: number): Promise<string> {
	return metricsText({ ready: ready ? 1 : 0, ...(await lookNow(serving, now)) });
}
