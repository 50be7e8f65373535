import './node-version.js';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { BadEnvironment, readEnvironment } from '../lib/server/environment.ts';

/** The server: the API on bare `node:http`, pages through Kit's handler, health, head lines on every answer, a graceful end. */

const BODY_BYTES = 512 * 1024;
const DRAIN_MS = 5_000;
const HEADERS = {
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'same-origin',
	'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Origin-Agent-Cluster': '?1'
};
/** For what Kit does not render itself; its pages carry their own policy with nonces. */
const STATIC_POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const environment = checkedEnvironment();
// adapter-node reads ORIGIN when its handler is imported; without it links would follow the Host header.
process.env.ORIGIN = environment.origin;
const handler = fileURLToPath(new URL('../../build/handler.js', import.meta.url));
if (!existsSync(handler)) fail('The program is not built yet. Run "npm start", which builds it.');

const { handler: pages } = await import(handler);
/** @type {import('../lib/server/running.ts').Running} */
const running = await globalThis[Symbol.for('lang-nghe.running')];

const server = createServer({ connectionsCheckingInterval: 1000, requestTimeout: 30_000, headersTimeout: 10_000 });
server.maxConnections = 15_000;
server.keepAliveTimeout = 65_000;
let draining = false;

server.on('request', (request, response) => {
	for (const name in HEADERS) response.setHeader(name, HEADERS[name]);
	const path = request.url.split('?', 1)[0];
	if (path.startsWith('/api/')) void answerApi(request, response, path);
	else if (path === '/healthz') response.end('ok');
	else if (path === '/readyz') void ready(response);
	else {
		response.setHeader('Content-Security-Policy', STATIC_POLICY);
		if (path === '/terminal') return response.writeHead(308, { location: '/terminal/' }).end();
		if (path === '/terminal/' || path === '/terminal/sw.js') {
			response.setHeader('Cache-Control', 'no-cache');
			response.setHeader('Service-Worker-Allowed', '/terminal/');
			if (path === '/terminal/') request.url = '/terminal/index.html';
		}
		pages(request, response);
	}
});

async function answerApi(request, response, path) {
	const body = await readBody(request);
	if (body === null) return send(response, running.problem('body-too-large'), true);
	const query = new URLSearchParams(request.url.slice(path.length + 1));
	const call = { method: request.method, path, query, header: (name) => request.headers[name], body };
	send(response, draining ? running.problem('busy') : await running.answer(call, Date.now()));
}

function send(response, { status, headers, body }, close = false) {
	if (close) headers = { ...headers, connection: 'close' };
	response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
	response.end(body);
}

/** The whole body as text, or null as soon as it is too large; a caller that goes away leaves nothing behind. */
function readBody(request) {
	return new Promise((resolve) => {
		const chunks = [];
		let size = 0;
		request.on('data', (chunk) => {
			size += chunk.length;
			if (size <= BODY_BYTES) chunks.push(chunk);
			else resolve(null);
		});
		request.on('end', () => resolve(Buffer.concat(chunks).toString()));
		request.on('error', () => resolve(''));
	});
}

async function ready(response) {
	const answer = draining ? 'draining' : await running.ready();
	response.writeHead(answer === 'ok' ? 200 : 503, { 'content-type': 'text/plain' }).end(answer);
}

server.on('error', (problem) => {
	if (problem.code === 'EADDRINUSE') fail(`Port ${environment.port} is taken. Choose another with PORT=…`);
	fail(`The server cannot listen on ${environment.host}:${environment.port}: ${problem.message}`);
});

server.listen(environment.port, environment.host, () => {
	const { port } = server.address();
	const origin = environment.port === 0 ? environment.origin.replace(/:0$/, `:${port}`) : environment.origin;
	for (const line of running.greeting(origin)) console.log(line);
	console.log(`ready ${origin}`);
});

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void drain(0));
for (const event of ['uncaughtException', 'unhandledRejection']) {
	process.on(event, (problem) => {
		running.report(problem);
		void drain(1);
	});
}

async function drain(code) {
	if (draining) return;
	draining = true;
	server.close();
	server.closeIdleConnections();
	setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
	setTimeout(() => process.exit(code || 1), 2 * DRAIN_MS).unref();
	await running.stop();
	process.exit(code);
}

function checkedEnvironment() {
	try {
		return readEnvironment();
	} catch (problem) {
		if (problem instanceof BadEnvironment) fail(problem.message);
		throw problem;
	}
}

function fail(sentence) {
	console.error(sentence);
	process.exit(2);
}
