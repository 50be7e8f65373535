// @ts-check
/*
 * The page is complete without this. With it a question survives a dead network (it has its number before it is sent), the list follows
 * the room, and a slip's pass that the voting page keeps stands behind a question too.
 */

const root = /** @type {HTMLElement} */ (document.querySelector('[data-questions]'));
const room = root.dataset.questions ?? '';
const api = `/api/v1/live/${room}`;
const words = JSON.parse(root.dataset.words ?? '{}');
const LONGEST_WAIT_MS = 15_000;
/** Not more often than this, and not all phones of a hall at once. */
const LIST_EVERY_MS = 10_000;

/** @param {string} name @param {any} otherwise @returns {any} */
function kept(name, otherwise) {
	try {
		return JSON.parse(localStorage.getItem(name) ?? 'null') ?? otherwise;
	} catch {
		return otherwise;
	}
}
/** @param {string} name @param {any} value */
function keep(name, value) {
	try {
		localStorage.setItem(name, JSON.stringify(value));
	} catch {
		// A browser that keeps nothing: what this page knows it knows until it is closed.
	}
}

/** The voting page's shelf: its passes. */
const shelf = `live-${room}`;
const ownShelf = `live-${room}-questions`;
/** @type {{ codes: string[], supported: string[], sending: { id: string, text: string, fieldId: string } | null }} */
const own = { codes: [], supported: [], sending: null, ...kept(ownShelf, {}) };

/** @param {string} selector @returns {any} */
const one = (selector) => root.querySelector(selector);
/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
/** @param {string} text */
const trouble = (text) => (one('[data-trouble]').textContent = text);
/** @param {number} n */
const count = (n) => n.toLocaleString('vi-VN');
/** @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

/** @param {string} path @param {any} [body] @returns {Promise<{ status: number, [key: string]: any }>} */
async function call(path, body) {
	const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
	const answer = await fetch(api + path, { cache: 'no-store', ...init });
	return { ...(await answer.json()), status: answer.status };
}

/** The pass this phone votes with, or a new one. */
async function passOf() {
	const known = { passes: [], active: 0, votes: {}, ...kept(shelf, {}) };
	if (known.passes[known.active]) return known.passes[known.active].pass;
	const { status, message, ...given } = await call('/passes', {});
	if (status !== 201) throw new Error(message);
	known.passes.push(given);
	keep(shelf, known);
	return given.pass;
}

// Asking --------------------------------------------------------------------------------------------------------------------------

const form = /** @type {HTMLFormElement} */ (one('form[data-ask]'));
const draft = () => String(new FormData(form).get('text') ?? '').trim();

/** Sends the question until the server has answered for it. */
async function send() {
	for (let wait = 1000; own.sending; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
		try {
			const { status, code, masked, message } = await call('/questions', { pass: await passOf(), ...own.sending });
			if (status === 200 || status === 201) return received(code, masked);
			if (status < 500) {
				own.sending = null;
				keep(ownShelf, own);
				return trouble(message ?? words.failed);
			}
		} catch {
			trouble(words.sending);
		}
		await new Promise((resolve) => {
			addEventListener('online', resolve, { once: true });
			setTimeout(resolve, wait * (0.5 + Math.random()));
		});
	}
}

/** @param {string} code @param {number} masked */
function received(code, masked) {
	own.sending = null;
	own.codes = [code, ...own.codes.filter((each) => each !== code)].slice(0, 20);
	keep(ownShelf, own);
	trouble('');
	form.reset();
	one('textarea').value = '';
	one('[name=id]').value = crypto.randomUUID?.() ?? one('[name=id]').value.replace(/^.{8}/, fresh);
	one('[data-code]').textContent = code;
	one('[data-masked]').hidden = !masked;
	one('[data-received]').hidden = false;
	one('[data-received]').focus();
	drawOwn();
}

/** Eight other digits at the front of a number, where the browser has no better way (a page without HTTPS). */
const fresh = () => [...crypto.getRandomValues(new Uint8Array(4))].map((n) => n.toString(16).padStart(2, '0')).join('');

form.addEventListener('submit', (event) => {
	event.preventDefault();
	if (own.sending || !draft()) return;
	const data = new FormData(form);
	own.sending = { id: String(data.get('id')), text: draft(), fieldId: String(data.get('field') ?? '') };
	keep(ownShelf, own);
	trouble('');
	void send();
});

function drawOwn() {
	one('[data-own]').textContent = own.codes.length > 0 ? `${words.code} ${own.codes.join(' · ')}` : '';
	const code = one('[name=code]');
	if (own.codes[0] && !code.value) code.value = own.codes[0];
}

// Standing behind a question ------------------------------------------------------------------------------------------------------

