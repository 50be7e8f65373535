import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildTablet } from './build.ts';

const LIMIT = 60 * 1024;
const STATIC = new URL('../../static', import.meta.url).pathname;

test('the whole tablet page, with its font, icon and worker, is at most 60 KB in brotli', () => {
	const folder = buildTablet();
	const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8');
	const own = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	const shared = [...new Set(worker.match(/\/(?:fonts|icons)\/[\w.-]+/g))].map((path) => STATIC + path);
	expect(shared.length).toBe(2);
	const sizes = [...own, ...shared].map((file) => brotliCompressSync(readFileSync(file)).length);
	const total = sizes.reduce((sum, size) => sum + size, 0);
	console.info(`tablet page: ${total} bytes of ${LIMIT}`);
	expect(total).toBeLessThanOrEqual(LIMIT);
});

test('the worker keeps every file of the build, and nothing loads a file it does not keep', () => {
	const folder = buildTablet();
	const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8');
	const assets = readdirSync(join(folder, 'assets'));
	for (const name of assets) expect(worker).toContain(`/terminal/assets/${name}`);
	const text = [...assets.map((name) => `assets/${name}`), 'index.html'].map((name) =>
		readFileSync(join(folder, name), 'utf8')
	);
	const addresses = text.join('\n').match(/(?<=["'(])\/(?:terminal\/assets|icons|fonts)\/[\w./-]+/g) ?? [];
	// The plain weight is named by the site's stylesheet; the tablet never asks for it.
	const loaded = new Set(addresses.filter((address) => !address.includes('be-vietnam-pro-400')));
	for (const address of loaded) expect(worker).toContain(address);
	expect(worker).not.toContain('@@');
});
