import { existsSync } from 'node:fs';
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { BadEnvironment, readEnvironment } from '../lib/server/environment.ts';
import type { Answer } from '../lib/server/http/call.ts';
import { cacheControlOf, DATA_POLICY, FILE_POLICY, headLines } from '../lib/server/http/head-lines.ts';
import { PROBLEMS, type ProblemCode } from '../lib/server/http/problem.ts';
import { requestIdOf } from '../lib/server/http/request-id.ts';
import { judgeSize, LARGEST_BODY } from '../lib/server/http/request-limits.ts';
import type { Running } from '../lib/server/running.ts';

/** The server: the API on bare `node:http`, pages through Kit's handler, health, head lines on every answer, a graceful end. */

const BODY_BYTES = 512 * 1024;
/** As the commands end: asked rightly, and refused. */
const REFUSED = 3;
const DRAIN_MS = 5_000;
/** The most that sending all streams away can take. */
const STREAMS_MS = 20_000;
/** A form that is too large is still read to its end up to here, or the sender would see a broken connection instead of the reason. */
const DISCARDED_BYTES = 32 * 1024 * 1024;
const REFUSAL_HEADERS = {
	'Content-Type': 'text/plain; charset=utf-8',
	'Cache-Control': 'no-store',
	Connection: 'close'
};
const sentenceOf = (code: ProblemCode) => `${PROBLEMS[code].message} (${code})\n`;

const environment = checkedEnvironment();
// adapter-node reads both when its handler is imported; without ORIGIN links would follow the Host header.
process.env.ORIGIN = environment.origin;
process.env.BODY_SIZE_LIMIT = String(LARGEST_BODY);
// As many from the right as there are proxies: what stands further left was written by the visitor.
if (environment.proxies > 0)
	Object.assign(process.env, { ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: String(environment.proxies) });
else delete process.env.ADDRESS_HEADER;
const HEADERS = [...Object.entries(headLines(environment.origin)), ['Content-Security-Policy', DATA_POLICY]];
const HEAD_LINES = HEADERS.flat();
const handler = fileURLToPath(new URL('../../build/handler.js', import.meta.url));
if (!existsSync(handler)) fail('The program is not built yet. Run "npm start", which builds it.');

const { handler: pages } = await opened(() => import(handler));
const running: Running = await (globalThis as unknown as Record<symbol, Promise<Running>>)[
	Symbol.for('lang-nghe.running')
];

const server = createServer({ connectionsCheckingInterval: 1000, requestTimeout: 30_000, headersTimeout: 10_000 });
server.maxConnections = 15_000;
server.keepAliveTimeout = 65_000;
server.on('connection', running.noteConnection);
/** Says that it is going and opens no stream any more; everything else is still answered. */
let leaving = false;
let draining = false;

let isProxySeen = environment.proxies > 0;
/** A proxy that nobody has named: all visitors count as one network, and wait for each other. */
function seeProxy({ headers }: IncomingMessage) {
	if (isProxySeen || !headers['x-forwarded-for']) return;
	isProxySeen = true;
	running.log.warn('Requests come through a proxy: set PROXIES=1, or all visitors count as one network.');
}

server.on('request', (request, response) => {
	const path = request.url!.split('?', 1)[0];
	// The page reads it from here again.
	request.headers['x-request-id'] = requestIdOf(request.headers['x-request-id']);
	if (running.isStream(path)) return void answerStream(request, response, path);
	if (path.startsWith('/api/')) return void answerApi(request, response, path);
	setHeadLines(request, response);
	if (path === '/healthz') response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok');
	else if (path === '/readyz') void answerReady(response);
	else if (path === '/metrics') void answerMetrics(request, response);
	else {
		seeProxy(request);
		answerPage(request, response, path);
	}
});

async function answerApi(request: IncomingMessage, response: ServerResponse, path: string) {
	const body = await readBody(request);
	if (body === null) return send(request, response, running.problem('body-too-large'), true);
	const call = { ...callOf(request, path), body };
	send(request, response, draining ? running.problem('busy') : await running.answer(call, Date.now()));
}

/** Stays open for as long as somebody watches; a refusal is an answer like any other. */
async function answerStream(request: IncomingMessage, response: ServerResponse, path: string) {
	setHeadLines(request, response);
	request.resume();
	const refusal = leaving
		? running.problem('busy')
		: await running.openStream(callOf(request, path), response, Date.now());
	if (refusal) response.writeHead(refusal.status, refusal.headers).end(refusal.body);
}

function callOf(request: IncomingMessage, path: string) {
	const query = new URLSearchParams(request.url!.slice(path.length + 1));
	const header = (name: string) => request.headers[name] as string | undefined;
	return { method: request.method!, path, query, header, requestId: idOf(request) };
}

const idOf = (request: IncomingMessage) => request.headers['x-request-id'] as string;

function setHeadLines(request: IncomingMessage, response: ServerResponse) {
	for (const [name, value] of HEADERS) response.setHeader(name, value);
	response.setHeader('X-Request-Id', idOf(request));
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer, close = false) {
	const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
	const own = { ...headers, ...length, ...(close && { connection: 'close' }), 'x-request-id': idOf(request) };
	// One flat list: Node writes it as it is, where headers set one by one cost the intake several microseconds a request.
	response.writeHead(status, [...HEAD_LINES, ...Object.entries(own).flat()] as string[]);
	response.end(body);
}

