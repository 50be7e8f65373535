import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RIGHTS, type Right } from '../../src/lib/domain/account/right.ts';
import { ROLES } from '../../src/lib/domain/account/role.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { POLICIES } from '../../src/lib/server/http/policies.ts';
import { cellsOf, differences, outcomeOf, type Answered, type Cell } from '../actors/rights.ts';
import { sampleOf, seesInstead } from '../actors/rights-sample.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { FULL } from '../lane.ts';
import { DISTANCES, twoProvinces, type Actor, type Examples } from '../factories/provinces.ts';

/**
 * Every page, action and method × every role × every distance, over HTTP, against what RIGHTS and POLICIES say: all of it in
 * `npm run test:full`, in `npm test` a quarter that sees the same faults.
 */
const AT_ONCE = 6;
const FORM_TYPE = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

let server: Server;

/** A province of everything and everybody, for one try: a second one finds nothing taken away by the first. */
async function provinces(): Promise<{ databaseUrl: string; world: { examples: Examples; actors: Actor[] } }> {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-rights-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const databaseUrl = `file:${folder}/provinces.db`;
	const db = await openDb(databaseUrl);
	const world = await twoProvinces(db, Date.now());
	await db.store.close();
	return { databaseUrl, world };
}

/** An action is asked for as a page's script would, so that the answer is about the action alone. */
async function ask({ method, path, form, actor }: Cell): Promise<{ status: number; location: string }> {
	const api = path.startsWith('/api/');
	const headers = {
		origin: server.origin,
		accept: form ? 'application/json' : 'text/html',
		...(actor && { cookie: `s-http=${actor.token}` }),
		...(form && { 'x-sveltekit-action': 'true', 'content-type': api ? JSON_TYPE : FORM_TYPE })
	};
	const body = form && (api ? JSON.stringify(form) : new URLSearchParams(form).toString());
	const response = await fetch(server.origin + path, { method, headers, body, redirect: 'manual' });
	const text = await response.text();
	const { status, location } = response.status === 200 ? within(text) : {};
	return { status: status ?? response.status, location: location ?? response.headers.get('location') ?? '' };
}

/** Where Kit wraps what came of a load or an action in an answer of its own: the status and the redirect inside. */
function within(text: string): { status?: number; location?: string } {
	if (!text.startsWith('{"type"')) return {};
	const { type, status, location, nodes = [] } = JSON.parse(text) as Wrapped;
	// What an action refuses by itself, whatever the status, it has been let in to refuse.
	if (type === 'failure') return {};
	return { status: status ?? nodes.find((node) => node?.type === 'error')?.status, location };
}

interface Wrapped {
	type: string;
	status?: number;
	location?: string;
	nodes?: ({ type: string; status?: number } | null)[];
}

async function askAll(cells: readonly Cell[]): Promise<Answered[]> {
	const answered: Answered[] = [];
	let next = 0;
	const worker = async () => {
		for (let i = next++; i < cells.length; i = next++) {
			const { status, location } = await ask(cells[i]);
			answered[i] = { cell: cells[i], outcome: outcomeOf(status, location) };
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return answered;
}

test(
	'IDOR-ALL: everybody reaches what the table of rights gives them, and nothing else',
	{ timeout: 300_000 },
	async () => {
		const { databaseUrl, world } = await provinces();
		server = await startServer({ databaseUrl, port: await freePort() });
		onTestFinished(async () => void (await server.stop()));
		const all = cellsOf(POLICIES, world);
		const cells = FULL ? all : sampleOf(all);
		const started = performance.now();
		const answered = await askAll(cells);
		const took = performance.now() - started;
		const handlers = new Set(cells.map(({ handler }) => handler)).size;
		const allowed = cells.filter((cell) => cell.allowed).length;
		const size = `${handlers} handlers × ${ROLES.length} roles × ${DISTANCES.length} scopes + anonymous`;
		console.log(`rights: ${size} = ${cells.length} requests, ${allowed} allowed (${(took / 1000).toFixed(1)} s)`);
		expect(allowed).toBeGreaterThan(100);
		expect(differences(answered)).toEqual([]);

		const pages = [...new Set(answered.filter(({ outcome }) => outcome === 'let in').map(({ cell }) => cell.handler))];
		expect(new Set(cells.filter((cell) => cell.allowed).map(({ handler }) => handler))).toEqual(new Set(pages));

		// The comparison must see a door that stands open, and one that is shut: the same answers against another table.
		const page = '/(admin)/admin/[[org=id]]/terminals';
		for (const right of ['terminal:read', 'audit:read'] as const) {
			const swapped = { ...POLICIES, [page]: { ...POLICIES[page], pin: { right, on: 'organization' } as const } };
			const outcomes = new Map(answered.map(({ cell, outcome }) => [keyOf(cell), outcome]));
			const asked = cellsOf(swapped, world).filter((cell) => outcomes.has(keyOf(cell)));
			const compared = asked.map((cell) => ({ cell, outcome: outcomes.get(keyOf(cell))! }));
			const found = differences(compared);
			expect(found.length).toBeGreaterThan(FULL ? 3 : 0);
			expect(found.every((line) => line.startsWith(`${page} pin: `))).toBe(true);
		}
	}
);

test('the quarter sees whatever the whole would: at every handler another right, a wider or a narrower place', async () => {
	const { world } = await provinces();
	const all = cellsOf(POLICIES, world);
	const whole = Map.groupBy(all, ({ handler }) => handler);
	const quarter = Map.groupBy(sampleOf(all), ({ handler }) => handler);
	const mistakes = {
		...Object.fromEntries((Object.keys(RIGHTS) as Right[]).map((right) => [right, () => ({ right })])),
		'the whole ward instead of the site': ({ about }) => ({ about: { ...about, siteId: null } }),
		'the ward without its province': ({ about }) => ({ about: { ...about, path: about.path.slice(0, 1) } }),
		'the province instead of the ward': ({ about }) => ({ about: { ...about, path: about.path.slice(-1) } }),
		'the own ward always': () => ({ about: world.examples.organization.own.extent }),
		'nobody is the person it belongs to': ({ about }) => ({ about: { ...about, userId: null } })
	} satisfies Record<string, Parameters<typeof seesInstead>[1]>;
	const missed: string[] = [];
	let seen = 0;
	for (const [handler, cells] of whole) {
		for (const [mistake, instead] of Object.entries(mistakes)) {
			if (!seesInstead(cells, instead)) continue;
			if (seesInstead(quarter.get(handler)!, instead)) seen++;
			else missed.push(`${handler}: ${mistake}`);
		}
	}
	expect(missed).toEqual([]);
	expect(seen).toBeGreaterThan(whole.size * 10);
	expect(quarter.values().reduce((sum, { length }) => sum + length, 0)).toBeLessThan(all.length / 3);
});

const keyOf = ({ handler, actor, distance }: Cell) => `${handler} ${actor?.userId} ${distance}`;
