import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Where a run of the tests keeps what is made once for all of its processes. */
const FOLDER = 'LANG_NGHE_MADE_ONCE';
const LOOK_AGAIN_MS = 100;
const PATIENCE_MS = 120_000;

/** Vitest's `globalSetup` of several projects, whose workers inherit the environment. */
export default function openFolder() {
	if (process.env[FOLDER]) return;
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-once-'));
	process.env[FOLDER] = folder;
	return () => {
		delete process.env[FOLDER];
		rmSync(folder, { recursive: true, force: true });
	};
}

/**
 * The folder of this name, filled by whichever process of the run asks first while the others wait; null outside a run of Vitest,
 * where nobody would take it away.
 */
export async function onceARun(name: string, make: (folder: string) => Promise<unknown>): Promise<string | null> {
	const all = process.env[FOLDER];
	if (!all) return null;
	const folder = join(all, name);
	if (!mine(folder)) return filled(folder);
	await make(folder).catch((problem: unknown) => {
		rmSync(folder, { recursive: true });
		throw problem;
	});
	writeFileSync(`${folder}.filled`, '');
	return folder;
}

/** A folder can be made by one only. */
function mine(folder: string): boolean {
	try {
		mkdirSync(folder);
		return true;
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
		return false;
	}
}

async function filled(folder: string): Promise<string> {
	for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(LOOK_AGAIN_MS)) {
		if (existsSync(`${folder}.filled`)) return folder;
		if (!existsSync(folder)) break;
	}
	throw new Error(`What other tests were to find in ${folder} was not made.`);
}