/** The whole body as text, or null as soon as it is too large; a caller that goes away leaves nothing behind. */
function readBody(request: IncomingMessage): Promise<string | null> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size <= BODY_BYTES) chunks.push(chunk);
			else resolve(null);
		});
		request.on('end', () => resolve(Buffer.concat(chunks).toString()));
		request.on('error', () => resolve(''));
	});
}

async function answerReady(response: ServerResponse) {
	const { ready, says } = leaving ? { ready: false, says: 'draining' } : await running.ready();
	response.writeHead(ready ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8' }).end(says);
}

/** Only for this machine itself: what comes through a proxy says so in a header. */
async function answerMetrics(request: IncomingMessage, response: ServerResponse) {
	const fromHere = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
	if (!fromHere || request.headers['x-forwarded-for'] || request.headers.forwarded)
		return response.writeHead(404).end();
	response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(await running.metrics());
}

function answerPage(request: IncomingMessage, response: ServerResponse, path: string) {
	response.setHeader('Content-Security-Policy', FILE_POLICY);
	const begun = performance.now();
	response.once('close', () => running.notePage(request, response, idOf(request), performance.now() - begun));
	const header = (name: string) => request.headers[name] as string | undefined;
	const refused = judgeSize({ method: request.method!, target: request.url!, header });
	if (refused) return refusePage(request, response, refused);
	if (path === '/terminal') return response.writeHead(308, { location: '/terminal/' }).end();
	response.setHeader('Cache-Control', cacheControlOf(path));
	if (path === '/terminal/') request.url = '/terminal/index.html';
	nameLetters(response);
	pages(request, response);
}

/** Kit and its server of files say what an answer is and not how its letters are written; everything of ours is UTF-8. */
function nameLetters(response: ServerResponse) {
	const named = (type: unknown) =>
		/^(text\/[\w-]+|image\/svg\+xml|application\/manifest\+json)$/.test(String(type)) ? `${type}; charset=utf-8` : type;
	const write = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
	response.writeHead = (status: number, ...rest: unknown[]) => {
		const type = response.getHeader('content-type');
		if (type) response.setHeader('content-type', named(type) as string);
		const heads = rest.at(-1);
		if (heads && typeof heads === 'object' && 'Content-Type' in heads)
			heads['Content-Type'] = named(heads['Content-Type']);
		return write(status, ...rest);
	};
}

function refusePage(request: IncomingMessage, response: ServerResponse, code: ProblemCode) {
	const answer = () => response.writeHead(PROBLEMS[code].status, REFUSAL_HEADERS).end(sentenceOf(code));
	if (code !== 'form-too-large' || Number(request.headers['content-length']) > DISCARDED_BYTES) return answer();
	request.on('end', answer).resume();
}

/** What Node can not read as a request never becomes one; without this it would be answered without our head lines. */
server.on('clientError', (problem: NodeJS.ErrnoException, socket) => {
	if (!socket.writable || problem.code === 'ECONNRESET') return socket.destroy();
	const code = problem.code === 'HPE_HEADER_OVERFLOW' ? 'head-too-large' : 'request-malformed';
	const { status } = PROBLEMS[code];
	const lines = [...HEADERS, ...Object.entries(REFUSAL_HEADERS)].map(([name, value]) => `${name}: ${value}`);
	socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', sentenceOf(code)].join('\r\n'));
});

server.on('error', (problem: NodeJS.ErrnoException) => {
	if (problem.code === 'EADDRINUSE') fail(`Port ${environment.port} is taken. Choose another with PORT=…`);
	fail(`The server cannot listen on ${environment.host}:${environment.port}: ${problem.message}`);
});

server.listen(environment.port, environment.host, async () => {
	const { port } = server.address() as AddressInfo;
	const origin = environment.port === 0 ? environment.origin.replace(/:0$/, `:${port}`) : environment.origin;
	for (const line of await running.greeting(origin)) console.log(line);
	console.log(`ready ${origin}`);
});

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void drain(0));
for (const event of ['uncaughtException', 'unhandledRejection']) {
	process.on(event, (problem) => {
		running.report(problem);
		void drain(1);
	});
}

/** Sends the streams away bit by bit, answers what is under way, finishes the running commit, then ends. */
async function drain(code: number) {
	if (leaving) return;
	leaving = true;
	setTimeout(() => process.exit(code || 1), STREAMS_MS + 2 * DRAIN_MS).unref();
	if (code === 0) await running.live.drain();
	draining = true;
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, DRAIN_MS))]);
	server.closeAllConnections();
	await running.stop();
	process.exit(code);
}

/** What keeps the program from starting is a sentence for the person who starts it, not a stack. */
async function opened<T>(open: () => Promise<T>): Promise<T> {
	try {
		return await open();
	} catch (problem) {
		if ((problem as { code?: unknown }).code === 'schema-newer') return fail((problem as Error).message, REFUSED);
		return fail(`The database cannot be opened: ${problem instanceof Error ? problem.message : String(problem)}`);
	}
}

function checkedEnvironment() {
	try {
		return readEnvironment();
	} catch (problem) {
		if (problem instanceof BadEnvironment) return fail(problem.message);
		throw problem;
	}
}

function fail(sentence: string, code = 2): never {
	console.error(sentence);
	process.exit(code);
}
