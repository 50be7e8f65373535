import { hash } from 'node:crypto';
import { newId } from '../../../src/lib/server/account/writes.ts';
import type { Tx } from '../../../src/lib/server/db/db.ts';
import { dialogues, displays, rounds } from '../../../src/lib/server/db/schema/dialogue.ts';
import { promises, questions, questionSteps } from '../../../src/lib/server/db/schema/dialogue-question.ts';
import { paperBatches } from '../../../src/lib/server/db/schema/dialogue-paper.ts';
import { PAYLOADS } from './payloads.ts';

/** With each payload in its title, its halls, and what it asks now. The token of its overlay is the room's code. */
export async function aHostileDialogue(
	tx: Tx,
	{ organizationId, room, pile, now }: { organizationId: string; room: string; pile: string; now: number }
) {
	const [dialogueId, roundId] = [newId(), newId()];
	const text = PAYLOADS.join('\n');
	const dialogue = { title: text, place: text, halls: [text], hallProof: 'none', state: 'live', roundId } as const;
	const halls = [...dialogue.halls];
	await tx
		.insert(dialogues)
		.values({ id: dialogueId, organizationId, room, day: '2099-01-01', createdAt: now, ...dialogue, halls });
	const round = {
		kind: 'single',
		text,
		options: PAYLOADS.slice(0, 8),
		position: 0,
		phase: 'open',
		openedAt: now
	} as const;
	const tokenHash = hash('sha256', room, 'base64url');
	const overlay = { kind: 'overlay', name: text, createdAt: now } as const;
	await tx.insert(displays).values({ tokenHash, organizationId, dialogueId, ...overlay });
	await tx.insert(rounds).values({ id: roundId, organizationId, dialogueId, ...round });
	const batch = { number: 1, hall: 0, counted: 2, aside: 1, countedBy: text, asideReason: text, createdAt: now };
	await tx.insert(paperBatches).values({ id: pile, organizationId, dialogueId, ...batch });
	await askHostileQuestions(tx, { organizationId, dialogueId, now });
}

/** One in each state that a page shows, and a promise that answers one. */
async function askHostileQuestions(
	tx: Tx,
	{ organizationId, dialogueId, now }: { organizationId: string; dialogueId: string; now: number }
) {
	const text = PAYLOADS.join(' ').slice(0, 2000);
	const common = { organizationId, dialogueId, text, textMark: '', fieldId: '', channel: 'live-hall' } as const;
	for (const state of ['waiting', 'shown', 'answering', 'deferred', 'answered'] as const) {
		const id = newId();
		const standing = { state, reason: state === 'deferred' ? 'time' : '', mergedInto: null, version: 1 };
		const answer = state === 'answered' ? text : '';
		await tx.insert(questions).values({ ...common, ...standing, answer, id, followMark: id, askedAt: now });
		await tx.insert(questionSteps).values({ organizationId, questionId: id, ...standing, at: now });
		if (state !== 'answering') continue;
		const said = { text, unit: text, dueDay: '2099-01-01', doneDay: '', evidence: '', reason: '' };
		const promise = { organizationId, dialogueId, questionId: id, ...said, version: 1, createdAt: now };
		await tx.insert(promises).values({ ...promise, id: newId(), state: 'open' });
		const done = { state: 'done', doneDay: '2026-01-01', evidence: text } as const;
		await tx.insert(promises).values({ ...promise, id: newId(), ...done });
	}
}
