import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '../../../src/lib/server/db/open.ts';
import { PROBLEMS } from '../../../src/lib/server/http/problem.ts';
import { organizations } from '../../../src/lib/server/db/schema/place.ts';
import { abort, call, callRaw, type Reply, type Sent } from '../../actors/raw-http.ts';
import { freePort } from '../../actors/free-port.ts';
import { startServer, type Server } from '../../actors/server.ts';

/** The cases of reference/reliability.md 3 that concern the fence around every page, as programs without a browser's manners try them. */
const LEADER = { login: 'lanh-dao', password: 'lanh-dao-trinh-dien' };
const ADMINISTRATOR = { login: 'quan-tri', password: 'quan-tri-trinh-dien' };
const PUBLIC = 'https://langnghe.example.vn';
const FORM = 'application/x-www-form-urlencoded';

let folder: string;
let server: Server;
let behindTls: Server;
let tlsPort: number;
/** A session of the administrator; every attack brings its cookie along, as a lured browser would. */
let cookie: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-fence-'));
	const databaseUrl = `file:${folder}/ward.db`;
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1' } });
	tlsPort = await freePort();
	behindTls = await startServer({ databaseUrl, port: tlsPort, env: { ORIGIN: PUBLIC } });
	cookie = await signedIn(ADMINISTRATOR);
});

afterAll(async () => {
	await server?.stop();
	await behindTls?.stop();
	expect(server.output() + behindTls.output()).not.toMatch(/unhandled|uncaught|\bat \S+ \(/i);
	rmSync(folder, { recursive: true });
});

const ask = (method: string, path: string, sent: Sent = {}) => call(server.port, method, path, sent);
const post = (path: string, sent: Sent = {}) =>
	ask('POST', path, { ...sent, headers: { origin: server.origin, cookie, ...sent.headers } });
const pairOf = ({ headers }: Reply) =>
	headers['set-cookie']?.find((line) => /^(s-http|__Host-s)=/.test(line))?.split(';')[0] ?? '';

async function signedIn(who: typeof LEADER): Promise<string> {
	return pairOf(await ask('POST', '/sign-in', { form: who, headers: { origin: server.origin } }));
}

/** Whether the session still lets its owner in: the attacks below try to end it. */
const stillIn = async (who = cookie) => (await ask('GET', '/admin', { headers: { cookie: who } })).status === 200;

/** What the broken forms below would have changed. */
async function staffPins(): Promise<string> {
	const db = await openDb(`file:${folder}/ward.db`);
	const all = await db.select({ staffPin: organizations.staffPin }).from(organizations);
	await db.store.close();
	return JSON.stringify(all);
}

const EVERYWHERE: Record<string, string | RegExp> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'permissions-policy': /camera=\(\), microphone=\(\), geolocation=\(\), usb=\(\), payment=\(\)/,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'origin-agent-cluster': '?1',
	'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/
};

