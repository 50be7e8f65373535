import { and, eq } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import {
	judgeRating,
	mayMove,
	MOVES,
	REFUSAL_REASONS,
	showCaseNumber,
	type CaseState,
	type Move,
	type MoveEntry
} from '../../../domain/casework/case.ts';
import { masked } from '../../../domain/casework/following.ts';
import { shortId } from '../../../domain/shared/id.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { cases, caseSteps } from '../../db/schema/casework.ts';
import { citizenRequests } from '../../db/schema/survey.ts';
import type { Secret } from '../../secret/secret.ts';
import {
	caseCode,
	caseMark,
	readCase,
	readCaseByMark,
	readCaseOf,
	readCaseSettings,
	readLastSeq,
	type StoredCase
} from './reads.ts';
import { sealWords } from './sealing.ts';

const casesLock = (organizationId: string) => `cases ${organizationId}`;

export type NewCase = Pick<StoredCase, 'organizationId' | 'source' | 'sourceId' | 'class' | 'toHead' | 'subject'> &
	Partial<Pick<StoredCase, 'criterion' | 'siteId' | 'counterId' | 'fieldId' | 'text'>> & { receivedAt: number };

/**
 * Opens the case of a request, question, comment or released figure, as a step of whatever brings it. One that is open already is that
 * one: what is sent twice opens one case. The terms of the day go with it.
 */
export async function openCase(
	tx: Tx,
	secret: Secret,
	fresh: NewCase,
	{ actorId, now }: { actorId: string; now: number }
): Promise<{ row: StoredCase; opened: boolean }> {
	const { organizationId, receivedAt } = fresh;
	await lock(tx, [casesLock(organizationId)]);
	const standing = await readCaseOf(tx, fresh);
	if (standing) return { row: standing, opened: false };
	const year = Number(localDay(receivedAt).slice(0, 4));
	const { forwardHours, answerDays, limitDays, publishDays } = await readCaseSettings(tx, organizationId);
	const row: StoredCase = {
		...{ criterion: '', siteId: '', counterId: '', fieldId: '', text: '', ...fresh },
		...{ id: shortId(randomBytes(8)), year, seq: (await readLastSeq(tx, organizationId, year)) + 1 },
		followMark: caseMark(secret, caseCode(secret, fresh)),
		...{ state: 'new', version: 1, unit: '', assigneeId: '', refusal: '', keptPrivate: false },
		...{ answer: '', publicQuestion: '', publicAnswer: '', rating: null, reopened: 0 },
		...{ startedAt: receivedAt, forwardedAt: null, answeredAt: null, publishedAt: null, pauses: [] },
		...{ forwardHours, answerDays, limitDays, publishDays, toldOf: '' }
	};
	await tx.insert(cases).values(row);
	await keepStep(tx, row, { deed: 'open', actorId, text: '', at: now });
	const line = { organizationId, actorId, action: 'case-opened', object: row.id, detail: showCaseNumber(row) } as const;
	await writeAuditLine(tx, { ...line, now });
	return { row, opened: true };
}

/** One that somebody writes down; its id comes with the form, so that the form sent twice opens one. */
export function openCaseByHand(
	db: Db,
	secret: Secret,
	fresh: Omit<NewCase, 'source' | 'sourceId'> & { formId: string },
	by: { actorId: string; now: number }
): Promise<{ row: StoredCase; opened: boolean }> {
	const { formId, ...rest } = fresh;
	return commit(db, (tx) => openCase(tx, secret, { ...rest, source: 'hand', sourceId: formId }, by));
}

export type MoveProblem =
	/** Somebody else was faster: look again. */
	'stale' | 'not-now' | 'case-unknown';

export interface Moved {
	caseId: string;
	/** The version of the case that its user saw. */
	expected: number;
	actorId: string;
	now: number;
}

/** A case as it stands, which nobody else changes before this transaction is over. */
export async function holdCase(tx: Tx, caseId: string): Promise<StoredCase | undefined> {
	const held = await readCase(tx, caseId);
	if (held) await lock(tx, [casesLock(held.organizationId)]);
	return held && readCase(tx, caseId);
}

/** One deed of staff. Of two at one version the second is told that it is stale, and nothing of theirs is kept. */
export function moveCase<M extends Move>(
	db: Db,
	{ caseId, expected, actorId, now }: Moved,
	move: M,
	entry: MoveEntry<M>
): Promise<Outcome<StoredCase, MoveProblem>> {
	return commit(db, async (tx) => {
		const standing = await holdCase(tx, caseId);
		if (!standing) return no('case-unknown');
		if (standing.version !== expected) return no('stale');
		if (!mayMove(standing.state, move)) return no('not-now');
		const next = after(standing, { move, entry } as Deed, now);
		await store(tx, next, now);
		await keepStep(tx, next, { deed: move, actorId, text: wordsOf({ move, entry } as Deed), at: now });
		const detail = `${showCaseNumber(next)} ${move}: ${standing.state} → ${next.state}`;
		const line = { organizationId: next.organizationId, actorId, action: 'case-moved', object: caseId } as const;
		await writeAuditLine(tx, { ...line, detail, now });
		return { ok: true, value: next };
	});
}

type Deed = { [M in Move]: { move: M; entry: MoveEntry<M> } }[Move];

