import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../actors/free-port.ts';
import { startServer } from '../../actors/server.ts';

/** The pace at which codes of cases can be guessed goes by the network; wrong ones beyond it wait. */
const BEYOND = 62;

/** The last status of that many guesses, whose proxy says they came from there. */
async function guesses(env: Record<string, string>) {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-proxy-'));
	const options = { databaseUrl: `file:${folder}/ward.db`, port: await freePort() };
	const server = await startServer({ ...options, env: { DEMO: '1', DATA_DIR: folder, ...env } });
	onTestFinished(async () => {
		await server.stop();
		rmSync(folder, { recursive: true });
	});
	const guess = async (times: number, forwarded: (i: number) => string) => {
		let last = 0;
		for (let i = 0; i < times; i++) {
			const headers = { origin: server.origin, accept: 'text/html', 'x-forwarded-for': forwarded(i) };
			const body = new URLSearchParams({ code: `wrong${i}` });
			const answer = await fetch(`${server.origin}/case?/open`, { method: 'POST', body, redirect: 'manual', headers });
			await answer.arrayBuffer();
			last = answer.status;
		}
		return last;
	};
	return { guess, output: server.output };
}

test('PROXY: behind one, each network has a pace of their own, and what they write in front of their address changes nothing', async () => {
	const { guess } = await guesses({ PROXIES: '1' });
	expect(await guess(BEYOND, (i) => `192.0.2.${i}, 198.51.100.7`)).toBe(429);
	expect(await guess(1, () => '203.0.113.8')).toBe(404);
	expect(await guess(1, () => '203.0.113.8, 198.51.100.7')).toBe(429);
});

test('PROXY: where none is promised, nobody chooses their address', async () => {
	const { guess, output } = await guesses({ ADDRESS_HEADER: 'x-forwarded-for' });
	expect(await guess(BEYOND, (i) => `192.0.2.${i}`)).toBe(429);
	expect(output()).toContain('set PROXIES=1');
});
