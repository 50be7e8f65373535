import { error, fail, redirect } from '@sveltejs/kit';
import { permits } from '$lib/domain/account/right.ts';
import { excerpt } from '$lib/domain/place/import/cell.ts';
import { COLUMNS, IMPORT_KINDS, type ImportKind, missingColumns } from '$lib/domain/place/import/columns.ts';
import { LARGEST_BYTES, MOST_COLUMNS, SEPARATORS } from '$lib/domain/place/import/separator.ts';
import { pageOf } from '$lib/domain/shared/list.ts';
import { newId } from '$lib/server/account/writes.ts';
import { requireRight, requireSignedIn, type Permitted } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import {
	type ImportDraft,
	readImportDraft,
	readingOf,
	readPlan,
	type ReadingWish
} from '$lib/server/place/import/reads.ts';
import { applyDraft, countStates, keepDraft } from '$lib/server/place/import/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const PREVIEW_ROWS = 25;
const SHOWN_PROBLEMS = 20;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { user, organization, base, path } = permitted;
	const { grants } = requireSignedIn(event);
	const query = event.url.searchParams;
	const setsUp = permits(grants, 'place:write', { path, siteId: null }, user.id).allowed;
	const kinds = IMPORT_KINDS.filter((kind) => setsUp || kind === 'roster');
	const kind = IMPORT_KINDS.find((known) => known === query.get('kind')) ?? kinds[0];
	if (!kinds.includes(kind)) error(403, { message: PROBLEMS.forbidden.message, code: 'forbidden' });
	const asked = query.get('draft');
	const draft = asked
		? await readImportDraft(event.locals.running.db, { organizationId: organization.id, userId: user.id, id: asked })
		: null;
	const known = draft?.kind === kind ? draft : null;
	return {
		base,
		organization: { name: organization.name },
		kind,
		kinds,
		freshId: newId(),
		gone: asked !== null && known === null,
		already: known !== null && known.appliedAt !== null && !query.has('new'),
		look: known && known.appliedAt === null ? await lookAt(event, permitted, known) : null,
		done: query.has('new') ? { new: count(query.get('new')), changed: count(query.get('changed')) } : null
	};
};

const count = (text: string | null) => Math.max(0, Number.parseInt(text ?? '', 10) || 0);

/** How the file is read and what it would do; of its rows and errors only the page that is looked at. */
async function lookAt(event: RequestEvent, { sites }: Permitted, draft: ImportDraft) {
	const { url, locals } = event;
	const reading = readingOf(draft, wishOf(draft.kind, url.searchParams));
	const { sheet, header, mapping } = reading;
	const plan = await readPlan(locals.running.db, draft, reading, { sites, now: Date.now() });
	const problems = pageOf(plan?.problems ?? [], url.searchParams.get('errors'), SHOWN_PROBLEMS);
	const rows = pageOf(plan?.rows ?? [], url.searchParams.get('page'), PREVIEW_ROWS);
	const data = sheet.rows.slice(header ? 1 : 0);
	return {
		id: draft.id,
		fileName: draft.fileName,
		encoding: sheet.encoding,
		separator: sheet.separator,
		header,
		total: data.length,
		columns: mapping.map((key, i) => ({
			key,
			heading: header ? excerpt(sheet.rows[0].cells[i] ?? '') : '',
			example: excerpt(data.find(({ cells }) => (cells[i] ?? '').trim() !== '')?.cells[i] ?? '')
		})),
		missing: missingColumns(draft.kind, mapping).map(({ key }) => key),
		counts: plan && countStates(plan.rows),
		problems,
		rows: {
			...rows,
			rows: rows.rows.map(({ row, state, cells }) => ({
				row,
				state,
				cells: COLUMNS[draft.kind]
					.filter(({ key }) => mapping.includes(key))
					.map(({ key }) => excerpt(cells[key] ?? ''))
			}))
		}
	};
}

/** What somebody has chosen about the reading; what is no choice of ours is left to us. */
function wishOf(kind: ImportKind, from: { get: (name: string) => unknown }): ReadingWish {
	const said = (name: string) => from.get(name) as string | null;
	const wish: ReadingWish = { separator: SEPARATORS.find((known) => known === said('sep')) };
	if (said('header') !== null) wish.header = said('header') === '1';
	// Parted otherwise than when they were chosen, the columns are others.
	if (said('was') !== null && said('was') !== said('sep')) return wish;
	const mapping: (string | null)[] = [];
	for (let i = 0; i < MOST_COLUMNS && said(`c${i}`) !== null; i++) {
		const column = COLUMNS[kind].find(({ key }) => key === said(`c${i}`) && !mapping.includes(key));
		mapping.push(column?.key ?? null);
	}
	return mapping.length > 0 ? { ...wish, mapping } : wish;
}

export const actions: Actions = {
	officers: async (event) => {
		const permitted = await requireRight(event, 'officers');
		return look(event, permitted, 'officers');
	},
	counters: async (event) => {
		const permitted = await requireRight(event, 'counters');
		return look(event, permitted, 'counters');
	},
	roster: async (event) => {
		const permitted = await requireRight(event, 'roster');
		return look(event, permitted, 'roster');
	},
	applyPlaces: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'applyPlaces', String(data.get('draft') ?? ''));
		return apply(event, permitted, data, ['officers', 'counters']);
	},
	applyRoster: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'applyRoster', String(data.get('draft') ?? ''));
		return apply(event, permitted, data, ['roster']);
	}
};

/** Keeps what was sent and leads to the look at it. */
async function look({ locals, request }: RequestEvent, { user, organization, base }: Permitted, kind: ImportKind) {
	const data = await request.formData();
	const file = data.get('file');
	const cells = String(data.get('cells') ?? '');
	const hasFile = file instanceof File && file.size > 0;
	const sent = String(data.get('draft') ?? '');
	const id = /^[0-9a-z]{10}$/.test(sent) ? sent : newId();
	const refuse = (reason: string) => fail(400, { refused: reason, cells: cells.length <= LARGEST_BYTES ? cells : '' });
	if (!hasFile && cells.trim() === '') return refuse('nothing');
	if (!(await mayAskFor('import', user.id))) return refuse('too-often');
	if (hasFile && file.size > LARGEST_BYTES) return refuse('too-large');
	const kept = await keepDraft(locals.running.db, {
		id,
		organizationId: organization.id,
		userId: user.id,
		kind,
		fileName: hasFile ? excerpt(file.name) : '',
		bytes: hasFile ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(cells),
		now: Date.now()
	});
	if (!kept.ok) return refuse(kept.reason);
	redirect(303, `${base}/import?kind=${kind}&draft=${id}#look`);
}

async function apply(
	{ locals }: RequestEvent,
	{ user, organization, sites, base }: Permitted,
	data: FormData,
	kinds: readonly ImportKind[]
) {
	const id = String(data.get('draft') ?? '');
	const kind = kinds.find((known) => known === data.get('kind')) ?? kinds[0];
	const applied = await applyDraft(locals.running.db, {
		organizationId: organization.id,
		userId: user.id,
		id,
		kinds,
		sites,
		wish: wishOf(kind, data),
		now: Date.now()
	});
	const here = `${base}/import?kind=${kind}`;
	if (applied.ok) redirect(303, `${here}&new=${applied.value.new}&changed=${applied.value.changed}`);
	if (applied.reason === 'already' || applied.reason === 'draft-unknown') redirect(303, `${here}&draft=${id}`);
	return fail(409, { notApplied: applied.reason });
}
