// @ts-check
/*
 * The page is complete without this: its form can be sent and its state asked for anew. With it the page follows the room by itself,
 * and a vote survives a dead network: the ballot has its number before it is sent, and is sent again under it.
 */

/** @typedef {{ pass: string, level: string, channel: string, hall: number, serial?: number }} Pass */
/** @typedef {{ ballotId: string, turn: number, choice: string, receipt?: string, refused?: boolean }} Vote */

const root = /** @type {HTMLElement} */ (document.querySelector('[data-live]'));
const room = root.dataset.live ?? '';
const api = `/api/v1/live/${room}`;
const words = JSON.parse(root.dataset.words ?? '{}');
const shelf = `live-${room}`;
const LONGEST_WAIT_MS = 15_000;

/** @type {{ passes: Pass[], active: number, votes: Record<string, Vote> }} */
const kept = { passes: [], active: 0, votes: {}, ...read() };
/** @type {any} */
let asked = JSON.parse(root.dataset.round ?? 'null');
/** @type {any} */
let frame = null;
/** How far the server's clock is ahead of this phone's. */
let ahead = 0;
let changing = false;
/** @type {Set<string>} */
const sending = new Set();

function read() {
	try {
		return JSON.parse(localStorage.getItem(shelf) ?? '{}');
	} catch {
		return {};
	}
}

function keep() {
	try {
		localStorage.setItem(shelf, JSON.stringify(kept));
	} catch {
		// A browser that keeps nothing: what this page knows it knows until it is closed.
	}
}

/** @template {Element} T @param {string} selector @returns {T[]} */
const all = (selector) => [.../** @type {NodeListOf<any>} */ (root.querySelectorAll(selector))];
/** @param {string} selector @returns {any} */
const one = (selector) => root.querySelector(selector);
/** @param {string} selector @param {string} text */
const say = (selector, text) => all(selector).forEach((element) => (element.textContent = text));
/** @param {string} name @returns {HTMLElement} */
const made = (name) =>
	/** @type {any} */ (document.getElementById(`live-${name}`)).content.firstElementChild.cloneNode(true);
/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const uuid = () =>
	crypto.randomUUID?.() ??
	'10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (sign) =>
		(Number(sign) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(sign) / 4)))).toString(16)
	);

/** @param {string} path @param {any} [body] @returns {Promise<{ status: number, [key: string]: any }>} */
async function call(path, body) {
	const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
	const answer = await fetch(api + path, { cache: 'no-store', ...init });
	return { ...(await answer.json()), status: answer.status };
}

const pass = () => kept.passes[kept.active];
/** @param {number} [index] */
const keyOf = (index = kept.active) => `${asked?.id} ${index}`;
const vote = () => kept.votes[keyOf()];

// Joining -------------------------------------------------------------------------------------------------------------------------

/** @param {Record<string, unknown>} how @returns {Promise<boolean>} */
async function join(how) {
	const mirror = kept.passes.find(({ level }) => level !== 'slip')?.pass;
	say('[data-trouble]', '');
	try {
		const { status, message, ...given } = await call('/passes', { ...how, ...(mirror && { pass: mirror }) });
		if (status !== 201) {
			say('[data-trouble]', message ?? words.failed);
			return false;
		}
		const same = kept.passes.findIndex((own) =>
			given.serial === undefined ? own.level !== 'slip' : own.serial === given.serial
		);
		const at = same < 0 ? kept.passes.length : same;
		kept.passes[at] = /** @type {any} */ (given);
		kept.active = at;
		keep();
		draw();
		return true;
	} catch {
		say('[data-trouble]', words.noNetwork);
		return false;
	}
}

/** What the code of a slip, or of a hall's poster, says behind the #, which no browser sends. */
async function arrive() {
	const said = new URLSearchParams(location.hash.slice(1));
	const slip = said.get('s');
	const hall = Number(said.get('h') ?? 0) || 0;
	if (slip && (await join({ slip }))) history.replaceState(null, '', location.pathname + location.search);
	else if (!pass() && root.dataset.proof === 'none') await join({ hall });
	draw();
}

// Voting --------------------------------------------------------------------------------------------------------------------------

/** What the form says, as a ballot has it; null while something is missing. @param {HTMLFormElement} form @returns {string | null} */
function chosen(form) {
	const data = new FormData(form);
	if (asked.kind === 'questionnaire') {
		const signs = asked.asks.map((/** @type {string} */ _, /** @type {number} */ i) =>
			String(data.get(`item-${i}`) ?? '-')
		);
		return signs.some((/** @type {string} */ sign) => sign !== '-') ? signs.join('') : null;
	}
	const marked = data.getAll('choice').map(String);
	if (marked.length === 0) return null;
	return marked.length > asked.most && asked.kind === 'multiple' ? null : marked.sort().join(',');
}

