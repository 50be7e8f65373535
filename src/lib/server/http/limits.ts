import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * How often things may be tried. A key is never an address alone: a whole hall shares one. Kept in memory of this node, so a
 * second node doubles what is allowed, and no more.
 */
const MINUTES = 60;
const signInHere = new RateLimiterMemory({ keyPrefix: 'here', points: 5, duration: 15 * MINUTES });
const signInAccount = new RateLimiterMemory({ keyPrefix: 'account', points: 30, duration: 15 * MINUTES });
const signInAll = new RateLimiterMemory({ keyPrefix: 'all', points: 300, duration: MINUTES });
const factorSession = new RateLimiterMemory({ keyPrefix: 'factor', points: 5, duration: 12 * 60 * MINUTES });
const factorAccount = new RateLimiterMemory({ keyPrefix: 'factors', points: 10, duration: 60 * MINUTES });
const ownPassword = new RateLimiterMemory({ keyPrefix: 'own', points: 10, duration: 60 * MINUTES });
const forgottenAccount = new RateLimiterMemory({ keyPrefix: 'forgotten', points: 3, duration: 60 * MINUTES });
const forgottenAll = new RateLimiterMemory({ keyPrefix: 'forgetting', points: 60, duration: MINUTES });
const linkTries = new RateLimiterMemory({ keyPrefix: 'link', points: 20, duration: 60 * MINUTES });
const linkTriesAll = new RateLimiterMemory({ keyPrefix: 'links', points: 300, duration: MINUTES });
const letters = new RateLimiterMemory({ keyPrefix: 'letters', points: 200, duration: 60 * MINUTES });
const ticketCalls = new RateLimiterMemory({ keyPrefix: 'ticket', points: 300, duration: MINUTES });
const setUpTries = new RateLimiterMemory({ keyPrefix: 'set-up', points: 10, duration: MINUTES });
const requestsOfPhone = new RateLimiterMemory({ keyPrefix: 'phone', points: 5, duration: 24 * 60 * MINUTES });
const requestsHere = new RateLimiterMemory({ keyPrefix: 'requests-here', points: 60, duration: 60 * MINUTES });
const requestsTo = new RateLimiterMemory({ keyPrefix: 'requests-to', points: 300, duration: 60 * MINUTES });
const caseCodes = new RateLimiterMemory({ keyPrefix: 'case-codes', points: 60, duration: 10 * MINUTES });
const passes = new RateLimiterMemory({ keyPrefix: 'passes', points: 6000, duration: MINUTES });
const hallCodes = new RateLimiterMemory({ keyPrefix: 'hall-codes', points: 6000, duration: MINUTES });
const questionsOfPass = new RateLimiterMemory({ keyPrefix: 'questions', points: 5, duration: 10 * MINUTES });
const questionsOfRoom = new RateLimiterMemory({ keyPrefix: 'questions-room', points: 600, duration: MINUTES });
const pairingRequests = new RateLimiterMemory({ keyPrefix: 'pairing', points: 120, duration: MINUTES });
const pairingMisses = new RateLimiterMemory({ keyPrefix: 'miss', points: 300, duration: MINUTES });

export interface SignInAttempt {
	login: string;
	address: string;
}

/**
 * Counts an attempt before the password is looked at. Five from one neighbourhood at one account, then that neighbourhood waits;
 * thirty at the account from anywhere, so that nobody can lock somebody else out with five tries from afar; 300 a minute in all.
 * null, or the seconds to wait. An account that does not exist is counted like any other.
 */
export async function countSignIn({ login, address }: SignInAttempt): Promise<number | null> {
	const waits = [
		await waitOf(signInAll, 'all'),
		await waitOf(signInAccount, keyOf(login)),
		await waitOf(signInHere, `${keyOf(login)} ${neighbourhood(address)}`)
	];
	const wait = Math.max(...waits);
	return wait > 0 ? wait : null;
}

