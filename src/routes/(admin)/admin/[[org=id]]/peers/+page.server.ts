import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { faultOf, textOf } from '$lib/domain/place/import/cell.ts';
import { freshId, line, needed } from '$lib/domain/place/entry.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import {
	lookAtPublished,
	PUBLISHED_LIMITS,
	readPredecessors,
	readPublished
} from '$lib/server/report/published/reads.ts';
import { importPublished, setPredecessors, shelvePublished } from '$lib/server/report/published/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base, path } = permitted;
	const tables = await readPublished(event.locals.running.db, path, { removed: true });
	const asked = (name: string) => tables.find(({ id }) => id === event.url.searchParams.get(name)) ?? null;
	const own = tables.filter(({ organizationId }) => organizationId === organization.id);
	return {
		base,
		organization: { id: organization.id, name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'peers:write'),
		/** Where its figures stand beside the ward's own; nothing for whoever reads no results, and for a province. */
		seeHref:
			organization.kind === 'ward' && hasRightToo(event, permitted, 'report:read')
				? `/leader/peers?org=${organization.id}`
				: null,
		freshId: newId(),
		predecessors: await readPredecessors(event.locals.running.db, organization.id),
		tables: own.filter(({ removedAt }) => removedAt === null),
		removed: own.filter(({ removedAt }) => removedAt !== null),
		/** Of what stands above: seen here, kept there. */
		above: tables.filter((one) => one.organizationId !== organization.id && one.removedAt === null),
		done: { imported: asked('added'), removed: asked('archived'), restored: asked('changed') }
	};
};

const said = v.object({
	id: freshId,
	/** '' where the headings name it. */
	year: v.pipe(
		line(4),
		v.check((text) => text === '' || (/^\d{4}$/.test(text) && text >= '2000' && text <= '2999'), 'year'),
		v.transform((text) => (text === '' ? null : Number(text)))
	),
	method: needed(200),
	source: needed(300),
	cells: v.pipe(v.string(), v.maxLength(PUBLISHED_LIMITS.bytes, 'too-large'))
});

/** What a look refuses: as a whole, or field by field. */
const refuse = (
	status: number,
	values: Record<string, string>,
	reason: string,
	problems: Record<string, string> = {}
) => fail(status, { look: null, refused: { reason, problems, values } });

export const actions: Actions = {
	/** Shows what importing would store; nothing is kept. */
	look: async (event) => {
		const data = await event.request.formData();
		const { user, organization } = await requireRight(event, 'look');
		const file = data.get('file');
		const hasFile = file instanceof File && file.size > 0;
		const form = parseForm(said, data);
		if (!form.ok) return refuse(400, form.values, 'form', form.problems);
		const { id, year, method, source, cells } = form.value;
		const values = { year: year === null ? '' : String(year), method, source, cells };
		if (!hasFile && cells === '') return refuse(400, values, 'nothing');
		if (!(await mayAskFor('import', user.id))) return refuse(429, values, 'too-often');
		if (hasFile && file.size > PUBLISHED_LIMITS.bytes) return refuse(400, values, 'too-large');
		const bytes = hasFile ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(cells);
		const look = await lookAtPublished(event.locals.running.db, organization.id, { year, method, source, bytes });
		if (!look.ok) return refuse(400, values, look.reason);
		const content = Buffer.from(bytes).toString('base64');
		return { look: { ...look.value, id, method, source, content }, refused: null };
	},
	apply: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'apply');
		const form = parseForm(v.object({ ...said.entries, content: v.pipe(v.string(), v.maxLength(300_000)) }), data);
		if (!form.ok) return refuse(400, form.values, 'form', form.problems);
		const { id, year, method, source, content } = form.value;
		const imported = await importPublished(event.locals.running.db, {
			...{ organizationId: organization.id, changedBy: user.id, now: Date.now(), id },
			file: { year, method, source, bytes: new Uint8Array(Buffer.from(content, 'base64')) }
		});
		const values = { year: String(year ?? ''), method, source, cells: '' };
		if (!imported.ok) return refuse(409, values, imported.reason);
		redirect(303, `${base}/peers?added=${id}#done`);
	},
	remove: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'remove');
		const id = String(data.get('id') ?? '');
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const removed = await shelvePublished(event.locals.running.db, { ...change, removed: true });
		if (!removed.ok) return refuse(409, {}, removed.reason);
		redirect(303, `${base}/peers?archived=${id}#done`);
	},
	restore: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'restore');
		const id = String(data.get('id') ?? '');
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const restored = await shelvePublished(event.locals.running.db, { ...change, removed: false });
		if (!restored.ok) return refuse(409, {}, restored.reason);
		redirect(303, `${base}/peers?changed=${id}#done`);
	},
	merge: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'merge');
		const form = parseForm(merged, data);
		if (!form.ok) return refuse(400, {}, 'units');
		const { units, basis } = form.value;
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const predecessors = units.length === 0 ? null : { units, basis };
		await setPredecessors(event.locals.running.db, { ...change, predecessors });
		redirect(303, `${base}/peers#merged`);
	}
};

const MOST_UNITS = 30;
const merged = v.object({
	/** One unit a line, as published tables name it. */
	units: v.pipe(
		v.string(),
		v.maxLength(4_000),
		v.transform((text) => [...new Set(text.split('\n').map(textOf))].filter((unit) => unit !== '')),
		v.check((units) => units.length <= MOST_UNITS && units.every((unit) => faultOf(unit, 120) === null))
	),
	basis: line(200)
});
