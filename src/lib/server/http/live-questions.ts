import * as v from 'valibot';
import { byUrgency, type QuestionList, type ScreenQuestions } from '../../domain/dialogue/question-list.ts';
import { isPublic, questionText } from '../../domain/dialogue/question.ts';
import { countQuestions } from '../../domain/dialogue/question.ts';
import type { Pass } from '../../domain/dialogue/pass.ts';
import { findPersonalData, isSure, maskParts } from '../../domain/submission/comment/personal-data.ts';
import { isTicketCode, readCode, showCode } from '../../domain/survey/code.ts';
import { caseCode } from '../casework/cases/reads.ts';
import { readQuestionCases } from '../casework/questions/reads.ts';
import { isSlipVoid } from '../dialogue/passes/reads.ts';
import { readPromisesOf } from '../dialogue/promises/reads.ts';
import { followCode, followMark, readFollowed, readFollowing, readQuestions } from '../dialogue/questions/reads.ts';
import { askQuestion, upvote } from '../dialogue/questions/writes.ts';
import { readDialogueOfRoom, voterMark, type StoredDialogue } from '../dialogue/reads.ts';
import { readFields } from '../place/reads.ts';
import type { Serving } from '../serving.ts';
import { json, parseJson, type Answer, type Call } from './call.ts';
import { countQuestion } from './limits.ts';
import { openPass } from './live-pass.ts';
import { Refusal } from './problem.ts';

/** What phones and screens ask and say about the questions of a dialogue. */

async function dialogueOf({ db }: Serving, room: string): Promise<StoredDialogue> {
	const dialogue = await readDialogueOfRoom(db, room);
	if (!dialogue) throw new Refusal('live-room-unknown');
	return dialogue;
}

interface Kept {
	version: number;
	list: Promise<Pick<QuestionList, 'counts' | 'questions'>>;
}
/** The list of each dialogue as it was last asked for: a hall asks for one list many times. */
const lists = new WeakMap<Serving['db'], Map<string, Kept>>();
const MOST_LISTS = 50;

/** The list for everybody; under "hide all" there is nothing to read in it. */
export async function readQuestionList({ db }: Pick<Serving, 'db'>, dialogue: StoredDialogue): Promise<QuestionList> {
	const { id, questionsVersion: version, questionsOpen, hidden, state } = dialogue;
	const known = lists.get(db) ?? new Map<string, Kept>();
	lists.set(db, known);
	let kept = known.get(id);
	if (kept?.version !== version) {
		known.delete(id);
		for (const oldest of known.keys()) if (known.size >= MOST_LISTS) known.delete(oldest);
		kept = { version, list: makeList(db, dialogue) };
		kept.list.catch(() => known.delete(id));
		known.set(id, kept);
	}
	const { counts, questions } = await kept.list;
	return { version, open: questionsOpen && state === 'live', hidden, counts, questions: hidden ? [] : questions };
}

async function makeList(db: Serving['db'], dialogue: StoredDialogue) {
	const all = await readQuestions(db, dialogue);
	const fields = new Map((await readFields(db, dialogue.organizationId)).map(({ id, name }) => [id, name]));
	const questions = all
		.filter(({ state }) => isPublic(state))
		.map(({ id, text, fieldId, state, reason, answer, votes, merged }) => ({
			...{ id, text, field: fields.get(fieldId) ?? '', state, reason, answer, votes, merged }
		}))
		.sort(byUrgency);
	return { counts: countQuestions(all), questions };
}

/** `GET /api/v1/live/ROOM/questions`: asked for anew when the frame says another version. */
export async function answerQuestions(
	serving: Serving,
	_: Call,
	__: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	return json(await readQuestionList(serving, await dialogueOf(serving, room!)));
}

/** How long a promise stands on the screen that answers no question. */
const FRESH_MS = 60_000;

/** What the room's screen shows; under "hide all" nothing. */
export async function readScreenQuestions(
	serving: Pick<Serving, 'db'>,
	dialogue: StoredDialogue,
	now: number
): Promise<ScreenQuestions> {
	const { version, questions } = await readQuestionList(serving, dialogue);
	// No version: once it is shown again every screen asks anew.
	if (dialogue.hidden) return { version: -1, question: null, promises: [], fresh: null };
	const shown = questions.find(({ state }) => state === 'answering');
	const open = (await readPromisesOf(serving.db, dialogue.id)).filter(({ state }) => state === 'open');
	const newest = open.find(({ questionId, createdAt }) => questionId === null && now - createdAt < FRESH_MS);
	const said = ({ text, unit, dueDay }: (typeof open)[number]) => ({ text, unit, dueDay });
	return {
		version,
		question: shown ? { text: shown.text, votes: shown.votes } : null,
		promises: shown ? open.filter(({ questionId }) => questionId === shown.id).map(said) : [],
		fresh: newest ? { ...said(newest), forMs: newest.createdAt + FRESH_MS - now } : null
	};
}

/** `GET /api/v1/live/ROOM/questions/screen`: asked for anew when the frame says another version. */
export async function answerScreen(serving: Serving, _: Call, now: number, [, room]: RegExpExecArray): Promise<Answer> {
	return json(await readScreenQuestions(serving, await dialogueOf(serving, room!), now));
}

