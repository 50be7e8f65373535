import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Copies that a command makes beside the database, under the number of its process; whole and readable, so none may be left behind. */
const COPY = /^\.(\d+)\.(copying|restoring)(-wal|-shm|-journal)?$/;

/** What this process makes at the moment; one of its number that was killed before made the others. */
const making = new Set<string>();

/** The name of a copy that this process is about to make beside the database. */
export function copyBeside(database: string, what: 'copying' | 'restoring'): string {
	const copy = `${database}.${process.pid}.${what}`;
	making.add(basename(copy));
	return copy;
}

export function removeCopy(copy: string) {
	for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copy + suffix, { force: true });
	making.delete(basename(copy));
}

/** Removes the copies of processes that were killed before they could; returns how many files. */
export function sweepCopies(database: string): number {
	const folder = dirname(database);
	if (!existsSync(folder)) return 0;
	const name = basename(database);
	const left = readdirSync(folder).filter((file) => {
		const process = file.startsWith(name) ? COPY.exec(file.slice(name.length))?.[1] : undefined;
		return process !== undefined && !isAlive(Number(process)) && ![...making].some((copy) => file.startsWith(copy));
	});
	for (const file of left) rmSync(join(folder, file), { force: true });
	return left.length;
}

/** Whether another process of that number runs. */
function isAlive(id: number): boolean {
	if (id === process.pid) return false;
	try {
		process.kill(id, 0);
		return true;
	} catch (problem) {
		return (problem as NodeJS.ErrnoException).code === 'EPERM';
	}
}
