import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { addDisplay, revokeDisplay } from '../../src/lib/server/dialogue/displays/writes.ts';
import { readDisplays } from '../../src/lib/server/dialogue/displays/reads.ts';
import { readDialogue, readRounds } from '../../src/lib/server/dialogue/reads.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import { openStream } from '../../src/lib/server/http/live-stream.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const by = (dialogueId: string) => ({ dialogueId, organizationId: 'w1', userId: 'u1', now: NOON });

async function onAir() {
	const serving = await aServing();
	const dialogue = await aDialogue(serving);
	const { token } = await addDisplay(serving.db, by(dialogue.id), { kind: 'overlay', name: 'OBS', hall: 0 });
	const state = async () => {
		const query = new URLSearchParams({ role: 'overlay', token });
		const call = {
			method: 'GET',
			path: `/api/v1/live/${dialogue.room}/state`,
			query,
			header: () => undefined,
			body: ''
		};
		const answer = await answerApi(serving, call, NOON);
		return { status: answer.status, body: JSON.parse(answer.body) };
	};
	return { serving, dialogue, token, state };
}

test('the layout and the number that measures the delay are in the overlay’s state, and the delay in the close', async () => {
	const { serving, dialogue, state } = await onAir();
	expect((await state()).body).toMatchObject({ overlay: { layout: 'lower', code: null } });
	await dialogue.command({ do: 'overlay', layout: 'ticker' });
	await dialogue.command({ do: 'delay-show', code: '42' });
	// What is asked within a second is answered from one look.
	await expect
		.poll(async () => (await state()).body.overlay, { timeout: 5000 })
		.toEqual({ layout: 'ticker', code: { text: '42', shownAt: NOON } });
	await dialogue.command({ do: 'delay-seen' }, NOON + 18_040);
	expect(await readDialogue(serving.db, dialogue.id)).toMatchObject({
		streamDelayMs: 18_000,
		delayMeasure: { before: 0, tries: [18_040], code: null }
	});
	const roundId = dialogue.rounds[0]!.id;
	await dialogue.command({ do: 'start' });
	await dialogue.command({ do: 'open', roundId });
	await dialogue.command({ do: 'close-in', seconds: 10 });
	const [round] = await readRounds(serving.db, dialogue.id);
	expect(round!.streamClosesAt! - round!.closesAt!).toBe(18_000);
});

test('a token that was withdrawn on another node, or by a command, ends an open stream within two seconds', async () => {
	const { serving, dialogue, token, state } = await onAir();
	const server = createServer((request, response) => {
		const [path = '', query = ''] = request.url!.split('?');
		const call = { method: 'GET', path, query: new URLSearchParams(query), header: () => undefined };
		void openStream(serving, call, response, Date.now());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => (server.closeAllConnections(), void server.close()));
	const { port } = server.address() as AddressInfo;
	const path = `/api/v1/live/${dialogue.room}/events?role=overlay&token=${token}`;
	const [stream] = (await once(send({ port, path, agent: false }).end(), 'response')) as [IncomingMessage];
	let text = '';
	stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
	await expect.poll(() => text).toContain('"layout":"lower"');

	const [display] = await readDisplays(serving.db, dialogue.id);
	const began = performance.now();
	// The hub of this process is not told.
	expect(await revokeDisplay(serving.db, by(dialogue.id), display!.id)).toBe(true);
	await once(stream, 'end');
	expect(performance.now() - began).toBeLessThan(2000);
	expect(text).toContain('event: gone');
	expect(await state()).toMatchObject({ status: 403, body: { code: 'display-unknown' } });
});
