import { Cron } from 'croner';
import { MINUTE_MS } from '../../domain/shared/time.ts';
import { forgetTraces } from '../account/retention/writes.ts';
import { tellOfLateBackup } from '../backup/late/writes.ts';
import { forgetCases } from '../casework/retention/writes.ts';
import { forgetRequests, openCasesOfOlder } from '../casework/request/writes.ts';
import { remindOfCases } from '../casework/reminder/writes.ts';
import { openCasesFromCounts } from '../casework/sheets/writes.ts';
import { finishDueRounds } from '../dialogue/desk/writes.ts';
import { noteJob, noteJobFailure, watchJob } from '../http/metrics.ts';
import { openTransport, type Send } from '../mail/transport.ts';
import { sendLetters } from '../mail/writes.ts';
import { Notice } from '../notice.ts';
import { applyCorrections } from '../place/corrections/writes.ts';
import { publishDue } from '../report/publication/writes.ts';
import { forgetLooks, watchFalls, watchSpells } from '../report/alert/writes.ts';
import { mailReports } from '../report/mailing/writes.ts';
import { releaseHours } from '../report/hours/writes.ts';
import { releaseCounts } from '../report/writes.ts';
import type { Serving } from '../serving.ts';
import { forgetAnswerFiles } from '../submission/import/writes.ts';
import { releaseComments } from '../submission/comment/release/writes.ts';
import { forgetComments } from '../submission/comment/writes.ts';
import { applyExclusions } from '../submission/exclusion/writes.ts';
import { watchSheets } from '../submission/watch/writes.ts';
import { forgetOldLines } from '../submission/writes.ts';
import { forgetTickets } from '../survey/tickets/writes.ts';
import { forgetDrafts } from '../survey/drafts/writes.ts';
import { watchTerminals } from '../terminal/alarm/writes.ts';
import { backupStanding, forgetCopies, watchBackups } from './backup.ts';
import { watchChains } from './witness.ts';

const ZONE = 'Asia/Ho_Chi_Minh';

/** What runs less often than this leaves a line when it has ended; the rest would fill the log with nothing. */
const OFTEN_MS = 10 * MINUTE_MS;

