import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Whether this machine can make disks of its own (root, loop devices, xfsprogs, e2fsprogs). */
export const CUTS_POWER = existsSync('/usr/sbin/mkfs.xfs') && existsSync('/usr/sbin/mkfs.ext4') && canLoop();

function canLoop(): boolean {
	return process.getuid?.() === 0 && spawnSync('losetup', ['-f'], { stdio: 'ignore' }).status === 0;
}

/** A disk whose power can be cut: what has not reached it by then is gone. */
export interface Disk {
	/** Where it is mounted. */
	path: string;
	/** What is on the disk at this moment, as a number to look at later. */
	cut: () => number;
	/** Mounts the disk as it was at a cut, for as long as somebody looks. */
	after: <T>(cut: number, look: (path: string) => Promise<T>) => Promise<T>;
}

const MEGABYTE = 1024 * 1024;

/**
 * An ext4 disk in a file on an XFS that shares blocks: a copy of that file is made at one moment and holds what the block device has
 * been given, and nothing of what the system still keeps in memory (reference/reliability.md 4.1).
 */
export function aDisk(megabytes = 256): Disk {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-power-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const under = mount(
		folder,
		'under',
		anImage(join(folder, 'under.img'), 6 * megabytes, ['mkfs.xfs', '-q', '-m', 'reflink=1'])
	);
	const image = anImage(join(under, 'disk.img'), megabytes, ['mkfs.ext4', '-q', '-F']);
	const path = mount(folder, 'disk', image);
	let cuts = 0;
	return {
		path,
		cut() {
			const file = join(under, `cut-${++cuts}.img`);
			execFileSync('cp', ['--reflink=always', image, file]);
			return cuts;
		},
		async after(cut, look) {
			const at = join(folder, `after-${cut}`);
			mkdirSync(at);
			execFileSync('mount', ['-o', 'loop', join(under, `cut-${cut}.img`), at]);
			try {
				return await look(at);
			} finally {
				execFileSync('umount', ['-l', at]);
			}
		}
	};
}

function anImage(file: string, megabytes: number, [make, ...how]: [string, ...string[]]): string {
	writeFileSync(file, '');
	truncateSync(file, megabytes * MEGABYTE);
	execFileSync(make, [...how, file], { stdio: 'ignore' });
	return file;
}

function mount(folder: string, name: string, image: string): string {
	const path = join(folder, name);
	mkdirSync(path);
	execFileSync('mount', ['-o', 'loop', image, path]);
	onTestFinished(() => void execFileSync('umount', ['-l', path]));
	return path;
}
