import type { IncomingMessage, ServerResponse } from 'node:http';
import { showSetUpCode } from '../domain/account/set-up-code.ts';
import { linkOldLines } from './account/audit/writes.ts';
import { demonstrationSignIns } from './demo/reads.ts';
import { liveThroughCases } from './demo/cases/writes.ts';
import { loadDemonstration } from './demo/writes.ts';
import { lastFailure } from './db/db.ts';
import { openDb } from './db/open.ts';
import { noteConnection } from './db/turn.ts';
import { readEnvironment } from './environment.ts';
import { answerApi } from './http/api.ts';
import { problem, type Answer, type Call } from './http/call.ts';
import { storageProblem } from './http/problem.ts';
import { setTerminalPace } from './http/limits.ts';
import { isStream, openStream } from './http/live-stream.ts';
import { FILE, isQuietPage, noteRequest } from './http/request-log.ts';
import { scrape } from './http/scrape.ts';
import { backupStanding, sayBackup } from './jobs/backup.ts';
import { startJobs } from './jobs/schedule.ts';
import { chainProblems, sayProblems, watchChains } from './jobs/witness.ts';
import { readAnyOrganization } from './place/reads.ts';
import { openLive } from './live/open.ts';
import { openLog, reporterOf } from './log.ts';
import { openSetUp } from './place/setup/writes.ts';
import { openSecret } from './secret/secret.ts';
import { expectSecret } from './secret/writes.ts';
import type { Serving } from './serving.ts';
import { learnPublished } from './survey/reads.ts';

/** What runs for as long as the process: opened once by hooks.server.ts, shared with the entry that stands before Kit. */
export interface Running extends Serving {
	/** Answers a call to /api/v1. */
	answer: (call: Call, now: number) => Promise<Answer>;
	problem: typeof problem;
	isStream: typeof isStream;
	/** Keeps a stream of a dialogue on the response, or says why not. */
	openStream: (call: Omit<Call, 'body'>, response: ServerResponse, now: number) => Promise<Answer | null>;
	/** To be told which route answers a page, by its pattern, and then that it has been answered. */
	routes: WeakMap<IncomingMessage, string>;
	notePage: (request: IncomingMessage, response: ServerResponse, requestId: string, ms: number) => void;
	/** To be told of each new connection, so that a commit waits for those at the door. */
	noteConnection: () => void;
	/** Whether the node should get traffic; says why not, or what an operator should look into. */
	ready: () => Promise<Readiness>;
	/** For an operator on this machine, in Prometheus' text form. */
	metrics: () => Promise<string>;
	/** What `npm start` prints before it is ready: the demonstration's sign-ins, or the code that opens the set-up at this address. */
	greeting: (origin: string) => Promise<string[]>;
	/** Stops the jobs, finishes the running commit and closes the database. */
	stop: () => Promise<void>;
}

/** Kit's bundle and the entry around it are two module graphs in one process; this is where they meet. */
const MEETING_PLACE = Symbol.for('lang-nghe.running');
type Meeting = { [MEETING_PLACE]?: Promise<Running> };

export function running(): Promise<Running> {
	return ((globalThis as Meeting)[MEETING_PLACE] ??= start());
}

async function start(): Promise<Running> {
	const environment = readEnvironment();
	setTerminalPace(environment.terminalPaceMs);
	const db = await openDb(environment.databaseUrl);
	const secret = openSecret(environment);
	await expectSecret(db, secret);
	await linkOldLines(db);
	await learnPublished(db);
	if (environment.demo) {
		await loadDemonstration(db, Date.now());
		await liveThroughCases(db, secret, Date.now());
	}
	const log = openLog(environment.logLevel);
	const report = reporterOf(log);
	if (!environment.backup && environment.databaseUrl.startsWith('file:'))
		log.warn('BACKUP_DIR and BACKUP_RECIPIENT are not set: no backup is made');
	const live = openLive(db, report);
	const serving: Serving = { db, environment, secret, live, report, log };
	await watchChains(serving, Date.now()).catch(report);
	const stopJobs = startJobs(serving);
	const routes = new WeakMap<IncomingMessage, string>();
	return {
		...serving,
		answer: (call, now) => answerApi(serving, call, now),
		isStream,
		openStream: (call, response, now) => openStream(serving, call, response, now),
		problem,
		routes,
		notePage(request, { statusCode: status }, requestId, ms) {
			const route = routes.get(request) ?? FILE;
			noteRequest(log, { requestId, method: request.method!, route, status, ms }, isQuietPage(route));
		},
		noteConnection,
		ready: () => readiness(serving),
		metrics: async () => scrape(serving, (await readiness(serving)).ready, Date.now()),
		greeting: (origin) => greet(serving, origin),
		async stop() {
			await stopJobs();
			await db.store.close();
		}
	};
}

/** Nobody should have to look for the demonstration's passwords; a real ward prints none, only how to begin while there is none. */
async function greet({ db, environment }: Serving, origin: string): Promise<string[]> {
	const signIns = environment.demo ? await demonstrationSignIns(db) : [];
	const code = await openSetUp(db);
	return [
		...signIns.map(({ login, password, role }) => `demonstration sign-in: ${login} / ${password} (${role})`),
		...(code ? [`set-up code: ${showSetUpCode(code)}  ${origin}/setup`] : [])
	];
}

interface Readiness {
	ready: boolean;
	says: string;
}

async function readiness({ db, report }: Serving): Promise<Readiness> {
	try {
		await readAnyOrganization(db);
		const unwritten = storageProblem(lastFailure(db) ?? {});
		if (unwritten === 'storage-unavailable') return { ready: false, says: 'the database cannot be written' };
		const problems = chainProblems(db);
		const wrong = [
			unwritten && 'the disk is full',
			problems.length === 0 ? null : sayProblems(problems),
			sayBackup(backupStanding(db), Date.now())
		].filter((each) => each !== null);
		return { ready: true, says: wrong.length === 0 ? 'ok' : `ok, but ${wrong.join('; ')}` };
	} catch (thrown) {
		report(thrown);
		return { ready: false, says: 'the database does not answer' };
	}
}
