import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import type { Refusal } from '../app/upload.ts';
import { visitsOf } from './citizens.ts';
import { BadNetwork, type Deliver, type FaultRates } from './network.ts';
import { randomFrom, type Random } from './random.ts';
import { MemoryStore } from './store.ts';
import { SimulatedTablet, type Offline, type TabletPlace } from './tablet.ts';
import { uplink } from './uplink.ts';
import { Wire, type TabletIdentity } from './wire.ts';

export type TabletSeat = TabletIdentity & { place: TabletPlace };

export interface SimulationOptions {
	/** Where tablets send: the nodes of one server, taken in turn. */
	origins: readonly string[];
	tablets: readonly TabletSeat[];
	/** With the id of a tablet it fixes everything that happens there. */
	seed: string;
	days: number;
	/** Citizens at each tablet over all days. */
	visits: number;
	/** The end of the simulated days (milliseconds); they lie before it, and the server's own clock runs on as it is. */
	endsAt: number;
	faults: FaultRates;
	/** Some tablets have wrong clocks, 50 years back to 50 years ahead. */
	wrongClocks?: boolean;
	/** Share of the days that a tablet has no network at all. */
	offline?: number;
	/** Upload attempts a tablet has before it gives up with a queue. */
	attempts?: number;
	/** Another store, to take a defence away. */
	storeOf?: (random: Random) => MemoryStore;
	/** Another way of sending, to take a defence away. */
	around?: (deliver: Deliver) => Deliver;
	/** Told after every answer how many sheets have been confirmed. */
	progress?: (confirmed: number) => void;
}

export interface TabletRun {
	id: string;
	/** Every sheet in the order of its running numbers: the ground truth. */
	made: readonly Sheet[];
	/** Ids that the server has confirmed to the tablet. */
	confirmed: readonly string[];
	refused: readonly Refusal[];
	/** Sheets still in the queue. */
	waiting: number;
}

export interface SimulationResult {
	tablets: TabletRun[];
	/** Requests by the status of their answer; 0 is none. */
	statuses: Record<number, number>;
}

/** Many tablets over simulated days against a real server; ends when nothing waits any more, late copies included. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
	const wires = options.origins.map((origin) => new Wire(origin));
	const statuses: Record<number, number> = {};
	const stores: MemoryStore[] = [];
	const heard = (status: number) => {
		statuses[status] = (statuses[status] ?? 0) + 1;
		options.progress?.(stores.reduce((sum, { confirmed }) => sum + confirmed.length, 0));
	};
	const lives = options.tablets.map(async (tablet): Promise<TabletRun> => {
		const random = randomFrom(`${options.seed} ${tablet.id}`);
		const store = options.storeOf?.(random) ?? new MemoryStore();
		stores.push(store);
		const deliver = uplink(wires, tablet, options.endsAt, heard);
		const made = await live(options, tablet.place, store, options.around?.(deliver) ?? deliver, random);
		return { id: tablet.id, made, confirmed: store.confirmed, refused: store.refused, waiting: store.waiting };
	});
	try {
		return { tablets: await Promise.all(lives), statuses };
	} finally {
		for (const wire of wires) wire.close();
	}
}

const ATTEMPTS = 20_000;
const OPENING_MS = 0.5 * HOUR_MS;

async function live(
	options: SimulationOptions,
	place: TabletPlace,
	store: MemoryStore,
	deliver: Deliver,
	random: Random
): Promise<readonly Sheet[]> {
	const { visits, days, endsAt, faults, wrongClocks = false, offline = 0, attempts = ATTEMPTS } = options;
	const startsAt = endsAt - days * DAY_MS - OPENING_MS;
	const network = new BadNetwork(deliver, faults, random);
	const tablet = new SimulatedTablet(place, store, random, wrongClocks);
	const away = offlineTimes(random, startsAt, days, offline);
	await tablet.live(visitsOf(random, visits, startsAt, days), network, away, attempts);
	await network.flush();
	return tablet.made;
}

function offlineTimes(random: Random, startsAt: number, days: number, share: number): Offline[] {
	return Array.from({ length: days }, (_, day) => startsAt + day * DAY_MS)
		.filter(() => random() < share)
		.map((from) => ({ from, to: from + (1 + Math.floor(random() * 2)) * DAY_MS }));
}
