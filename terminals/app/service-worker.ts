/// <reference lib="webworker" />
export {};
declare const self: ServiceWorkerGlobalScope;

// Both are written in by the build (terminals/vite.config.ts): the version and every file of the program.
const BUILD = '@@build@@';
const SHELL = '@@shell@@'.split(' ');
const PREFIX = 'tablet-shell ';
const CACHE = PREFIX + BUILD;
const PHOTOS = 'tablet-photos';

// All files or none: one that does not arrive fails the installation, and the last good version stays in service.
self.addEventListener('install', (event) => {
	const fresh = SHELL.map((path) => new Request(path, { cache: 'reload' }));
	event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver() {
	const names = await caches.keys();
	await Promise.all(
		names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name))
	);
	await self.clients.claim();
}

// The page decides when nobody is in the middle of an answer.
self.addEventListener('message', (event) => {
	if (event.data === 'swap') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
	if (request.mode === 'navigate') event.respondWith(fromShell('/terminal/', request));
	else if (SHELL.includes(url.pathname)) event.respondWith(fromShell(url.pathname, request));
	else if (request.destination === 'image') event.respondWith(photo(request));
});

async function fromShell(path: string, request: Request): Promise<Response> {
	const cache = await caches.open(CACHE);
	return (await cache.match(path)) ?? fetch(request);
}

// A photo's address changes with the photo, so what was once seen is shown for ever, offline too.
async function photo(request: Request): Promise<Response> {
	const cache = await caches.open(PHOTOS);
	const kept = await cache.match(request);
	if (kept) return kept;
	const response = await fetch(request);
	if (response.ok) await cache.put(request, response.clone());
	return response;
}
