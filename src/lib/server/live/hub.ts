import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { frameFor, TICK_MS, VIEWER_ROLES, type LiveState, type ViewerRole } from '../../domain/dialogue/frame.ts';

/** What the hub asks for: what is live about a dialogue, and when the clock alone will change it next. */
export interface LiveSource {
	/** undefined: there is no such dialogue any more. */
	read: (dialogueId: string, now: number) => Promise<{ state: LiveState; wakeAt: number | null } | undefined>;
	report: (problem: unknown) => void;
}

interface Viewer {
	response: ServerResponse;
	role: ViewerRole;
	/** The display whose token it came with; '' for others. */
	display: string;
	/** Since when it has not read what it was sent; 0: it keeps up. */
	behindSince: number;
	rotateAt: number;
}

interface Room {
	viewers: Map<ViewerRole, Set<Viewer>>;
	/** Something may have changed since the last look. */
	dirty: boolean;
	/** The look that is going on; whoever needs one waits for it. */
	looking: Promise<void> | null;
	lookedAt: number;
	timer: NodeJS.Timeout | null;
	wake: NodeJS.Timeout | null;
	/** What each role was sent last, without its number and time, and when. */
	sent: Map<ViewerRole, { body: string; at: number }>;
	/** What each role should be sent, as of the last look. */
	bodies: Map<ViewerRole, string>;
}

/** A look costs a recount, so that there are not more of them than the quickest screen can show. */
const LOOK_MS = 250;
/** How old may be what somebody is told who cannot keep a stream. */
const POLLED_MS = 1000;
/** Beyond this a viewer is skipped: the next frame has everything. */
const SLOW_BYTES = 16 * 1024;
const BEHIND_MS = 30_000;
const HEARTBEAT_MS = 15_000;
/** A stream ends and is opened anew after some ten minutes, so that a restart of the server looks like any other day. */
const ROTATE_MS = 10 * 60_000;
const DRAIN_SLICES = 20;
const DRAIN_MS_PER_VIEWER = 4;

const GONE = 'event: gone\ndata: 0\n\n';

const HEAD = {
	// No charset: with one some proxies hold the stream back.
	'content-type': 'text/event-stream',
	'cache-control': 'no-store, no-transform',
	'x-accel-buffering': 'no'
};

/**
 * The streams of this process: every viewer of a dialogue gets its whole small state, at most as often as its role can use it, and no
 * viewer can hold up another. On bare `node:http`: through Kit a frame costs three times as much (reference/live.md).
 */
export class Hub {
	readonly #source: LiveSource;
	readonly #epoch = randomBytes(6).toString('base64url');
	readonly #rooms = new Map<string, Room>();
	readonly #polled = new Map<string, { at: number; look: ReturnType<LiveSource['read']> }>();
	readonly #heart: NodeJS.Timeout;
	#version = 0;
	#draining = false;

	constructor(source: LiveSource) {
		this.#source = source;
		this.#heart = setInterval(() => this.#beat(Date.now()), HEARTBEAT_MS).unref();
	}

