import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** Where Debian keeps the newest PostgreSQL, or null where none is installed. */
export const POSTGRES_BIN = findPostgres();

export interface Postgres {
	url: string;
	/** As if the machine had failed: no checkpoint, recovery at the next start. */
	crash: () => void;
	start: () => void;
	/** Ends it and takes its files away. */
	remove: () => void;
}

/** Nobody restarts a cluster whose databases are thrown away. */
const FORGETFUL = '-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off';

/**
 * A private cluster under the temporary folder, as the user postgres where we are root; with every promise of durability on, unless
 * what it holds need not outlive it.
 */
export async function aPostgres({ durable = true } = {}): Promise<Postgres> {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-postgres-'));
	// PostgreSQL refuses to run as root.
	const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
	if (user.uid) chownSync(folder, user.uid, user.gid);
	const run = (program: string, ...args: string[]) =>
		execFileSync(`${POSTGRES_BIN}/${program}`, ['-D', `${folder}/data`, ...args], {
			stdio: 'ignore',
			cwd: folder,
			...user
		});
	run('initdb', '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--no-locale');
	const port = await freePort();
	const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} ${durable ? '-c fsync=on' : FORGETFUL}`;
	const start = () => void run('pg_ctl', '-w', '-l', `${folder}/log`, '-o', settings, 'start');
	start();
	return {
		url: `postgres://postgres@127.0.0.1:${port}/postgres`,
		crash: () => void run('pg_ctl', '-w', '-m', 'immediate', 'stop'),
		start,
		remove() {
			run('pg_ctl', '-w', '-m', 'immediate', 'stop');
			rmSync(folder, { recursive: true });
		}
	};
}

function findPostgres(): string | null {
	const base = '/usr/lib/postgresql';
	if (!existsSync(base)) return null;
	const versions = readdirSync(base).filter((version) => existsSync(`${base}/${version}/bin/initdb`));
	const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
	return newest ? `${base}/${newest}/bin` : null;
}

const idOf = (which: '-u' | '-g') => Number(execFileSync('id', [which, 'postgres']).toString());
