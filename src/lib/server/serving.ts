import type { Db } from './db/db.ts';
import type { Hub } from './live/hub.ts';
import type { Environment } from './environment.ts';
import type { Log, Report } from './log.ts';
import type { Secret } from './secret/secret.ts';

/** What every answer to a request may rely on. */
export interface Serving {
	db: Db;
	environment: Environment;
	secret: Secret;
	/** The streams of this process. */
	live: Hub;
	/** For what nobody expected: logged, never shown. */
	report: Report;
	/** What goes on, for the operator. */
	log: Log;
}