test('HEAD: every answer carries the head lines: pages, redirects, files, errors, the API and what Node itself refuses', async () => {
	const page = await ask('GET', '/sign-in');
	const asset = /"(?:\.\/)?(_app\/immutable\/[^"]+\.js)"/.exec(page.text)![1];
	const answers: Record<string, Reply> = {
		page,
		'page with a session': await ask('GET', '/admin', { headers: { cookie } }),
		redirect: await ask('GET', '/leader'),
		'not found': await ask('GET', '/khong-co'),
		forbidden: await ask('GET', '/admin', { headers: { cookie: await signedIn(LEADER), host: 'evil.example' } }),
		asset: await ask('GET', `/${asset}`),
		font: await ask('GET', '/fonts/be-vietnam-pro-400.woff2'),
		tablet: await ask('GET', '/terminal/'),
		worker: await ask('GET', '/terminal/service-worker.js'),
		'tablet without a slash': await ask('GET', '/terminal'),
		data: await ask('GET', '/admin/__data.json', { headers: { cookie } }),
		API: await ask('GET', '/api/v1/openapi.json'),
		'API error': await ask('GET', '/api/v1/khong-co'),
		health: await ask('GET', '/healthz'),
		'too large': await post('/sign-in', { body: 'x'.repeat(65 * 1024), headers: { 'content-type': FORM } }),
		options: await ask('OPTIONS', '/sign-in'),
		trace: await ask('TRACE', '/sign-in')
	};
	for (const [name, { headers }] of Object.entries(answers)) {
		for (const [line, value] of Object.entries(EVERYWHERE)) {
			if (typeof value === 'string') expect(headers[line], `${name}: ${line}`).toBe(value);
			else expect(headers[line], `${name}: ${line}`).toMatch(value);
		}
		expect(headers['strict-transport-security'], name).toBeUndefined();
		const says = String(headers['content-type'] ?? '');
		if (answers[name].text !== '') expect(says, `${name}: content-type`).toMatch(/^[a-z]+\/[\w.+-]+/);
		if (/^text\/|svg|\+json/.test(says)) expect(says, name).toMatch(/; ?charset=utf-8/i);
		expect(headers['x-powered-by'] ?? headers.server, name).toBeUndefined();
	}
	const malformed = await callRaw(server.port, 'NONSENSE\r\n\r\n');
	for (const line of Object.keys(EVERYWHERE)) expect(malformed.toLowerCase()).toContain(`${line}:`);
	expect(malformed).toMatch(/^HTTP\/1\.1 400 /);

	expect(answers.asset.headers['cache-control']).toMatch(/immutable/);
	for (const name of ['font', 'tablet', 'worker']) expect(answers[name].headers['cache-control']).toBe('no-cache');
	for (const name of ['page', 'page with a session', 'redirect', 'not found', 'data', 'API', 'API error']) {
		expect(answers[name].headers['cache-control'], name).toMatch(/no-store/);
	}
	const tls = await call(tlsPort, 'GET', '/sign-in', { headers: { host: 'langnghe.example.vn' } });
	expect(tls.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
});

test('CSP: a page names a nonce that is new each time, and neither page nor tablet lets in a script or style of its text', async () => {
	const policyOf = async (path: string) => String((await ask('GET', path)).headers['content-security-policy']);
	const [first, second, tablet] = [
		await policyOf('/sign-in'),
		await policyOf('/sign-in'),
		await policyOf('/terminal/')
	];
	const nonceOf = (policy: string) => /script-src 'self' 'nonce-([\w+/=]+)'/.exec(policy)?.[1];
	expect(nonceOf(first)).toBeDefined();
	expect(nonceOf(first)).not.toBe(nonceOf(second));
	for (const policy of [first, tablet]) {
		expect(policy).not.toMatch(/unsafe-(inline|eval)|script-src[^;]*unsafe|\*|https?:/);
		expect(policy).toMatch(/require-trusted-types-for 'script'/);
		expect(policy).toMatch(/object-src 'none'/);
		expect(policy).toMatch(/base-uri 'none'/);
		expect(policy).toMatch(/frame-src 'none'/);
	}
});

const CONTENT_TYPES = [
	FORM,
	'APPLICATION/X-WWW-FORM-URLENCODED',
	`${FORM}; charset=utf-8`,
	'multipart/form-data; boundary="a b"',
	'text/plain',
	'TEXT/PLAIN;charset=UTF-8',
	'application/json',
	'application/octet-stream',
	''
];
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'];
const FOREIGN: Record<string, Record<string, string>> = {
	'no origin': {},
	'null origin': { origin: 'null' },
	'another site': { origin: 'https://evil.example' },
	'a name that begins like ours': { origin: 'ORIGIN.evil.example' },
	'another port': { origin: 'http://127.0.0.1:1' },
	'another scheme': { origin: 'https://127.0.0.1:PORT' },
	'our origin, said of another site': { origin: 'ORIGIN', 'sec-fetch-site': 'cross-site' },
	'our origin, said of a sibling': { origin: 'ORIGIN', 'sec-fetch-site': 'same-site' },
	'our origin in capitals': { origin: 'HTTP://127.0.0.1:PORT/' },
	'two origins': { origin: 'ORIGIN https://evil.example' }
};
const OVERRIDES: Record<string, string>[] = [
	{ 'x-http-method-override': 'POST' },
	{ 'x-http-method': 'DELETE' },
	{ 'x-method-override': 'PUT' }
];

