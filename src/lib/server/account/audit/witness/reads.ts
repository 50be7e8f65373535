import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import * as v from 'valibot';
import type { Anchor, ChainHead } from '../../../../domain/account/chain.ts';
import { readHeads } from '../../../db/content.ts';

const anchorSchema = v.object({
	organizationId: v.pipe(v.string(), v.minLength(1)),
	seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
	hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	at: v.number()
});

export interface Witness {
	anchors: Anchor[];
	/** Lines that say nothing; a power cut can leave one behind, more are somebody's doing. */
	unreadable: number;
	/** There is no such file (yet). */
	missing: boolean;
}

/** What was noted outside the database: one JSON line an anchor, oldest first. */
export function readWitness(path: string): Witness {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return { anchors: [], unreadable: 0, missing: true };
		throw problem;
	}
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const anchors = lines.flatMap((line) => parseAnchor(line) ?? []);
	return { anchors, unreadable: lines.length - anchors.length, missing: false };
}

/** The heads of an embedded database that may be of another version, without opening it for writing. */
export function readHeadsOfFile(path: string): ChainHead[] {
	const client = new Database(path, { readonly: true, timeout: 5_000 });
	try {
		return readHeads(client);
	} finally {
		client.close();
	}
}

function parseAnchor(line: string): Anchor | null {
	try {
		const parsed = v.safeParse(anchorSchema, JSON.parse(line));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}
