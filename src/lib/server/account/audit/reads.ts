import { createHash } from 'node:crypto';
import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm';
import { auditText, groupOf, sayAuditLine, type AuditGroup, type AuditLine } from '../../../domain/account/audit.ts';
import { matches } from '../../../domain/shared/list.ts';
import { compareNames } from '../../../domain/shared/text.ts';
import type { Db, Queries } from '../../db/db.ts';
import { auditLines, users } from '../../db/schema/account.ts';
import { terminals } from '../../db/schema/terminal.ts';

/** SHA-256, hex. */
export function auditHash(line: AuditLine): string {
	return createHash('sha256').update(auditText(line)).digest('hex');
}

/** The newest lines of the audit log with the name of who acted. */
export async function readAuditLines(
	db: Db,
	organizationId: string,
	atMost: number,
	groups: readonly AuditGroup[] | null = null
) {
	const { lines } = await readAuditPage(db, organizationId, { groups, atMost });
	return lines;
}

export interface AuditFilter {
	/** Instants, from inclusive, until exclusive; milliseconds. */
	from?: number;
	until?: number;
	actorId?: string;
	/** null: all. */
	groups?: readonly AuditGroup[] | null;
	/** Found without marks and case, in what the line says, its reason and who acted. */
	text?: string;
	/** Only lines with a smaller number. */
	before?: number;
	atMost: number;
}

const AT_ONCE = 500;
/** Lines one page looks through; further back is another page, so that no search holds up everybody. */
const LOOKED_THROUGH = 20_000;

/**
 * The newest lines that fit, and where the look for them ended: `next` is the number before which older ones may be, null where
 * there are none.
 */
export async function readAuditPage(db: Db, organizationId: string, { atMost, before, ...filter }: AuditFilter) {
	const lines: Awaited<ReturnType<typeof readBatch>> = [];
	let looked = 0;
	for (let below = before; looked < LOOKED_THROUGH;) {
		const batch = await readBatch(db, organizationId, filter, below);
		for (const line of batch) {
			looked++;
			if (!fits(line, filter)) continue;
			if (lines.length === atMost) return { lines, next: lines[lines.length - 1].seq };
			lines.push(line);
		}
		if (batch.length < AT_ONCE) return { lines, next: null };
		below = batch[batch.length - 1].seq;
		if (looked >= LOOKED_THROUGH) return { lines, next: below };
	}
	return { lines, next: null };
}

type Bounds = Pick<AuditFilter, 'from' | 'until' | 'actorId' | 'groups' | 'text'>;

function readBatch(db: Db, organizationId: string, { from, until, actorId }: Bounds, below?: number) {
	const where: SQL[] = [eq(auditLines.organizationId, organizationId)];
	if (from !== undefined) where.push(gte(auditLines.at, from));
	if (until !== undefined) where.push(lt(auditLines.at, until));
	if (actorId !== undefined) where.push(eq(auditLines.actorId, actorId));
	if (below !== undefined) where.push(lt(auditLines.seq, below));
	return db
		.select({
			seq: auditLines.seq,
			at: auditLines.at,
			action: auditLines.action,
			object: auditLines.object,
			detail: auditLines.detail,
			reason: auditLines.reason,
			actorId: auditLines.actorId,
			actorName: users.name,
			terminalName: terminals.name,
			hash: auditLines.hash
		})
		.from(auditLines)
		.leftJoin(users, eq(users.id, auditLines.actorId))
		.leftJoin(terminals, eq(terminals.id, auditLines.actorId))
		.where(and(...where))
		.orderBy(desc(auditLines.seq))
		.limit(AT_ONCE);
}

function fits(line: Awaited<ReturnType<typeof readBatch>>[number], { groups, text }: Bounds): boolean {
	if (groups && !groups.includes(groupOf(line.action))) return false;
	if (!text) return true;
	const who = line.actorName ?? line.terminalName ?? '';
	return matches(`${sayAuditLine(line, 'vi')} ${sayAuditLine(line, 'en')} ${line.reason} ${who}`, text);
}

/** Everybody and everything that has a line in the log, by name; the machine itself and what has no name any more last. */
export async function readActors(db: Db, organizationId: string) {
	const rows = await db
		.selectDistinct({ id: auditLines.actorId, user: users.name, terminal: terminals.name })
		.from(auditLines)
		.leftJoin(users, eq(users.id, auditLines.actorId))
		.leftJoin(terminals, eq(terminals.id, auditLines.actorId))
		.where(eq(auditLines.organizationId, organizationId));
	return rows
		.map(({ id, user, terminal }) => ({ id, name: user ?? terminal }))
		.sort((a, b) =>
			a.name === null || b.name === null
				? Number(a.name === null) - Number(b.name === null)
				: compareNames(a.name, b.name)
		);
}

/** The last line of a chain, as the foot of printed pages shows it. */
export async function readChainHead(db: Queries, organizationId: string) {
	const [head] = await db
		.select({ seq: auditLines.seq, hash: auditLines.hash })
		.from(auditLines)
		.where(eq(auditLines.organizationId, organizationId))
		.orderBy(desc(auditLines.seq))
		.limit(1);
	return head ?? null;
}