/** What runs by the clock. A job that fails is reported, counted and runs again at its next time; none overlaps itself. Returns the stop. */
export function startJobs(serving: Serving): () => Promise<void> {
	const { db, environment, report, log } = serving;
	const send = openTransport(environment);
	const listeningSince = Date.now();
	const working = new Set<Promise<unknown>>();
	let running = true;
	const stopping = new AbortController();
	const track = async (run: Promise<unknown>) => {
		working.add(run);
		await run.finally(() => working.delete(run));
	};
	/** Says whether it ended well. */
	const attempt = async (name: string, work: () => Promise<unknown>, isOften = false): Promise<boolean> => {
		const begun = performance.now();
		log.debug({ job: name }, 'job began');
		try {
			await track(work());
		} catch (problem) {
			noteJobFailure(name, Date.now());
			report(problem, { job: name });
			return false;
		}
		const ended = { job: name, ms: Math.round(performance.now() - begun) };
		if (isOften) log.debug(ended, 'job ended');
		else log.info(ended, 'job ended');
		return true;
	};
	const job = (name: string, pattern: string, work: (now: number) => Promise<unknown>) => {
		const cron = new Cron(pattern, { timezone: ZONE, protect: true, unref: true }, async () => {
			if (await attempt(name, () => work(Date.now()), isOften)) noteJob(name, Date.now());
		});
		const [first, second] = cron.nextRuns(2).map((run) => run.getTime());
		const isOften = second - first < OFTEN_MS;
		watchJob(name, listeningSince, (at) => cron.nextRun(new Date(at))?.getTime() ?? Infinity);
		return cron;
	};
	const jobs = [
		// A sheet that came after a correction or an exclusion is where it belongs before anything of it is shown.
		job('release-counts', '*/15 * * * * *', async (now) => {
			await applyCorrections(db, now);
			await applyExclusions(db, now);
			await releaseCounts(db);
			await releaseHours(db);
		}),
		// Also where nobody watches any more.
		job('finish-rounds', '*/5 * * * * *', (now) => finishDueRounds(db, now)),
		job('send-letters', '*/10 * * * * *', (now) => sendAll(serving, send, now)),
		job('watch-terminals', '5 * * * * *', (now) =>
			watchTerminals(db, { now, listeningSince, origin: environment.origin })
		),
		// A minute after each quarter of an hour is over, and hourly in case a week is not looked at yet.
		job('watch-spells', '40 1-59/15 * * * *', (now) => watchSpells(db, { now, origin: environment.origin })),
		job('watch-falls', '20 7 7-17 * * *', (now) => watchFalls(db, { now, origin: environment.origin })),
		// Every five minutes in case one was missed; which report is due, the domain says.
		job('mail-reports', '50 */5 * * * *', (now) => mailReports(db, { now, origin: environment.origin })),
		job('watch-chains', '0 0 * * * *', (now) => watchChains(serving, now)),
		// Which night's backup is owed, the domain says.
		job('watch-backups', '0 41 * * * *', (now) => watchBackups(serving, now, stopping.signal)),
		job('tell-of-backups', '0 51 * * * *', (now) => tellIfLate(serving, listeningSince, now)),
		// Shortly after editions come out; which of them is due, the domain says.
		job('publish-due', '0 7 6 * * *', (now) => publishDue(db, now, () => running)),
		// Soon after counts come out; what has its case already is left as it is.
		job('open-cases', '25 */10 * * * *', (now) => openCasesFromCounts(db, serving.secret, now)),
		// Which step is soon due or late, and whether the office is at work, the domain says.
		job('remind-of-cases', '35 3-59/15 7-18 * * *', (now) => remindOfCases(db, { now, origin: environment.origin })),
		// On Monday; asked daily in case it was missed, and what is done already is done once.
		job('release-comments', '30 8 6 * * *', (now) => releaseComments(db, now, () => running)),
		// While the ledger still knows which tablet brought what, before the oldest of it is forgotten.
		job('watch-sheets', '0 47 1 * * *', (now) => watchSheets(db, now, () => running)),
		job('forget-lines', '0 17 2 * * *', (now) => forgetOldLines(db, now)),
		job('forget-copies', '0 22 2 * * *', (now) => forgetCopies(environment.databaseUrl, now)),
		job('forget-traces', '0 25 2 * * *', (now) => forgetTraces(db, now)),
		job('forget-tickets', '0 27 2 * * *', (now) => forgetTickets(db, now)),
		job('forget-drafts', '0 37 2 * * *', (now) => forgetDrafts(db, now)),
		job('forget-answer-files', '0 47 2 * * *', (now) => forgetAnswerFiles(db, now)),
		job('forget-requests', '0 57 2 * * *', (now) => forgetRequests(db, now)),
		job('forget-looks', '0 7 3 * * *', (now) => forgetLooks(db, now)),
		job('forget-comments', '0 17 3 * * *', (now) => forgetComments(db, now)),
		job('forget-cases', '0 27 3 * * *', (now) => forgetCases(db, now))
	];
	// What should have come out while nothing ran.
	void attempt('open-cases', () => openCasesOfOlder(db, serving.secret));
	void attempt('publish-due', () => publishDue(db, listeningSince, () => running));
	void attempt('release-comments', () => releaseComments(db, listeningSince, () => running));
	void attempt('watch-backups', () => watchBackups(serving, listeningSince, stopping.signal));
	return async () => {
		running = false;
		stopping.abort();
		for (const each of jobs) each.stop();
		await Promise.allSettled(working);
		await watchChains(serving, Date.now()).catch(report);
	};
}

async function tellIfLate({ db, environment }: Serving, since: number, now: number) {
	const finishedAt = backupStanding(db)?.finishedAt ?? null;
	if (environment.backup) await tellOfLateBackup(db, { finishedAt, since, now, origin: environment.origin });
}

/** One letter that nobody takes is tried again; where none goes, it is not the letters. */
export async function sendAll({ db, report }: Pick<Serving, 'db' | 'report'>, send: Send, now: number) {
	let failed = 0;
	const sent = await sendLetters(db, send, now, (problem) => {
		failed++;
		report(problem, { job: 'send-letters' });
	});
	if (failed > 0 && sent === 0) throw new Notice(`None of ${failed} letters could be sent`);
}