/** The password was right: what was counted on the way there is forgiven, here and for the account. */
export async function forgiveSignIn({ login, address }: SignInAttempt) {
	await signInHere.delete(`${keyOf(login)} ${neighbourhood(address)}`);
	await signInAccount.delete(keyOf(login));
	await signInAll.reward('all');
}

/**
 * Counts a code of the second factor before it is looked at: five a session, then the password is asked for again; ten an hour an
 * account, however many sessions the password opens. null, or what to do.
 */
export async function countSecondFactor(sessionId: string, userId: string): Promise<'sign-in-again' | number | null> {
	const account = await waitOf(factorAccount, userId);
	if (account > 0) return account;
	return (await waitOf(factorSession, sessionId)) > 0 ? 'sign-in-again' : null;
}

export async function forgiveSecondFactor(userId: string) {
	await factorAccount.delete(userId);
}

/** The password asked again inside a session, which may be on a device that was left open. null, or the seconds to wait. */
export async function countOwnPassword(userId: string): Promise<number | null> {
	return (await waitOf(ownPassword, userId)) || null;
}

export async function forgiveOwnPassword(userId: string) {
	await ownPassword.delete(userId);
}

/** 'quiet': this account has had its letters, which nobody who asks may learn; 'wait': too many ask at once. */
export async function countForgotten(login: string): Promise<'go' | 'quiet' | 'wait'> {
	if ((await waitOf(forgottenAll, 'all')) > 0) return 'wait';
	return (await waitOf(forgottenAccount, keyOf(login))) > 0 ? 'quiet' : 'go';
}

/** A password chosen by link, each try of which costs a hash. null, or the seconds to wait. */
export async function countLinkTry(token: string): Promise<number | null> {
	return Math.max(await waitOf(linkTriesAll, 'all'), await waitOf(linkTries, keyOf(token))) || null;
}

/** Links that somebody makes for others, so that nobody turns the server into a sender of letters. */
export async function mayMakeLink(userId: string): Promise<boolean> {
	return (await waitOf(letters, userId)) === 0;
}

/** Counts a try at the set-up: ten a minute in all, for there is nobody yet whose account could be told apart. null, or the seconds to wait. */
export async function countSetUpTry(): Promise<number | null> {
	return (await waitOf(setUpTries, 'all')) || null;
}

/** Five calls a second for a minute, retries too; what a key may make in a day is counted in the store. */
export async function mayAskForTicket(keyId: string): Promise<boolean> {
	return (await waitOf(ticketCalls, keyId)) === 0;
}

/**
 * Counts a citizen's request: five a day of one phone number to one organization, whose mark is the key and never the number itself;
 * sixty an hour from one neighbourhood, 300 an hour in all to one organization. null, or the seconds to wait.
 */
export async function countRequest(asked: {
	organizationId: string;
	phoneMark: string;
	address: string;
}): Promise<number | null> {
	const { organizationId, phoneMark, address } = asked;
	const waits = [
		await waitOf(requestsTo, organizationId),
		await waitOf(requestsHere, `${organizationId} ${neighbourhood(address)}`),
		await waitOf(requestsOfPhone, `${organizationId} ${phoneMark}`)
	];
	return Math.max(...waits) || null;
}

/**
 * Counts a code to follow a case by before it is looked up: sixty wrong ones in ten minutes from one neighbourhood. A right one is
 * given back, so a ward's own network can look all day. null, or the seconds to wait.
 */
export async function countCaseCode(address: string): Promise<number | null> {
	return (await waitOf(caseCodes, neighbourhood(address))) || null;
}

export async function forgiveCaseCode(address: string) {
	await caseCodes.reward(neighbourhood(address));
}

/**
 * Counts a phone that joins a dialogue: more than a full hall's 6 000 a minute in one channel is a script. It votes all the same, for
 * people must not pay for it, and its ballots are told apart. By room, never by address.
 */
export async function countPass(dialogueId: string, channel: string): Promise<boolean> {
	return (await waitOf(passes, `${dialogueId} ${channel}`)) === 0;
}

