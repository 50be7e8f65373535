import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { freshId, needed } from '$lib/domain/place/entry.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readApiKeys } from '$lib/server/survey/api-keys/reads.ts';
import { makeApiKey, revokeApiKey } from '$lib/server/survey/api-keys/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const keys = await readApiKeys(event.locals.running.db, organization.id);
	const revoked = event.url.searchParams.get('revoked');
	return {
		base,
		organization: { name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'api-key:write'),
		freshId: newId(),
		address: `${event.locals.origin}/api/v1/tickets`,
		keys: keys.map(({ createdAt, usedAt, revokedAt, ...key }) => ({
			...key,
			made: localDay(createdAt),
			used: usedAt === null ? null : localDay(usedAt),
			revoked: revokedAt === null ? null : localDay(revokedAt)
		})),
		revoked: keys.find(({ id }) => id === revoked)?.name ?? null
	};
};

const newKey = v.object({ id: freshId, name: needed(80) });

export const actions: Actions = {
	/** The answer shows the key, once; it is in no address and no store. */
	make: async (event) => {
		const data = await event.request.formData();
		const { user, organization } = await requireRight(event, 'make');
		const form = parseForm(newKey, data);
		if (!form.ok) return fail(400, { refused: { values: form.values, problems: form.problems } });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const made = await makeApiKey(event.locals.running.db, { ...change, ...form.value });
		if (!made.ok) {
			const problems: Record<string, string> = { id: made.reason };
			return fail(409, { refused: { values: {} as Record<string, string>, problems } });
		}
		return { slip: { key: made.value.key, name: form.value.name } };
	},
	revoke: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'revoke', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		await revokeApiKey(event.locals.running.db, { ...change, id });
		redirect(303, `${base}/tickets/keys?revoked=${id}#done`);
	}
};
