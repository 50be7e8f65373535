import { uploadOnce, type UploadStep } from '../app/upload.ts';
import { jitterMs, retryDelayMs } from '../../src/lib/domain/terminal/outbox.ts';
import { DAY_MS, localStamp, MINUTE_MS } from '../../src/lib/domain/shared/time.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import type { Visit } from './citizens.ts';
import type { BadNetwork } from './network.ts';
import { oneOf, uuidFrom, type Random } from './random.ts';
import type { MemoryStore } from './store.ts';

/** What the sheets of a tablet say of its place. */
export interface TabletPlace {
	dutyIds: (string | null)[];
	fieldIds: (string | null)[];
	versionId: string;
}

/** From when to when, in true time, a tablet has no network. */
export interface Offline {
	from: number;
	to: number;
}

const BETWEEN_BATCHES_MS = 1000;
const FIFTY_YEARS_MS = 50 * 365 * DAY_MS;

/** A simulated tablet: citizens tap, sheets wait in the store, and the product's own upload step sends them, in time of its own. */
export class SimulatedTablet {
	/** Every sheet made, in the order of its running numbers: the ground truth. */
	readonly made: Sheet[] = [];
	readonly #place: TabletPlace;
	readonly #store: MemoryStore;
	readonly #random: Random;
	/** Its clock minus the true time. */
	#clockOffset: number;

	constructor(place: TabletPlace, store: MemoryStore, random: Random, wrongClocks: boolean) {
		this.#place = place;
		this.#store = store;
		this.#random = random;
		this.#clockOffset = wrongClocks ? clockOffset(random) : 0;
	}

	/**
	 * Lives through the visits and sends until nothing waits. Gives up after so many attempts without an end and leaves the rest
	 * in the store.
	 */
	async live(visits: readonly Visit[], network: BadNetwork, offline: readonly Offline[], attempts: number) {
		let next = 0;
		let failures = 0;
		let now = visits.length > 0 ? visits[0].at : 0;
		for (let attempt = 0; attempt < attempts;) {
			while (next < visits.length && visits[next].at <= now) this.#take(visits[next++]);
			if (this.#store.waiting === 0) {
				if (next === visits.length) return;
				now = visits[next].at + jitterMs(this.#random());
				continue;
			}
			const night = offline.find(({ from, to }) => from <= now && now < to);
			if (night) {
				now = night.to + jitterMs(this.#random()) / 2;
				continue;
			}
			attempt++;
			const step = await uploadOnce(this.#store, network.send, this.#random);
			now += this.#pause(step, failures);
			failures = step.outcome === 'kept' ? failures + 1 : 0;
		}
	}

	#pause(step: UploadStep, failures: number): number {
		if (step.outcome === 'kept') return retryDelayMs(failures, this.#random(), step.retryAfter ?? 0);
		return step.outcome === 'sent' && step.more ? BETWEEN_BATCHES_MS : jitterMs(this.#random());
	}

	#take({ at, corrects, answers, reasons, comment, locale }: Visit) {
		const previous = this.made.at(-1);
		// An empty battery, and the clock starts where it likes.
		if (this.#clockOffset !== 0 && this.#random() < 0.02) this.#clockOffset = clockOffset(this.#random);
		const sheet: Sheet = {
			id: uuidFrom(this.#random),
			sequence: this.made.length + 1,
			versionId: this.#place.versionId,
			dutyId: oneOf(this.#random, this.#place.dutyIds),
			fieldId: oneOf(this.#random, this.#place.fieldIds),
			answeredAt: localStamp(at + this.#clockOffset),
			locale,
			answers,
			reasons,
			comment,
			replaces: corrects && previous ? previous.id : null
		};
		this.made.push(sheet);
		this.#store.add(sheet);
	}
}

/** Most clocks are right, some are minutes or a day off, and some have lost their year: 50 years back to 50 years ahead. */
function clockOffset(random: Random): number {
	const kind = random();
	if (kind < 0.6) return 0;
	if (kind < 0.75) return Math.floor((random() - 0.5) * 20) * MINUTE_MS;
	if (kind < 0.85) return -DAY_MS;
	return Math.floor((random() * 2 - 1) * FIFTY_YEARS_MS);
}
