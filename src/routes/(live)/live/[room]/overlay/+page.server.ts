import type { StreamedFrame } from '$lib/domain/dialogue/frame.ts';
import { readRoom, viewerOf } from '$lib/server/http/live-api.ts';
import { Refusal } from '$lib/server/http/problem.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

/**
 * What lies over the video. It is on air: whatever is wrong (a withdrawn token, an unknown room), the answer is a page on which there is
 * nothing. `?shell` is that page too, for the service worker to keep.
 */
export const load: PageServerLoad = async ({ locals, params: { room }, url }) => {
	const language = (locals.locale = languageAsked(url));
	const address = `${locals.origin}/live/${room}`;
	const page = { room, language, address: address.replace(/^https?:\/\//, ''), qr: drawQr(address) };
	const nothing = { ...page, view: null, frame: null };
	if (url.searchParams.has('shell')) return nothing;
	try {
		const { running } = locals;
		const query = new URLSearchParams({ role: 'overlay', token: url.searchParams.get('token') ?? '' });
		const { dialogueId, role } = await viewerOf(running, query, room);
		const frame = await running.live.frame(dialogueId, role);
		if (!frame) return nothing;
		return { ...page, view: await readRoom(running, room, language), frame: JSON.parse(frame) as StreamedFrame };
	} catch (thrown) {
		if (!(thrown instanceof Refusal)) throw thrown;
		return nothing;
	}
};