/** @param {HTMLFormElement} support */
async function speak(support) {
	const id = String(new FormData(support).get('question'));
	if (own.supported.includes(id)) return;
	try {
		const { status, message } = await call(`/questions/${id}/votes`, { pass: await passOf() });
		if (status !== 200 && status !== 201) return trouble(message ?? words.failed);
		own.supported.push(id);
		keep(ownShelf, own);
		trouble('');
		mark();
		if (status === 201) void learn();
	} catch {
		trouble(words.noNetwork);
	}
}
root.addEventListener('submit', (event) => {
	const support = /** @type {HTMLElement} */ (event.target).closest('form[data-support]');
	if (!support) return;
	event.preventDefault();
	void speak(/** @type {HTMLFormElement} */ (support));
});

function mark() {
	for (const item of root.querySelectorAll('[data-id]')) {
		const button = item.querySelector('button');
		const said = own.supported.includes(/** @type {HTMLElement} */ (item).dataset.id ?? '');
		if (!button) continue;
		button.textContent = said ? words.supported : words.support;
		button.setAttribute('aria-pressed', String(said));
	}
}

// The list ------------------------------------------------------------------------------------------------------------------------

let version = Number(root.dataset.version);
let wanted = version;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

async function learn() {
	clearTimeout(soon);
	soon = undefined;
	try {
		const list = await call('/questions');
		if (list.status === 200) draw(list);
	} catch {
		// The next frame tries again.
	}
}

/** @param {any} list */
function draw(list) {
	version = list.version;
	const items = list.questions.map((/** @type {any} */ question) => {
		const template = /** @type {HTMLTemplateElement} */ (document.getElementById('question-item'));
		const item = /** @type {any} */ (template.content.querySelector('li')).cloneNode(true);
		const { id, text, field, state, reason, answer, votes, merged } = question;
		item.dataset.id = id;
		item.dataset.state = state;
		const put = (/** @type {string} */ name, /** @type {string} */ said) =>
			(item.querySelector(`[data-${name}]`).textContent = said);
		put('said', words.states[`${state}${reason && ` ${reason}`}`] ?? '');
		item.querySelector('[data-said]').hidden = state === 'shown';
		put('text', text);
		put('answer', answer ? fill(words.answer, { answer }) : '');
		put('more', [field, merged > 0 ? fill(words.merged, { count: count(merged) }) : ''].filter(Boolean).join(' · '));
		put('votes', votes > 0 ? fill(words.votes, { count: count(votes) }) : '');
		item.querySelector('form').hidden = !list.open || (state !== 'shown' && state !== 'answering');
		item.querySelector('[name=question]').value = id;
		return item;
	});
	one('[data-list]').replaceChildren(...items);
	for (const [name, n] of Object.entries(list.counts)) {
		const place = one(`[data-count="${name}"]`);
		if (place) place.textContent = count(/** @type {number} */ (n));
	}
	mark();
	sift();
	show(list);
}

/** @param {{ open: boolean, hidden: boolean }} now */
function show({ open, hidden }) {
	form.hidden = !open;
	one('[data-closed]').hidden = open;
	one('[data-hidden]').hidden = !hidden;
	if (hidden) one('[data-list]').replaceChildren();
	one('[data-none]').hidden = hidden || root.querySelector('[data-id]:not([hidden])') !== null;
}

function sift() {
	const sought = plain(one('#q').value).split(/\s+/);
	for (const item of root.querySelectorAll('[data-id]')) {
		const text = plain(item.querySelector('[data-text]')?.textContent ?? '');
		/** @type {HTMLElement} */ (item).hidden = !sought.every((word) => text.includes(word));
	}
	one('[data-none]').hidden = !one('[data-hidden]').hidden || root.querySelector('[data-id]:not([hidden])') !== null;
}
one('#q').addEventListener('input', sift);
one('form[data-search]').addEventListener('submit', (/** @type {Event} */ event) => {
	event.preventDefault();
	sift();
});

let hiddenBefore = !one('[data-hidden]').hidden;
/** @type {any} */ (globalThis).watchRoom({
	events: `${api}/events`,
	state: `${api}/state`,
	onFrame(/** @type {any} */ frame) {
		const { open } = frame.questions;
		const over = frame.state !== 'live';
		show({ open: open && !over, hidden: frame.hidden });
		wanted = frame.questions.version;
		const shownAgain = hiddenBefore && !frame.hidden;
		hiddenBefore = frame.hidden;
		if (shownAgain) return void learn();
		if (wanted !== version) soon ??= setTimeout(learn, Math.random() * LIST_EVERY_MS);
	}
});
mark();
drawOwn();
if (own.sending) void send();

export {};
