import { onTestFinished } from 'vitest';
import type { Db } from '../../src/lib/server/db/db.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openLive } from '../../src/lib/server/live/open.ts';
import { openLog } from '../../src/lib/server/log.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { freshDb } from './db.ts';
import type { Installation } from './installation.ts';

/** What an answer relies on, around an empty database; whatever is reported as unexpected fails the test. */
export const aServing = async (installation?: Installation): Promise<Serving> => servingOf(await freshDb(installation));

export function servingOf(db: Db): Serving {
	let over = false;
	onTestFinished(() => void (over = true));
	// A stream that the test leaves open may look once more at a database that is closed by then.
	const report = (thrown: unknown) => {
		if (!over) throw thrown;
	};
	return {
		db,
		environment: readEnvironment({ ORIGIN: 'https://langnghe.example.vn' }),
		secret: secretFrom('a-secret-for-tests-of-thirty-two-signs'),
		live: openLive(db, report),
		report,
		log: openLog('silent')
	};
}
