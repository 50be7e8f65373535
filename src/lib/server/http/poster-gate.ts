import { hash } from 'node:crypto';
import {
	judgePoster,
	leadingZeroBits,
	levelOf,
	NO_TRAFFIC,
	type Bucket,
	type DeviceTraffic,
	type PosterTraffic,
	type PosterVerdict
} from '../../domain/submission/stuffing.ts';

/** Of so many posters and devices the traffic is remembered; the one seen longest ago makes room. Some 10 MB at the most. */
const REMEMBERED = 20_000;
/** Pages that are kept for later under one poster or ticket: some 60 people a minute with questionnaires of five pages. */
const KEPT = 200;
const KEPT_A_MINUTE = 300;

class Memory<Value> {
	readonly #values = new Map<string, Value>();
	get(key: string) {
		return this.#values.get(key);
	}
	set(key: string, value: Value) {
		this.#values.delete(key);
		this.#values.set(key, value);
		if (this.#values.size > REMEMBERED) this.#values.delete(this.#values.keys().next().value!);
	}
	clear() {
		this.#values.clear();
	}
}

const posters = new Memory<PosterTraffic>();
const devices = new Memory<DeviceTraffic>();
const kept = new Memory<Bucket>();
const UNSEEN: DeviceTraffic = { today: { level: 0, at: 0 } };

/** Judges an answer at a poster, and remembers it. */
export function passPoster(
	{ collectorId, device, bitsDone }: { collectorId: string; device: string; bitsDone: number },
	now: number
): PosterVerdict {
	const key = `${collectorId} ${device}`;
	const judged = judgePoster(posters.get(collectorId) ?? NO_TRAFFIC, devices.get(key) ?? UNSEEN, bitsDone, now);
	posters.set(collectorId, judged.traffic);
	// A script without cookies is a new device each time; refused, it pushes nobody out of the memory.
	if (judged.verdict.kind === 'take') devices.set(key, judged.device);
	return judged.verdict;
}

/** Whether one page more may be kept for a poster or ticket; a script must not fill the disk with drafts. */
export function mayKeep(target: string, now: number): boolean {
	const level = levelOf(kept.get(target) ?? { level: 0, at: 0 }, KEPT_A_MINUTE, now);
	if (level > KEPT - 1) return false;
	kept.set(target, { level: level + 1, at: now });
	return true;
}

/** How much work stands in a form: each form is another riddle, so nothing can be worked out ahead or used twice. */
export function bitsDoneFor(token: string, work: string): number {
	return work === '' || work.length > 20 ? 0 : leadingZeroBits(hash('sha256', `${token} ${work}`, 'buffer'));
}

/** For tests: as after a restart. */
export function forgetTraffic() {
	for (const memory of [posters, devices, kept]) memory.clear();
}
