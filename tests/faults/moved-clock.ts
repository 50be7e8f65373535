import { existsSync, renameSync, writeFileSync } from 'node:fs';

/** Debian's package `faketime`, for processes with threads. */
const LIBRARY = [
	'/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
	'/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1'
].find((file) => existsSync(file));

export const MOVES_CLOCKS = LIBRARY !== undefined;

/** For a process whose clock follows a file: seconds ahead of ours. Time that passes is left alone, as when somebody sets a clock. */
export function followClock(file: string): Record<string, string> {
	moveClock(file, 0);
	return {
		...{ LD_PRELOAD: LIBRARY!, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1' },
		...{ FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' }
	};
}

/** In one step, so that nobody reads half a number. */
export function moveClock(file: string, seconds: number) {
	writeFileSync(`${file}.next`, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}`);
	renameSync(`${file}.next`, file);
}
