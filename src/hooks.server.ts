import type { Handle, ServerInit } from '@sveltejs/kit';
import { running } from '$lib/server/running.ts';

export const init: ServerInit = async () => {
	await running();
};

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.running = await running();
	return resolve(event);
};
