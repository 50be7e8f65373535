import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Whether this machine lets us trace our own processes (Debian: strace). */
export const TRACES = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;

/** By these SQLite writes: nothing else in the server uses them. */
export const STORAGE_CALLS = 'pwrite64,fsync,fdatasync,ftruncate,unlink,rename';

/** Puts a fault (strace's `-e inject=`) under a running process; resolves when it is there, with how to take it away. */
export async function inject(pid: number, fault: string): Promise<() => Promise<void>> {
	const calls = fault.split(':', 1)[0];
	const args = ['-f', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${fault}`, '-p', String(pid)];
	const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
	const gone = once(tracer, 'exit');
	await new Promise<void>((resolve, reject) => {
		let said = '';
		tracer.stderr.on('data', (chunk) => {
			said += chunk;
			if (/attached/.test(said)) resolve();
		});
		void gone.then(() => reject(new Error(`strace: ${said}`)));
	});
	return async () => {
		tracer.kill('SIGINT');
		await gone;
	};
}
