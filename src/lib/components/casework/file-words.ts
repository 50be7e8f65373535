import { m } from '$lib/paraglide/messages.js';

const PROBLEMS: Record<string, () => string> = {
	'file-missing': m.file_missing,
	'file-too-large': m.file_too_large,
	'file-kind': m.file_kind,
	'file-broken': m.file_broken,
	'file-too-many-pixels': m.file_too_many_pixels,
	'file-active': m.file_active,
	'file-locked': m.file_locked,
	'files-full': m.file_full,
	'file-unknown': m.file_unknown,
	'file-too-often': m.file_too_often,
	'not-now': m.file_not_now
};

/** What became of a file, where an address says it. */
export const sayFileDone = (told: string | null): string | null =>
	told === 'added' ? m.file_added() : told === 'removed' ? m.file_removed() : null;

/** Why a file was not added or taken away. */
export const fileProblem = (code: string): string => (PROBLEMS[code] ?? m.file_again)();
