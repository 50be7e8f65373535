import { fail, redirect } from '@sveltejs/kit';
import { excerpt } from '$lib/domain/place/import/cell.ts';
import { ANSWER_LIMITS, SEPARATORS } from '$lib/domain/place/import/separator.ts';
import { SCORES, type Score } from '$lib/domain/survey/scale.ts';
import { draftFromForm, withMeanings, type MapDraft } from '$lib/domain/submission/import/draft.ts';
import { parseMap } from '$lib/domain/submission/import/map.ts';
import { newId } from '$lib/server/account/writes.ts';
import type { Db } from '$lib/server/db/db.ts';
import { requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { readAnswerLook, readImportedFiles, suggestDraft } from '$lib/server/submission/import/look/reads.ts';
import {
	draftOf,
	headingsOf,
	readAnswerFile,
	readAnswerTable,
	tableOf,
	type AnswerFile
} from '$lib/server/submission/import/reads.ts';
import { importKept, keepAnswerFile, keepMap } from '$lib/server/submission/import/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const MOST_MAP_BYTES = 200_000;

export const load: PageServerLoad = async (event) => {
	const { user, organization, base } = await requireRight(event, 'load');
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const asked = query.get('file');
	const own = { organizationId: organization.id, userId: user.id, id: asked ?? '' };
	const file = asked ? await readAnswerFile(db, own) : null;
	const standing = file !== null && file.appliedAt === null;
	return {
		base,
		organization: { name: organization.name },
		freshId: newId(),
		gone: asked !== null && file === null,
		already: file !== null && !standing && !query.has('stored'),
		done: query.has('stored')
			? { stored: count(query, 'stored'), known: count(query, 'known'), differs: count(query, 'differs') }
			: null,
		look: standing ? await readAnswerLook(db, organization, file, Date.now()) : null,
		before: standing
			? []
			: (await readImportedFiles(db, organization.id)).map(({ fileName, appliedAt, draft }) => ({
					fileName,
					appliedAt,
					source: draft.source ?? ''
				}))
	};
};

const count = (query: URLSearchParams, name: string) => Math.max(0, Number.parseInt(query.get(name) ?? '', 10) || 0);

export const actions: Actions = {
	look: async (event) => {
		const { user, organization, base } = await requireRight(event, 'look');
		const { db } = event.locals.running;
		const data = await event.request.formData();
		const [file, map] = [data.get('csv'), data.get('map')];
		const sent = String(data.get('fresh') ?? '');
		const id = /^[0-9a-z]{10}$/.test(sent) ? sent : newId();
		const refuse = (refused: string) => fail(400, { refused });
		if (!(file instanceof File) || file.size === 0) return refuse('nothing');
		if (!(await mayAskFor('import', user.id))) return refuse('too-often');
		if (file.size > ANSWER_LIMITS.bytes) return refuse('too-large');
		const bytes = new Uint8Array(await file.arrayBuffer());
		const given = map instanceof File && map.size > 0 ? await givenMap(map) : null;
		if (given && !given.ok) return refuse('map-malformed');
		const table = readAnswerTable(bytes, given?.value.separator);
		if (!table.ok) return refuse(table.reason);
		const own = { organizationId: organization.id, userId: user.id, id };
		const kept = await keepAnswerFile(db, { ...own, fileName: excerpt(file.name), bytes, now: Date.now() });
		if (!kept.ok) return refuse(kept.reason);
		await keepMap(db, { ...own, map: given?.value ?? (await suggestDraft(db, organization, table.value)) });
		redirect(303, `${base}/answers?file=${id}#look`);
	},
	reread: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'reread', fileIn(data));
		return change(event, permitted, data, '#columns', async (file, db) => {
			const table = tableOf(
				file,
				SEPARATORS.find((known) => known === data.get('sep'))
			);
			const wish = { header: data.get('header') === '1', versionId: String(data.get('version')) };
			return { ...(await suggestDraft(db, permitted.organization, table, wish)), source: draftOf(file).source };
		});
	},
	map: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'map', fileIn(data));
		return change(event, permitted, data, '#check', (file) => {
			const before = draftOf(file);
			const headings = headingsOf(tableOf(file, before.separator), before.header ?? true);
			const itemIds = [...data.keys()].flatMap((name) => (name.startsWith('item-') ? name.slice(5) : []));
			return draftFromForm((name) => data.get(name) as string | null, before, { headings, itemIds });
		});
	},
	meanings: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'meanings', fileIn(data));
		return change(event, permitted, data, '#check', (file) => withMeanings(draftOf(file), meaningsIn(data)));
	},
	apply: async (event) => {
		const data = await event.request.formData();
		const { organization, user, base } = await requireRight(event, 'apply', fileIn(data));
		const here = `${base}/answers?file=${encodeURIComponent(fileIn(data))}`;
		const imported = await importKept(event.locals.running.db, {
			organization,
			userId: user.id,
			fileId: fileIn(data),
			seen: String(data.get('seen') ?? ''),
			now: Date.now()
		});
		if (!imported.ok) {
			if (imported.reason === 'already' || imported.reason === 'file-unknown') redirect(303, here);
			return fail(409, { notApplied: imported.reason });
		}
		const { stored, known, differs } = imported.value;
		redirect(303, `${here}&stored=${stored}&known=${known}&differs=${differs}`);
	}
};

const fileIn = (data: FormData) => String(data.get('file') ?? '');

/** Changes the map of somebody's own file that waits for a decision, and leads back to it; of any other nothing changes. */
async function change(
	{ locals }: RequestEvent,
	{ organization, user, base }: Permitted,
	data: FormData,
	at: string,
	made: (file: AnswerFile, db: Db) => MapDraft | Promise<MapDraft>
): Promise<never> {
	const { db } = locals.running;
	const own = { organizationId: organization.id, userId: user.id, id: fileIn(data) };
	const file = await readAnswerFile(db, own);
	if (file?.appliedAt === null) await keepMap(db, { ...own, map: await made(file, db) });
	redirect(303, `${base}/answers?file=${encodeURIComponent(own.id)}${at}`);
}

async function givenMap(file: File) {
	return file.size > MOST_MAP_BYTES ? ({ ok: false } as const) : parseMap(await file.text());
}

/** 'v0' is a text of the file and 's0' what it means: a score, 'none', or '' where the rule is to decide. */
function meaningsIn(data: FormData): Map<string, Score | null | undefined> {
	const meanings = new Map<string, Score | null | undefined>();
	for (let i = 0; data.has(`v${i}`); i++) {
		const text = String(data.get(`v${i}`)).slice(0, 200);
		const said = data.get(`s${i}`);
		if (text !== '') meanings.set(text, said === 'none' ? null : SCORES.find((score) => String(score) === said));
	}
	return meanings;
}