/** Six digits that change every ten seconds: a hall that types may, a script that guesses gets through a thousandth of them. */
export async function countHallCode(dialogueId: string): Promise<boolean> {
	return (await waitOf(hallCodes, dialogueId)) === 0;
}

/** Five questions in ten minutes from one holder of a pass, never by address; 600 a minute in one room, for a script gets many passes. */
export async function countQuestion(dialogueId: string, holder: string): Promise<boolean> {
	if ((await waitOf(questionsOfPass, `${dialogueId} ${holder}`)) > 0) return false;
	return (await waitOf(questionsOfRoom, dialogueId)) === 0;
}

export async function mayRequestPairing(): Promise<boolean> {
	return (await waitOf(pairingRequests, 'all')) === 0;
}

export async function mayMissPairing(): Promise<boolean> {
	return (await waitOf(pairingMisses, 'all')) === 0;
}

/** Seconds to wait, 0 when the attempt may go on. */
async function waitOf(limiter: RateLimiterMemory, key: string): Promise<number> {
	try {
		await limiter.consume(key);
		return 0;
	} catch (refused) {
		if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
		throw refused;
	}
}

/** A login as somebody typed it may be of any length. */
const keyOf = (login: string) => login.slice(0, 64);

/** The /24 of an IPv4 address, the /56 of an IPv6 one: what one connection can easily change is not part of the key. */
export function neighbourhood(address: string): string {
	const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address);
	if (v4) return v4[1];
	const [head] = address.split('%', 1);
	const groups = expand(head);
	return groups.slice(0, 4).join(':').slice(0, 17);
}

function expand(address: string): string[] {
	const [left, right = ''] = address.split('::', 2);
	const [before, after] = [left, right].map((part) => part.split(':').filter(Boolean));
	const missing = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0;
	return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => group.padStart(4, '0'));
}

/** What costs the server much, each counted by the person who asks and never by where they are. An hour is long enough to notice. */
const HOUR = 60 * MINUTES;
const costly = {
	report: new RateLimiterMemory({ keyPrefix: 'report', points: 1200, duration: HOUR }),
	export: new RateLimiterMemory({ keyPrefix: 'export', points: 30, duration: HOUR }),
	import: new RateLimiterMemory({ keyPrefix: 'import', points: 60, duration: HOUR }),
	tickets: new RateLimiterMemory({ keyPrefix: 'tickets', points: 60, duration: HOUR }),
	photo: new RateLimiterMemory({ keyPrefix: 'photo', points: 300, duration: HOUR }),
	'case-file': new RateLimiterMemory({ keyPrefix: 'case-file', points: 60, duration: HOUR })
};

export async function mayAskFor(what: keyof typeof costly, userId: string): Promise<boolean> {
	return (await waitOf(costly[what], userId)) === 0;
}

/** A tablet may send this many requests at once, as after a night without a network, before it has to keep the pace. */
const TERMINAL_BURST = 10;
/** How much each tablet, by its id, has left of each kind of request, and since when. There are as many as are paired. */
const allowances = new Map<string, { left: number; at: number }>();
let paceMs = 0;

/** 0, the start: no pace at all. */
export function setTerminalPace(milliseconds: number) {
	paceMs = milliseconds;
	allowances.clear();
}

/**
 * Whether a tablet that has shown its signature may send now; one that may not keeps its queue and comes back. By the server's own
 * steady clock, since the wall's may jump. Sheets and everything else are counted apart, so that a long queue does not silence it.
 */
export function mayTerminalSend(terminalId: string, kind: string, now = performance.now()): boolean {
	if (paceMs === 0) return true;
	const key = `${terminalId} ${kind}`;
	const { left, at } = allowances.get(key) ?? { left: TERMINAL_BURST, at: now };
	const regained = Math.min(TERMINAL_BURST, left + (now - at) / paceMs);
	allowances.set(key, { left: regained < 1 ? regained : regained - 1, at: now });
	return regained >= 1;
}
