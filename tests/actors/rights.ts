import { permits, type Extent, type Right } from '../../src/lib/domain/account/right.ts';
import type { ObjectKind } from '../../src/lib/server/account/extent/reads.ts';
import { API } from '../../src/lib/server/http/api.ts';
import type { Policy } from '../../src/lib/server/http/policies.ts';
import { DISTANCES, type Actor, type Distance, type Example, type Examples } from '../factories/provinces.ts';

/** One request of the matrix, and what the tables say should come of it. */
export interface Cell {
	/** '(route) handler'. */
	handler: string;
	/** null: nobody is signed in. */
	actor: Actor | null;
	distance: Distance;
	/** What the table says it is about, and the right; null where the API's route asks for its rights itself. */
	about: Extent;
	right: Right | null;
	method: string;
	/** With the query. */
	path: string;
	/** Sent as a form, to the API as JSON. */
	form: Record<string, string> | null;
	allowed: boolean;
}

type Policies = Readonly<Record<string, Readonly<Record<string, Policy>>>>;

/** What a route's own parameter stands for, where the handler's right is not about that thing but about its organization. */
const PARAMETER_KINDS: Record<string, ObjectKind> = { person: 'user', draft: 'import', batch: 'paperBatch' };
/** The rights that the staff routes of the API ask for, where they do so themselves; one line an example. */
const API_RIGHTS: { path: string; rights: readonly Right[] }[] = [
	{ path: '/api/v1/index?by=counter&from=2026-11-01&to=2026-11-30', rights: ['report:read'] },
	{ path: '/api/v1/participation?by=counter&from=2026-11-01&to=2026-11-30', rights: ['report:read'] },
	{
		path: '/api/v1/participation?by=officer&from=2026-11-01&to=2026-11-30',
		rights: ['report:read', 'report:officers']
	},
	{ path: '/api/v1/index?by=officer&from=2026-11-01&to=2026-11-30', rights: ['report:read', 'report:officers'] }
];
/** A write that takes something away is tried last: what others still have to ask about is there until then. */
const TAKES_AWAY = /archive|disable|revoke|remove|end|withdraw|apply/i;

/** Every handler with a policy × everybody and a visitor × every distance. */
export function cellsOf(policies: Policies, { examples, actors }: { examples: Examples; actors: Actor[] }): Cell[] {
	const handlers = Object.entries(policies).flatMap(([route, own]) =>
		Object.entries(own).flatMap(([handler, policy]) =>
			'public' in policy || handler === 'layout' ? [] : [{ route, handler, policy }]
		)
	);
	handlers.sort((a, b) => rankOf(a.handler) - rankOf(b.handler));
	return [...handlers.flatMap((one) => pageCells(one, examples, actors)), ...apiCells(examples, actors)];
}

function rankOf(handler: string): number {
	if (handler === 'load' || handler === 'GET') return 0;
	return TAKES_AWAY.test(handler) ? 2 : 1;
}

interface Guarded {
	route: string;
	handler: string;
	policy: Extract<Policy, { right: Right }>;
}

