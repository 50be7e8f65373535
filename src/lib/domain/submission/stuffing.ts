import { MINUTE_MS } from '../shared/time.ts';
import type { Flag } from './flag.ts';

/**
 * What a poster does with a crowd or a script (decision 0030). Nothing is dropped and nobody is locked out: whoever comes in a burst is
 * flagged, then works for it, then waits. All of it is memory of one node and of fixed size; nothing of it is stored with a sheet.
 */

/** Water that runs out at a steady pace: how much has come lately. */
export interface Bucket {
	level: number;
	at: number;
}

export interface PosterTraffic {
	/** Tries of the last minutes, taken or not: a script that is refused is still there. */
	recent: Bucket;
	/** Those of them that came in a burst without the work that was asked for, and with it. */
	unworked: Bucket;
	worked: Bucket;
}

/** Answers of one device at one poster. */
export interface DeviceTraffic {
	today: Bucket;
}

export type PosterVerdict =
	| { kind: 'take'; flags: Flag[] }
	/** `bits`: with so much work it is taken at once; 0 where only waiting helps. */
	| { kind: 'wait'; seconds: number; bits: number };

/** More than one poster in a lobby ever sees: this many at once, then so many a minute. */
export const CROWD = 20;
const CROWD_A_MINUTE = 4;
/** No crowd counts for more: half an hour after the last of it the poster has forgotten. */
const LARGEST_CROWD = 6 * CROWD;
/** In a burst, without work: for phones without JavaScript. */
const UNWORKED = 30;
const UNWORKED_A_MINUTE = 6;
/** In a burst, with work: what the disk is given to one poster, some 70 MB a day. */
const WORKED = 600;
const WORKED_A_MINUTE = 120;
/** One phone that goes from hand to hand is flagged from its second answer of a day and waits from here on. */
const OF_ONE_DEVICE = 10;
const OF_ONE_DEVICE_A_MINUTE = OF_ONE_DEVICE / (24 * 60);

/** SHA-256 with so many leading zero bits: some 50 ms of a cheap phone at the least, a few seconds at the most. */
const LEAST_BITS = 10;
const MOST_BITS = 15;

const EMPTY: Bucket = { level: 0, at: 0 };
export const NO_TRAFFIC: PosterTraffic = { recent: EMPTY, unworked: EMPTY, worked: EMPTY };

export function levelOf({ level, at }: Bucket, aMinute: number, now: number): number {
	return Math.max(0, level - (Math.max(0, now - at) / MINUTE_MS) * aMinute);
}

function fill(bucket: Bucket, aMinute: number, now: number): Bucket {
	return { level: levelOf(bucket, aMinute, now) + 1, at: now };
}

/** How much work an answer needs now: none while the poster is used by people, then more with every doubling. */
export function bitsAsked({ recent }: PosterTraffic, now: number): number {
	const level = levelOf(recent, CROWD_A_MINUTE, now);
	if (level < CROWD) return 0;
	return Math.min(MOST_BITS, LEAST_BITS + Math.floor(2 * Math.log2(level / CROWD)));
}

/** What becomes of one answer, and what is remembered of it. */
export function judgePoster(
	traffic: PosterTraffic,
	device: DeviceTraffic,
	bitsDone: number,
	now: number
): { verdict: PosterVerdict; traffic: PosterTraffic; device: DeviceTraffic } {
	const tried = fill(traffic.recent, CROWD_A_MINUTE, now);
	const after = { ...traffic, recent: { ...tried, level: Math.min(tried.level, LARGEST_CROWD) } };
	const wait = (missing: number, aMinute: number, bits: number) => ({
		verdict: { kind: 'wait' as const, seconds: Math.ceil((missing / aMinute) * 60), bits },
		traffic: after,
		device
	});
	const own = levelOf(device.today, OF_ONE_DEVICE_A_MINUTE, now);
	if (own > OF_ONE_DEVICE - 1) return wait(own - OF_ONE_DEVICE + 1, OF_ONE_DEVICE_A_MINUTE, 0);

	const bits = bitsAsked(traffic, now);
	if (bits > 0) {
		const [name, most, aMinute] =
			bitsDone >= bits
				? (['worked', WORKED, WORKED_A_MINUTE] as const)
				: (['unworked', UNWORKED, UNWORKED_A_MINUTE] as const);
		const level = levelOf(traffic[name], aMinute, now);
		if (level > most - 1) return wait(level - most + 1, aMinute, name === 'worked' ? 0 : bits);
		after[name] = fill(traffic[name], aMinute, now);
	}
	const flags: Flag[] = [];
	if (bits > 0) flags.push('burst');
	if (own > 0) flags.push('device-again');
	return {
		verdict: { kind: 'take', flags },
		traffic: after,
		device: { today: fill(device.today, OF_ONE_DEVICE_A_MINUTE, now) }
	};
}

/** The number of zero bits that a digest begins with. */
export function leadingZeroBits(digest: Uint8Array): number {
	const first = digest.findIndex((byte) => byte !== 0);
	return first < 0 ? digest.length * 8 : first * 8 + Math.clz32(digest[first]!) - 24;
}
