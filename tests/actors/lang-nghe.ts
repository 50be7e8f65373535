import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The real program as its own process; what it prints and its exit code. */
export function langNghe(args: string[], { url = '', input = '', cwd = process.cwd(), env = {} } = {}) {
	const program = join(process.cwd(), 'src/entry/lang-nghe.js');
	const child = spawn(process.execPath, [program, ...args], {
		cwd,
		env: { PATH: process.env.PATH, TZ: process.env.TZ, DATABASE_URL: url, ...env }
	});
	child.stdin.end(input);
	let out = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
	child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
	return new Promise<{ code: number | null; out: string; errors: string }>((resolve) => {
		child.on('close', (code) => resolve({ code, out, errors }));
	});
}
