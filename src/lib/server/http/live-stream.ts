import type { ServerResponse } from 'node:http';
import type { ViewerRole } from '../../domain/dialogue/frame.ts';
import { readDialogueOfRoom } from '../dialogue/reads.ts';
import type { Serving } from '../serving.ts';
import { problem, type Answer, type Call } from './call.ts';
import { viewerOf } from './live-api.ts';
import { Refusal } from './problem.ts';
import { requireStaff } from './staff-guard.ts';

const STREAM = /^\/api\/v1\/live\/(\w{1,12})\/(events|desk-events)$/;

/** Whether a path is a stream's, which stays open and so is answered on the bare response. */
export const isStream = (path: string) => STREAM.test(path);

/**
 * `GET /api/v1/live/ROOM/events?role=&token=` and `…/desk-events` (the desk's own, for whoever may run the dialogue). null: the stream
 * is running on the response; else a refusal, of which nothing has been written yet.
 */
export async function openStream(
	serving: Serving,
	call: Omit<Call, 'body'>,
	response: ServerResponse,
	now: number
): Promise<Answer | null> {
	try {
		if (call.method !== 'GET') return problem('method-not-allowed');
		const [, room, kind] = STREAM.exec(call.path)!;
		const viewer =
			kind === 'events' ? await viewerOf(serving, call.query, room!) : await deskOf(serving, call, room!, now);
		const lastSeen = call.header('last-event-id') ?? '';
		await serving.live.attach(response, { ...viewer, lastSeen });
		return null;
	} catch (thrown) {
		if (thrown instanceof Refusal) return problem(thrown.code);
		serving.report(thrown, { requestId: call.requestId, route: 'stream' });
		if (response.headersSent) return (void response.destroy(), null);
		return problem('unexpected');
	}
}

async function deskOf(serving: Serving, call: Omit<Call, 'body'>, room: string, now: number) {
	const dialogue = await readDialogueOfRoom(serving.db, room);
	if (!dialogue) throw new Refusal('live-room-unknown');
	const query = new URLSearchParams({ org: dialogue.organizationId });
	await requireStaff(serving, { ...call, query, body: '' }, 'dialogue:run', now);
	return { dialogueId: dialogue.id, role: 'desk' as ViewerRole };
}
