import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonTestResults } from 'vitest/reporters';
import { FULL } from './lane.ts';
import { promiseLines } from './promise-lines.ts';

/**
 * `npm test`: installs what the tests need, runs the checks and every test, and closes with "N passed, N failed" alone on a line.
 * Each check counts as one test. FAULTS=long makes the fault tests run long.
 */

interface Result {
	passed: number;
	failed: number;
	skipped: number;
}

/** One after another, for the fault tests run beside them. */
const CHECKS = ['types', 'format', 'lint', 'arch', 'unused'];
/** What starts browsers has the machine to itself. */
const VITEST_RUNS = [
	// Browser tests mostly wait for a screen, so four of them share two cores.
	{ projects: ['browser'], workers: 4 },
	{ projects: ['timed'], workers: 1 }
];
const DEBIAN_PACKAGES = [
	{ file: '/usr/bin/chromium', name: 'chromium' },
	{ file: '/usr/bin/chromium-headless-shell', name: 'chromium-headless-shell' },
	{ file: '/usr/lib/postgresql', name: 'postgresql' },
	{ file: '/usr/bin/zbarimg', name: 'zbar-tools' },
	{ file: '/usr/bin/pdftoppm', name: 'poppler-utils' },
	{ file: '/usr/bin/strace', name: 'strace' },
	{ file: '/usr/bin/faketime', name: 'faketime' },
	{ file: '/usr/sbin/mkfs.xfs', name: 'xfsprogs' }
];

installDebianPackages();
installPromtool();
const results: Result[] = [];
const reports: JsonTestResults[] = [];
// The fault tests mostly wait for a disk, a start or a clock; checks, databases and pure code run beside them.
await Promise.all([
	runVitest(['faults'], 1).then((result) => results.push(result)),
	runChecks()
		.then(() => runVitest(['unit', 'sqlite', 'postgres'], 2))
		.then((result) => results.push(result))
]);
for (const { projects, workers } of VITEST_RUNS) results.push(await runVitest(projects, workers));

// A whole rehearsal: 2 000 phones, a killed server, a close race; some minutes.
if (FULL) results.push(await runCheck('bench', ['--', 'rehearsal']));

const promised = promiseLines(reports);
console.log(`\nWhat is promised (docs/promises.md):\n${promised.lines.join('\n')}`);
results.push({ passed: 0, failed: promised.missing, skipped: 0 });

const total = (key: keyof Result) => results.reduce((sum, result) => sum + result[key], 0);
const skipped = total('skipped');
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = total('failed') === 0 && total('passed') > 0 ? 0 : 1;

function installDebianPackages() {
	const missing = DEBIAN_PACKAGES.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
	if (missing.length === 0) return;
	if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
		console.log(
			`Missing for some tests: ${missing.join(', ')}. Install it (Debian: apt-get install ${missing.join(' ')}).`
		);
		return;
	}
	console.log(`Installing ${missing.join(', ')}…`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
	spawnSync('apt-get', ['install', '-y', '-qq', ...missing], { stdio: 'ignore', env });
}

/** Out of Debian's package without installing it: that would start a server of metrics on whoever runs the tests. */
function installPromtool() {
	const isHere = !spawnSync('promtool', ['--version']).error;
	if (isHere || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
	console.log('Fetching promtool…');
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-promtool-'));
	const fetch = 'apt-get download -qq prometheus || { apt-get update -qq && apt-get download -qq prometheus; }';
	const unpack =
		'dpkg-deb --fsys-tarfile prometheus_*.deb | tar -xC /usr/local --strip-components=2 ./usr/bin/promtool';
	spawnSync('sh', ['-c', `{ ${fetch}; } && ${unpack}`], { cwd: folder, stdio: 'ignore' });
	rmSync(folder, { recursive: true });
}

async function runChecks() {
	for (const check of CHECKS) results.push(await runCheck(check));
}

async function runCheck(name: string, more: readonly string[] = []): Promise<Result> {
	const started = performance.now();
	const { code, output } = await run('npm', ['run', '--silent', name, ...more], 'keep');
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	console.log(`${code === 0 ? '✓' : '✗'} ${[name, ...more.slice(1)].join(' ')} (${seconds} s)`);
	if (code !== 0) console.log(output);
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function runVitest(projects: string[], workers: number): Promise<Result> {
	const started = performance.now();
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-test-'));
	const file = join(folder, 'result.json');
	const chosen = projects.flatMap((project) => ['--project', project]);
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const { code } = await run('npx', ['vitest', 'run', `--maxWorkers=${workers}`, ...chosen, ...reporters], 'show');
	console.log(`${projects.join(', ')}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
	try {
		const report = JSON.parse(readFileSync(file, 'utf8'));
		reports.push(report);
		for (const name of secondTries(report)) console.log(`needed a second try: ${name}`);
		const failed = Math.max(report.numFailedTests, report.success && code === 0 ? 0 : 1);
		return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function secondTries(report: JsonTestResults): string[] {
	const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
	return tests.flatMap((test) => (test.status === 'passed' && test.failureMessages?.length ? [test.fullName] : []));
}

function run(command: string, args: string[], output: 'show' | 'keep'): Promise<{ code: number; output: string }> {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			env: { ...process.env, LANE: FULL ? 'full' : 'short' },
			stdio: ['ignore', output === 'show' ? 'inherit' : 'pipe', output === 'show' ? 'inherit' : 'pipe']
		});
		let text = '';
		child.stdout?.on('data', (chunk) => (text += chunk));
		child.stderr?.on('data', (chunk) => (text += chunk));
		child.on('close', (code) => resolve({ code: code ?? 1, output: text }));
	});
}
