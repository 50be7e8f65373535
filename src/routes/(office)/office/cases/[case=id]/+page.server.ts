import { fail, redirect } from '@sveltejs/kit';
import { LARGEST_ATTACHMENT, mayAttach } from '$lib/domain/casework/attachment.ts';
import { clockOf, dueOf } from '$lib/domain/casework/clock.ts';
import { showCaseNumber } from '$lib/domain/casework/case.ts';
import { hasCaseRight, movesOf } from '$lib/domain/casework/move-right.ts';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { isShortId } from '$lib/domain/shared/id.ts';
import { findPersonalData, isSure, maskParts } from '$lib/domain/submission/comment/personal-data.ts';
import type { StoredCase } from '$lib/server/casework/cases/reads.ts';
import { readAssignable, readHistory, readNames, readTemplates, readUnits } from '$lib/server/casework/desk/reads.ts';
import { readOffice } from '$lib/server/casework/due/reads.ts';
import { readCaseFiles } from '$lib/server/casework/files/reads.ts';
import { openFileName } from '$lib/server/casework/files/sealing.ts';
import { attachFile, detachFile } from '$lib/server/casework/files/writes.ts';
import { linkCase, unlinkCase } from '$lib/server/casework/plan/links/writes.ts';
import { readRequest } from '$lib/server/casework/request/reads.ts';
import { openRequest } from '$lib/server/casework/request/sealing.ts';
import { noteOpening } from '$lib/server/casework/request/writes.ts';
import { actorOf, caseOf, doDeed } from '$lib/server/http/cases.ts';
import { hasRightToo, requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { tasksBeside } from '$lib/server/http/case-links.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { newId } from '$lib/server/account/writes.ts';
import { readCounters, readOfficers, readSites } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.case);
	const row = await caseOf(event, permitted);
	const { organization, path } = permitted;
	const { db } = event.locals.running;
	const now = Date.now();
	const moves = movesOf(actorOf(event, permitted), row);
	const office = await readOffice(db, row.organizationId, [row.receivedAt], now);
	const names = await readNames(db, [row.assigneeId]);
	const opened = await openSealed(event, permitted, row);
	const officers = moves.includes('publish')
		? (await readOfficers(db, row.organizationId)).map(({ name }) => name)
		: [];
	const shown = opened?.request?.text ?? row.text;
	const template = event.url.searchParams.get('template');
	const templates = moves.includes('answer') ? await readTemplates(db, row.organizationId) : [];
	return {
		organization: { name: organization.name },
		case: { ...row, number: showCaseNumber(row), assignee: names.get(row.assigneeId) ?? '' },
		place: await placeOf(event, row),
		due: dueOf(row, office, now),
		clock: clockOf(row, office),
		history: await readHistory(db, event.locals.running.secret, row.id),
		moves,
		people: moves.includes('forward') ? await readAssignable(db, { path, toHead: row.toHead }) : [],
		units: moves.includes('forward') ? await readUnits(db, row.organizationId) : [],
		templates: templates.map(({ id, title }) => ({ id, title })),
		chosen: templates.find(({ id }) => id === template)?.text ?? '',
		/** What would be published, with all that is surely personal masked, and what may be names. */
		masked: moves.includes('publish')
			? { question: masked(shown || row.subject, officers), answer: masked(row.answer, officers) }
			: null,
		mayOpenSealed: row.source === 'request' && hasCaseRight(actorOf(event, permitted), 'case:work', row),
		opened,
		plan: await tasksBeside(event, permitted, row),
		linked: event.url.searchParams.get('linked'),
		files: await filesOf(event, permitted, row),
		mayHead: hasRightToo(event, permitted, 'case:head'),
		done: event.url.searchParams.get('done')
	};
};

function masked(text: string, officers: readonly string[]) {
	const parts = findPersonalData(text, officers);
	const names = parts.filter((part) => !isSure(part)).map(({ start, end }) => text.slice(start, end));
	return { text: maskParts(text, parts.filter(isSure)), names: [...new Set(names)] };
}

async function placeOf({ locals }: RequestEvent, { organizationId, siteId, counterId }: StoredCase): Promise<string> {
	const { db } = locals.running;
	const counter = counterId ? (await readCounters(db, organizationId)).find(({ id }) => id === counterId) : undefined;
	const site = siteId ? (await readSites(db, organizationId)).find(({ id }) => id === siteId) : undefined;
	return [counter && counterLabel(counter), site?.name].filter(Boolean).join(' · ');
}

/** The words and the sender of a request: only when asked for, and each time a line in the log comes first. */
async function openSealed(event: RequestEvent, permitted: Permitted, row: StoredCase) {
	const may = row.source === 'request' && hasCaseRight(actorOf(event, permitted), 'case:work', row);
	if (!may || !event.url.searchParams.has('open')) return null;
	const { db, secret } = event.locals.running;
	const request = await readRequest(db, row.organizationId, row.sourceId);
	if (!request) return { gone: true as const, request: null };
	const by = { organizationId: row.organizationId, actorId: permitted.user.id, now: Date.now() };
	await noteOpening(db, request, by);
	return { gone: false as const, request: openRequest(secret, request) };
}

