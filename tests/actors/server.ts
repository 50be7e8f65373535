import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, copyFileSync, existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { localDay } from '../../src/lib/domain/shared/time.ts';
import { onceARun } from '../factories/once-a-run.ts';

export interface ServerOptions {
	/** `file:…` or `postgres://…`. */
	databaseUrl: string;
	/** 0, the default, is a free one. */
	port?: number;
	env?: Record<string, string>;
	/** Modules loaded before the server, relative to the repository: how a test takes a defence away. */
	preload?: string[];
}

export interface Server {
	origin: string;
	port: number;
	/** Of the process, for those who trace it. */
	pid: number;
	/** Resolves when it has ended, for whatever reason. */
	gone: Promise<unknown>;
	/** Everything it has printed. */
	output: () => string;
	/** SIGKILL: as if the process had never been able to say a word. */
	kill: () => Promise<void>;
	/** SIGTERM: finishes what runs. Resolves with the exit code. */
	stop: () => Promise<number | null>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A start takes two seconds of a processor that others may be using. */
const PATIENCE_MS = 60_000;

/** The real server on the built program, without a pace for tablets, which live through weeks in minutes here; in a process of its own; resolves when it says that it is ready. */
export async function startServer(options: ServerOptions): Promise<Server> {
	if (options.env?.DEMO === '1') await copyDemonstration(options.databaseUrl);
	return start(options);
}

/**
 * The demonstration ward is made by the server once a run and once a day, for it reaches back from today; who asks for it on a
 * database that is not there yet begins on a copy, with the secret and the witness that go with it.
 */
async function copyDemonstration(databaseUrl: string) {
	const file = /^file:(.+)$/.exec(databaseUrl)?.[1];
	if (!file || existsSync(file)) return;
	const made = await onceARun(`demonstration-${localDay(Date.now())}`, async (folder) => {
		const server = await start({ databaseUrl: `file:${folder}/ward.db`, env: { DEMO: '1', DATA_DIR: folder } });
		await server.stop();
	});
	if (!made) return;
	for (const part of readdirSync(made).filter((name) => name.startsWith('ward.db'))) {
		copyFileSync(`${made}/${part}`, file + part.slice('ward.db'.length), constants.COPYFILE_FICLONE);
	}
}

async function start({ databaseUrl, port = 0, env = {}, preload = [] }: ServerOptions): Promise<Server> {
	const imports = preload.flatMap((file) => ['--import', `./${file}`]);
	const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...imports, 'src/entry/serve.js'], {
		cwd: ROOT,
		env: {
			...process.env,
			DEMO: '0',
			ORIGIN: '',
			TERMINAL_PACE_MS: '0',
			...env,
			DATABASE_URL: databaseUrl,
			PORT: String(port)
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	const gone = once(child, 'exit');
	const ready = new Promise<string>((resolve, reject) => {
		const tooLong = setTimeout(() => reject(new Error(`The server is not ready after 60 s:\n${output}`)), PATIENCE_MS);
		const hear = (chunk: Buffer) => {
			output += chunk.toString();
			const origin = /^ready (\S+)$/m.exec(output)?.[1];
			if (!origin) return;
			clearTimeout(tooLong);
			resolve(origin);
		};
		child.stdout.on('data', hear);
		child.stderr.on('data', hear);
		void gone.then(([code]) => {
			clearTimeout(tooLong);
			reject(new Error(`The server ended with ${code} before it was ready:\n${output}`));
		});
	});
	const origin = await ready.catch((problem) => {
		child.kill('SIGKILL');
		throw problem;
	});
	const end = async (signal: NodeJS.Signals) => {
		if (child.exitCode === null && child.signalCode === null) {
			child.kill(signal);
			await gone;
		}
		return child.exitCode;
	};
	return {
		origin,
		pid: child.pid!,
		gone,
		port: Number(new URL(origin).port),
		output: () => output,
		kill: async () => void (await end('SIGKILL')),
		stop: () => end('SIGTERM')
	};
}
