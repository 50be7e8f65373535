import * as v from 'valibot';
import {
	isOpen,
	isPublic,
	countQuestions,
	type DeclineReason,
	type DeferReason,
	type QuestionCommand
} from '../../domain/dialogue/question.ts';
import { suggestSimilar } from '../../domain/dialogue/similarity.ts';
import { localDay } from '../../domain/shared/time.ts';
import { clean } from '../../domain/shared/text.ts';
import { findPersonalData, isSure, maskParts } from '../../domain/submission/comment/personal-data.ts';
import { readQuestionCases } from '../casework/questions/reads.ts';
import { readLedger } from '../dialogue/promises/reads.ts';
import { leftOpen, readQuestions } from '../dialogue/questions/reads.ts';
import type { StoredDialogue } from '../dialogue/reads.ts';
import type { Db } from '../db/db.ts';
import { readFields } from '../place/reads.ts';

/** More than that nobody looks through at once; the rest comes up as these are decided. */
const AT_ONCE = 50;

/** The questions' desk: what waits with what it is like, what is shown, what is dealt with, and what was promised. */
export async function readQuestionDesk(db: Db, dialogue: StoredDialogue, now: number) {
	const all = await readQuestions(db, dialogue);
	const fields = new Map((await readFields(db, dialogue.organizationId)).map(({ id, name }) => [id, name]));
	const ledger = await readLedger(db, dialogue.organizationId, localDay(now));
	const waiting = all.filter(({ state }) => state === 'waiting').slice(0, AT_ONCE);
	const targets = all.filter(({ state }) => isPublic(state));
	const similar = suggestSimilar(waiting, [...targets, ...waiting]);
	const textOf = new Map(all.map(({ id, text, votes }) => [id, { id, text, votes }]));
	const shown = all
		.filter(({ state }) => state === 'shown' || state === 'answering')
		.sort((a, b) => Number(b.state === 'answering') - Number(a.state === 'answering') || b.votes - a.votes);
	const card = ({ fieldId, ...question }: (typeof all)[number]) => ({
		...question,
		field: fields.get(fieldId) ?? '',
		into: question.mergedInto ? (textOf.get(question.mergedInto)?.text ?? '') : ''
	});
	const over = dialogue.state === 'counting' || dialogue.state === 'closed';
	const left = over ? leftOpen(all) : [];
	const cases = await readQuestionCases(
		db,
		dialogue.organizationId,
		left.map(({ id }) => id)
	);
	return {
		counts: countQuestions(all),
		waiting: waiting.map((question) => ({
			...card(question),
			...withoutNames(question.text),
			similar: (similar.get(question.id) ?? []).map(({ id }) => textOf.get(id)!)
		})),
		shown: shown.map(card),
		dealt: all
			.filter(({ state }) => !isOpen(state))
			.map(card)
			.reverse()
			.slice(0, AT_ONCE),
		targets: targets.map(({ id, text }) => ({ id, text })),
		left: left.map(({ id, text, state, reason, version }) => ({
			...{ id, text, state, reason, version, case: cases.get(id) ?? null },
			mayAnswer: isPublic(state)
		})),
		promises: ledger.filter(({ dialogueId }) => dialogueId === dialogue.id)
	};
}

/** What looks like names, and the text without them; null where nothing does. */
function withoutNames(text: string) {
	const parts = findPersonalData(text).filter((part) => !isSure(part));
	const names = parts.map(({ start, end }) => text.slice(start, end));
	return { names, masked: parts.length > 0 ? maskParts(text, parts) : null };
}

const id = v.pipe(v.string(), v.maxLength(20));
/** The longest answer in writing; what needs more is a case. */
export const LONGEST_ANSWER = 2000;
export const laterAnswerEntry = v.object({
	question: id,
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
	answer: v.pipe(v.string(), v.transform(clean), v.minLength(1, 'required'), v.maxLength(LONGEST_ANSWER, 'too-long'))
});
export const questionDecisionEntry = v.object({
	do: v.picklist(['approve', 'screen', 'off-screen', 'answered', 'undo', 'defer', 'decline', 'merge']),
	question: id,
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
	reason: v.optional(v.pipe(v.string(), v.maxLength(20)), ''),
	into: v.optional(id, ''),
	/** The text with more of it masked; '' as it stands. */
	masked: v.optional(v.pipe(v.string(), v.transform(clean), v.maxLength(2000)), '')
});

/** What was pressed; a reason or a target that is none is refused where it is judged. */
export function questionCommandOf(entry: v.InferOutput<typeof questionDecisionEntry>): QuestionCommand {
	switch (entry.do) {
		case 'defer':
			return { do: 'defer', reason: entry.reason as DeferReason };
		case 'decline':
			return { do: 'decline', reason: entry.reason as DeclineReason };
		case 'merge':
			return { do: 'merge', into: entry.into };
		default:
			return { do: entry.do };
	}
}
