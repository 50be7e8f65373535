import { and, asc, eq, gt, max } from 'drizzle-orm';
import { ChainWalk, type Anchor, type ChainHead, type ChainProblem } from '../../../../domain/account/chain.ts';
import { find } from '../../../db/bulk.ts';
import type { Db, Queries } from '../../../db/db.ts';
import { auditLines } from '../../../db/schema/account.ts';
import { auditHash } from '../reads.ts';

export interface AuditVerification {
	chains: number;
	lines: number;
	anchors: number;
	/** The first bad line of each chain that has one. */
	problems: ChainProblem[];
}

const PAGE = 2_000;
const lineOf = ({ organizationId, seq }: Anchor) => ({ organizationId, seq });

/**
 * Walks every organization's chain (or one) at one moment and holds it against what is known outside the database. A chain alone
 * shows any line changed, removed, put in or moved; only an anchor shows that its end is cut off or that all of it is new.
 */
export function verifyAudit(db: Db, anchors: readonly Anchor[], organizationId?: string): Promise<AuditVerification> {
	return db.store.snapshot(async (at) => {
		const chains = await at.selectDistinct({ id: auditLines.organizationId }).from(auditLines);
		const known = new Set([...chains.map(({ id }) => id), ...anchors.map((anchor) => anchor.organizationId)]);
		const wanted = organizationId === undefined ? [...known].sort() : [organizationId];
		const verification: AuditVerification = { chains: 0, lines: 0, anchors: 0, problems: [] };
		for (const id of wanted) {
			const own = anchors.filter((anchor) => anchor.organizationId === id);
			const walk = new ChainWalk(id, own, auditHash);
			await walkChain(at, id, walk);
			const problem = walk.end();
			verification.chains++;
			verification.lines += walk.lines;
			verification.anchors += own.length;
			if (problem) verification.problems.push(problem);
		}
		return verification;
	});
}

async function walkChain(at: Queries, organizationId: string, walk: ChainWalk) {
	const { seq } = auditLines;
	for (let last: number | null = null; ;) {
		const own = eq(auditLines.organizationId, organizationId);
		const page: (typeof auditLines.$inferSelect)[] = await at
			.select()
			.from(auditLines)
			.where(last === null ? own : and(own, gt(seq, last)))
			.orderBy(asc(seq))
			.limit(PAGE);
		for (const line of page) walk.next(line);
		if (page.length < PAGE) return;
		last = page[page.length - 1].seq;
	}
}

/** Looks only at the lines that were noted outside: what a start can afford. The first that is not as it was, of each chain. */
export async function compareWithAnchors(db: Db, anchors: readonly Anchor[]): Promise<ChainProblem[]> {
	const found = await find(db, auditLines, ['organizationId', 'seq'], anchors.map(lineOf));
	const key = (organizationId: string, seq: number) => `${organizationId} ${seq}`;
	const hashes = new Map(found.map((line) => [key(line.organizationId, line.seq), line.hash]));
	const standing = new Set((await readChainHeads(db)).map(({ organizationId }) => organizationId));
	const problems: ChainProblem[] = [];
	for (const [organizationId, own] of Map.groupBy(anchors, (anchor) => anchor.organizationId)) {
		const bad = own
			.toSorted((a, b) => a.seq - b.seq)
			.find(({ seq, hash }) => !hashes.get(key(organizationId, seq))?.startsWith(hash));
		if (!bad) continue;
		const stands = hashes.has(key(organizationId, bad.seq));
		const fault = stands ? 'rewritten' : standing.has(organizationId) ? 'cut' : 'gone';
		problems.push({ organizationId, seq: bad.seq, fault });
	}
	return problems;
}

/** The last line of every chain. */
export async function readChainHeads(db: Db): Promise<ChainHead[]> {
	const chains = await db
		.select({ organizationId: auditLines.organizationId, seq: max(auditLines.seq).mapWith(Number) })
		.from(auditLines)
		.groupBy(auditLines.organizationId);
	const heads = await find(db, auditLines, ['organizationId', 'seq'], chains);
	return heads.map(({ organizationId, seq, hash }) => ({ organizationId, seq, hash }));
}
