// @ts-check
/*
 * The page is complete without this. With it an answer survives a dead network: it is kept in the memory of this page and sent
 * again under the same id, and where a poster is overrun the phone does the work that is asked of it.
 */
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-survey]'));
const line = /** @type {HTMLElement | null} */ (document.querySelector('[data-status]'));
const LONGEST_WAIT_MS = 60_000;
let unsent = false;
let native = false;

/** @param {'sending' | 'waiting' | ''} what */
function say(what) {
	if (line) line.textContent = what && (line.dataset[what] ?? '');
}

/** @param {number} milliseconds */
const networkOr = (milliseconds) =>
	new Promise((resolve) => {
		addEventListener('online', resolve, { once: true });
		setTimeout(resolve, milliseconds);
	});

/** SHA-256 of the form's seal and a number, until so many of its first bits are zero. @param {string} seal @param {number} bits */
async function work(seal, bits) {
	for (let nonce = 0; ; nonce++) {
		const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${seal} ${nonce}`));
		if (new DataView(digest).getUint32(0) >>> (32 - bits) === 0) return String(nonce);
	}
}

/** The address that follows, or null where the browser has to send the form itself. @param {string} to @param {URLSearchParams} body */
async function send(to, body) {
	for (let wait = 2000; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
		try {
			const answer = await fetch(to, { method: 'POST', body });
			if (answer.status < 500 && answer.status !== 429) {
				if (!answer.ok) return null;
				// What is no JSON comes from a network that wants somebody to sign in first: that is no network either.
				const { location, work: bits } = await answer.json();
				if (location || !crypto.subtle) return location ?? null;
				body.set('work', await work(body.get('form') ?? '', bits));
				continue;
			}
		} catch {
			// No network: what is kept here is tried again.
		}
		say('waiting');
		await networkOr(wait);
		say('sending');
	}
}

form?.addEventListener('submit', async (event) => {
	if (native) return;
	event.preventDefault();
	if (unsent) return;
	unsent = true;
	say('sending');
	const body = new URLSearchParams(/** @type {any} */ (new FormData(form, event.submitter)));
	body.set('script', '1');
	const next = await send(form.action, body);
	unsent = false;
	if (next) return location.assign(next);
	native = true;
	form.requestSubmit(event.submitter);
});

addEventListener('beforeunload', (event) => {
	if (unsent) event.preventDefault();
});
// Back from the browser's memory: the form is as it was, and may be sent again.
addEventListener('pageshow', () => say(''));

export {};
