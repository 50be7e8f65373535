import Papa from 'papaparse';
import { BALLOT_CHANNELS } from '../../domain/dialogue/dialogue.ts';
import type { ChannelResult, DialogueResult, RoundResult } from '../../domain/dialogue/result.ts';
import { SCORES } from '../../domain/survey/scale.ts';
import { readDialogueOfRoom, type StoredDialogue } from '../dialogue/reads.ts';
import { readReceipts, readResult } from '../dialogue/result/reads.ts';
import type { Serving } from '../serving.ts';
import { json, type Answer, type Call } from './call.ts';
import { Refusal } from './problem.ts';

async function closedDialogue({ db }: Serving, room: string): Promise<StoredDialogue> {
	const dialogue = await readDialogueOfRoom(db, room);
	if (!dialogue) throw new Refusal('live-room-unknown');
	if (dialogue.state !== 'closed') throw new Refusal('live-not-closed');
	return dialogue;
}

const languageOf = ({ query }: Call) => (query.get('lang') === 'en' ? 'en' : 'vi');

/** `GET /api/v1/live/ROOM/result`: what the result sheet shows. */
export async function answerResult(
	serving: Serving,
	call: Call,
	_: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	return json(await readResult(serving.db, await closedDialogue(serving, room!), languageOf(call)));
}

/** `GET /api/v1/live/ROOM/result.csv`: one line an option and channel, as a Vietnamese spreadsheet reads it. */
export async function answerResultFile(
	serving: Serving,
	call: Call,
	_: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	const result = (await readResult(serving.db, await closedDialogue(serving, room!), languageOf(call)))!;
	const csv = Papa.unparse(linesOf(result), { delimiter: ';', escapeFormulae: true });
	return file(`\uFEFF${csv}\r\n`, 'text/csv', `ket-qua-doi-thoai-${room}.csv`);
}

/** `GET /api/v1/live/ROOM/receipts?round=2`: the very bytes whose SHA-256 stands on the result sheet. */
export async function answerReceipts(
	serving: Serving,
	call: Call,
	_: number,
	[, room]: RegExpExecArray
): Promise<Answer> {
	const dialogue = await closedDialogue(serving, room!);
	const { rounds } = (await readResult(serving.db, dialogue, 'vi'))!;
	const round = rounds.find(({ number }) => String(number) === call.query.get('round'));
	if (!round) throw new Refusal('round-unknown');
	const receipts = (await readReceipts(serving.db, dialogue)).get(round.id)!;
	return file(receipts.join('\n'), 'text/plain', `bien-nhan-${room}-${round.number}.txt`);
}

const file = (body: string, type: string, name: string): Answer => ({
	status: 200,
	headers: {
		'content-type': `${type}; charset=utf-8`,
		'content-disposition': `attachment; filename="${name}"`,
		'cache-control': 'no-store'
	},
	body
});

function linesOf({ rounds }: DialogueResult) {
	return rounds.flatMap((round) =>
		[...BALLOT_CHANNELS, 'total' as const].flatMap((channel) => {
			const own = channel === 'total' ? round.total : round.channels[channel];
			return figuresOf(round, own).map((figure) => ({
				...{ round: round.number, question: round.text, kind: round.kind, criterion: round.criterion ?? '', channel },
				...figure,
				...{ valid: own.valid, blank: own.blank, spoiled: own.spoiled, ballots: own.ballots },
				...{ suspects: own.suspects, corrected_by: round.correctedBy ?? '', sha256: round.hash }
			}));
		})
	);
}

/** Each answer with how many gave it; of a questionnaire every item's 1..5 and not applicable (0). */
function figuresOf({ kind, options, asks }: RoundResult, { votes, shares }: ChannelResult) {
	if (kind === 'questionnaire') {
		return asks.flatMap((item, i) =>
			[...SCORES, 0].map((answer, j) => ({ item, answer: String(answer), votes: votes[6 * i + j]!, share: '' }))
		);
	}
	const answers = kind === 'scale' ? SCORES.map(String) : options;
	return answers.map((answer, i) => ({ item: '', answer, votes: votes[i]!, share: shares![i]! }));
}