test('CSRF: nine content types × five methods × ten foreign origins change nothing, and no method hides behind another', async () => {
	let tried = 0;
	for (const type of CONTENT_TYPES) {
		for (const method of METHODS) {
			for (const [name, headers] of Object.entries(FOREIGN)) {
				const own = Object.fromEntries(
					Object.entries(headers).map(([key, value]) => [
						key,
						value.replace('ORIGIN', server.origin).replace('PORT', String(server.port))
					])
				);
				const sent = { headers: { cookie, ...(type && { 'content-type': type }), ...own }, body: 'x=' };
				const { status } = await ask(method, '/sign-out', sent);
				tried++;
				const expected = method === 'GET' ? [303] : [403, 405, 411, 415];
				expect(expected, `${method} ${type} ${name}: ${status}`).toContain(status);
			}
		}
	}
	expect(tried).toBe(450);
	for (const override of OVERRIDES) await ask('GET', '/sign-out?_method=POST', { headers: { cookie, ...override } });
	expect(await stillIn()).toBe(true);
	// With our own origin only a form is a form.
	for (const type of CONTENT_TYPES.slice(4)) {
		const { status } = await post('/sign-out', { body: 'x=', headers: type ? { 'content-type': type } : {} });
		expect(status, type).toBe(415);
	}
	expect(await stillIn()).toBe(true);
	const leaving = await signedIn(ADMINISTRATOR);
	expect((await post('/sign-out', { form: { x: '' }, headers: { cookie: leaving } })).status).toBe(303);
	expect(await stillIn(leaving)).toBe(false);
});

test('HOST: what a request claims to be sent to appears in no answer', async () => {
	const claims: Record<string, string>[] = [
		{ 'x-forwarded-host': 'evil.example' },
		{ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '666' },
		{ forwarded: 'host=evil.example;proto=https' },
		{ 'x-original-host': 'evil.example', 'x-host': 'evil.example', 'x-rewrite-url': '//evil.example' },
		{ 'x-original-url': 'http://evil.example/' },
		{ host: 'evil.example' },
		{ host: `127.0.0.1:${server.port}@evil.example` },
		{ host: `evil.example:${server.port}` },
		{ host: '127.0.0.1.evil.example' },
		{ referer: 'https://evil.example/' }
	];
	for (const headers of claims) {
		for (const path of ['/', '/leader', '/sign-in', '/admin', '/terminal', '/khong-co', '/api/v1/openapi.json']) {
			const { headers: heads, text } = await ask('GET', path, { headers: { cookie, ...headers } });
			expect(JSON.stringify(heads) + text, `${path} ${JSON.stringify(headers)}`).not.toMatch(/evil\.example|:666/);
		}
	}
	const language = await post('/language', { form: { locale: 'en' }, headers: { referer: 'https://evil.example/x' } });
	expect(language.headers.location).toBe('/');
	for (const target of ['http://evil.example/', 'https://evil.example/sign-in', '//evil.example/', '/\\evil.example']) {
		const lines = `Host: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`;
		const answer = await callRaw(server.port, `GET ${target} HTTP/1.1\r\n${lines}`);
		expect(answer, target).toMatch(/^HTTP\/1\.1 400 /);
		expect(answer).not.toContain('evil.example');
	}
	for (const host of ['[::1', 'a b', '127.0.0.1:99999999', '%00', 'x'.repeat(5000)]) {
		const { status } = await ask('GET', '/sign-in', { headers: { host } });
		expect([307, 400, 421], host.slice(0, 20)).toContain(status);
	}
	expect((await ask('TRACE', '/sign-in', { headers: { cookie } })).text).not.toContain(cookie);
	expect(
		(await ask('OPTIONS', '/admin', { headers: { cookie } })).headers['access-control-allow-origin']
	).toBeUndefined();
});

test('FUZZ: an action that is called default and a room of other signs are nobody’s, and no fault of the program', async () => {
	for (const path of ['/sign-in/forgotten?/default=x', '/admin/terminals?a=b&/default=1']) {
		const { status, text } = await post(path, { body: 'a=b', headers: { 'content-type': FORM } });
		expect([path, status]).toEqual([path, 404]);
		expect(text).toContain('(not-found)');
	}
	for (const page of ['?/vote', '/questions?/ask']) {
		const body = 'text=Xin%20ch%C3%A0o';
		const { status } = await post(`/live/%F0%9F%98%80${page}`, { body, headers: { 'content-type': FORM } });
		expect(status).toBeLessThan(500);
	}
});

