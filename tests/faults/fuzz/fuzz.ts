import { readdirSync, readFileSync } from 'node:fs';
import type { Db } from '../../../src/lib/server/db/db.ts';
import { commit } from '../../../src/lib/server/db/db.ts';
import { insertNew, put } from '../../../src/lib/server/db/bulk.ts';
import { roleGrants, sessions, users } from '../../../src/lib/server/db/schema/account.ts';
import { API } from '../../../src/lib/server/http/api.ts';
import { POLICIES } from '../../../src/lib/server/http/policies.ts';
import { oneOf, randomFrom } from '../../../terminals/simulator/random.ts';
import { cellsOf } from '../../actors/rights.ts';
import type { Server } from '../../actors/server.ts';
import type { Actor, Examples } from '../../factories/provinces.ts';
import { formsOf, type Form } from './forms.ts';
import { attack, type FuzzRequest, type Target } from './request.ts';
import { sender, type FuzzAnswer } from './send.ts';

export interface FuzzResult {
	sent: number;
	seconds: number;
	/** How often each status came; 0 is a closed connection. */
	statuses: Record<number, number>;
	/** Handlers and API routes that were begun from, and those that answered somebody well. */
	targets: number;
	/** How many forms that pages showed were used to begin from. */
	forms: number;
	/** Answers below 400 to people who are signed in. */
	letIn: number;
	/** What is wrong, each with the request that does it. */
	wrong: string[];
	/** Memory of the server after a tenth and at the end, MB. */
	rss: { early: number; late: number };
	/** Its open files before and after. */
	files: { before: number; after: number };
}

export interface HowMuch {
	n: number;
	seed: string;
	deadlineMs?: number;
	/** So many faults are enough to end it. */
	mostWrong?: number;
}

/** Statuses above 499 that are meant: too busy, and a full disk. */
const DELIBERATE = [503, 507];
/** What only the inside of a program says. A path is looked for apart. */
const INSIDE =
	/\n\s+at [\w$.<>[\] ]+ \(|\bat (?:async )?[\w$.]+ \(?(?:file:|node:)|SQLITE_|SqliteError|better-sqlite3|drizzle|node_modules|select "|insert into "|update "\w+" set|violates .* constraint|syntax error at or near|Cannot read propert|is not a function|UnhandledPromise/;

const AT_ONCE = 8;
/** After so many requests whoever lost their session, account or role has it back. */
const REVIVED_AFTER = 1_000;
/** Kept of what one person was shown. */
const MOST_FORMS = 200;

const memoryOf = (pid: number) =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Everything that POLICIES and the API know × everybody, and those who are nobody. */
export function targetsOf(world: { examples: Examples; actors: Actor[] }): Target[] {
	const cells = cellsOf(POLICIES, world);
	// Most of the table is refused at the door: what is behind it is tried as often as that.
	const allowed = cells.filter((cell) => cell.allowed);
	const times = Math.ceil(cells.length / allowed.length);
	const guarded = [...cells, ...Array.from({ length: times }, () => allowed).flat()].map(
		({ actor, method, path, form }): Target => ({
			...{ as: actor?.name ?? 'nobody', cookie: actor && `s-http=${actor.token}`, method, path, form }
		})
	);
	const id = world.examples.organization.own.id;
	const open = Object.entries(POLICIES).flatMap(([route, own]) =>
		Object.entries(own).flatMap(([handler, policy]): Target[] => {
			if (!('public' in policy) || route.includes('...') || handler === 'layout') return [];
			const path =
				route
					.replace(/\/\([^)]+\)/g, '')
					.replace(/\[\w+=id\]|\[organization\]/g, id)
					.replace(/\[+\w+(=\w+)?\]+/g, 'ABCD1234') || '/';
			const reads = handler === 'load' || handler === 'GET';
			const method = reads ? 'GET' : /^[A-Z]+$/.test(handler) ? handler : 'POST';
			const action = reads || handler === 'default' || handler === method ? '' : `?/${handler}`;
			return [{ as: 'nobody', cookie: null, method, path: path + action, form: reads ? null : { nothing: 'else' } }];
		})
	);
	const api = API.map(({ method, path }): Target => {
		const address = path.source.replace(/[\\^$]/g, '').replace(/\([^)]*\)/g, 'ABCD1234');
		return { as: 'nobody', cookie: null, method, path: address, form: method === 'POST' ? {} : null };
	});
	return [...guarded.filter(({ path }) => !/sign-out/.test(path)), ...manyOf(open), ...manyOf(api)];
}

