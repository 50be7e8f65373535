import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { buildTablet } from './build.ts';
import { startTabletBrowser, type TabletBrowser } from './chromium.ts';
import { aConfiguration } from './configuration.ts';
import { FakeApi } from './fake-api.ts';
import { TabletPage } from './tablet-page.ts';

/** One tablet before one server, anew for each test of a file that imports it. */
export let api: FakeApi;
export let profile: string;
export let browser: TabletBrowser;
export let tablet: TabletPage;

let program: string;
const problems: string[] = [];

beforeAll(() => void (program = buildTablet()));
beforeEach(async () => {
	api = await new FakeApi(program).listen();
	profile = mkdtempSync(join(tmpdir(), 'tablet-profile-'));
	await start();
});
afterEach(async () => {
	await browser.context.close().catch(() => {});
	await api.close();
	expect(problems.splice(0)).toEqual([]);
});

/**
 * Starts the browser on this test's profile, with the promise to keep its storage unless a test takes it away; uploads are not
 * delayed, everything else is as on a real tablet.
 */
export async function start({ storageKept = true } = {}) {
	browser = await startTabletBrowser(profile, storageKept ? api.origin : null);
	await browser.context.addInitScript(() => (Math.random = () => 0));
	browser.page.on('pageerror', (problem) => problems.push(problem.message));
	tablet = new TabletPage(browser.page);
}

/** A server at the address of the one that was closed, which remembers what that one knew. */
export async function serveAgain() {
	const before = api;
	api = new FakeApi(program);
	api.knows(before);
	await api.listen(Number(new URL(before.origin).port));
}

export function mode(mode: 'quick' | 'rotating' | 'full') {
	const { profile } = aConfiguration();
	api.configuration = aConfiguration({ profile: { ...profile, mode } });
}

export function arrived(count: number) {
	return vi.waitFor(() => expect(api.sheets.size).toBe(count), { timeout: 20_000, interval: 100 });
}
