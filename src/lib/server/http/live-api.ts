import { hash } from 'node:crypto';
import * as v from 'valibot';
import { readChoice } from '../../domain/dialogue/choice.ts';
import { isViewerRole } from '../../domain/dialogue/frame.ts';
import { hallCodeSteps, HALL_CODE_MS, isHallCode, type Pass } from '../../domain/dialogue/pass.ts';
import type { RoomView } from '../../domain/dialogue/room-view.ts';
import type { VoteStatus } from '../../domain/dialogue/voting.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import { textIn } from '../../domain/survey/questionnaire.ts';
import { showCode } from '../../domain/survey/code.ts';
import { readDisplay, readSlip } from '../dialogue/passes/reads.ts';
import {
	contentOf,
	hallCode,
	readDialogueOfRoom,
	readRounds,
	receiptOf,
	voterMark,
	type StoredDialogue
} from '../dialogue/reads.ts';
import { castVote } from '../dialogue/votes/writes.ts';
import type { Serving } from '../serving.ts';
import { knowVersions } from '../survey/reads.ts';
import { packUuid } from '../submission/writes.ts';
import { json, parseJson, type Answer, type Call } from './call.ts';
import { readDevice } from './device-cookie.ts';
import { openPass, sealPass } from './live-pass.ts';
import { countHallCode, countPass } from './limits.ts';
import { Refusal } from './problem.ts';

/** What phones and screens of a dialogue ask for. Everything but a vote and a pass is a look, and may be repeated at will. */

async function dialogueOf({ db }: Serving, room: string): Promise<StoredDialogue> {
	const dialogue = await readDialogueOfRoom(db, room);
	if (!dialogue) throw new Refusal('live-room-unknown');
	return dialogue;
}

/** `GET /api/v1/live/ROOM`: what is asked, as text; changes only from round to round. */
export async function answerRoom(serving: Serving, call: Call, __: number, [, room]: RegExpExecArray): Promise<Answer> {
	return json(await readRoom(serving, room!, call.query.get('lang') ?? 'vi'));
}

/** Throws a Refusal where there is no such room. */
export async function readRoom(serving: Serving, room: string, language: string): Promise<RoomView> {
	const dialogue = await dialogueOf(serving, room);
	const { title, place, halls, hallProof, hidden, roundId, rehearsal, state, questionsOpen } = dialogue;
	const agenda = await readRounds(serving.db, dialogue.id);
	const shown = hidden ? undefined : agenda.find(({ id }) => id === roundId);
	if (shown?.versionId) await knowVersions(serving.db, [shown.versionId]);
	const items = shown?.versionId ? (findVersion(shown.versionId)?.items ?? []) : [];
	return {
		...{ title, place, halls, hallProof, rehearsal, state, hidden, questionsOpen, rounds: agenda.length },
		round: shown
			? {
					...{ id: shown.id, number: agenda.indexOf(shown) + 1, phase: shown.phase, changeable: shown.changeable },
					...contentOf(shown),
					asks: items.map((item) => textIn(item.text, language).text)
				}
			: null
	};
}

/** `GET /api/v1/live/ROOM/state`: one frame of the stream, for whoever cannot keep one. */
export async function answerState(serving: Serving, call: Call, _: number, [, room]: RegExpExecArray): Promise<Answer> {
	const { role, dialogueId } = await viewerOf(serving, call.query, room!);
	const frame = await serving.live.frame(dialogueId, role);
	if (!frame) throw new Refusal('live-room-unknown');
	return {
		status: 200,
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
		body: frame
	};
}

/** Who may read a stream as what: everybody as a phone, a screen or a broadcast by its token. The desk's is read by its own page. */
export async function viewerOf(serving: Serving, query: URLSearchParams, room: string) {
	const dialogue = await dialogueOf(serving, room);
	const role = query.get('role') ?? 'phone';
	if (!isViewerRole(role) || role === 'desk') throw new Refusal('query-invalid');
	if (role === 'phone') return { dialogueId: dialogue.id, role, display: '', hall: 0 };
	const token = query.get('token') ?? '';
	const display = await readDisplay(serving.db, hash('sha256', token, 'base64url'));
	if (display?.dialogueId !== dialogue.id || display.kind !== role) throw new Refusal('display-unknown');
	return { dialogueId: dialogue.id, role, display: display.tokenHash, hall: display.hall };
}

/** `GET /api/v1/live/ROOM/hall-code?role=screen&token=…`: what the room's screen shows, and until when. */
export async function answerHallCode(
	serving: Serving,
	call: Call,
	now: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	const { role, hall } = await viewerOf(serving, call.query, room!);
	if (role !== 'screen') throw new Refusal('display-unknown');
	const dialogue = await dialogueOf(serving, room!);
	const [step] = hallCodeSteps(now);
	const code = hallCode(serving.secret, dialogue, { hall, step: step! });
	if (!code) throw new Refusal('live-over');
	return json({ code, hall, until: (step! + 1) * HALL_CODE_MS, now });
}

const passSchema = v.object({
	/** The code of a seat slip. */
	slip: v.optional(v.pipe(v.string(), v.maxLength(40))),
	/** The six digits of the room's screen. */
	hallCode: v.optional(v.pipe(v.string(), v.maxLength(12))),
	/** Which hall it is about: its number from 0. */
	hall: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99))),
	/** A pass of before: a phone that lost its cookie keeps its number. */
	pass: v.optional(v.pipe(v.string(), v.maxLength(400)))
});