/** What has one line in its table, beside what has hundreds. */
const manyOf = (targets: readonly Target[]) => Array.from({ length: 30 }, () => targets).flat();

/** Sends so many wrong requests, each worker its own from the seed, and says what no answer may be. */
export async function fuzz(
	{
		server,
		db,
		world,
		folder
	}: { server: Server; db: Db; world: { examples: Examples; actors: Actor[] }; folder: string },
	{ n, seed, deadlineMs = Infinity, mostWrong = 20 }: HowMuch
): Promise<FuzzResult> {
	const targets = targetsOf(world);
	const lives = await livesOf(db);
	const { send, close } = sender(server.port);
	const files = () => openFiles(server.pid);
	const result: FuzzResult = {
		...{ sent: 0, seconds: 0, statuses: {}, targets: 0, forms: 0, letIn: 0, wrong: [] },
		...{ rss: { early: 0, late: 0 }, files: { before: files(), after: 0 } }
	};
	const begun = new Set<string>();
	const started = performance.now();
	const outOfTime = () => performance.now() - started > deadlineMs;
	const worker = async (number: number) => {
		const random = randomFrom(`${seed} ${number}`);
		const shown = new Map<string, Form[]>();
		while (result.sent < n && result.wrong.length < mostWrong && !outOfTime()) {
			const at = ++result.sent;
			if (at % REVIVED_AFTER === 0) await revive(db, lives);
			if (at === Math.ceil(n / 10)) result.rss.early = memoryOf(server.pid);
			const target = oneOf(random, targets);
			const forms = shown.get(target.as) ?? [];
			const one = attack(random, server.origin, target, forms);
			begun.add(`${target.method} ${target.path.split('?')[0]}`);
			const answer = await send(one);
			result.statuses[answer.status] = (result.statuses[answer.status] ?? 0) + 1;
			if (target.cookie !== null && answer.status >= 200 && answer.status < 400) result.letIn++;
			const fault = faultOf(answer, folder);
			if (fault) result.wrong.push(`${fault}: ${tell(one)}`);
			if (answer.status === 200 && answer.type.startsWith('text/html')) {
				const more = formsOf(answer.text, one.path.toWellFormed());
				result.forms += more.length;
				shown.set(target.as, [...more, ...forms].slice(0, MOST_FORMS));
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => worker(number)));
	close();
	await revive(db, lives);
	result.seconds = Math.round((performance.now() - started) / 1000);
	result.targets = begun.size;
	result.rss.late = memoryOf(server.pid);
	// A request that was never finished is given up after half a minute.
	for (let wait = 0; wait < 160 && files() > result.files.before + 4; wait++)
		await new Promise((resolve) => setTimeout(resolve, 250));
	result.files.after = files();
	return result;
}

/** What an answer says that it must not, or null. */
export function faultOf({ status, text }: FuzzAnswer, folder: string): string | null {
	if (status >= 500 && !DELIBERATE.includes(status)) return `answered ${status}`;
	const inside = INSIDE.exec(text)?.[0];
	if (inside) return `tells ${JSON.stringify(inside)}`;
	const path = [folder, process.cwd()].find((own) => text.includes(own));
	return path ? `tells the path ${path}` : null;
}

/** So that somebody can send it again. */
function tell({ as, method, path, headers, body, raw }: FuzzRequest): string {
	const content = raw ?? body;
	const { cookie: _, ...rest } = headers;
	const bytes = content && `base64 ${content.subarray(0, 2_000).toString('base64')}`;
	return `${as} ${method} ${JSON.stringify(path.slice(0, 300))} ${JSON.stringify(rest).slice(0, 300)} ${raw ? 'raw ' : ''}${bytes ?? ''}`;
}

/** People's accounts, roles and sessions, as they were before anybody was let loose on them. */
async function livesOf(db: Db) {
	return {
		users: await db.select().from(users),
		grants: await db.select().from(roleGrants),
		sessions: await db.select().from(sessions)
	};
}

function revive(db: Db, lives: Awaited<ReturnType<typeof livesOf>>) {
	return commit(db, async (tx) => {
		await put(tx, users, lives.users);
		await insertNew(tx, roleGrants, lives.grants);
		await put(tx, sessions, lives.sessions);
	});
}

export function openFiles(pid: number): number {
	return readdirSync(`/proc/${pid}/fd`).length;
}
