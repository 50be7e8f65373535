import { DIMENSIONS } from '../../src/lib/domain/report/table.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { anActor } from '../factories/provinces.ts';
import { CENTRE, countYear, MANY, ORGANIZATION } from './counted-year.ts';
import { median, quantile, round, type Figure } from './figure.ts';
import { foundProvince } from './province.ts';
import { freshFolder, startProduct } from './servers.ts';

const LIMIT_MS = 150;
const CLICK_MS = 100;
const LOOKS = 15;
/** A quarter is what the page opens with. */
const PERIODS = {
	quarter: 'preset=custom&from=2025-10-01&to=2025-12-31',
	year: 'preset=custom&from=2025-01-01&to=2025-12-31'
};

/**
 * The leader's whole page over HTTP with 10 000 000 answers a year: table, changes against the period and the year before, findings,
 * totals and all, by each dimension; and the same as a click asks for it from a page that is open. A whole year stands beside it.
 */
export async function dashboard(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const database = `${folder.path}/product.db`;
	const db = await openDb(`file:${database}`);
	const tablets = await foundProvince(db, CENTRE);
	for (const year of [2024, 2025]) await countYear(db, tablets, year, seed);
	const leader = await commit(db, (tx) =>
		anActor(tx, { name: 'Lãnh đạo', role: 'leader', path: [ORGANIZATION], now: Date.now() })
	);
	await db.store.close();
	const product = await startProduct(database);
	const timed = async (address: string) => {
		const began = performance.now();
		const answer = await fetch(`http://127.0.0.1:${product.port}${address}`, {
			headers: { cookie: `s-http=${leader.token}` },
			redirect: 'manual'
		});
		const text = await answer.text();
		const took = performance.now() - began;
		if (answer.status !== 200 || !text.includes(ORGANIZATION)) throw new Error(`${address}: ${answer.status}`);
		return took;
	};
	const pages = { quarter: new Map<string, number[]>(), year: new Map<string, number[]>() };
	const clicks: number[] = [];
	try {
		for (let look = -3; look < LOOKS; look++)
			for (const by of DIMENSIONS) {
				const click = await timed(`/leader/__data.json?by=${by}&${PERIODS.quarter}`);
				if (look >= 0) clicks.push(click);
				for (const period of ['quarter', 'year'] as const) {
					const page = await timed(`/leader?by=${by}&${PERIODS[period]}`);
					if (look < 0) continue; // warming up
					pages[period].set(by, [...(pages[period].get(by) ?? []), page]);
				}
			}
	} finally {
		await product.stop();
		folder.remove();
	}
	const said = (period: keyof typeof PERIODS) =>
		[...pages[period]].map(([by, times]) => `${by} ${round(median(times))} ms`).join(', ');
	const slowest = Math.max(...[...pages.quarter.values()].map(median));
	const click = quantile(clicks, 0.95);
	return {
		name: 'dashboard',
		value: round(slowest, 1),
		unit: 'ms',
		limit: LIMIT_MS,
		ratio: round(slowest / LIMIT_MS, 3),
		n: MANY,
		seed,
		held: slowest <= LIMIT_MS && click <= CLICK_MS,
		details: [
			`median of ${LOOKS} whole pages of a quarter by ${said('quarter')}`,
			`of a whole year by ${said('year')}`,
			`95 % of ${clicks.length} clicks within ${round(click)} ms; limit ${CLICK_MS} ms`
		]
	};
}
