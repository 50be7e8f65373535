import { answerApi } from '../../src/lib/server/http/api.ts';
import { problem } from '../../src/lib/server/http/call.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import type { Running } from '../../src/lib/server/running.ts';
import { freshDb } from './db.ts';

/** What a process is around an empty database; whatever is reported as unexpected fails the test. */
export async function aRunning(): Promise<Running> {
	const running: Running = {
		db: await freshDb(),
		environment: readEnvironment({ ORIGIN: 'https://langnghe.example.vn' } as never),
		report: (thrown) => {
			throw thrown;
		},
		answer: (call, now) => answerApi(running, call, now),
		problem,
		ready: async () => 'ok',
		greeting: () => [],
		stop: async () => {}
	};
	return running;
}