	/** Adds a viewer: headers and a first frame go out at once. `lastSeen` is what it had when its stream broke ('epoch:v'). */
	async attach(
		response: ServerResponse,
		{
			dialogueId,
			role,
			display = '',
			lastSeen = ''
		}: { dialogueId: string; role: ViewerRole; display?: string; lastSeen?: string }
	): Promise<void> {
		const now = Date.now();
		const viewer = { response, role, display, behindSince: 0, rotateAt: now + ROTATE_MS * (0.8 + 0.4 * Math.random()) };
		response.writeHead(200, HEAD);
		response.write(retryLine(role));
		if (this.#draining) return void response.end();
		const room = this.#roomOf(dialogueId);
		for (const event of ['close', 'error']) response.on(event, () => this.#detach(dialogueId, viewer));
		// While others watch, their looks are as fresh as anybody's need to be.
		if (room.viewers.size === 0) await (room.looking ?? this.#look(dialogueId, room));
		const sent = room.sent.get(role);
		// What it gets is what all others of its role have; whatever is newer comes with their next tick.
		const body = sent?.body ?? room.bodies.get(role);
		if (!body || response.destroyed) {
			response.end();
			return this.#forgetEmpty(dialogueId, room);
		}
		if (!sent) room.sent.set(role, { body, at: now });
		if (lastSeen !== `${this.#epoch}:${this.#version}`) response.write(this.#encode(body));
		const others = room.viewers.get(role) ?? new Set();
		room.viewers.set(role, others.add(viewer));
		this.#rooms.set(dialogueId, room);
		this.#plan(dialogueId, room);
	}

	/** Something about this dialogue may have changed. Nobody watching, nothing done. */
	touch(dialogueId: string) {
		const room = this.#rooms.get(dialogueId);
		if (!room) return;
		room.dirty = true;
		this.#plan(dialogueId, room);
	}

	/** All rooms that are watched: where another node may have written without a word. */
	touchAll() {
		for (const dialogueId of this.#rooms.keys()) this.touch(dialogueId);
	}

	/** Ends what was opened with this display's token, and says so: it takes down what it shows. */
	revoke(display: string) {
		for (const viewer of this.#viewers()) if (viewer.display === display) viewer.response.end(GONE);
	}

	/** The displays that watch now. */
	displays(): string[] {
		return [...new Set([...this.#viewers()].flatMap(({ display }) => display || []))];
	}

	viewers(): number {
		return [...this.#viewers()].length;
	}

	/** The whole state as a frame, for whoever cannot keep a stream. undefined: no such dialogue. */
	async frame(dialogueId: string, role: ViewerRole): Promise<string | undefined> {
		const kept = this.#rooms.get(dialogueId)?.bodies.get(role);
		if (kept) return this.#stamp(kept);
		const now = Date.now();
		let polled = this.#polled.get(dialogueId);
		if (!polled || now - polled.at > POLLED_MS) {
			for (const [id, { at }] of this.#polled) if (now - at > POLLED_MS) this.#polled.delete(id);
			this.#polled.set(dialogueId, (polled = { at: now, look: this.#source.read(dialogueId, now) }));
		}
		const look = await polled.look;
		return look && this.#stamp(JSON.stringify(frameFor(role, look.state)));
	}

	/** Ends all streams, spread out so that they do not all come back at once; none is opened any more. */
	async drain(): Promise<void> {
		this.#draining = true;
		clearInterval(this.#heart);
		const all = [...this.#viewers()];
		const slice = Math.ceil(all.length / DRAIN_SLICES);
		const pause = Math.min(1000, (all.length * DRAIN_MS_PER_VIEWER) / DRAIN_SLICES);
		for (let from = 0; from < all.length; from += slice) {
			for (const { response, role } of all.slice(from, from + slice)) response.end(retryLine(role));
			if (from + slice < all.length) await new Promise((resolve) => setTimeout(resolve, pause));
		}
		for (const room of this.#rooms.values()) stopTimers(room);
		this.#rooms.clear();
	}

	#roomOf(dialogueId: string): Room {
		let room = this.#rooms.get(dialogueId);
		if (!room) {
			room = {
				viewers: new Map(),
				dirty: true,
				looking: null,
				lookedAt: 0,
				timer: null,
				wake: null,
				sent: new Map(),
				bodies: new Map()
			};
			this.#rooms.set(dialogueId, room);
		}
		return room;
	}

	#detach(dialogueId: string, viewer: Viewer) {
		const room = this.#rooms.get(dialogueId);
		const own = room?.viewers.get(viewer.role);
		if (!room || !own?.delete(viewer)) return;
		if (own.size > 0) return;
		room.viewers.delete(viewer.role);
		room.sent.delete(viewer.role);
		this.#forgetEmpty(dialogueId, room);
	}

	#forgetEmpty(dialogueId: string, room: Room) {
		if (room.viewers.size > 0) return;
		stopTimers(room);
		this.#rooms.delete(dialogueId);
	}

	#look(dialogueId: string, room: Room): Promise<void> {
		return (room.looking = this.#readInto(dialogueId, room).finally(() => (room.looking = null)));
	}

	async #readInto(dialogueId: string, room: Room): Promise<void> {
		room.dirty = false;
		room.lookedAt = Date.now();
		const look = await this.#source.read(dialogueId, room.lookedAt);
		if (!look) return;
		for (const role of VIEWER_ROLES) room.bodies.set(role, JSON.stringify(frameFor(role, look.state)));
		if (room.wake) clearTimeout(room.wake);
		const { wakeAt } = look;
		room.wake = wakeAt === null ? null : setTimeout(() => this.touch(dialogueId), wakeAt - Date.now() + 1).unref();
	}

	/** Sets the time of the next step: a look where something changed, or a tick of a role that has not had its newest frame. */
	#plan(dialogueId: string, room: Room) {
		if (room.looking || this.#draining) return;
		if (room.timer) clearTimeout(room.timer);
		room.timer = null;
		const due = [...room.viewers.keys()].flatMap((role) => {
			const sent = room.sent.get(role);
			const behind = room.dirty || sent?.body !== room.bodies.get(role);
			return behind ? [(sent?.at ?? 0) + TICK_MS[role]] : [];
		});
		if (due.length === 0) return;
		const next = Math.max(Math.min(...due), room.dirty ? room.lookedAt + LOOK_MS : 0);
		room.timer = setTimeout(() => void this.#step(dialogueId, room), Math.max(0, next - Date.now())).unref();
	}

	async #step(dialogueId: string, room: Room) {
		room.timer = null;
		try {
			if (room.dirty) await this.#look(dialogueId, room);
		} catch (problem) {
			// Screens keep what they have, and we look again after a while.
			this.#source.report(problem);
			room.dirty = true;
			room.lookedAt = Date.now() + TICK_MS.phone;
		}
		const now = Date.now();
		for (const role of room.viewers.keys()) this.#tick(room, role, now);
		this.#plan(dialogueId, room);
	}

	#tick(room: Room, role: ViewerRole, now: number) {
		const body = room.bodies.get(role);
		const sent = room.sent.get(role);
		if (!body || body === sent?.body || now < (sent?.at ?? 0) + TICK_MS[role]) return;
		this.#version++;
		room.sent.set(role, { body, at: now });
		const buffer = Buffer.from(this.#encode(body));
		for (const viewer of room.viewers.get(role)!) push(viewer, buffer, now);
	}

	#beat(now: number) {
		const beat = Buffer.from(`event: hb\ndata: ${now}\n\n`);
		for (const viewer of this.#viewers()) {
			if (now >= viewer.rotateAt && viewer.role === 'phone') viewer.response.end(retryLine(viewer.role));
			else push(viewer, beat, now);
		}
	}

	*#viewers(): Generator<Viewer> {
		for (const { viewers } of this.#rooms.values()) for (const own of viewers.values()) yield* own;
	}

	#stamp(body: string): string {
		return `{"epoch":"${this.#epoch}","v":${this.#version},"now":${Date.now()},${body.slice(1)}`;
	}

	#encode(body: string): string {
		return `id: ${this.#epoch}:${this.#version}\ndata: ${this.#stamp(body)}\n\n`;
	}
}

function push(viewer: Viewer, buffer: Buffer, now: number) {
	const { response } = viewer;
	if (response.writableLength <= SLOW_BYTES) {
		viewer.behindSince = 0;
		response.write(buffer);
	} else if (viewer.behindSince === 0) viewer.behindSince = now;
	else if (now - viewer.behindSince > BEHIND_MS) response.destroy();
}

/** Every connection comes back after a time of its own; a screen at once, for there are few of them and everybody looks at them. */
const retryLine = (role: ViewerRole) =>
	`retry: ${role === 'phone' ? 1000 + Math.floor(9000 * Math.random()) : 500}\n\n`;

function stopTimers(room: Room) {
	for (const timer of [room.timer, room.wake]) if (timer) clearTimeout(timer);
}
