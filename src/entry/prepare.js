// Runs before `npm start` on whatever Node.js the machine has, so it uses built-ins only: installs when node_modules is missing or
// older than the lock file, builds when the build is older than the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const INSTALLED = 'node_modules/.package-lock.json';
const BUILT = 'build/.complete';
const SOURCES = ['src', 'terminals', 'static', 'vite.config.ts', 'svelte.config.js', 'package-lock.json'];

/**
 * Milliseconds of the newest file at or below a path; 0 when there is none.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
	if (!existsSync(path)) return 0;
	const stat = statSync(path);
	if (!stat.isDirectory()) return stat.mtimeMs;
	return readdirSync(path)
		.filter(
			(name) => !['node_modules', 'paraglide'].includes(name) && join(path, name) !== join(root, 'static/terminal')
		)
		.reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
	const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
	if (status !== 0) {
		console.error(`"${command} ${args.join(' ')}" did not succeed; see the lines above.`);
		process.exit(1);
	}
}

// npm installs through a link, and would empty the folder of whoever it leads to.
if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
	console.log(
		'node_modules is a link to another folder: it is taken away here, and what it leads to is left as it is.'
	);
	unlinkSync(join(root, 'node_modules'));
}
if (newest(join(root, INSTALLED)) < newest(join(root, 'package-lock.json'))) {
	console.log('Installing…');
	run('npm', ['ci', '--no-audit', '--no-fund']);
}
if (newest(join(root, BUILT)) < Math.max(...SOURCES.map((path) => newest(join(root, path))))) {
	console.log('Building…');
	run('npm', ['run', '--silent', 'build']);
}
