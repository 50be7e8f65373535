import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { buildTablet } from '../tablet/build.ts';
import { round, type Figure } from './figure.ts';

const LIMIT_KB = 60;

/** All that a tablet loads for its first view and keeps for working offline, in brotli: every file of the build, and the shared font and icon. */
export async function tabletPage(seed: number): Promise<Figure> {
	const folder = buildTablet();
	const own = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
		.map((entry) => join(entry.parentPath, entry.name));
	const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8');
	const shared = [...new Set(worker.match(/\/(?:fonts|icons)\/[\w.-]+/g))].map((path) => `static${path}`);
	const sizes = [...own, ...shared].map((file) => ({
		name: file.replace(folder, '').replace(/^static/, ''),
		bytes: brotliCompressSync(readFileSync(file)).length
	}));
	rmSync(folder, { recursive: true });
	const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
	return {
		name: 'tablet-page',
		value: round(bytes / 1024, 2),
		unit: 'KB',
		limit: LIMIT_KB,
		ratio: round(bytes / 1024 / LIMIT_KB, 3),
		n: sizes.length,
		seed,
		held: bytes <= LIMIT_KB * 1024,
		details: sizes.sort((a, b) => b.bytes - a.bytes).map(({ name, bytes }) => `${bytes} ${name}`)
	};
}