function after(standing: StoredCase, deed: Deed, now: number): StoredCase {
	const state: CaseState = MOVES[deed.move].to ?? standing.state;
	const next = { ...standing, state, version: standing.version + 1 };
	if (standing.state === 'waiting' && state !== 'waiting')
		next.pauses = standing.pauses.map(([from, until]) => [from, until ?? now] as const);
	switch (deed.move) {
		case 'forward':
			return {
				...next,
				...{ unit: deed.entry.unit, assigneeId: deed.entry.assigneeId },
				forwardedAt: standing.forwardedAt ?? now
			};
		case 'ask':
			return { ...next, pauses: [...standing.pauses, [now, null]] };
		case 'answer':
			return { ...next, answer: deed.entry.text, answeredAt: now, rating: null };
		case 'publish':
			return {
				...next,
				...{ publicQuestion: deed.entry.question, publicAnswer: deed.entry.answer },
				...{ publishedAt: standing.publishedAt ?? now, keptPrivate: false }
			};
		case 'keep-private':
			return { ...next, keptPrivate: true };
		case 'refuse':
			return { ...next, refusal: deed.entry.reason, answer: deed.entry.text };
		case 'reopen':
			return takenUpAgain(next, now);
		case 'classify':
			return { ...next, class: deed.entry.class, toHead: deed.entry.toHead === 'yes' };
		default:
			return next;
	}
}

/** The answer's time runs anew; what was published stays away from the register until it is answered again. */
function takenUpAgain(standing: StoredCase, now: number): StoredCase {
	return {
		...standing,
		...{ state: 'processing', startedAt: now, answeredAt: null, publishedAt: null, keptPrivate: false },
		...{ refusal: '', pauses: [], toldOf: '', forwardedAt: standing.forwardedAt ?? now }
	};
}

/** What of a deed stands in the history of its case. */
function wordsOf({ move, entry }: Deed): string {
	switch (move) {
		case 'forward':
			return entry.unit;
		case 'refuse':
			return `${REFUSAL_REASONS[entry.reason].vi}. ${entry.text}`;
		case 'publish':
			return entry.answer;
		case 'classify':
		case 'take':
			return '';
		default:
			return entry.text;
	}
}

/** What a citizen thinks of the answer to their case; a dissatisfied one takes it up again, once. */
export function rateCase(
	db: Db,
	{ mark, score, text, now }: { mark: string; score: number; text: string; now: number }
): Promise<Outcome<StoredCase, 'case-unknown' | 'not-answered' | 'rated-already' | 'score-wrong'>> {
	return commit(db, async (tx) => {
		const held = await readCaseByMark(tx, mark);
		if (!held) return no('case-unknown');
		await lock(tx, [casesLock(held.organizationId)]);
		const standing = (await readCase(tx, held.id))!;
		// What was forgotten since can not be judged any more.
		if (standing.answer === '') return no('not-answered');
		const judged = judgeRating(standing, score);
		if (!judged.ok) return judged;
		const rated = { ...standing, rating: score, version: standing.version + 1 };
		const next = judged.value.reopens ? { ...takenUpAgain(rated, now), reopened: standing.reopened + 1 } : rated;
		await store(tx, next, now);
		const said = text ? `${score}/5. ${masked(text)}` : `${score}/5`;
		await keepStep(tx, next, { deed: 'rate', actorId: 'citizen', text: said, at: now });
		const line = { organizationId: next.organizationId, actorId: 'citizen', action: 'case-rated' } as const;
		const detail = `${showCaseNumber(next)}: ${score}/5`;
		await writeAuditLine(tx, { ...line, object: next.id, detail, now });
		return { ok: true, value: next };
	});
}

/** What a citizen adds to their case that waits for it: what is sure to be personal is masked, and the rest is sealed as a request is. */
export function supplementCase(
	db: Db,
	secret: Secret,
	{ mark, text, now }: { mark: string; text: string; now: number }
): Promise<Outcome<StoredCase, 'case-unknown' | 'not-now'>> {
	return commit(db, async (tx) => {
		const held = await readCaseByMark(tx, mark);
		if (!held) return no('case-unknown');
		await lock(tx, [casesLock(held.organizationId)]);
		const standing = (await readCase(tx, held.id))!;
		if (!mayMove(standing.state, 'supplement')) return no('not-now');
		const entry = { text: masked(text) };
		const next = after(standing, { move: 'supplement', entry }, now);
		const sealed = sealWords(secret, { caseId: next.id, version: next.version }, entry.text);
		await store(tx, next, now);
		await keepStep(tx, next, { deed: 'supplement', actorId: 'citizen', text: sealed, at: now });
		const line = { organizationId: next.organizationId, actorId: 'citizen', action: 'case-moved' } as const;
		const detail = `${showCaseNumber(next)} supplement: ${standing.state} → ${next.state}`;
		await writeAuditLine(tx, { ...line, object: next.id, detail, now });
		return { ok: true, value: next };
	});
}

async function store(tx: Tx, { id, ...row }: StoredCase, now: number) {
	await tx.update(cases).set(row).where(eq(cases.id, id));
	if (row.source !== 'request') return;
	// The request it came from is forgotten some time after its case is over.
	const over = row.state === 'refused' || row.state === 'published' || (row.state === 'answered' && row.keptPrivate);
	const its = and(eq(citizenRequests.organizationId, row.organizationId), eq(citizenRequests.id, row.sourceId));
	const turned = and(its, eq(citizenRequests.state, over ? 'new' : 'done'));
	await tx
		.update(citizenRequests)
		.set({ state: over ? 'done' : 'new', doneAt: over ? now : null })
		.where(turned);
}

export async function keepStep(
	tx: Tx,
	{ id, version, organizationId, state }: StoredCase,
	step: Pick<typeof caseSteps.$inferInsert, 'deed' | 'actorId' | 'text' | 'at'>
) {
	await tx.insert(caseSteps).values({ caseId: id, version, organizationId, state, ...step });
}

const no = <Reason extends string>(reason: Reason) => ({ ok: false, reason }) as const;
