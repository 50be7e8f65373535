import { generateKeyPairSync, type JsonWebKey as NodeJwk } from 'node:crypto';
import Database from 'better-sqlite3';
import { HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { median, round, type Figure } from './figure.ts';
import type { Order, Plan } from './load.ts';
import { foundProvince, type Shape } from './province.ts';
import { freshFolder, startBare, startLoad, startProduct, type Server } from './servers.ts';
import type { Sent } from './wire.ts';

/** Twelve wards with eight tablets each, all sending at once: a province after its morning. */
const PROVINCE: Shape = {
	wards: 12,
	countersPerWard: 8,
	fieldsPerWard: 12,
	fieldsPerCounter: 3,
	officersPerCounter: 2
};

/** Rounds before the first that counts: both servers' code is compiled by then. */
const WARM_UP = 2;
/** No two sheets of a tablet are a repeat, and two days hold them all. */
const APART_MS = 20_000;

interface Load {
	name: string;
	unit: string;
	/** The least share of the bare peer's rate. */
	limit: number;
	sheetsPerRequest: number;
	requests: number;
	connections: number;
	rounds: number;
}

/** Queues as tablets send them after an hour without a network: fifty sheets a request. */
export const ingest = (seed: number) =>
	measure(
		{ name: 'ingest', unit: 'sheets/s', limit: 0.7, sheetsPerRequest: 50, requests: 480, connections: 32, rounds: 7 },
		seed
	);

/** Every rating sent by itself, as tablets with a good network do. */
export const ingestSingle = (seed: number) =>
	measure(
		{
			name: 'ingest-single',
			unit: 'requests/s',
			limit: 0.5,
			sheetsPerRequest: 1,
			requests: 8_000,
			connections: 128,
			rounds: 7
		},
		seed
	);

/**
 * The same signed bytes to the product and to the bare peer, round by round in turn. The ratio is the median of the rounds' ratios:
 * the two halves of a round meet the same machine, whatever else it does.
 */
async function measure(load: Load, seed: number): Promise<Figure> {
	const folder = freshFolder();
	const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const database = `${folder.path}/product.db`;
	const started: { stop: () => unknown }[] = [];
	try {
		const db = await openDb(`file:${database}`);
		const tablets = await foundProvince(db, PROVINCE, keys.publicKey.export({ format: 'jwk' }) as JsonWebKey);
		await db.store.close();
		const product = await startProduct(database);
		started.push(product);
		const bare = await startBare(`${folder.path}/bare.db`);
		started.push(bare);
		const generator = startLoad<Order>('./load.ts');
		started.push(generator);
		const privateKey = keys.privateKey.export({ format: 'jwk' }) as NodeJwk;
		const { sheetsPerRequest, requests } = load;
		const plan = { tablets, privateKey, sheetsPerRequest, requests, from: Date.now() - 40 * HOUR_MS, apart: APART_MS };
		const results = await alternate(load, { product, bare }, generator, (round) => ({ ...plan, seed: seed + round }));
		return figureOf(load, results, seed);
	} finally {
		await Promise.all(started.map((process) => process.stop()));
		folder.remove();
	}
}

async function alternate(
	{ requests, sheetsPerRequest, connections, rounds }: Load,
	servers: Record<'product' | 'bare', Server>,
	generator: ReturnType<typeof startLoad<Order>>,
	planOf: (round: number) => Plan
) {
	const results: Record<keyof typeof servers, Result[]> = { product: [], bare: [] };
	for (let round = 1 - WARM_UP; round <= rounds; round++) {
		await generator.order({ prepare: planOf(round) });
		for (const name of round & 1 ? (['bare', 'product'] as const) : (['product', 'bare'] as const)) {
			const used = servers[name].processorSeconds();
			const sent = await generator.order({ send: { port: servers[name].port, connections } });
			if (sent.refused > 0) throw new Error(`${name}: ${sent.refused} requests were not stored`);
			if (round > 0) results[name].push({ ...sent, processor: servers[name].processorSeconds() - used });
		}
	}
	for (const server of Object.values(servers)) assertStored(server, requests * sheetsPerRequest * (rounds + WARM_UP));
	return results;
}

type Result = Sent & { processor: number };

function figureOf(load: Load, results: Record<'product' | 'bare', Result[]>, seed: number): Figure {
	const units = load.unit === 'sheets/s' ? load.requests * load.sheetsPerRequest : load.requests;
	const rate = (name: 'product' | 'bare') => median(results[name].map(({ seconds }) => units / seconds));
	const ratio = median(results.product.map(({ seconds }, i) => results.bare[i].seconds / seconds));
	const line = (name: 'product' | 'bare') => {
		const of = (what: keyof Result) => median(results[name].map((result) => result[what]));
		const rates = results[name].map(({ seconds }) => round(units / seconds)).join(' ');
		const processor = round((of('processor') / units) * 1e6);
		return `${name}: p50 ${round(of('p50'), 1)} ms, p99 ${round(of('p99'), 1)} ms, ${processor} µs of processor each; rounds ${rates}`;
	};
	return {
		name: load.name,
		value: round(rate('product')),
		unit: load.unit,
		limit: load.limit,
		ratio: round(ratio, 3),
		n: units * load.rounds,
		seed,
		held: ratio >= load.limit,
		details: [line('product'), line('bare')]
	};
}

/** An acknowledged sheet that is not in the file would make the rate worthless. */
function assertStored({ database }: Server, expected: number) {
	const file = new Database(database, { readonly: true });
	const stored = file.prepare('select count(*) from sheet').pluck().get();
	file.close();
	if (stored !== expected) throw new Error(`${database}: ${stored} sheets stored, ${expected} acknowledged`);
}
