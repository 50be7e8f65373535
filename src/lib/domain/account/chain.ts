import type { LocalText, Locale } from '../survey/criterion.ts';
import type { AuditLine } from './audit.ts';

/** A line as it is stored: with the hash that the next one covers. */
export interface LinkedLine extends AuditLine {
	hash: string;
}

/** The last line of a chain. */
export interface ChainHead {
	organizationId: string;
	seq: number;
	hash: string;
}

/** What somebody outside the database knows of a chain: that this line had this hash, or one that began so. */
export interface Anchor extends ChainHead {
	/** When it was noted; null on a printed foot that only gives line and hash. */
	at: number | null;
}

export type ChainFault =
	/** Its content is not what its hash was made of. */
	| 'changed'
	/** Whole in itself, but the next line holds the hash of another. */
	| 'replaced'
	/** It should stand here and does not. */
	| 'missing'
	/** It stands where no line was. */
	| 'inserted'
	/** The chain ends before a line that was seen. */
	| 'cut'
	/** Whole in itself, yet another line than the one that was seen: everything since was written anew. */
	| 'rewritten'
	/** Nothing is left of a chain that was seen. */
	| 'gone';

/** The first bad line of a chain. */
export interface ChainProblem {
	organizationId: string;
	seq: number;
	fault: ChainFault;
}

/**
 * Follows one chain line by line, in the order of their numbers, and keeps the first thing that is wrong. The hash is given by the
 * caller: SHA-256 of `auditText`.
 */
export class ChainWalk {
	readonly #organizationId: string;
	readonly #hash: (line: AuditLine) => string;
	/** Ascending; several may be about one line. */
	readonly #anchors: Anchor[];
	#met = 0;
	#before: { seq: number; hash: string } | null = null;
	#problem: ChainProblem | null = null;
	lines = 0;

	constructor(organizationId: string, anchors: readonly Anchor[], hash: (line: AuditLine) => string) {
		this.#organizationId = organizationId;
		this.#anchors = [...anchors].sort((a, b) => a.seq - b.seq);
		this.#hash = hash;
	}

	/** False as soon as nothing after could be the first bad line. */
	next(line: LinkedLine): boolean {
		this.lines++;
		if (this.#problem) return false;
		const last = this.#before;
		const expected = (last?.seq ?? 0) + 1;
		if (this.#hash(line) !== line.hash) return this.#found(...this.#nameChanged(line, expected));
		if (line.seq !== expected) return this.#found(...this.#nameGap(line, expected));
		if (line.previous !== (last?.hash ?? '')) return this.#found(this.#stranger(line.seq, last?.seq), 'replaced');
		this.#before = line;
		return this.#compare(line);
	}

	/** What is wrong with the whole chain, or null. */
	end(): ChainProblem | null {
		const seen = this.#anchors[this.#met];
		if (!this.#problem && seen) {
			if (this.#before) this.#found(this.#before.seq + 1, 'cut');
			else this.#found(1, 'gone');
		}
		return this.#problem;
	}

	/** Lines may have been moved up or down a number: then a hash still fits under the number the line had. */
	#nameChanged(line: LinkedLine, expected: number): [number, ChainFault] {
		const wasOne = (by: number) => this.#hash({ ...line, seq: line.seq + by }) === line.hash;
		if (line.seq > expected) return [expected, 'missing'];
		if (line.seq < expected) return [line.seq, 'inserted'];
		if (wasOne(1)) return [line.seq, 'missing'];
		if (wasOne(-1) && this.#before) return [this.#before.seq, 'inserted'];
		return [line.seq, 'changed'];
	}

	#nameGap(line: LinkedLine, expected: number): [number, ChainFault] {
		return line.seq > expected ? [expected, 'missing'] : [line.seq, 'inserted'];
	}

	/** Of two lines that do not fit the earlier is the stranger, unless it was seen from outside as it stands. */
	#stranger(seq: number, before: number | undefined): number {
		return before === undefined || this.#anchors.some((anchor) => anchor.seq === before) ? seq : before;
	}

	#compare({ seq, hash }: LinkedLine): boolean {
		for (; this.#met < this.#anchors.length && this.#anchors[this.#met].seq <= seq; this.#met++) {
			const anchor = this.#anchors[this.#met];
			if (!hash.startsWith(anchor.hash)) return this.#found(anchor.seq, 'rewritten');
		}
		return true;
	}

	#found(seq: number, fault: ChainFault): false {
		this.#problem ??= { organizationId: this.#organizationId, seq, fault };
		return false;
	}
}

/** As it stands at the foot of printed pages. */
export const ANCHOR_CHARACTERS = 12;

/** `17:0a1b2c3d4e5f`, as somebody types it from a printed foot; null where it is none. */
export function parsePrintedAnchor(text: string): { seq: number; hash: string } | null {
	const [, seq, hash] = /^(\d{1,9})[:·\s]+([0-9a-f]{12,64})$/i.exec(text.trim()) ?? [];
	return hash && Number(seq) > 0 ? { seq: Number(seq), hash: hash.toLowerCase() } : null;
}

/** What to say of the first bad line. */
export const FAULT_SENTENCES: Record<ChainFault, LocalText> = {
	changed: { vi: 'dòng {seq} đã bị sửa', en: 'line {seq} has been changed' },
	replaced: {
		vi: 'dòng {seq} đã bị thay bằng dòng khác (dòng sau không nối với nó)',
		en: 'line {seq} has been replaced by another (the next does not follow it)'
	},
	missing: { vi: 'dòng {seq} đã bị xóa', en: 'line {seq} has been removed' },
	inserted: { vi: 'dòng {seq} đã bị chen vào', en: 'line {seq} has been put in' },
	cut: { vi: 'từ dòng {seq} trở đi đã bị cắt mất', en: 'everything from line {seq} on has been cut off' },
	rewritten: {
		vi: 'dòng {seq} không còn như lúc được ghi mốc: chuỗi đã bị viết lại',
		en: 'line {seq} is not the line that was noted outside: the chain has been rewritten'
	},
	gone: { vi: 'cả chuỗi đã biến mất', en: 'the whole chain is gone' }
};

export function sayFault({ seq, fault }: Pick<ChainProblem, 'seq' | 'fault'>, locale: Locale): string {
	return FAULT_SENTENCES[fault][locale].replace('{seq}', String(seq));
}
