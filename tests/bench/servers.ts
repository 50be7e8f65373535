import { fork, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Sent } from './wire.ts';

/** A server under load, in its own process and on its own fresh file. */
export interface Server {
	port: number;
	pid: number;
	database: string;
	/** Seconds of processor time it has used since it began, all threads. */
	processorSeconds: () => number;
	stop: () => Promise<void>;
}

/** A folder on the disk that the checkout is on: a durable write costs nothing in /dev/shm. */
export function freshFolder(): { path: string; remove: () => void } {
	mkdirSync('data', { recursive: true });
	const path = mkdtempSync('data/bench-');
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function startBare(database: string): Promise<Server> {
	const child = fork(new URL('./bare.ts', import.meta.url), [database]);
	const { port } = await message<{ port: number }>(child);
	return serverOf(child, port, database);
}

const BUILD_SECONDS = 60;

/** The product as `npm start` runs it. BENCH_SERVER names another entry and NODE_OPTIONS profiles it. */
export async function startProduct(database: string): Promise<Server> {
	const entry = process.env.BENCH_SERVER ?? 'src/entry/serve.js';
	// Somebody may be building it just now.
	for (let waited = 0; !existsSync('build/handler.js'); waited++) {
		if (waited === BUILD_SECONDS) throw new Error('The program is not built. Run "npm run build" first.');
		await setTimeout(1000);
	}
	const env = { ...process.env, DATABASE_URL: `file:${database}`, PORT: '0', DEMO: '0', TERMINAL_PACE_MS: '0' };
	const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit'] });
	const port = await new Promise<number>((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)));
		child.stdout.on('data', (text: Buffer) => {
			const ready = /ready http:\/\/.*:(\d+)/.exec(text.toString());
			if (ready) resolve(Number(ready[1]));
		});
	});
	return serverOf(child, port, database);
}

function serverOf(child: ChildProcess, port: number, database: string): Server {
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	return {
		port,
		pid: child.pid!,
		database,
		processorSeconds() {
			const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
				.split(') ')[1]
				.split(' ');
			return (Number(user) + Number(system)) / 100;
		},
		async stop() {
			child.kill('SIGTERM');
			await ended;
		}
	};
}

/** A load generator's process. */
export function startLoad<Order extends object>(file: './load.ts' | './survey-load.ts') {
	const child = fork(new URL(file, import.meta.url));
	return {
		async order(order: Order): Promise<Sent> {
			child.send(order);
			return message<Sent>(child);
		},
		stop: () => child.disconnect()
	};
}

function message<T>(child: ChildProcess): Promise<T> {
	return new Promise((resolve, reject) => {
		const died = (code: number | null) => reject(new Error(`A process of the benchmark ended with ${code}`));
		child.once('exit', died);
		child.once('message', (value) => {
			child.off('exit', died);
			resolve(value as T);
		});
	});
}
