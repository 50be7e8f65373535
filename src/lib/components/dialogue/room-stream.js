// @ts-check
/*
 * Keeps a page up to date with a dialogue's room, whatever happens to the network. Native EventSource gives up for good on the first
 * answer that is not a stream (a proxy's 502), and does not notice a connection that died in a pocket; so it is watched and opened
 * anew, and where no stream comes through at all the page asks every few seconds. A phone's page takes this file as it is, without
 * a bundler, and finds the function under its global name.
 */

/** No frame and no heartbeat for so long: the connection is dead, whatever the browser thinks. */
const SILENT_MS = 40_000;
const FIRST_FRAME_MS = 4_000;
const POLL_MS = 3_000;
const TRY_STREAM_AGAIN_MS = 60_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * @param {{ events: string, state: string, onFrame: (frame: any) => void, onFresh?: (at: number | null) => void,
 *   onLost?: () => void, onGone?: () => void, whileHidden?: boolean }} room
 *   `whileHidden`: what goes on air or stands in the hall is kept up to date behind another window too. Other pages let go of their
 *   stream: over HTTP/1.1 a browser has six connections for all its tabs, and a seventh tab would not even load. `onFresh` is told when what is shown may be old (the time of the last word from the server), and null when it is fresh again.
 *   `onLost`: the connection has broken, just now. `onGone`: the address was withdrawn, and nothing will come through it again.
 * @returns {() => void} how to stop
 */
export function watchRoom({
	events,
	state,
	onFrame,
	onFresh = () => {},
	onLost = () => {},
	onGone = () => {},
	whileHidden = false
}) {
	const unseen = () => !whileHidden && document.visibilityState === 'hidden';
	/** @type {EventSource | null} */
	let source = null;
	/** @type {any} */
	let last = null;
	let heardAt = 0;
	let failures = 0;
	let streams = false;
	let stopped = false;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let next;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let poll;

	/** @param {any} frame */
	function take(frame) {
		heardAt = Date.now();
		onFresh(null);
		// Of one run of the server only what is newer; another run has numbers of its own.
		if (last && last.epoch === frame.epoch && frame.v < last.v) return;
		last = frame;
		onFrame(frame);
		// For scripts of the same page that follow nothing by themselves.
		dispatchEvent(new CustomEvent('room-frame', { detail: frame }));
	}

	function open() {
		clearTimeout(next);
		source?.close();
		if (stopped || unseen()) return;
		streams = false;
		const own = (source = new EventSource(events));
		own.onmessage = ({ data }) => {
			streams = true;
			failures = 0;
			stopPolling();
			take(JSON.parse(data));
		};
		own.addEventListener('hb', () => {
			heardAt = Date.now();
			onFresh(null);
		});
		own.addEventListener('gone', gone);
		own.onerror = () => {
			onLost();
			// While it says "connecting" the browser tries again by itself; closed it never would.
			if (own.readyState === EventSource.CLOSED) again();
		};
		setTimeout(() => own === source && !streams && held(), FIRST_FRAME_MS);
	}

	/** Open and silent: something on the way waits for the end of what has none, as scanners of traffic do. */
	function held() {
		startPolling();
		again();
	}

	function again() {
		source?.close();
		source = null;
		failures++;
		if (failures >= 2) startPolling();
		const longest = failures >= 4 ? TRY_STREAM_AGAIN_MS : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures);
		clearTimeout(next);
		next = setTimeout(open, 1000 + Math.random() * longest);
	}

	function startPolling() {
		if (poll !== undefined || stopped) return;
		const ask = async () => {
			try {
				const answer = await fetch(state, { cache: 'no-store' });
				if (answer.ok) take(await answer.json());
				else if ((await answer.json()).code === 'display-unknown') gone();
			} catch {
				// No network: asked again.
			}
			if (poll !== undefined) poll = setTimeout(ask, POLL_MS + (Math.random() - 0.5) * 2000);
		};
		poll = setTimeout(ask, 0);
	}

	function stopPolling() {
		clearTimeout(poll);
		poll = undefined;
	}

	const watch = setInterval(() => {
		if (unseen()) return;
		if (heardAt && Date.now() - heardAt > SILENT_MS) {
			onFresh(heardAt);
			if (source) again();
		} else if (heardAt && !source && Date.now() - heardAt > 2 * POLL_MS) onFresh(heardAt);
	}, 2000);

	/** Back from a pocket, a tunnel or the browser's memory: whatever the old connection claims, a new one tells what is now. */
	const back = () => {
		if (unseen()) return letGo();
		if (document.visibilityState === 'hidden') return;
		failures = 0;
		open();
	};
	/** @param {PageTransitionEvent} event */
	const shown = (event) => event.persisted && back();
	document.addEventListener('visibilitychange', back);
	addEventListener('online', back);
	addEventListener('pageshow', shown);
	open();

	function gone() {
		stop();
		onGone();
	}

	function letGo() {
		source?.close();
		source = null;
		stopPolling();
		clearTimeout(next);
	}

	function stop() {
		stopped = true;
		letGo();
		clearInterval(watch);
		document.removeEventListener('visibilitychange', back);
		removeEventListener('online', back);
		removeEventListener('pageshow', shown);
	}
	return stop;
}

Object.assign(globalThis, { watchRoom });
