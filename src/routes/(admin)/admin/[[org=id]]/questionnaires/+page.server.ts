import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { freshId } from '$lib/domain/place/entry.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { filledOut } from '$lib/domain/survey/editing.ts';
import { LARGEST_FILE_BYTES, readQuestionnaireFile, type FileProblem } from '$lib/domain/survey/file.ts';
import { draftOfLss, type LssDraft, type LssRemark } from '$lib/domain/survey/limesurvey/content.ts';
import { readLssSurvey, type LssRefusal } from '$lib/domain/survey/limesurvey/tables.ts';
import { fitsTablet, LIMITS } from '$lib/domain/survey/publishing.ts';
import { newId } from '$lib/server/account/writes.ts';
import { textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { readLss } from '$lib/server/survey/limesurvey/structure.ts';
import { readSource, readVersions } from '$lib/server/survey/version/reads.ts';
import { addDraft } from '$lib/server/survey/version/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** As many problems of a file as somebody reads; the rest is a number. */
const SHOWN_PROBLEMS = 20;
const SHOWN_REMARKS = 100;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const { db } = event.locals.running;
	const ask = (name: string) => event.url.searchParams.get(name) ?? '';
	const seen = await readVersions(db, organization.id, localDay(Date.now()));
	return {
		base,
		organization: { name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'survey:write'),
		versions: seen.map(({ content, ...version }) => ({
			...version,
			title: content.title.vi,
			items: content.items.length,
			fitsTablet: fitsTablet(content)
		})),
		adding: ask('add') !== '',
		from: ask('from'),
		freshIds: [newId(), newId()] as const,
		removed: ask('done') === 'removed'
	};
};

const newCopy = v.object({
	id: freshId,
	name: v.pipe(
		v.string(),
		v.transform(clean),
		v.minLength(1, 'name-missing'),
		v.maxLength(LIMITS.name, 'name-too-long')
	),
	from: v.string()
});

/** Every answer of this page's actions has the same parts, so that the page need not ask which action it was. */
const NOTHING = {
	values: {} as Record<string, string>,
	problems: {} as Record<string, string>,
	fileProblems: [] as FileProblem[],
	more: 0,
	/** The draft that a file of another program became; null where it became none. */
	added: null as { id: string; name: string; items: number } | null,
	remarks: [] as LssRemark[],
	moreRemarks: 0
};

export const actions: Actions = {
	copy: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'copy');
		const values = textsOf(data);
		const form = v.safeParse(newCopy, values);
		if (!form.success) {
			const problems = Object.fromEntries(form.issues.map((one) => [String(one.path?.[0]?.key), one.message]));
			return fail(400, { ...NOTHING, values, problems });
		}
		const { id, name, from } = form.output;
		const content = await readSource(event.locals.running.db, organization.id, from);
		if (!content) return fail(409, { ...NOTHING, values, problems: { from: 'source-unknown' } });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const added = await addDraft(event.locals.running.db, { ...change, id, name, content: filledOut(content) });
		if (!added.ok) return fail(409, { ...NOTHING, values, problems: { form: added.reason } });
		redirect(303, `${base}/questionnaires/${id}/edit?done=added`);
	},
	file: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'file');
		const refuse = (status: number, code: string) =>
			fail(status, { ...NOTHING, problems: { file: code } as Record<string, string> });
		const id = String(data.get('id') ?? '');
		if (!v.is(freshId, id)) return refuse(400, 'form-stale');
		if (!(await mayAskFor('import', user.id))) return refuse(429, 'too-often');
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const lss = await readSentLss(data);
		if (lss) {
			if (!lss.ok) return fail(400, { ...NOTHING, fileProblems: [{ path: '', code: lss.reason }] });
			const { name, content, remarks } = lss.value;
			const said = {
				remarks: remarks.slice(0, SHOWN_REMARKS),
				moreRemarks: Math.max(0, remarks.length - SHOWN_REMARKS)
			};
			if (content.items.length === 0) return fail(400, { ...NOTHING, ...said });
			const added = await addDraft(event.locals.running.db, { ...change, id, name, content });
			if (!added.ok) return refuse(409, added.reason);
			// No redirect: what was lost on the way is said here, once; the same form sent again makes nothing new.
			return { ...NOTHING, ...said, added: { id, name, items: content.items.length } };
		}
		const read = await readSentFile(data);
		if (!read.ok) {
			const shown = read.problems.slice(0, SHOWN_PROBLEMS);
			return fail(400, { ...NOTHING, fileProblems: shown, more: read.problems.length - shown.length });
		}
		const { content } = read.value;
		const name = read.value.name || content.title.vi.slice(0, LIMITS.name);
		const added = await addDraft(event.locals.running.db, { ...change, id, name, content: filledOut(content) });
		if (!added.ok) return refuse(409, added.reason);
		redirect(303, `${base}/questionnaires/${id}/edit?done=added`);
	}
};

/** null where it is no file of LimeSurvey. */
async function readSentLss(
	data: Awaited<ReturnType<RequestEvent['request']['formData']>>
): Promise<{ ok: true; value: LssDraft } | { ok: false; reason: LssRefusal } | null> {
	const file = data.get('file');
	if (!(file instanceof File) || !/\.lss$/i.test(file.name) || file.size === 0) return null;
	const read = readLss(new Uint8Array(await file.arrayBuffer()));
	if (!read.ok) return read;
	const draft = draftOfLss(readLssSurvey(read.value));
	const name = draft.name || clean(file.name.replace(/\.lss$/i, '')).slice(0, LIMITS.name);
	return { ok: true, value: { ...draft, name } };
}

type Read = ReturnType<typeof readQuestionnaireFile>;

async function readSentFile(data: Awaited<ReturnType<RequestEvent['request']['formData']>>): Promise<Read> {
	const refuse = (code: string): Read => ({ ok: false, problems: [{ path: '', code }] });
	const file = data.get('file');
	if (!(file instanceof File) || file.size === 0) return refuse('file-missing');
	if (file.size > LARGEST_FILE_BYTES) return refuse('file-too-large');
	try {
		return readQuestionnaireFile(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()));
	} catch {
		return refuse('not-json');
	}
}
