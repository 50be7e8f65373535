/**
 * What the product promises about faults, attacks and secrecy (reference/reliability.md 2.2), by which tests it is proven, and which test
 * takes the defence away and must then fail to keep it. Read by `npm test` and `npm run test:full`, which print a line each, and by
 * docs/promises.md, which is made of it (`npm run promises`).
 */
export interface Proof {
	/** Relative to tests/, or to the root for what stands beside its code. */
	file: string;
	/** How the name of the test begins. */
	name: string;
}

export interface PromiseOfOurs {
	id: `P${number}`;
	says: string;
	proofs: readonly Proof[];
	/** The test with the defence taken away; or why there is none. */
	control: Proof | string;
	/** How much of it is tried: by `npm test` and by `npm run test:full`. */
	short: string;
	full: string;
	/** What of the promise nothing here proves. */
	open?: string;
}

const proof = (file: string, name: string): Proof => ({ file, name });
const FORM = 'tries the form of an answer: there is no defence that could be taken away and leave the rest';

export const PROMISES: readonly PromiseOfOurs[] = [
	{
		id: 'P1',
		says: 'What the server has confirmed survives kill -9 under load, once and whole, and the file is sound.',
		proofs: [proof('faults/kill.test.ts', 'what the server has confirmed survives kill -9')],
		control: proof('faults/kill.test.ts', 'a server that confirms before the commit'),
		short: '8 kills, 1 600 sheets',
		full: '15 kills, 3 000 sheets; FAULTS=long: 300 kills, 60 000 sheets'
	},
	{
		id: 'P2',
		says: 'Killed at each call by which the storage writes, it has lost and doubled nothing; nor has an update, killed at each statement, nor the closing of a dialogue, an import, a backup.',
		proofs: [
			proof('faults/storage.test.ts', 'killed at each call by which the storage writes'),
			proof('faults/killed-work.test.ts', 'killed at a call by which the storage writes'),
			proof('faults/killed-work.test.ts', 'killed at a call, a backup is whole'),
			proof('integration/migration-killed.test.ts', 'killed at any statement')
		],
		control: proof('faults/storage.test.ts', 'a server that confirms before the commit loses sheets at a call'),
		short: '6 calls; updates: 17 statements; a closing, an import and a backup: 2 calls each',
		full: '60 calls (FAULTS=long: 300); updates: every statement of every release (838 today); the rest: 12 calls each of some 66, 100 and 250',
		open: 'that a closing is one transaction has its own control (killed-work.test.ts); calls between the 12 are not met'
	},
	{
		id: 'P3',
		says: 'Whenever the power of the server is cut, every confirmed sheet is on the disk, counted, and the file is sound.',
		proofs: [proof('faults/power.test.ts', 'whenever the power is cut')],
		control: proof('faults/power.test.ts', 'a server that does not wait for the disk'),
		short: '10 cuts',
		full: '60 cuts (FAULTS=long: 200)'
	},
	{
		id: 'P4',
		says: 'Whenever the power of a tablet is cut, every rating that was thanked for is on it.',
		proofs: [proof('faults/tablet-power.test.ts', 'whenever the power of a tablet is cut')],
		control: proof('faults/tablet-power.test.ts', 'a tablet that writes as browsers do by default'),
		short: '2 cuts',
		full: '20 cuts (FAULTS=long: 100)'
	},
	{
		id: 'P5',
		says: 'A full disk is 507 with a code and Retry-After, reads go on, nothing is lost, and it is over within 5 s of free space.',
		proofs: [proof('faults/disk-full.test.ts', 'a full disk is said with 507')],
		control: proof('faults/disk-full.test.ts', 'a server that hides a full disk'),
		short: '1 disk of 8 MB',
		full: 'the same'
	},
	{
		id: 'P6',
		says: 'A disk that breaks is 503 with a code, red at /readyz within 2 s, over when it is whole again, and loses nothing.',
		proofs: [proof('faults/storage.test.ts', 'a disk that breaks')],
		control: proof('faults/storage.test.ts', 'a server that hides a broken disk'),
		short: '2 calls, EIO',
		full: '2 calls, EIO, EROFS and ENXIO'
	},
	{
		id: 'P7',
		says: 'A week of 100 tablets, days offline, wrong clocks and restarts, arrives whole, once and rightly counted.',
		proofs: [
			proof('faults/week.test.ts', 'a week of 100 tablets'),
			proof('integration/arrival-order.test.ts', 'in whatever order, pieces and repetitions')
		],
		control: proof('faults/week.test.ts', 'without the rule to delete only what is confirmed'),
		short: '1 500 sheets, 10 restarts',
		full: '3 000 sheets, 20 restarts; FAULTS=long: 20 000 sheets'
	},
	{
		id: 'P8',
		says: 'Lost, doubled, delayed, cut, split and corrupted messages make no second sheet and lose none.',
		proofs: [
			proof('faults/week.test.ts', 'a week of 100 tablets'),
			proof('tablet/durability.test.ts', 'a lost answer makes no second sheet')
		],
		control: proof('faults/week.test.ts', 'without one id and number for all tries'),
		short: 'the network of P7',
		full: 'the network of P7',
		open: 'the faults are made by the simulator, not by a shaped network (no netem on the machines we have)'
	},
	{
		id: 'P9',
		says: 'One gesture of a citizen is one rating: double taps, two fingers, two windows.',
		proofs: [
			proof('terminals/app/flow.test.ts', 'a double tap answers one question'),
			proof('tablet/visit.test.ts', 'two fingers rate nothing'),
			proof('tablet/durability.test.ts', 'a second window of the same tablet')
		],
		control: FORM,
		short: 'each once, in Chromium',
		full: 'the same'
	},
	{
		id: 'P10',
		says: 'Replays of captured requests store nothing more.',
		proofs: [proof('faults/bad-input.test.ts', 'a thousand replays')],
		control: FORM,
		short: '1 000 replays',
		full: 'FAULTS=long: 10 000'
	},
	{
		id: 'P11',
		says: 'A revoked tablet is refused at once, and its queue can still be had.',
		proofs: [
			proof('integration/terminal-api.test.ts', 'nobody but the tablet itself is answered, and a revoked one is not'),
			proof('integration/rescue.test.ts', 'fifty sheets of a revoked tablet')
		],
		control: FORM,
		short: 'each once, both engines',
		full: 'the same'
	},
	{
		id: 'P12',
		says: 'Whatever comes, late, doubled, replaced, taken out or put back, the counts are the sheets, on SQLite as on PostgreSQL.',
		proofs: [proof('integration/counts-model.test.ts', 'whatever comes')],
		control:
			'its oracle counts by hand what the product adds up; verify names each count that somebody changed (integration/cli.test.ts)',
		short: 'histories of fast-check, both engines',
		full: 'the same'
	},
	{
		id: 'P13',
		says: 'No request is answered with an unexpected error, at any route, by anybody; none is told the inside of the program.',
		proofs: [
			proof('faults/fuzz.test.ts', 'at every route and as everybody'),
			proof('faults/bad-input.test.ts', 'thousands of mutated requests')
		],
		control: proof('faults/fuzz.test.ts', 'a server that answers a wrong form with its error'),
		short: '2 500 requests in at most 15 s, 2 500 at the intake',
		full: '100 000 requests (npm run fuzz -- --n N --seed S); FAULTS=long: 100 000 at the intake',
		open: 'how long the loop of the server is held is not looked at'
	},
	{
		id: 'P14',
		says: 'A hall behind one address votes within a minute: nobody is refused, and the count is exact.',
		proofs: [
			proof('integration/live-votes.test.ts', 'a close and a hundred votes at once'),
			proof('integration/live-votes.test.ts', 'a script that makes up a phone for each vote')
		],
		control: FORM,
		short: '100 votes at once',
		full: 'rehearsal: 2 000 phones; npm run bench -- live-hall: 5 000 voters, 5 000 watching'
	},
	{
		id: 'P15',
		says: 'Stuffing a poster or guessing tickets moves no official number.',
		proofs: [
			proof('integration/survey-answers.test.ts', 'twenty thousand posts at a poster'),
			proof('integration/tickets-refused.test.ts', 'a hundred thousand guesses')
		],
		control: FORM,
		short: '20 000 posts, 100 000 guesses',
		full: 'the same'
	},
	{
		id: 'P16',
		says: 'Slow and half-open clients are closed and keep nobody out.',
		proofs: [
			proof('faults/slow.test.ts', 'hundreds of slow and half-open clients keep nobody out'),
			proof('e2e/regress/fence.test.ts', 'BODY: what is too large, of unknown length or never finished')
		],
		control: proof('faults/slow.test.ts', 'a server that waits for ever keeps them'),
		short: '200 that never end a head, beside 5 tablets',
		full: '800 that never end a head and 800 that never end a body'
	},
	{
		id: 'P17',
		says: 'Everybody reaches what the table of rights gives them, and nothing else; a route without a policy fails the build.',
		proofs: [proof('e2e/rights.test.ts', 'IDOR-ALL'), proof('architecture/guards.test.ts', '')],
		control: proof('e2e/rights.test.ts', 'the quarter sees whatever the whole would'),
		short: 'a computed quarter of all handlers × roles × places',
		full: 'all of them'
	},
	{
		id: 'P18',
		says: 'What people write, wherever it is shown, stays text.',
		proofs: [
			proof('e2e/xss.test.ts', 'XSS-ALL: what is stored'),
			proof('e2e/xss.test.ts', 'XSS-ALL: what stands in an address'),
			proof('e2e/xss.test.ts', 'XSS-ALL: what is typed')
		],
		control: proof('e2e/xss.test.ts', 'the watch sees what it is there for'),
		short: 'every view; every third payload',
		full: 'every view, every payload'
	},
	{
		id: 'P19',
		says: 'Who reads everything that may be read after every citizen never works out fewer than k people.',
		proofs: [proof('integration/secrecy.test.ts', 'who reads everything after every citizen')],
		control: proof('integration/secrecy.test.ts', 'without blocks the same reader'),
		short: 'random wards, both engines',
		full: 'the same'
	},
	{
		id: 'P20',
		says: 'The time that a refused sign-in takes does not tell whether the login exists.',
		proofs: [proof('integration/sign-in-time.test.ts', 'the time of a refused sign-in')],
		control: proof('integration/sign-in-time.test.ts', 'a sign-in that hashes only for logins that exist'),
		short: '25 pairs, rank test and medians, both engines',
		full: '500 pairs',
		open: 'the time of a wrong code of a case is only measured (npm run bench -- case-codes)'
	},
	{
		id: 'P21',
		says: 'Clocks of tablets from 50 years back to 50 years ahead lose nothing and are flagged; a clock of the server that jumps puts no sheet on a wrong day and lengthens no session.',
		proofs: [
			proof('faults/clock.test.ts', 'whatever the clock of the server jumps to'),
			proof('faults/week.test.ts', 'a week of 100 tablets'),
			proof('integration/arrival-order.test.ts', 'a tablet whose clock has lost its year')
		],
		control: proof('faults/clock.test.ts', 'a server that dates sheets by its own clock'),
		short: 'in the week of P7; 4 jumps of the server, from an hour back to a month ahead',
		full: '12 jumps, from seven years back to seven ahead'
	},
	{
		id: 'P22',
		says: 'A backup taken under load restores, verifies, and nothing differs; a copy without its log, a foreign log or a changed bit is told.',
		proofs: [
			proof('integration/backup.test.ts', 'a backup made while sheets arrive'),
			proof('integration/backup.test.ts', 'each of thirty nights'),
			proof('integration/backup.test.ts', 'a copy without its log'),
			proof('integration/backup-seal.test.ts', 'no changed bit')
		],
		control: proof('integration/backup.test.ts', 'no changed bit of a backup'),
		short: '30 nights, 150 flips',
		full: 'the same'
	},
	{
		id: 'P23',
		says: 'Every release comes to the newest schema, also when it was killed on the way; an older program refuses a newer database.',
		proofs: [
			proof('integration/migration-killed.test.ts', 'killed at any statement'),
			proof('integration/migration-killed.test.ts', 'an older program refuses')
		],
		control: proof('integration/migration-killed.test.ts', 'an update that is not one transaction'),
		short: '3 releases, 17 kills',
		full: 'every statement of every release (838 kills today)'
	},
	{
		id: 'P24',
		says: 'Whoever changes, removes, adds or cuts a line of the audit log is found, and where.',
		proofs: [
			proof('integration/cli.test.ts', 'reading by officer and exporting leave a line'),
			proof('integration/backup.test.ts', 'the log that was noted outside')
		],
		control: FORM,
		short: 'the kinds of change once each',
		full: 'the same'
	},
	{
		id: 'P25',
		says: 'A start finds lazy pragmas, an unsafe SQLite, a lost log and a newer schema.',
		proofs: [
			proof('src/lib/server/db/db.test.ts', 'a database is opened with every promise kept'),
			proof('integration/migration-killed.test.ts', 'an older program refuses')
		],
		control: proof('faults/power.test.ts', 'a server that does not wait for the disk'),
		short: 'each once',
		full: 'the same'
	},
	{
		id: 'P26',
		says: 'Whatever goes wrong is said in Vietnamese, with a code and what to do next, never in words of the framework; a failure names its request.',
		proofs: [
			proof('e2e/regress/fence.test.ts', 'ERRORS: whatever goes wrong is said in Vietnamese'),
			proof('e2e/log.test.ts', 'nothing that came with a request is in the log')
		],
		control: FORM,
		short: 'each code of the table; 17 pages, 16 refusals without a page, and failures on purpose',
		full: 'the same',
		open: 'the tablet has codes of its own, which its tests try; a form sent from another site is refused by Kit in English before any code of ours runs'
	},
	{
		id: 'P27',
		says: 'Round after round the server holds the same memory, the same open files and no stream that nobody watches.',
		proofs: [proof('faults/steady.test.ts', 'round after round the server holds')],
		control: proof('faults/steady.test.ts', 'a server that keeps something of each request'),
		short: '10 rounds of 200 sheets, 20 streams and 15 pages: at most 1 MB a round',
		full: '100 rounds: at most 0,15 MB a round; a soak repeats it (npm run soak -- --hours N)',
		open: 'not watched over eight hours in one process: a round of a soak is one start of the server'
	},
	{
		id: 'P28',
		says: 'Two nodes on one PostgreSQL that crashes lose and double nothing.',
		proofs: [proof('faults/postgres.test.ts', 'two nodes on one PostgreSQL')],
		control: 'what is to hold there is durability itself, which P1 tries',
		short: '800 sheets',
		full: '800 sheets; FAULTS=long: 10 000'
	}
];

/** Of the reference's list, and proven by nothing here. */
export const UNPROVEN: Record<string, string> = {};
