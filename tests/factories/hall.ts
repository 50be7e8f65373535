import { GRACE_MS } from '../../src/lib/domain/dialogue/round.ts';
import { closeDialogue } from '../../src/lib/server/dialogue/closing/writes.ts';
import { finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { readDialogue, readRounds } from '../../src/lib/server/dialogue/reads.ts';
import type { NewDialogue, NewRound } from '../../src/lib/server/dialogue/writes.ts';
import { keyed, vote } from './ballots.ts';
import { aDialogue, aRound } from './dialogue.ts';
import { aWard } from './place.ts';
import { aServing } from './serving.ts';
import { NOON } from './sheet.ts';

export const aScale = (change: Partial<NewRound> = {}) =>
	aRound({ kind: 'scale', text: 'Cán bộ phục vụ thế nào?', options: [], criterion: 'PV', ...change });
const aForm = () =>
	aRound({ kind: 'questionnaire', text: 'Phiếu chung', options: [], versionId: 'SIPAS5-v1', items: 5 });

/** A ward's dialogue whose rounds are opened one by one; `ask` votes in one and lets it become final. */
export async function aHall(agenda: NewRound[], change: Partial<NewDialogue> = {}) {
	const serving = await aServing();
	await aWard(serving.db);
	const dialogue = await aDialogue(serving, change, agenda);
	await dialogue.command({ do: 'start' });
	let now = NOON;
	const ask = async (index: number, votes: (roundId: string) => Promise<unknown>) => {
		const { id: roundId } = (await readRounds(serving.db, dialogue.id))[index]!;
		const opened = await dialogue.command({ do: 'open', roundId }, now);
		if (!opened.ok) throw new Error(`Not opened: ${opened.reason}`);
		await votes(roundId);
		await dialogue.command({ do: 'close-now' }, now);
		now += GRACE_MS + 1;
		await finishDueRounds(serving.db, now);
		return roundId;
	};
	const close = async (expected?: number) => {
		const { version } = (await readDialogue(serving.db, dialogue.id))!;
		const asked = { dialogueId: dialogue.id, expected: expected ?? version, userId: 'u1', now: now + 1000 };
		return closeDialogue(serving, asked);
	};
	const stored = async () => (await readDialogue(serving.db, dialogue.id))!;
	return { serving, ...dialogue, ask, close, stored };
}

/** Twelve in the hall, three on the stream of whom one came in a burst, six on paper: fives, but for a blank and a spoiled one. */
export async function aFullHall(change: Partial<NewDialogue> = {}) {
	const hall = await aHall([aRound(), aScale(), aForm()], change);
	const { serving, id, ask, command } = hall;
	await ask(0, (roundId) => vote(serving, id, 'device 0', { roundId, choice: '1' }));
	const scale = await ask(1, async (roundId) => {
		for (let i = 0; i < 12; i++) await vote(serving, id, `device ${i}`, { roundId, choice: i < 9 ? '5' : '2' });
		for (let i = 20; i < 23; i++) {
			await vote(serving, id, `device ${i}`, { roundId, choice: '4', channel: 'live-stream', suspect: i === 20 });
		}
		await vote(serving, id, 'device 30', { roundId, choice: '' });
	});
	const form = await ask(2, async (roundId) => {
		for (let i = 0; i < 8; i++) await vote(serving, id, `device ${i}`, { roundId, choice: '55430' });
	});
	await command({ do: 'end' });
	for (let i = 0; i < 6; i++) await keyed(serving, id, `slip ${i}`, { roundId: scale, choice: i < 5 ? '5' : 'x' });
	for (let i = 0; i < 5; i++) await keyed(serving, id, `slip ${i}`, { roundId: form, choice: '5---1' });
	return { ...hall, scale, form };
}
