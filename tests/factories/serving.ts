import type { Db } from '../../src/lib/server/db/db.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openLive } from '../../src/lib/server/live/open.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { freshDb } from './db.ts';

/** What an answer relies on, around an empty database; whatever is reported as unexpected fails the test. */
export const aServing = async (): Promise<Serving> => servingOf(await freshDb());

export function servingOf(db: Db): Serving {
	const report = (thrown: unknown) => {
		throw thrown;
	};
	return {
		db,
		environment: readEnvironment({ ORIGIN: 'https://langnghe.example.vn' }),
		secret: secretFrom('a-secret-for-tests-of-thirty-two-signs'),
		live: openLive(db, report),
		report
	};
}
