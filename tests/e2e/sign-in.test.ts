import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../actors/free-port.ts';
import { call, cookieOf, pairOf } from '../actors/raw-http.ts';
import { startServer, type Server } from '../actors/server.ts';

/** Sign-in over HTTP as programs without a browser's manners would try it; the demonstration's people. */
const LEADER = { login: 'lanh-dao', password: 'lanh-dao-trinh-dien' };
const ADMINISTRATOR = { login: 'quan-tri', password: 'quan-tri-trinh-dien' };
const PUBLIC = 'https://langnghe.example.vn';

let folder: string;
let server: Server;
/** Behind a proxy that speaks TLS; it prints its public address, so the port is the test's to know. */
let behindTls: Server;
let tlsPort: number;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-sign-in-'));
	const databaseUrl = `file:${folder}/ward.db`;
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1' } });
	tlsPort = await freePort();
	behindTls = await startServer({ databaseUrl, port: tlsPort, env: { ORIGIN: PUBLIC } });
});

afterAll(async () => {
	await server?.stop();
	await behindTls?.stop();
	rmSync(folder, { recursive: true });
});

const own = () => ({ origin: server.origin });
const signIn = (form: Record<string, string>, headers = {}) =>
	call(server.port, 'POST', '/sign-in', { form, headers: { ...own(), ...headers } });
const open = (path: string, cookie: string) => call(server.port, 'GET', path, { headers: { cookie } });

test('a visitor is sent to sign in and comes back to the page; nothing of it stays in a cache', async () => {
	const sent = await call(server.port, 'GET', '/admin/terminals?code=ABCD2345');
	expect(sent).toMatchObject({ status: 303, headers: { 'cache-control': 'no-store' } });
	expect(sent.headers.location).toBe('/sign-in?next=%2Fadmin%2Fterminals%3Fcode%3DABCD2345');
	const came = await signIn({ ...ADMINISTRATOR, next: '/admin/terminals?code=ABCD2345' });
	expect(came).toMatchObject({ status: 303, headers: { location: '/admin/terminals?code=ABCD2345' } });
	expect(cookieOf(came)).toMatch(/^s-http=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/i);
	expect((await open('/admin/terminals', pairOf(came))).status).toBe(200);
	expect((await signIn({ ...LEADER, next: 'https://evil.example/' })).headers.location).toBe('/');
	expect((await signIn({ ...LEADER, next: '//evil.example' })).headers.location).toBe('/');
});

test('every sign-in is a new session, and the one that was brought along ends', async () => {
	const first = pairOf(await signIn(LEADER));
	const planted = `s-http=${'A'.repeat(43)}`;
	expect(pairOf(await signIn(LEADER, { cookie: planted }))).not.toBe(planted);
	const second = pairOf(await signIn(LEADER, { cookie: first }));
	expect((await open('/leader', first)).status).toBe(303);
	expect((await open('/leader', second)).status).toBe(200);
	const out = await call(server.port, 'POST', '/sign-out', { form: { x: '' }, headers: { ...own(), cookie: second } });
	expect(out).toMatchObject({ status: 303, headers: { location: '/sign-in' } });
	expect((await open('/leader', second)).status).toBe(303);
});

test('a leader sees the administration of their ward and is told in words what of it is not theirs', async () => {
	const cookie = pairOf(await signIn(LEADER));
	for (const path of ['/admin', '/admin/roster', '/admin/terminals']) {
		expect((await open(path, cookie)).status, path).toBe(200);
	}
	const form = { pin: '2580', again: '2580' };
	const posted = await call(server.port, 'POST', '/admin/terminals?/pin', { form, headers: { ...own(), cookie } });
	expect(posted.status).toBe(403);
	expect(posted.text).toContain('Ông/Bà không có quyền xem mục này.');
	const elsewhere = await open('/admin/khong-co-don-vi-nay', cookie);
	expect(elsewhere.status).toBe(404);
});

