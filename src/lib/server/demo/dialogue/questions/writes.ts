import { hash } from 'node:crypto';
import { addDays, DAY_MS, HOUR_MS, MINUTE_MS, startOfLocalDay } from '../../../../domain/shared/time.ts';
import type { Db } from '../../../db/db.ts';
import { changePromise, newPromiseId, writePromise } from '../../../dialogue/promises/writes.ts';
import { askQuestion, decideQuestion, upvote } from '../../../dialogue/questions/writes.ts';
import { voterMark, type StoredDialogue } from '../../../dialogue/reads.ts';
import type { Secret } from '../../../secret/secret.ts';
import { ASKED, PROMISED, type MadeUpQuestion } from '../../hall.ts';

interface Asking {
	dialogue: StoredDialogue;
	userId: string;
	start: number;
	/** Seat slips in the hall, who support questions. */
	slips: number;
}

/** Questions of the hall and the stream, let through, supported and decided about, and what was promised in answer. */
export async function askDemonstrationQuestions({ db, secret }: { db: Db; secret: Secret }, asking: Asking) {
	const ids: string[] = [];
	for (const [i, made] of ASKED.entries()) ids.push(await askOne({ db, secret }, asking, made, { ids, place: i }));
	await promiseAll(db, asking, ids);
}

async function askOne(
	{ db, secret }: { db: Db; secret: Secret },
	{ dialogue, userId, start, slips }: Asking,
	{ text, minute, channel, voices, fate }: MadeUpQuestion,
	{ ids, place }: { ids: readonly string[]; place: number }
): Promise<string> {
	const { id: dialogueId, organizationId } = dialogue;
	const now = start + minute * MINUTE_MS;
	const mark = (word: string) => hash('sha256', `${word} ${dialogueId} ${place}`, 'base64url');
	const question = { dialogueId, followMark: mark('follow'), textMark: mark('text'), text, fieldId: '', channel };
	const asked = await askQuestion(db, question, now);
	if (!asked.ok) throw new Error(`The demonstration's question was not taken: ${asked.reason}`);
	const questionId = asked.value.question.id;
	let expected = asked.value.question.version;
	const decide = async (command: Parameters<typeof decideQuestion>[1]['command'], minutes: number) => {
		const at = now + minutes * MINUTE_MS;
		const done = await decideQuestion(db, { dialogueId, questionId, command, expected, userId, now: at });
		if (!done.ok) throw new Error(`The demonstration's question was not decided: ${done.reason}`);
		expected = done.value.version;
	};
	if (fate.do === 'decline') await decide(fate, 1);
	else {
		await decide({ do: 'approve' }, 1);
		await Promise.all(
			Array.from({ length: voices }, (_, voter) => {
				const serial = 1 + ((101 * place + 13 * voter) % slips);
				const voice = voterMark(secret, dialogue, `question slip ${serial}`)!;
				return upvote(db, { organizationId, dialogueId, questionId, voter: voice });
			})
		);
		if (fate.do === 'answered') await decide({ do: 'screen' }, 3);
		await decide(fate.do === 'merge' ? { do: 'merge', into: ids[fate.into]! } : fate, 5);
	}
	return questionId;
}

async function promiseAll(db: Db, { dialogue, userId, start }: Asking, ids: readonly string[]) {
	const { id: dialogueId, organizationId, day } = dialogue;
	for (const { question, text, unit, due, done } of PROMISED) {
		const id = newPromiseId();
		const now = start + (ASKED[question]!.minute + 6) * MINUTE_MS;
		const by = { organizationId, userId };
		const promise = { id, dialogueId, questionId: ids[question]!, text, unit, dueDay: addDays(day, due) };
		await writePromise(db, { ...by, now }, promise);
		if (!done) continue;
		const doneDay = addDays(day, done.after);
		const later = { ...by, now: startOfLocalDay(day) + done.after * DAY_MS + 10 * HOUR_MS };
		await changePromise(db, later, { id, expected: 1, change: { do: 'done', evidence: done.evidence, doneDay } });
	}
}
