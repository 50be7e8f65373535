import { execFileSync } from 'node:child_process';
import {
	copyFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const PREPARE = 'src/entry/prepare.js';
/** Does what matters here: empties the folder of packages, wherever it is, and says that it was called. */
const AN_NPM = `#!/bin/sh
echo "$@" >> npm-was-asked
if [ "$1" = ci ]; then rm -rf node_modules/*; mkdir -p node_modules; fi
`;

test('a start with linked packages installs its own and leaves those of the other folder alone', () => {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-prepare-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const write = (name: string, text: string, mode?: number) => {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text, { mode });
	};
	write('other/node_modules/a-package/package.json', '{}');
	write('bin/npm', AN_NPM, 0o755);
	write('own/package-lock.json', '{}');
	mkdirSync(join(folder, 'own/src/entry'), { recursive: true });
	copyFileSync(PREPARE, join(folder, 'own', PREPARE));
	symlinkSync(join(folder, 'other/node_modules'), join(folder, 'own/node_modules'));

	const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` };
	const said = execFileSync(process.execPath, [join(folder, 'own', PREPARE)], { env, cwd: folder, encoding: 'utf8' });

	expect(existsSync(join(folder, 'other/node_modules/a-package/package.json'))).toBe(true);
	expect(lstatSync(join(folder, 'own/node_modules')).isDirectory()).toBe(true);
	expect(readFileSync(join(folder, 'own/npm-was-asked'), 'utf8')).toMatch(/^ci /);
	expect(said).toContain('node_modules is a link');
});
