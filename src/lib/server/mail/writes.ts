import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import { HOUR_MS, MINUTE_MS } from '../../domain/shared/time.ts';
import { newId } from '../account/writes.ts';
import { commit, type Db, type Tx } from '../db/db.ts';
import { letters } from '../db/schema/account.ts';
import { Notice } from '../notice.ts';
import { NEVER } from './reads.ts';
import type { Send } from './transport.ts';

const AT_ONCE = 20;
/** Tried after one minute, two, four …, then every hour for about a day. */
const ATTEMPTS = 28;
/** While one node hands a letter over, no other takes it up. */
const LEASE_MS = 5 * MINUTE_MS;
/** What is left of a letter that has gone, or never will. */
const NO_WORDS = { body: '', attachment: '' };

interface NewLetter {
	organizationId: string;
	/** One e-mail address. */
	to: string;
	subject: string;
	text: string;
	now: number;
	attachment?: { name: string; base64: string };
	/** Not before then; at once unless said. */
	dueAt?: number;
}

/** One step of a use-case: the letter goes out after the commit that holds what it announces, and not at all without it. */
export async function postLetter(
	tx: Tx,
	{ organizationId, to, subject, text, now, attachment, dueAt = now }: NewLetter
) {
	const oneLine = subject.replace(/\s+/g, ' ').trim();
	const row = { id: newId(), organizationId, recipient: to, subject: oneLine, body: text };
	const file = attachment ? { attachment: attachment.base64, attachmentName: attachment.name } : {};
	await tx.insert(letters).values({ ...row, ...file, createdAt: now, nextAt: dueAt });
}

/**
 * Hands over what is due. What the transport took keeps its date but not its words, for they may hold a link; what it did not take is
 * tried again, ever later. Returns how many went out.
 */
export async function sendLetters(
	db: Db,
	send: Send,
	now: number,
	report: (problem: unknown) => void
): Promise<number> {
	const isDue = and(isNull(letters.sentAt), lte(letters.nextAt, now));
	const due = await db.select().from(letters).where(isDue).orderBy(asc(letters.nextAt)).limit(AT_ONCE);
	let sent = 0;
	for (const letter of due) {
		const own = eq(letters.id, letter.id);
		const set = (values: Partial<typeof letters.$inferInsert>) =>
			commit(db, (tx) => tx.update(letters).set(values).where(and(own, isDue)).returning({ id: letters.id }));
		const [taken] = await set({ nextAt: now + LEASE_MS });
		if (!taken) continue;
		const outcome = await send(letter).then(
			() => ({ sentAt: now, ...NO_WORDS }),
			(problem: unknown) => {
				report(new Notice(`Letter ${letter.id} could not be sent`, { cause: problem }));
				return laterThan(letter.attempts + 1, now);
			}
		);
		if ('sentAt' in outcome) sent++;
		await commit(db, async (tx) => void (await tx.update(letters).set(outcome).where(own)));
	}
	return sent;
}

function laterThan(attempts: number, now: number) {
	if (attempts >= ATTEMPTS) return { attempts, nextAt: NEVER, ...NO_WORDS };
	return { attempts, nextAt: now + Math.min(HOUR_MS, MINUTE_MS * 2 ** (attempts - 1)) };
}
