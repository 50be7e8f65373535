import { hash, randomBytes } from 'node:crypto';
import type { DeskCommand } from '../../../domain/dialogue/desk.ts';
import { finalAt } from '../../../domain/dialogue/round.ts';
import type { Ballot } from '../../../domain/dialogue/voting.ts';
import { HOUR_MS, MINUTE_MS, startOfLocalDay } from '../../../domain/shared/time.ts';
import { SIPAS5 } from '../../../domain/survey/sipas5.ts';
import { newId } from '../../account/writes.ts';
import type { Db } from '../../db/db.ts';
import { closeDialogue } from '../../dialogue/closing/writes.ts';
import { commandDialogue, finishDueRounds } from '../../dialogue/desk/writes.ts';
import { readDialogue, readRounds, voterMark, type StoredDialogue } from '../../dialogue/reads.ts';
import { makeSlips } from '../../dialogue/slips/writes.ts';
import { castVote } from '../../dialogue/votes/writes.ts';
import { addDialogue, type NewRound } from '../../dialogue/writes.ts';
import { secretFrom, type Secret } from '../../secret/secret.ts';
import { BALLOTS, demonstrationBallots, QUESTIONS, type MadeUpBallot } from '../ballots.ts';
import { keyDemonstrationPile } from './paper/writes.ts';
import { askDemonstrationQuestions } from './questions/writes.ts';

const KEY_BYTES = 32;
/** Slips of the hall, then those with a paper ballot; some were never used. */
const SLIPS = BALLOTS.all['live-hall'] + 46;
const SLIPS_WITH_PAPER = BALLOTS.all['live-paper'] + 30;
const MINUTES_A_ROUND = 12;

/**
 * A dialogue of some days ago: led from the desk, voted in, keyed and closed by the functions that do it for any other. Its secret is
 * gone with the closing, so the key that it was sealed under need not be kept.
 */
export async function holdDialogue(db: Db, { organizationId, userId, keyers, day }: DialogueHeld) {
	const secret = secretFrom(randomBytes(KEY_BYTES).toString('base64url'));
	const start = startOfLocalDay(day) + 8 * HOUR_MS;
	const by = { organizationId, userId, now: start - 24 * HOUR_MS };
	const dialogue = {
		...{ title: 'Đối thoại trình diễn: lãnh đạo phường nghe dân', place: 'Hội trường phường Bình Minh', day },
		...{ time: '08:00', streamUrl: '', halls: ['Hội trường phường'], hallProof: 'slip' as const, rehearsal: false }
	};
	const { id } = await addDialogue({ db, secret }, by, dialogue, agendaOf());
	const command = async (what: DeskCommand, now: number) => {
		const { version } = (await readDialogue(db, id))!;
		await commandDialogue(db, { dialogueId: id, command: what, expected: version, userId, now });
	};
	for (const [count, withBallots] of [
		[SLIPS, false],
		[SLIPS_WITH_PAPER, true]
	] as const) {
		const run = { id: newId(), dialogueId: id, hall: 0, count, ballots: withBallots, userId, now: by.now };
		await makeSlips({ db, secret }, run);
	}
	await command({ do: 'start' }, start);
	await command({ do: 'questions', open: true }, start);
	const held = (await readDialogue(db, id))!;
	const agenda = await readRounds(db, id);
	await askDemonstrationQuestions({ db, secret }, { dialogue: held, userId, start, slips: SLIPS });
	const made = demonstrationBallots();
	for (const [i, own] of [made.first, made.replies, made.all].entries()) {
		const { id: roundId } = agenda[i]!;
		const at = start + (i + 1) * MINUTES_A_ROUND * MINUTE_MS;
		await command({ do: 'open', roundId }, at);
		const cast = own.filter(({ channel }) => channel !== 'live-paper');
		const votes = votesOf(secret, held, roundId, cast);
		await Promise.all(votes.map((vote) => castVote(db, { dialogueId: id, ...vote, at })));
		await command({ do: 'close-now' }, at + 3 * MINUTE_MS);
		const [closing] = (await readRounds(db, id)).filter((round) => round.id === roundId);
		await finishDueRounds(db, finalAt(closing!)!);
		await command({ do: 'reveal' }, at + 4 * MINUTE_MS);
	}
	await command({ do: 'end' }, start + HOUR_MS);
	const paper = made.all.filter(({ channel }) => channel === 'live-paper');
	await keyDemonstrationPile(
		{ db, secret },
		{
			dialogueId: id,
			ballots: paper.map(({ voter, choice }) => ({ serial: SLIPS + 1 + voter, choice })),
			people: { ...keyers, third: userId },
			now: start + HOUR_MS
		}
	);
	const { version: expected } = (await readDialogue(db, id))!;
	return closeDialogue({ db, secret }, { dialogueId: id, expected, userId, now: start + 8 * HOUR_MS });
}

interface DialogueHeld {
	organizationId: string;
	userId: string;
	/** Who keyed its paper, each for themselves. */
	keyers: { first: string; second: string };
	/** Its local day. */
	day: string;
}

function agendaOf(): NewRound[] {
	const asked = { options: [], most: 1, criterion: null, items: 0, changeable: true, onPaper: false, versionId: null };
	const { first, replies, all } = QUESTIONS;
	return [
		{ ...asked, kind: 'single', ...first, options: [...first.options] },
		{ ...asked, kind: 'scale', ...replies, criterion: 'TT' },
		{ ...asked, kind: 'questionnaire', ...all, items: SIPAS5.items.length, versionId: SIPAS5.id, onPaper: true }
	];
}

/** The hall by slip, the stream by phone, as a dialogue with slips has it. */
function votesOf(
	secret: Secret,
	held: StoredDialogue,
	roundId: string,
	own: readonly MadeUpBallot[]
): { ballot: Ballot; serial: number | null }[] {
	return own.map(({ voter, channel, suspect, choice }) => {
		const serial = channel === 'live-stream' ? null : voter + 1;
		const ballot: Ballot = {
			...{ organizationId: held.organizationId, roundId, channel, suspect, choice, hall: 0, turn: 1, batchId: '' },
			voter: voterMark(secret, held, serial === null ? `device made-up-${voter}` : `slip ${serial}`)!,
			id: hash('sha256', `${roundId} ${channel} ${voter}`, 'base64url').slice(0, 22),
			level: serial === null ? 'device' : 'slip'
		};
		return { ballot, serial };
	});
}