/** `POST /api/v1/live/ROOM/passes`: what a phone votes with, by how it showed where it is. */
export async function answerPass(
	serving: Serving,
	call: Call,
	now: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	const body = v.safeParse(passSchema, parseJson(call.body));
	if (!body.success) throw new Refusal('body-malformed');
	const { slip, hallCode: typed, hall = 0, pass: before } = body.output;
	const dialogue = await dialogueOf(serving, room!);
	if (dialogue.state === 'closed' || !dialogue.sealedSecret) throw new Refusal('live-over');
	if (hall >= dialogue.halls.length) throw new Refusal('body-malformed');
	if (slip !== undefined) return json(await passOfSlip(serving, dialogue, slip), 201);

	const known = before === undefined ? null : openPass(serving.secret, before);
	const { device, cookie } = readDevice(call.header('cookie'), serving.environment.origin);
	// Anybody can write a cookie; a pass of ours names a phone that was counted when it got its first.
	const counted = known?.dialogueId === dialogue.id && known.level !== 'slip' ? known.holder : null;
	const inHall = await showsHall(serving, dialogue, { typed, hall, now });
	const channel = inHall ? 'live-hall' : 'live-stream';
	const pass: Pass = {
		...{ dialogueId: dialogue.id, channel, holder: counted ?? device, hall: inHall ? hall : 0 },
		level: typed === undefined ? 'device' : 'hall-code',
		suspect: counted === null ? !(await countPass(dialogue.id, channel)) : known!.suspect
	};
	return json(shownPass(serving, pass), 201, cookie ? { 'set-cookie': cookie } : {});
}

async function passOfSlip({ db, secret }: Serving, dialogue: StoredDialogue, typed: string) {
	const slip = await readSlip(db, secret, dialogue, typed);
	if (!slip) throw new Refusal('slip-unknown');
	const { serial, hall } = slip;
	const pass: Pass = {
		dialogueId: dialogue.id,
		level: 'slip',
		holder: String(serial),
		channel: 'live-hall',
		hall,
		suspect: false
	};
	return { ...shownPass({ secret }, pass), serial };
}

const shownPass = ({ secret }: Pick<Serving, 'secret'>, pass: Pass) => ({
	pass: sealPass(secret, pass),
	level: pass.level,
	channel: pass.channel,
	hall: pass.hall
});

/** Whether this phone is in the hall by the dialogue's own rule; a code that was shown must be right. */
async function showsHall(
	{ secret }: Serving,
	dialogue: StoredDialogue,
	{ typed, hall, now }: { typed: string | undefined; hall: number; now: number }
): Promise<boolean> {
	if (typed === undefined) return dialogue.hallProof === 'none';
	if (!(await countHallCode(dialogue.id))) throw new Refusal('too-many-requests');
	const code = typed.replace(/\s/g, '');
	const right =
		isHallCode(code) && hallCodeSteps(now).some((step) => hallCode(secret, dialogue, { hall, step }) === code);
	if (!right) throw new Refusal('hall-code-wrong');
	return true;
}

const voteSchema = v.object({
	pass: v.pipe(v.string(), v.maxLength(400)),
	roundId: v.pipe(v.string(), v.regex(/^[!-~]{1,40}$/)),
	/** Made and kept by the phone before it sends. */
	ballotId: v.pipe(v.string(), v.uuid(), v.toLowerCase()),
	/** 1 for the phone's first word in this round, 2 when it changes its mind. */
	turn: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
	choice: v.pipe(v.string(), v.maxLength(100))
});

const STATUS: Record<Exclude<VoteStatus, 'closed' | 'slip-void'>, number> = {
	counted: 201,
	changed: 200,
	already: 200
};

/** `POST /api/v1/live/ROOM/votes`: 201 counted, 200 changed or counted before, 409 closed. Answered only after the commit. */
export async function answerVote(
	serving: Serving,
	call: Call,
	now: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	const body = v.safeParse(voteSchema, parseJson(call.body));
	if (!body.success) throw new Refusal('body-malformed');
	const { pass: token, roundId, ballotId, turn, choice: text } = body.output;
	const dialogue = await dialogueOf(serving, room!);
	const pass = openPass(serving.secret, token);
	if (pass?.dialogueId !== dialogue.id) throw new Refusal('pass-unknown');
	const round = (await readRounds(serving.db, dialogue.id)).find(({ id }) => id === roundId);
	if (!round) throw new Refusal('round-unknown');
	const choice = readChoice(round, text);
	if (choice === null) throw new Refusal('choice-unknown');
	// A slip's number and a device's are different words, so that neither can stand for the other.
	const voter = voterMark(serving.secret, dialogue, `${pass.level === 'slip' ? 'slip' : 'device'} ${pass.holder}`);
	if (!voter) throw new Refusal('round-closed');
	const { organizationId } = dialogue;
	const { channel, hall, level, suspect } = pass;
	const ballot = {
		organizationId,
		roundId,
		voter,
		id: packUuid(ballotId),
		turn,
		channel,
		hall,
		level,
		suspect,
		choice,
		batchId: ''
	};
	const serial = level === 'slip' ? Number(pass.holder) : null;
	const verdict = await castVote(serving.db, { dialogueId: dialogue.id, ballot, serial, at: now });
	if (verdict.status === 'closed') throw new Refusal('round-closed');
	if (verdict.status === 'slip-void') throw new Refusal('slip-void');
	const receipt = showCode(receiptOf(roundId, verdict.ballotId!));
	return json({ vote: verdict.status, receipt }, STATUS[verdict.status]);
}
