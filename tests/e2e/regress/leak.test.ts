import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, callRaw } from '../../actors/raw-http.ts';
import { freePort } from '../../actors/free-port.ts';
import { startServer, type Server } from '../../actors/server.ts';

let folder: string;
let server: Server;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-leak-'));
	server = await startServer({ databaseUrl: `file:${folder}/ward.db`, port: await freePort(), env: { DEMO: '0' } });
});

afterAll(async () => {
	await server?.stop();
	rmSync(folder, { recursive: true });
});

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
	call(server.port, method, path, { headers });

const OURS = [
	'.git/config',
	'.git/HEAD',
	'.env',
	'package.json',
	'package-lock.json',
	'README.md',
	'src/hooks.server.ts'
];
const OTHERS = [
	'data/lang-nghe.db',
	'secret.key',
	'build/index.js',
	'server/index.js',
	'node_modules/',
	'tests/',
	'drizzle/'
];
const AROUND = [
	'..%2fpackage.json',
	'%2e%2e/package.json',
	'terminal/..%2f..%2fpackage.json',
	'_app/..%2f..%2f.env',
	'fonts/%2e%2e%2f.env'
];
const FOLDERS = ['_app/', '_app/immutable/', 'fonts/', 'terminal/assets/', 'photos/'];

test('LEAK: neither source, settings, folders nor what is for the operator is served, and nothing says what it is made of', async () => {
	for (const path of [...OURS, ...OTHERS, ...AROUND, ...FOLDERS]) {
		const { status, text } = await ask('GET', `/${path}`);
		expect([404, 400, 303, 307], path).toContain(status);
		expect(text, path).not.toMatch(/"dependencies"|\[core\]|ref: refs|SQLite format|Index of|<li><a href="[^"]+\.js"/);
	}
	const page = await ask('GET', '/setup');
	expect(page.status).toBe(200);
	const scripts = [...page.text.matchAll(/(_app\/immutable\/[\w./-]+\.js)/g)].map(([, path]) => path);
	expect(scripts.length).toBeGreaterThan(1);
	for (const path of new Set(scripts)) {
		const { status, text } = await ask('GET', `/${path}`);
		expect(status).toBe(200);
		expect(text, path).not.toMatch(/sourceMappingURL|DATABASE_URL|better-sqlite3/);
		expect((await ask('GET', `/${path}.map`)).status, path).toBe(404);
	}
	for (const path of ['/setup', '/api/v1/openapi.json', '/terminal/']) {
		const { status, text } = await ask('TRACE', path, { 'x-echo': 'khong-vong-lai' });
		expect([404, 405], path).toContain(status);
		expect(text).not.toContain('khong-vong-lai');
	}
	expect(await callRaw(server.port, 'CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n')).not.toMatch(
		/ 200 /
	);

	expect((await ask('GET', '/metrics')).status).toBe(200);
	for (const header of ['x-forwarded-for', 'forwarded'])
		expect((await ask('GET', '/metrics', { [header]: 'for=203.0.113.9' })).status, header).toBe(404);
	for (const path of [
		'/debug',
		'/__vite',
		'/@vite/client',
		'/@fs/etc/passwd',
		'/_debug',
		'/status.json',
		'/admin/../metrics'
	])
		expect((await ask('GET', path)).status, path).not.toBe(200);
});