/** Sends a vote until the server has answered for it. @param {string} key @param {string} token */
async function send(key, token) {
	if (sending.has(key)) return;
	sending.add(key);
	for (let wait = 1000; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
		const { refused: _, ...own } = kept.votes[key];
		try {
			const { ballotId, turn, choice } = own;
			const body = { pass: token, roundId: key.split(' ')[0], ballotId, turn, choice };
			const { status, receipt, message } = await call('/votes', body);
			const now = kept.votes[key];
			if (status === 200 || status === 201) {
				kept.votes[key] = { ...now, receipt };
				if (now.turn === turn) break;
				continue;
			}
			if (status < 500 && status !== 429) {
				kept.votes[key] = { ...now, refused: true };
				say('[data-trouble]', message ?? words.failed);
				break;
			}
		} catch {
			// No network: the ballot waits here.
		}
		draw();
		await new Promise((resolve) => {
			addEventListener('online', resolve, { once: true });
			setTimeout(resolve, wait * (0.5 + Math.random()));
		});
	}
	sending.delete(key);
	keep();
	draw();
}

one('form[data-vote]').addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
	event.preventDefault();
	const choice = chosen(/** @type {HTMLFormElement} */ (event.target));
	if (choice === null) return say('[data-trouble]', fill(words.choose, { most: asked.most }));
	say('[data-trouble]', '');
	const before = vote();
	kept.votes[keyOf()] = { ballotId: before?.ballotId ?? uuid(), turn: (before?.turn ?? 0) + 1, choice };
	changing = false;
	keep();
	void send(keyOf(), pass().pass);
	draw();
	one('[data-said]').focus();
});

// Drawing -------------------------------------------------------------------------------------------------------------------------

/** Which of the page's states is shown; everything else is hidden. */
function scene() {
	const state = frame?.state ?? root.dataset.state;
	if (state === 'counting' || state === 'closed') return 'ended';
	if (frame?.hidden) return 'paused';
	if (!asked || (frame && frame.round?.id !== asked.id)) return 'waiting';
	const phase = phaseHere();
	if (phase === 'ready') return 'waiting';
	if (phase === 'open') {
		if (!pass()) return 'join';
		return vote() && !vote().refused && !changing ? 'voted' : 'vote';
	}
	if (phase === 'closing') return 'checking';
	return frame?.votes ? 'result' : 'closed';
}

/** The phase as this phone has it: who watches the stream is late, and closes late. */
function phaseHere() {
	const round = frame?.round;
	if (!round) return root.dataset.phase ?? 'ready';
	if (round.phase !== 'closing') return round.phase;
	return left() > 0 ? 'open' : 'closing';
}

/** Milliseconds until this phone's channel closes; Infinity while nobody has said when. */
function left() {
	const round = frame?.round;
	const end = pass()?.channel === 'live-stream' ? round?.streamClosesAt : round?.closesAt;
	return end ? end - (Date.now() + ahead) : Infinity;
}

let drawnRound = '';
function drawOptions() {
	const key = `${asked.id} ${kept.active}`;
	if (drawnRound === key) return;
	drawnRound = key;
	changing = false;
	const list = one('[data-options]');
	list.replaceChildren();
	say('[data-question]', asked.text);
	say('[data-number]', fill(words.number, { number: asked.number }));
	const hint = asked.kind === 'multiple' ? fill(words.most, { most: asked.most }) : '';
	say('[data-hint]', hint);
	if (asked.kind === 'scale') list.append(made('scale'));
	else if (asked.kind === 'questionnaire') {
		for (const [i, text] of asked.asks.entries()) {
			const item = made('item');
			/** @type {any} */ (item.querySelector('legend')).textContent = `${i + 1}. ${text}`;
			item.querySelectorAll('input').forEach((input) => {
				input.name = `item-${i}`;
				input.id = `item-${i}-${input.value}`;
				/** @type {any} */ (input.nextElementSibling).htmlFor = input.id;
			});
			list.append(item);
		}
	} else {
		for (const [i, text] of asked.options.entries()) {
			const option = made(asked.kind);
			/** @type {any} */ (option.querySelector('input')).value = String(i);
			/** @type {any} */ (option.querySelector('span')).textContent = text;
			list.append(option);
		}
	}
	const before = vote()?.choice;
	if (before) mark(list, before);
}

/** @param {HTMLElement} list @param {string} choice */
function mark(list, choice) {
	for (const input of list.querySelectorAll('input')) {
		const item = /^item-(\d+)$/.exec(input.name)?.[1];
		input.checked = item === undefined ? choice.split(',').includes(input.value) : choice[Number(item)] === input.value;
	}
}

/** The words of a choice, for the person who made it. @param {string} choice */
function sayChoice(choice) {
	if (asked.kind === 'questionnaire') return fill(words.answered, { count: choice.replaceAll('-', '').length });
	if (asked.kind === 'scale') return words.scores[Number(choice) - 1];
	return choice
		.split(',')
		.map((n) => asked.options[Number(n)])
		.join(' · ');
}

