import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;

/** Builds the tablet program as it is now into a folder of its own, so that a test never sees yesterday's. */
export function buildTablet(): string {
	const folder = mkdtempSync(join(tmpdir(), 'tablet-build-'));
	const options = [
		'build',
		'--config',
		'terminals/vite.config.ts',
		'--outDir',
		folder,
		'--emptyOutDir',
		'--logLevel',
		'error'
	];
	const env = { ...process.env, NODE_ENV: 'production' };
	execFileSync(join(ROOT, 'node_modules/.bin/vite'), options, { cwd: ROOT, env });
	return folder;
}