function pageCells({ route, handler, policy }: Guarded, examples: Examples, actors: Actor[]): Cell[] {
	// Without an organization in its address a page is about that of whoever asks.
	const own = policy.on === 'own' || (policy.on === 'organization' && !/\[/.test(route));
	const distances = own ? (['own'] as const) : DISTANCES;
	return distances.flatMap((distance) =>
		[...actors, null].map((actor): Cell => {
			const kind = policy.on === 'own' ? 'user' : policy.on;
			const example = examples[kind]?.[distance];
			if (!example)
				throw new Error(`${route} ${handler}: no example of ${kind}; tests/factories/provinces.ts makes them`);
			const about = own && actor ? ownExtent(actor, policy.on === 'own') : example.extent;
			const allowed = actor !== null && permits(actor.grants, policy.right, about, actor.userId).allowed;
			const path = pathOf(route, kind, distance, examples);
			const names = policy.on === 'own' ? {} : namesOf(kind, example);
			const query = new URLSearchParams(names).toString();
			const base = { handler: `${route} ${handler}`, actor, distance, about, right: policy.right, allowed };
			if (handler === 'load' || handler === 'GET')
				return { ...base, method: 'GET', path: `${path}?${query}`, form: null };
			const form = { ...names, nothing: 'else' };
			if (/^[A-Z]+$/.test(handler)) return { ...base, method: handler, path, form };
			return { ...base, method: 'POST', path: handler === 'default' ? path : `${path}?/${handler}`, form };
		})
	);
}

/** What is somebody's own lies where they belong, and not in what stands above. */
function ownExtent({ path, userId }: Actor, personal: boolean): Extent {
	return personal ? { path: path.slice(0, 1), siteId: null, userId } : { path, siteId: null };
}

/**
 * The address names the organization only where the right is about one. Everywhere else it is left out, so that the page is that of
 * the person's own organization and the thing somebody else's: what counts is where the thing lies.
 */
function pathOf(route: string, kind: ObjectKind, distance: Distance, examples: Examples): string {
	const path = route
		.replace(/\/\([^)]+\)/g, '')
		.replace('/[[org=id]]', kind === 'organization' ? `/${examples.organization[distance].id}` : '')
		.replace(/\[(\w+)(?:=\w+)?\]/g, (_, name: string) => {
			const of = PARAMETER_KINDS[name] ?? (name as ObjectKind);
			const example = examples[of]?.[distance];
			if (!example) throw new Error(`${route}: what does [${name}] stand for? PARAMETER_KINDS says so`);
			return example.id;
		});
	return path || '/';
}

/** Under every name that a form might use, and nothing else: most allowed writes then end with "what is missing". */
function namesOf(kind: ObjectKind, { id }: Example): Record<string, string> {
	return {
		id,
		[kind]: id,
		[`${kind}Id`]: id,
		...(kind === 'import' && { draft: id }),
		...(kind === 'answers' && { file: id })
	};
}

function apiCells(examples: Examples, actors: Actor[]): Cell[] {
	const everybody = [...actors, null];
	return API.filter(({ policy }) => policy !== 'public').flatMap((route) => {
		const asked = API_RIGHTS.filter(({ path }) => route.path.test(path.split('?', 1)[0]));
		if (route.policy === 'staff' && asked.length === 0) throw new Error(`${route.path.source}: no line in API_RIGHTS`);
		const tries = route.policy === 'staff' ? asked : [{ path: samplePath(route.path), rights: null }];
		return tries.flatMap(({ path, rights }) =>
			DISTANCES.flatMap((distance) =>
				everybody.map((actor): Cell => {
					const { id, extent } = examples.organization[distance];
					const may = (right: Right) => permits(actor!.grants, right, extent, actor!.userId).allowed;
					const allowed = actor !== null && rights !== null && rights.every(may);
					const address = `${path}${path.includes('?') ? '&' : '?'}org=${id}`;
					const form = route.method === 'POST' ? {} : null;
					const asked = { about: extent, right: null, method: route.method, path: address, form };
					return { handler: `API ${path}`, actor, distance, allowed, ...asked };
				})
			)
		);
	});
}

const samplePath = (pattern: RegExp) => pattern.source.replace(/[\\^$]/g, '').replace(/\([^)]*\)/g, 'ABCD1234');

/** How a cell was answered: `let in`, whatever became of it then, or turned away. */
export type Outcome = 'let in' | 'turned away' | `broken (${number})`;

export function outcomeOf(status: number, location: string): Outcome {
	if (status >= 500) return `broken (${status})`;
	if ([401, 403, 404, 405].includes(status)) return 'turned away';
	return /^\/(sign-in|account\/second-factor)\b/.test(location) ? 'turned away' : 'let in';
}

export interface Answered {
	cell: Cell;
	outcome: Outcome;
}

/** Where what happened is not what the tables say: one line each. */
export function differences(answered: readonly Answered[]): string[] {
	return answered
		.filter(({ cell, outcome }) => outcome !== (cell.allowed ? 'let in' : 'turned away'))
		.map(({ cell, outcome }) => {
			const should = cell.allowed ? 'let in' : 'turned away';
			return `${cell.handler}: ${cell.actor?.name ?? 'a visitor'}, ${cell.distance}: ${outcome}, should be ${should}`;
		});
}