test('BODY: what is too large, of unknown length or never finished is refused and leaves nothing behind', async () => {
	const headers = { 'content-type': FORM };
	const tooLarge = await post('/admin/terminals?/pin', { body: 'x'.repeat(64 * 1024 + 1), headers });
	expect(tooLarge).toMatchObject({ status: 413, headers: { connection: 'close' } });
	expect(tooLarge.text).toContain('quá lớn');
	expect((await post('/admin/terminals?/pin', { body: `x=${'y'.repeat(60_000)}`, headers })).status).toBe(400);
	const huge = await post('/admin/import', { body: Buffer.alloc(8 * 1024 * 1024 + 1), headers });
	expect(huge.status).toBe(413);

	const host = `Host: 127.0.0.1:${server.port}\r\nOrigin: ${server.origin}\r\nCookie: ${cookie}\r\nContent-Type: ${FORM}\r\n`;
	const chunked = `POST /sign-out HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`;
	expect(await callRaw(server.port, `${chunked}2\r\nx=\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 411 /);
	expect(await callRaw(server.port, `${chunked}1\r\nx\r\n`)).toMatch(/^HTTP\/1\.1 411 /);
	const both = `POST /sign-out HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
	expect(await callRaw(server.port, both)).toMatch(/^HTTP\/1\.1 (400|411) /);
	const twice = `POST /sign-out HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 9\r\n\r\nx=`;
	expect(await callRaw(server.port, twice)).toMatch(/^HTTP\/1\.1 400 /);
	const head = `GET /sign-in HTTP/1.1\r\n${host}X: ${'y'.repeat(20_000)}\r\n\r\n`;
	expect(await callRaw(server.port, head)).toMatch(/^HTTP\/1\.1 431 [^]*head-too-large/);
	expect((await ask('GET', `/sign-in?next=/${'a'.repeat(5000)}`)).status).toBe(414);
	const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
	for (const body of [
		'',
		'--x',
		'--x--',
		'--y\r\n\r\n--y--',
		'--x\r\ncontent-disposition: form-data\r\n\r\na\r\n--x--',
		'\0'.repeat(99)
	]) {
		const { status } = await post('/admin/terminals?/pin', { body, headers: multipart });
		expect(status, JSON.stringify(body)).toBe(400);
	}
	// A body that nobody reads does no harm.
	expect((await ask('GET', '/sign-in', { body: 'x'.repeat(1000), headers: { 'content-type': FORM } })).status).toBe(
		200
	);

	const heads = {
		host: `127.0.0.1:${server.port}`,
		origin: server.origin,
		cookie,
		'content-type': FORM,
		'content-length': '50000'
	};
	const pins = await staffPins();
	const begun = () => abort(server.port, '/admin/terminals?/pin', heads, 'pin=2580&again=2580&rest=');
	await Promise.all(Array.from({ length: 100 }, begun));
	expect((await ask('GET', '/readyz')).text).toBe('ok');
	expect(await staffPins()).toBe(pins);
});

test('PROTO: fields and parameters named like what every object has do nothing, anywhere', async () => {
	const names = [
		'__proto__',
		'__proto__.x',
		'__proto__[x]',
		'constructor',
		'constructor.prototype',
		'toString',
		'hasOwnProperty'
	];
	const form = names.map((name): [string, string] => [name, 'polluted']);
	for (const path of ['/sign-in', '/admin/terminals?/pin', '/admin/terminals?/approve', '/admin/roster?/plan']) {
		const { status, text } = await post(path, { form });
		expect(status, path).toBeLessThan(500);
		expect(text).not.toContain('polluted');
	}
	const query = new URLSearchParams(form).toString();
	for (const path of [
		'/sign-in',
		'/admin',
		'/admin/roster',
		'/admin/terminals',
		'/api/v1/index',
		'/admin/__proto__',
		'/__proto__'
	]) {
		const { status } = await ask('GET', `${path}?${query}`, { headers: { cookie } });
		expect(status, path).toBeLessThan(500);
	}
	const json = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"publicKey":{"__proto__":{}}}';
	const paired = await ask('POST', '/api/v1/terminals/pairings', {
		body: json,
		headers: { 'content-type': 'application/json' }
	});
	expect(paired.status).toBe(400);
	expect(await stillIn()).toBe(true);
	const pins = await staffPins();
	// Of a field sent twice the last counts, always.
	const twice: [string, string][] = [
		['pin', '1111'],
		['pin', '2580'],
		['again', '2580']
	];
	expect((await post('/admin/terminals?/pin', { form: twice })).status).toBe(303);
	expect(await staffPins()).not.toBe(pins);
});

test('FIX: a session that was planted, guessed or brought along never becomes one', async () => {
	const planted = `s-http=${'A'.repeat(43)}`;
	const came = pairOf(
		await ask('POST', '/sign-in', { form: LEADER, headers: { origin: server.origin, cookie: planted } })
	);
	expect(came).not.toBe(planted);
	expect(await stillIn(planted)).toBe(false);
	for (const bad of [
		's-http=',
		's-http=../../x',
		`s-http=${'A'.repeat(4000)}`,
		's-http=%00',
		'__proto__=x',
		`${planted}; ${planted}`
	]) {
		expect((await ask('GET', '/admin', { headers: { cookie: bad } })).status, bad).toBe(303);
	}
	const second = pairOf(
		await ask('POST', '/sign-in', { form: LEADER, headers: { origin: server.origin, cookie: came } })
	);
	expect(second).not.toBe(came);
	expect(await stillIn(came)).toBe(false);
	expect(await stillIn(second)).toBe(true);
	// Signing in for somebody who is signed in already is their own page's business only.
	const lured = await ask('POST', '/sign-in', { form: LEADER, headers: { origin: 'https://evil.example', cookie } });
	expect(lured.status).toBe(403);
	expect(lured.headers['set-cookie']).toBeUndefined();
});

test('BRUTE: guessing is slowed for the account and where it comes from, not for everybody else behind the same address', async () => {
	const guess = (login: string) =>
		ask('POST', '/sign-in', { form: { login, password: 'sai' }, headers: { origin: server.origin } });
	const statuses: number[] = [];
	for (let i = 0; i < 8; i++) statuses.push((await guess('quan-tri')).status);
	expect(statuses.slice(0, 5)).toEqual([400, 400, 400, 400, 400]);
	expect(new Set(statuses.slice(5))).toEqual(new Set([429]));
	expect(await stillIn(), 'who is in stays in').toBe(true);
	expect(await signedIn(LEADER), 'a colleague behind the same address gets in').toMatch(/^s-http=/);
});

test('redirects lead to paths of this site, whatever they are asked for', async () => {
	const nexts = [
		'//evil.example',
		'/\\evil.example',
		'https://evil.example',
		'/\r\nset-cookie: a=b',
		'javascript:alert(1)',
		'/%0d%0aset-cookie:a=b',
		'/\u202eevil',
		'/a\u0000b',
		'/\ud83d'
	];
	for (const next of nexts) {
		const { status, headers } = await ask('POST', '/sign-in', {
			form: { ...LEADER, next },
			headers: { origin: server.origin }
		});
		expect(status, next).toBe(303);
		expect(headers.location, next).toMatch(/^\/(?![/\\])/);
		expect(headers.location).not.toMatch(/[\r\n]/);
		expect(headers['set-cookie']?.join()).not.toContain('a=b');
	}
});

/** Marks that only Vietnamese has; every sentence of some length has one. */
const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i;
/** What Kit, Node and HTTP itself say. */
const DEFAULTS =
	/not found|internal (server )?error|forbidden|unauthorized|not allowed|bad request|too (large|long|many)|payload|Error:|gone\b|cross-site POST|unsupported/i;

test('ERRORS: whatever goes wrong is said in Vietnamese, with a code and what to do next, and never in words of Kit or Node', async () => {
	const staff = { headers: { cookie } };
	const leader = { headers: { cookie: await signedIn(LEADER) } };
	const json = { 'content-type': 'application/json', origin: server.origin };
	const pages: Record<string, [number, Reply]> = {
		'no such page': [404, await ask('GET', '/khong-co')],
		'no such page of the staff': [404, await ask('GET', '/admin/khong-co', staff)],
		'no such thing': [404, await ask('GET', '/admin/officers/zzzzzzzzzz', staff)],
		'no such task': [404, await ask('GET', '/admin/plan/zzzzzzzzzz', leader)],
		'no such task to change': [404, await ask('GET', '/admin/plan/zzzzzzzzzz/edit', leader)],
		'no such poster to print': [404, await ask('GET', '/admin/posters/zzzzzzzzzz', staff)],
		'no criterion': [404, await ask('GET', '/leader/detail?criterion=khong-co', leader)],
		'no right': [403, await ask('GET', '/admin/status', leader)],
		'no such poster': [404, await ask('GET', '/s/khongco')],
		'no such room': [404, await ask('GET', '/live/khongco')],
		'no such result of a room': [404, await ask('GET', '/live/khongco/result')],
		'no such screen': [404, await ask('GET', '/live/khongco/present')],
		'no such organization': [404, await ask('GET', '/results/zzzzzzzzzz')],
		'nobody to thank': [404, await ask('GET', '/thanks/zzzzzzzzzz')],
		'nobody to ask': [404, await ask('GET', '/request/zzzzzzzzzz')],
		'no such form': [405, await post('/admin/audit', { form: { a: 'b' } })],
		'another form': [404, await post('/sign-in?/khong-co', { form: { a: 'b' } })]
	};
	for (const [name, [status, { status: got, headers, text }]] of Object.entries(pages)) {
		expect([name, got, headers['content-type']]).toEqual([name, status, expect.stringContaining('text/html')]);
		// Without the scripts and styles that a page carries.
		const said = text.replace(/<(script|style)\b[^]*?<\/\1>/g, '').replace(/^[^]*<body/, '');
		expect([name, /<html lang="vi"/.test(text), VIETNAMESE.test(said)]).toEqual([name, true, true]);
		const words = said.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, ' ');
		expect([name, DEFAULTS.exec(words)?.[0] ?? '']).toEqual([name, '']);
		expect([name, /<a [^>]*href="[^"#]/.test(said)]).toEqual([name, true]);
	}
	const plain: Record<string, Reply> = {
		'method of a page': await ask('PUT', '/sign-in', { headers: { origin: server.origin } }),
		'method of a file': await ask('DELETE', '/photos/zzzzzzzzzz', { headers: { origin: server.origin, cookie } }),
		'method nobody knows': await ask('TRACE', '/sign-in'),
		'too large': await post('/sign-in', { body: 'x'.repeat(65 * 1024), headers: { 'content-type': FORM } }),
		'address too long': await ask('GET', `/${'x'.repeat(5000)}`),
		'head too large': { ...(await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)) },
		nonsense: { ...(await raw('NONSENSE\r\n\r\n')) },
		'without a length': await raw(
			`POST /sign-in HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`
		)
	};
	const calls: Record<string, Reply> = {
		'no such call': await ask('GET', '/api/v1/khong-co'),
		'another method': await ask('PUT', '/api/v1/submissions', { headers: json }),
		'no tablet': await ask('POST', '/api/v1/submissions', { body: '{"sheets":[]}', headers: json }),
		'no key': await ask('POST', '/api/v1/tickets', { body: '{}', headers: json }),
		'nobody signed in': await ask('GET', '/api/v1/index?by=officer'),
		'no room': await ask('GET', '/api/v1/live/khongco/state'),
		'no stream': await ask('GET', '/api/v1/live/khongco/events'),
		'no JSON': await ask('POST', '/api/v1/terminals/pairings', { body: '{', headers: json })
	};
	for (const [name, { status, text }] of Object.entries({ ...plain, ...calls })) {
		expect([name, status >= 400 && status < 500]).toEqual([name, true]);
		const { code, said } = codeAndSentence(text);
		expect([name, code in PROBLEMS && PROBLEMS[code].status === status, VIETNAMESE.test(said)]).toEqual([
			name,
			true,
			true
		]);
		expect([name, DEFAULTS.exec(said)?.[0] ?? '']).toEqual([name, '']);
	}
	// Each code that there is: a sentence, and its page for whoever builds a program against it.
	for (const [code, { message }] of Object.entries(PROBLEMS)) {
		expect([code, VIETNAMESE.test(message), /[.]$/.test(message), DEFAULTS.test(message)]).toEqual([
			code,
			true,
			true,
			false
		]);
		const { status, text } = await ask('GET', `/api/v1/problems/${code}`);
		expect([code, status, codeAndSentence(text).said]).toEqual([code, 200, message]);
	}
});

async function raw(text: string): Promise<Reply> {
	const answer = await callRaw(server.port, text);
	return { status: Number(answer.slice(9, 12)), headers: {}, text: answer.split('\r\n\r\n').slice(1).join('') };
}

/** Of an answer in JSON, or in one line `Sentence. (code)`. */
function codeAndSentence(text: string): { code: keyof typeof PROBLEMS; said: string } {
	if (text.startsWith('{')) {
		const { code, message, title } = JSON.parse(text) as Record<string, string>;
		return { code: code as keyof typeof PROBLEMS, said: message ?? title };
	}
	const [, said = '', code = ''] = /([^\n]*[.]) \(([\w-]+)\)/.exec(text) ?? [];
	return { code: code as keyof typeof PROBLEMS, said };
}