/** What is attached; what it is called is read only by whoever may open it. */
async function filesOf(event: RequestEvent, permitted: Permitted, row: StoredCase) {
	const { db, secret } = event.locals.running;
	const mayOpen = hasCaseRight(actorOf(event, permitted), 'case:files', row);
	const kept = await readCaseFiles(db, row.id);
	const names = await readNames(
		db,
		kept.map(({ addedBy }) => addedBy)
	);
	return {
		mayOpen,
		fresh: mayOpen && mayAttach(row.state) ? newId() : null,
		told: event.url.searchParams.get('file'),
		all: kept.map((file) => ({
			...{ id: file.id, type: file.type, bytes: file.bytes, at: file.addedAt, by: names.get(file.addedBy) ?? '' },
			name: mayOpen ? (openFileName(secret, file) ?? '') : ''
		}))
	};
}

/** What a form of files or of the plan is refused with: beside it, and of no other form. */
const refuseFile = (status: number, file: string) => fail(status, { ...NO_MOVE, file });
const refuseLink = (status: number, link: string) => fail(status, { ...NO_MOVE, link });
const NO_MOVE = { move: null, refused: null, problems: {}, values: {} };

/** The case, for whoever may reach it, and who acts. */
async function heldBy(event: RequestEvent, permitted: Permitted) {
	const row = await caseOf(event, permitted);
	return { row, by: { actorId: permitted.user.id, now: Date.now() } };
}

async function changeLink(
	event: RequestEvent,
	permitted: Permitted,
	{ change, done }: { change: typeof linkCase | typeof unlinkCase; done: string }
) {
	const { row, by } = await heldBy(event, permitted);
	const taskId = String((await event.request.formData()).get('taskId') ?? '');
	const { organizationId, id: caseId } = row;
	const changed = await change(event.locals.running.db, { organizationId, ...by }, { taskId, caseId });
	if (!changed.ok) return refuseLink(409, changed.reason);
	redirect(303, `/office/cases/${caseId}?linked=${done}#tasks`);
}

export const actions: Actions = {
	attach: async (event) => {
		const permitted = await requireRight(event, 'attach', event.params.case);
		const { row, by } = await heldBy(event, permitted);
		if (!(await mayAskFor('case-file', permitted.user.id))) return refuseFile(429, 'file-too-often');
		const data = await event.request.formData();
		const file = data.get('file');
		const id = String(data.get('id') ?? '');
		if (!(file instanceof File) || file.size === 0) return refuseFile(400, 'file-missing');
		if (!isShortId(id)) return refuseFile(400, 'form-stale');
		if (file.size > LARGEST_ATTACHMENT) return refuseFile(413, 'file-too-large');
		const { db, secret } = event.locals.running;
		const fresh = { id, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
		const attached = await attachFile(db, secret, fresh, { ...by, caseId: row.id });
		if (!attached.ok) return refuseFile(409, attached.reason);
		redirect(303, `/office/cases/${row.id}?file=added#files`);
	},
	detach: async (event) => {
		const permitted = await requireRight(event, 'detach', event.params.case);
		const { row, by } = await heldBy(event, permitted);
		const data = await event.request.formData();
		const detached = await detachFile(event.locals.running.db, String(data.get('file') ?? ''), {
			...by,
			caseId: row.id
		});
		if (!detached.ok) return refuseFile(409, detached.reason);
		redirect(303, `/office/cases/${row.id}?file=removed#files`);
	},
	link: async (event) => {
		const permitted = await requireRight(event, 'link', event.params.case);
		return changeLink(event, permitted, { change: linkCase, done: 'linked' });
	},
	unlink: async (event) => {
		const permitted = await requireRight(event, 'unlink', event.params.case);
		return changeLink(event, permitted, { change: unlinkCase, done: 'unlinked' });
	},
	forward: async (event) => doDeed(event, await requireRight(event, 'forward', event.params.case), 'forward'),
	take: async (event) => doDeed(event, await requireRight(event, 'take', event.params.case), 'take'),
	ask: async (event) => doDeed(event, await requireRight(event, 'ask', event.params.case), 'ask'),
	supplement: async (event) => doDeed(event, await requireRight(event, 'supplement', event.params.case), 'supplement'),
	answer: async (event) => doDeed(event, await requireRight(event, 'answer', event.params.case), 'answer'),
	publish: async (event) => doDeed(event, await requireRight(event, 'publish', event.params.case), 'publish'),
	keepPrivate: async (event) =>
		doDeed(event, await requireRight(event, 'keepPrivate', event.params.case), 'keep-private'),
	unpublish: async (event) => doDeed(event, await requireRight(event, 'unpublish', event.params.case), 'unpublish'),
	refuse: async (event) => doDeed(event, await requireRight(event, 'refuse', event.params.case), 'refuse'),
	reopen: async (event) => doDeed(event, await requireRight(event, 'reopen', event.params.case), 'reopen'),
	note: async (event) => doDeed(event, await requireRight(event, 'note', event.params.case), 'note'),
	callBack: async (event) => doDeed(event, await requireRight(event, 'callBack', event.params.case), 'call-back'),
	classify: async (event) => doDeed(event, await requireRight(event, 'classify', event.params.case), 'classify')
};