function drawResult() {
	const names = asked.kind === 'scale' ? words.scores : asked.options;
	const list = one('[data-bars]');
	list.replaceChildren(
		...names.map((/** @type {string} */ name, /** @type {number} */ i) => {
			const bar = made('bar');
			const own = (vote()?.choice ?? '').split(',').includes(String(asked.kind === 'scale' ? i + 1 : i));
			bar.classList.toggle('own', own);
			/** @type {any} */ (bar.querySelector('[data-name]')).textContent = own ? `${name} ${words.yours}` : name;
			/** @type {any} */ (bar.querySelector('[data-share]')).textContent = `${frame.shares[i]} % (${frame.votes[i]})`;
			/** @type {any} */ (bar.querySelector('meter')).value = frame.shares[i];
			return bar;
		})
	);
	say('[data-base]', fill(words.base, { count: frame.valid }));
}

function draw() {
	const name = scene();
	if (asked && name !== 'waiting') drawOptions();
	if (name === 'result') drawResult();
	for (const part of all('[data-when]'))
		/** @type {any} */ (part).hidden = !(/** @type {any} */ (part).dataset.when.split(' ').includes(name));
	const own = vote();
	if (own) {
		say('[data-choice]', sayChoice(own.choice));
		say('[data-receipt]', own.receipt ?? '');
		say('[data-said]', own.receipt && !sending.has(keyOf()) ? words.counted : words.sending);
		one('[data-receipt-line]').hidden = !own.receipt;
	}
	one('[data-change]').hidden = !asked?.changeable;
	drawPasses();
	drawCountdown();
	const received = Object.values(kept.votes).flatMap(({ receipt }) => receipt ?? []);
	say('[data-receipts]', received.join(', '));
	one('[data-receipts-line]').hidden = received.length === 0 || name === 'vote' || name === 'voted';
}

function drawPasses() {
	const slips = kept.passes.filter(({ serial }) => serial !== undefined);
	const list = one('[data-slips]');
	list.hidden = kept.passes.length < 2;
	list.replaceChildren(
		...kept.passes.map((own, i) => {
			const button = /** @type {HTMLButtonElement} */ (made('pass'));
			button.textContent = own.serial === undefined ? words.thisPhone : fill(words.slip, { serial: own.serial });
			button.setAttribute('aria-pressed', String(i === kept.active));
			button.onclick = () => {
				kept.active = i;
				keep();
				draw();
			};
			return button;
		})
	);
	const level = pass() ? words.levels[pass().level] : '';
	say('[data-level]', pass() ? `${words.channels[pass().channel]} · ${level}` : '');
	one('[data-more]').hidden = !pass() || (root.dataset.proof !== 'slip' && slips.length === 0);
}

function drawCountdown() {
	const seconds = Math.ceil(left() / 1000);
	say('[data-countdown]', seconds > 0 && seconds < 1000 ? fill(words.closesIn, { seconds }) : '');
}

// What people press ---------------------------------------------------------------------------------------------------------------

one('[data-change]').addEventListener('click', () => {
	changing = true;
	draw();
	one('[data-options] input:checked, [data-options] input')?.focus();
});
for (const form of all('form[data-code]')) {
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		const code = String(new FormData(/** @type {any} */ (form)).get('code') ?? '');
		const hall = Number(new FormData(/** @type {any} */ (form)).get('hall') ?? 0);
		const how = /** @type {any} */ (form).dataset.code === 'slip' ? { slip: code } : { hallCode: code, hall };
		if (await join(how)) {
			/** @type {any} */ (form).reset();
			form.closest('details')?.removeAttribute('open');
		}
	});
}
one('[data-watching]')?.addEventListener('click', () => join({}));

// Following the room --------------------------------------------------------------------------------------------------------------

async function learnRound() {
	const wanted = frame?.round?.id ?? null;
	if (!wanted || wanted === asked?.id) return;
	try {
		const answer = await call('');
		asked = answer.round;
	} catch {
		// The next frame tries again.
	}
	draw();
}

/** @type {any} */ (globalThis).watchRoom({
	events: `${api}/events`,
	state: `${api}/state`,
	onFrame(/** @type {any} */ next) {
		frame = next;
		ahead = next.now - Date.now();
		void learnRound();
		draw();
	},
	onFresh(/** @type {number | null} */ at) {
		const stale = at !== null || !navigator.onLine;
		const clock = at && new Date(at).toLocaleTimeString('vi-VN');
		say('[data-fresh]', stale ? fill(words.stale, { time: clock ?? '' }) : '');
	}
});
setInterval(() => {
	drawCountdown();
	if (frame?.round?.phase === 'closing') draw();
}, 500);
for (const [key, own] of Object.entries(kept.votes)) {
	const from = kept.passes[Number(key.split(' ')[1])];
	if (!own.receipt && !own.refused && from) void send(key, from.pass);
}
void arrive();

export {};
