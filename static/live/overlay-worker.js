// @ts-check
/// <reference lib="webworker" />
/*
 * The broadcast's overlay must begin even while the server is away: this worker keeps its empty page and what that consists of, and
 * nothing else. The page of the moment always comes from the server when it answers; streams and numbers never pass through here.
 */
const self = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));
const CACHE = 'overlay-shell';
const PATIENCE_MS = 4000;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => event.waitUntil(keep(event.data)));

/**
 * All or nothing: an empty page of a newer build whose files this page has not loaded waits for the next time.
 * @param {{ keep: string, files: string[] }} order
 */
async function keep({ keep: shell, files }) {
	const page = await fetch(shell, { cache: 'no-store' });
	if (!page.ok) return;
	const needs = [...(await page.clone().text()).matchAll(/\/_app\/immutable\/[\w./-]+\.(?:js|css)/g)].map(
		([path]) => path
	);
	if (needs.some((path) => !files.includes(path))) return;
	const fresh = await Promise.all(files.map(async (path) => ({ path, file: await fetch(path) })));
	if (fresh.some(({ file }) => !file.ok)) return;
	const cache = await caches.open(CACHE);
	const before = await cache.keys();
	for (const { path, file } of fresh) await cache.put(path, file);
	await cache.put(shell, page);
	const now = [shell, ...files];
	for (const old of before) {
		const { pathname, search } = new URL(old.url);
		// Another room's shell is its own.
		if (!now.includes(pathname + search) && !search) await cache.delete(old);
	}
}

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname, searchParams } = new URL(request.url);
	if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return;
	if (request.mode !== 'navigate') event.respondWith(kept(request));
	else if (!searchParams.has('shell')) event.respondWith(newestOr(request, `${pathname}?shell`));
});

/** @param {Request} request */
async function kept(request) {
	return (await (await caches.open(CACHE)).match(request, { ignoreVary: true })) ?? fetch(request);
}

/**
 * @param {Request} request
 * @param {string} shell
 */
async function newestOr(request, shell) {
	try {
		const page = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
		if (page.ok) return page;
	} catch {
		// The server does not answer.
	}
	return (await (await caches.open(CACHE)).match(shell)) ?? Response.error();
}
