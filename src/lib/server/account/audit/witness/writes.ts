import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Anchor, ChainHead } from '../../../../domain/account/chain.ts';
import { flush } from '../../../db/backup.ts';
import { readWitness } from './reads.ts';

/**
 * Notes the head of every chain outside the database and flushes it; a head that is noted already is not noted again. Returns how
 * many were. Only ever appended to, so that whoever rewrites a chain would have to rewrite this file as well, on its own volume.
 */
export function noteHeads(heads: readonly ChainHead[], path: string, now: number): number {
	const key = ({ organizationId, seq, hash }: ChainHead) => `${organizationId} ${seq} ${hash}`;
	const noted = new Set(readWitness(path).anchors.map(key));
	const fresh = heads.filter((head) => !noted.has(key(head)));
	if (fresh.length > 0) {
		append(
			path,
			fresh.map((head) => ({ ...head, at: now }))
		);
	}
	return fresh.length;
}

function append(path: string, anchors: readonly Anchor[]) {
	mkdirSync(dirname(path), { recursive: true });
	const isNew = !existsSync(path);
	const handle = openSync(path, 'a', 0o600);
	try {
		// In one write and after a line end, so that what a power cut left behind spoils no anchor but its own.
		const lines = anchors.map(({ organizationId, seq, hash, at }) => JSON.stringify({ organizationId, seq, hash, at }));
		writeSync(handle, `${isNew ? '' : '\n'}${lines.join('\n')}\n`);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	if (isNew) flush(dirname(path));
}