const askSchema = v.object({
	pass: v.pipe(v.string(), v.maxLength(400)),
	/** Made and kept by the phone before it sends. */
	id: v.pipe(v.string(), v.uuid(), v.toLowerCase()),
	text: v.pipe(v.string(), v.maxLength(2000)),
	fieldId: v.optional(v.pipe(v.string(), v.maxLength(40)), '')
});

/** `POST /api/v1/live/ROOM/questions`: 201 received, 200 received before; the code to follow it by is told with either. */
export async function answerAsk(serving: Serving, call: Call, now: number, [, room]: RegExpExecArray): Promise<Answer> {
	const body = v.safeParse(askSchema, parseJson(call.body));
	if (!body.success) throw new Refusal('body-malformed');
	const { db, secret } = serving;
	const dialogue = await dialogueOf(serving, room!);
	const pass = await passOf(serving, dialogue, body.output.pass);
	const written = v.safeParse(questionText, body.output.text);
	if (!written.success) throw new Refusal('question-text');
	const code = followCode(secret, dialogue.id, body.output.id);
	const mark = followMark(secret, code);
	// A retry costs nothing: what it brings stands already.
	if (!(await readFollowed(db, mark)) && !(await countQuestion(dialogue.id, `${pass.level} ${pass.holder}`)))
		throw new Refusal('questions-too-many');
	const parts = findPersonalData(written.output).filter(isSure);
	const asked = await askQuestion(
		db,
		{
			...{ dialogueId: dialogue.id, followMark: mark, channel: pass.channel },
			text: maskParts(written.output, parts),
			textMark: secret.mark('live-question', `text ${dialogue.id} ${body.output.id} ${written.output}`),
			fieldId: await fieldOf(serving, dialogue, body.output.fieldId)
		},
		now
	);
	if (!asked.ok) throw new Refusal(asked.reason);
	const { question, fresh } = asked.value;
	const said = { code: showCode(code), text: question.text, masked: parts.length, state: question.state };
	return json(said, fresh ? 201 : 200);
}

/** What nobody knows is not what it is about. */
async function fieldOf({ db }: Serving, { organizationId }: StoredDialogue, fieldId: string): Promise<string> {
	if (fieldId === '') return '';
	return (await readFields(db, organizationId)).some(({ id }) => id === fieldId) ? fieldId : '';
}

async function passOf({ db, secret }: Serving, dialogue: StoredDialogue, token: string): Promise<Pass> {
	const pass = openPass(secret, token);
	if (pass?.dialogueId !== dialogue.id) throw new Refusal('pass-unknown');
	if (await isSlipVoid(db, pass)) throw new Refusal('slip-void');
	return pass;
}

const voiceSchema = v.object({ pass: v.pipe(v.string(), v.maxLength(400)) });

/** `POST /api/v1/live/ROOM/questions/ID/votes`: 201 counted, 200 counted before. */
export async function answerUpvote(
	serving: Serving,
	call: Call,
	_: number,
	[, room, questionId]: RegExpExecArray
): Promise<Answer> {
	const body = v.safeParse(voiceSchema, parseJson(call.body));
	if (!body.success) throw new Refusal('body-malformed');
	const dialogue = await dialogueOf(serving, room!);
	const pass = await passOf(serving, dialogue, body.output.pass);
	// Another word than on ballots: nothing leads from what somebody supports to what they voted.
	const holder = `question ${pass.level === 'slip' ? 'slip' : 'device'} ${pass.holder}`;
	const voter = voterMark(serving.secret, dialogue, holder);
	if (!voter) throw new Refusal('questions-closed');
	const { id: dialogueId, organizationId } = dialogue;
	const status = await upvote(serving.db, { organizationId, dialogueId, questionId: questionId!, voter });
	if (status === 'questions-closed' || status === 'question-unknown') throw new Refusal(status);
	return json({ vote: status }, status === 'counted' ? 201 : 200);
}

const followSchema = v.object({ code: v.pipe(v.string(), v.maxLength(40)) });

/** `POST /api/v1/live/ROOM/questions/follow`: what became of the question that a code is for. No code stands in an address, which logs keep. */
/** What became of one's own question, and of the case that it became. */
export type Followed = Omit<Awaited<ReturnType<typeof readFollowing>>, 'rootId'> & {
	case: { number: string; code: string } | null;
};

export async function answerFollow(
	serving: Serving,
	call: Call,
	_: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	const body = v.safeParse(followSchema, parseJson(call.body));
	if (!body.success) throw new Refusal('body-malformed');
	const dialogue = await dialogueOf(serving, room!);
	const code = readCode(body.output.code);
	const question = isTicketCode(code) ? await readFollowed(serving.db, followMark(serving.secret, code)) : undefined;
	if (question?.dialogueId !== dialogue.id) throw new Refusal('question-code');
	const { rootId, ...followed } = await readFollowing(serving.db, question);
	// Whoever asked follows on with the code of the case that their question became.
	const { organizationId } = dialogue;
	const its = { organizationId, source: 'question', sourceId: rootId } as const;
	const number = (await readQuestionCases(serving.db, organizationId, [rootId])).get(rootId)?.number;
	const found = number ? { number, code: showCode(caseCode(serving.secret, its)) } : null;
	return json({ ...followed, case: found } satisfies Followed);
}
