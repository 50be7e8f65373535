import { showPasswordLink, takePasswordLink } from '$lib/server/http/password-link.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => showPasswordLink(event, 'invitation');

export const actions: Actions = {
	default: (event) => takePasswordLink(event, 'invitation')
};
