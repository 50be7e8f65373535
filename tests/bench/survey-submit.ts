import { randomBytes, randomUUID } from 'node:crypto';
import { posterCode } from '../../src/lib/domain/survey/code.ts';
import { insertNew } from '../../src/lib/server/db/bulk.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { collectors, tickets } from '../../src/lib/server/db/schema/survey.ts';
import { median, round, type Figure } from './figure.ts';
import { LEAST_SUBMISSIONS_A_SECOND } from './limits.ts';
import { foundProvince, type Shape, type Tablet } from './province.ts';
import { freshFolder, startBare, startLoad, startProduct } from './servers.ts';
import type { FormOrder, FormPlan } from './survey-load.ts';
import type { Sent } from './wire.ts';

const PROVINCE: Shape = {
	wards: 12,
	countersPerWard: 8,
	fieldsPerWard: 12,
	fieldsPerCounter: 3,
	officersPerCounter: 2
};
const ROUNDS = 5;
const WARM_UP = 2;
const FORMS = 4_000;
const CONNECTIONS = 128;
/** Half of the forms come by posters, few enough at each that none is overrun; the other half by tickets, each its own. */
const A_POSTER = 10;
/** What one of those took of a processor: where the machine is shared, the fairer comparison. */
const LIMESURVEY_MICROSECONDS = 146_000;
/** The least share of the bare peer's rate. */
const LIMIT = 0.3;

type Target = FormPlan['targets'][number];
/** With the processor time of a form in microseconds, which other programs on the machine hardly change. */
type Round = Sent & { processor: number };

/**
 * Full submissions of 19 items with every check on: origin, seal, fields, poster or ticket, traffic, one transaction with its counts;
 * the same bytes to the bare peer, which parses and stores them, round by round in turn.
 */
export async function surveySubmit(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const secretKey = (process.env.SECRET_KEY = randomBytes(32).toString('hex'));
	const database = `${folder.path}/product.db`;
	const started: { stop: () => unknown }[] = [];
	const results: Record<'product' | 'bare', Round[]> = { product: [], bare: [] };
	try {
		const db = await openDb(`file:${database}`);
		const tablets = await foundProvince(db, PROVINCE);
		const targets = await handOut(db, tablets, FORMS * (ROUNDS + WARM_UP));
		await db.store.close();
		const product = await startProduct(database);
		started.push(product);
		const bare = await startBare(`${folder.path}/bare.db`);
		started.push(bare);
		const generator = startLoad<FormOrder>('./survey-load.ts');
		started.push(generator);
		const servers = { product, bare };
		for (let turn = 1 - WARM_UP; turn <= ROUNDS; turn++) {
			const own = targets.splice(0, FORMS);
			await generator.order({ prepare: { secretKey, seed: seed + turn, port: product.port, targets: own } });
			for (const name of turn & 1 ? (['bare', 'product'] as const) : (['product', 'bare'] as const)) {
				const before = servers[name].processorSeconds();
				const sent = await generator.order({ send: { port: servers[name].port, connections: CONNECTIONS } });
				const processor = ((servers[name].processorSeconds() - before) / FORMS) * 1e6;
				if (sent.refused > 0) throw new Error(`${name}: ${sent.refused} forms were not thanked for`);
				if (turn > 0) results[name].push({ ...sent, processor });
			}
		}
	} finally {
		await Promise.all(started.map((process) => process.stop()));
		folder.remove();
	}
	return figureOf(results, seed);
}

async function handOut(db: Db, tablets: Tablet[], forms: number): Promise<Target[]> {
	const nowhere = { fieldId: '', officerId: '' };
	const placeOf = (i: number) => {
		const { organizationId, siteId, counterId } = tablets[i % tablets.length];
		return { organizationId, siteId, counterId, ...nowhere };
	};
	const posters = Array.from({ length: Math.ceil(forms / 2 / A_POSTER) }, (_, i) => {
		const code = posterCode(randomBytes(5));
		return { ...placeOf(i), id: randomUUID(), code, name: 'Sảnh', versionId: null, createdAt: 0, closedAt: null };
	});
	const issued = {
		batchId: 'b',
		state: 'open' as const,
		versionId: 'SIPAS19-v1',
		day: '',
		shift: '',
		expiresOn: '2099-12-31'
	};
	const slips = Array.from({ length: forms / 2 }, (_, i) => {
		return { ...placeOf(i), ...issued, hash: randomBytes(32).toString('base64url') };
	});
	await commit(db, async (tx) => {
		await insertNew(tx, collectors, posters);
		await insertNew(tx, tickets, slips);
	});
	return slips.flatMap(({ organizationId, hash, counterId }, i): Target[] => {
		const poster = posters[i % posters.length];
		return [
			{ kind: 'ticket', organizationId, target: hash, counterId },
			{ kind: 'poster', organizationId: poster.organizationId, target: poster.id, counterId: poster.counterId }
		];
	});
}

function figureOf(results: Record<'product' | 'bare', Round[]>, seed: number): Figure {
	const rate = (name: 'product' | 'bare') => median(results[name].map(({ seconds }) => FORMS / seconds));
	const ratio = median(results.product.map(({ seconds }, i) => results.bare[i].seconds / seconds));
	const line = (name: 'product' | 'bare') => {
		const of = (what: keyof Round) => round(median(results[name].map((result) => result[what])), 1);
		const rates = results[name].map(({ seconds }) => round(FORMS / seconds)).join(' ');
		return `${name}: p50 ${of('p50')} ms, p99 ${of('p99')} ms, ${of('processor')} µs of processor time a form; rounds ${rates}`;
	};
	const processor = median(results.product.map((result) => result.processor));
	return {
		name: 'survey-submit',
		value: round(rate('product')),
		unit: 'submissions/s',
		limit: LIMIT,
		ratio: round(ratio, 3),
		n: FORMS * ROUNDS,
		seed,
		held: ratio >= LIMIT && rate('product') >= LEAST_SUBMISSIONS_A_SECOND,
		details: [
			line('product'),
			line('bare'),
			`${round(rate('product') / 13)} times LimeSurvey’s 13 a second; one takes a ${round(LIMESURVEY_MICROSECONDS / processor)}th of its processor time`
		]
	};
}