test('a form of another site, another host and another kind of body are refused before anything is done', async () => {
	const cookie = pairOf(await signIn(LEADER));
	const out = (headers: Record<string, string>) =>
		call(server.port, 'POST', '/sign-out', { form: { x: '' }, headers: { cookie, ...headers } });
	for (const origin of ['https://evil.example', 'null', `${server.origin}.evil.example`]) {
		expect((await out({ origin })).status, origin).toBe(403);
	}
	expect((await out({})).status).toBe(403);
	expect((await out({ ...own(), 'sec-fetch-site': 'cross-site' })).status).toBe(403);
	expect((await out({ ...own(), 'content-type': 'application/json' })).status).toBe(415);
	expect(await out({ ...own(), host: 'evil.example' })).toMatchObject({ status: 421 });
	const lured = await call(server.port, 'GET', '/leader', { headers: { cookie, host: 'evil.example' } });
	expect(lured).toMatchObject({ status: 421 });
	const alias = await call(server.port, 'GET', '/leader', { headers: { host: `localhost:${server.port}` } });
	expect(alias).toMatchObject({ status: 307, headers: { location: `${server.origin}/leader` } });
	expect((await open('/leader', cookie)).status).toBe(200);
});

test('an unknown login and a wrong password look alike, and the sixth try has to wait', async () => {
	const page = async (login: string) => {
		const { status, text } = await signIn({ login, password: 'sai' });
		return `${status} ${text.replaceAll(login, '').replace(/nonce[-=]"?[\w+/=-]+/g, '')}`;
	};
	const [unknown, wrong] = [await page('khong-co-ai'), await page('lanh-dao')];
	expect(unknown).toBe(wrong);
	expect(unknown).toContain('Tên đăng nhập hoặc mật khẩu không đúng');
	for (let i = 0; i < 4; i++) await signIn({ login: 'khong-co-ai', password: 'sai' });
	const late = await signIn({ login: 'khong-co-ai', password: 'sai' });
	expect(late.status).toBe(429);
	expect(late.text).toContain('Đã thử quá nhiều lần');
});

test('each try to sign in and each refused deed leaves a line in the log, without what was typed', async () => {
	const before = server.output().length;
	const cookie = pairOf(await signIn(LEADER));
	await signIn({ login: 'zqtypedx', password: 'zqsecretx' });
	await signIn({ login: LEADER.login, password: '' });
	const form = { pin: '2580', again: '2580' };
	await call(server.port, 'POST', '/admin/terminals?/pin', { form, headers: { ...own(), cookie } });
	const lines = () =>
		server
			.output()
			.slice(before)
			.split('\n')
			.filter((line) => line.startsWith('{'))
			.map((line) => JSON.parse(line) as Record<string, unknown>);
	await expect.poll(() => lines().some(({ status }) => status === 403)).toBe(true);
	// The log is written behind the answers: lines of the test before may still come.
	const tries = lines()
		.filter(({ msg }) => msg === 'sign-in')
		.slice(-3);
	expect(tries.map(({ outcome, userId }) => [outcome, typeof userId])).toEqual([
		['passed', 'string'],
		['wrong', 'undefined'],
		['incomplete', 'undefined']
	]);
	expect(lines().find(({ status }) => status === 403)).toMatchObject({ method: 'POST', msg: 'request' });
	for (const { time, requestId } of lines()) {
		expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
		expect(requestId).toMatch(/^[\da-f-]{32,36}$/);
	}
	expect(server.output().slice(before)).not.toMatch(/zqtypedx|zqsecretx|lanh-dao/);
});

test('a page that is not there says so with a code and shows nothing of the program', async () => {
	const reply = await call(server.port, 'GET', '/khong-co-trang-nay', {
		headers: { host: new URL(server.origin).host }
	});
	expect(reply.status).toBe(404);
	expect(reply.text).toContain('Không tìm thấy trang');
	expect(reply.text).toContain('not-found');
	expect(reply.text).not.toMatch(/node_modules|at \w+ \(/);
});

test('over https the cookie is for this host alone and never sent in the clear', async () => {
	const headers = { host: 'langnghe.example.vn', origin: PUBLIC };
	const reply = await call(tlsPort, 'POST', '/sign-in', { form: LEADER, headers });
	expect(cookieOf(reply)).toMatch(/^__Host-s=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/i);
	const inTheClear = { ...headers, origin: 'http://langnghe.example.vn' };
	expect((await call(tlsPort, 'POST', '/sign-in', { form: LEADER, headers: inTheClear })).status).toBe(403);
	const page = await call(tlsPort, 'GET', '/leader', { headers: { ...headers, cookie: pairOf(reply) } });
	expect(page.status).toBe(200);
	const borrowed = { ...headers, cookie: pairOf(reply).replace('__Host-s', 's-http') };
	expect((await call(tlsPort, 'GET', '/leader', { headers: borrowed })).status).toBe(303);
});
