import { noAnswers, sheetOf, withPage, type FormFields, type PageNumber } from '../../domain/survey/answering.ts';
import type { SurveyAnswers } from '../../domain/survey/answers.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import { pageAfter, pageBefore, pagesOf } from '../../domain/survey/paging.ts';
import type { QuestionnaireVersion } from '../../domain/survey/questionnaire.ts';
import type { PageProblem } from '../../domain/survey/view.ts';
import type { Serving } from '../serving.ts';
import { acceptDirect, type DirectSheet } from '../submission/direct/writes.ts';
import { isStored } from '../submission/direct/reads.ts';
import { packUuid } from '../submission/writes.ts';
import { readCollector } from '../survey/collectors/reads.ts';
import { readDraft } from '../survey/drafts/reads.ts';
import { dropDraft, keepDraft } from '../survey/drafts/writes.ts';
import { knowVersions, versionToShow } from '../survey/reads.ts';
import { readTicket } from '../survey/tickets/reads.ts';
import { json, type Answer, type Call } from './call.ts';
import { readDevice } from './device-cookie.ts';
import { givenOne, sealLow } from './low-answers.ts';
import { judgeArrival } from './origin-guard.ts';
import { bitsDoneFor, mayKeep, passPoster } from './poster-gate.ts';
import { PROBLEMS, Refusal, type ProblemCode } from './problem.ts';
import {
	addressOfPage,
	newForm,
	openForm,
	readPageNumber,
	sealForm,
	sealTyped,
	type SurveyForm
} from './survey-form.ts';

/**
 * The two forms of the citizen's page. They stand before Kit, whose hooks cost a sheet more than storing it does, and always answer
 * 303: what a reload repeats is a look, never a sheet.
 */

/** `POST /api/v1/surveys/tickets`: a typed code, or one from the fragment of an address. Writes nothing. */
export const answerTicketCode = (serving: Serving, call: Call, now: number) =>
	answerForm(serving, call, async (fields) => {
		const { db, secret } = serving;
		const typed = single(fields, 'code');
		const lang = languageOf(fields);
		const { ticket, problem } = await readTicket(serving, typed, now);
		if (!ticket) {
			const again: Record<string, string> = problem === 'ticket-unknown' ? { typed: sealTyped(secret, typed) } : {};
			return `/r?${new URLSearchParams({ problem, ...again, lang })}`;
		}
		const { organizationId, hash: target } = ticket;
		const version = await versionToShow(db, organizationId, ticket.versionId);
		if (!version) return `/r?${new URLSearchParams({ problem: 'survey-closed', lang })}`;
		const form = newForm({ kind: 'ticket', organizationId, target, code: '', versionId: version.id }, now);
		return addressOfPage(form, { form: sealForm(secret, form), page: 1, lang });
	});

/** `POST /api/v1/surveys/answers`: one page of a questionnaire, or all of it. */
export const answerSurvey = (serving: Serving, call: Call, now: number) =>
	answerForm(serving, call, async (fields, deviceOf) => {
		const token = single(fields, 'form');
		const form = openForm(serving.secret, token);
		const page = readPageNumber(single(fields, 'page'));
		if (form) await knowVersions(serving.db, [form.versionId]);
		const version = form && findVersion(form.versionId);
		if (!version || page === null) return malformed(form);
		return new Sending(serving, { form, token, version, page, fields, deviceOf, now }).answer();
	});

interface Sent {
	form: SurveyForm;
	token: string;
	version: QuestionnaireVersion;
	page: PageNumber;
	fields: FormFields;
	/** Who asks for it gives a phone without one a number that it keeps for a day. */
	deviceOf: () => string;
	now: number;
}

/** The address that follows, or how much work a script has to do before its answers are taken. */
type Next = string | { work: number };

class Sending {
	readonly #serving: Serving;
	readonly #sent: Sent;

	constructor(serving: Serving, sent: Sent) {
		this.#serving = serving;
		this.#sent = sent;
	}

	async answer(): Promise<Next> {
		const { form, version, page, fields } = this.#sent;
		const before = await this.#before();
		const merged = withPage(before ?? this.#nothing(), version, page, fields);
		if (!merged.ok) return malformed(form);
		const answers = merged.value;
		const pages = pagesOf(version);
		if (!before && typeof page === 'number' && page > 1) {
			return (await this.#isSent()) ? this.#thanks(true) : this.#again(answers, 1, 'draft-forgotten');
		}
		if (page !== 'all') {
			const goesBack = single(fields, 'to') === 'back';
			const next = (goesBack ? pageBefore : pageAfter)(pages, page, answers);
			if (next !== null) return this.#again(answers, next);
		}
		return this.#finish(answers);
	}

	/** What was said on earlier pages; undefined where nothing is kept of a questionnaire that has several. */
	async #before(): Promise<SurveyAnswers | undefined> {
		const { token, version, page, now } = this.#sent;
		if (page === 'all' || pagesOf(version).length === 1) return this.#nothing();
		const draft = await readDraft(this.#serving.db, token, now);
		return draft && { ...draft, language: languageOf(this.#sent.fields) };
	}

	#nothing(): SurveyAnswers {
		return noAnswers(this.#sent.form.sheetId, languageOf(this.#sent.fields));
	}

	async #finish(answers: SurveyAnswers): Promise<Next> {
		const { form, token, version, page, now } = this.#sent;
		const sheet = sheetOf(version, answers);
		if (!sheet.ok) return this.#again(answers, sheet.reason === 'answers-empty' ? firstOf(page) : page, sheet.reason);
		const target = form.kind === 'ticket' ? ticketTarget(form) : await this.#posterTarget(answers);
		if (typeof target === 'string' || 'work' in target) return target;
		const { organizationId, sheetId: id, versionId } = form;
		const base = { organizationId, id, versionId, locale: answers.language, at: now };
		const { db, secret } = this.#serving;
		const [outcome] = await acceptDirect(db, [{ ...base, ...sheet.value, ...target }], now);
		if (!outcome?.ok) return malformed(form);
		const { counts, code } = outcome.value;
		if (page !== 'all' && pagesOf(version).length > 1) await dropDraft(db, token);
		if (!counts) return `/r?${new URLSearchParams({ problem: code!, lang: answers.language })}`;
		if (code === 'already-answered') return this.#thanks(true);
		const { day, counterId } = counts;
		const criteria = givenOne(version, sheet.value.answers);
		return this.#thanks(false, sealLow(secret, { organizationId, day, counterId, criteria }, now));
	}

	/** Where a poster's sheet counts and what it is flagged with; or what comes first, where it is closed or overrun. */
	async #posterTarget(answers: SurveyAnswers): Promise<Target | Next> {
		const { form, token, page, fields, deviceOf, now } = this.#sent;
		const bitsDone = bitsDoneFor(token, single(fields, 'work'));
		const verdict = passPoster({ collectorId: form.target, device: deviceOf(), bitsDone }, now);
		if (verdict.kind === 'wait') {
			if (verdict.bits > 0 && fields.has('script')) return { work: verdict.bits };
			this.#mayKeep();
			return (await this.#isSent()) ? this.#thanks(false) : this.#keep(answers, page, 'crowded');
		}
		const collector = await readCollector(this.#serving.db, form.organizationId, form.target);
		if (!collector || collector.closedAt !== null) return `/s/${form.code}`;
		const { siteId, counterId, fieldId, officerId } = collector;
		const place = { siteId, counterId, fieldId, officerId };
		return { channel: 'poster', place, flags: verdict.flags, ticketHash: null };
	}

	/** Keeps what was said and shows a page of it: the next one, or this one with what is wrong. */
	async #again(answers: SurveyAnswers, page: PageNumber, problem?: PageProblem): Promise<string> {
		this.#mayKeep();
		return this.#keep(answers, page, problem);
	}

	/** Asked before anything of the database, for a flood ends here; a browser that is refused still has the form. */
	#mayKeep() {
		const { form, now } = this.#sent;
		if (!mayKeep(form.target, now)) throw new Refusal('too-many-requests');
	}

	async #keep(answers: SurveyAnswers, page: PageNumber, problem?: PageProblem): Promise<string> {
		const { form, token, now } = this.#sent;
		await keepDraft(this.#serving.db, token, answers, now);
		return addressOfPage(form, { form: token, page, lang: answers.language, ...(problem && { problem }) });
	}

	#isSent() {
		const { organizationId, sheetId } = this.#sent.form;
		return isStored(this.#serving.db, organizationId, packUuid(sheetId));
	}

	#thanks(again: boolean, follow = ''): string {
		const lang = languageOf(this.#sent.fields);
		const said = { ...(lang !== 'vi' && { lang }), ...(again ? { again: '1' } : follow && { follow }) };
		const query = new URLSearchParams(said);
		return `/thanks/${this.#sent.form.organizationId}${query.size > 0 ? `?${query}` : ''}`;
	}
}

type Target = Pick<DirectSheet, 'channel' | 'place' | 'flags' | 'ticketHash'>;
const NOWHERE = { siteId: '', counterId: '', fieldId: '', officerId: '' };
/** A ticket says itself where it counts. */
const ticketTarget = ({ target: ticketHash }: SurveyForm): Target => ({
	channel: 'ticket',
	place: NOWHERE,
	flags: [],
	ticketHash
});

const firstOf = (page: PageNumber): PageNumber => (page === 'all' ? 'all' : 1);

/** Nothing that a page of ours can send: its own page again, or where codes are typed. */
const malformed = (form: SurveyForm | null) => (form?.code ? `/s/${form.code}` : '/r?problem=form-malformed');

/** By their names, where `URLSearchParams` goes through all of them for each that is asked for. */
function fieldsOf(body: string): FormFields {
	const fields = new Map<string, string[]>();
	for (const [name, value] of new URLSearchParams(body)) {
		const values = fields.get(name);
		if (values) values.push(value);
		else fields.set(name, [value]);
	}
	return { getAll: (name) => fields.get(name) ?? [], has: (name) => fields.has(name) };
}

/** '' where a field is missing or came more than once. */
function single(fields: FormFields, name: string): string {
	const values = fields.getAll(name);
	return values.length === 1 ? values[0]! : '';
}

function languageOf(fields: FormFields): string {
	const lang = single(fields, 'lang');
	return /^[a-z]{2,3}$/.test(lang) ? lang : 'vi';
}

/** Lets a form of our own pages through and leads on to where its answer says; the page's script asks for the address alone. */
async function answerForm(
	{ environment }: Serving,
	{ method, header, body }: Call,
	next: (fields: FormFields, deviceOf: () => string) => Promise<Next>
): Promise<Answer> {
	const arrival = judgeArrival({ method, header: (name) => header(name) ?? null }, environment.origin);
	if (arrival.kind === 'refused') throw new Refusal(arrival.code);
	if (!/^application\/x-www-form-urlencoded\b/i.test(header('content-type') ?? '')) throw new Refusal('content-type');
	const fields = fieldsOf(body);
	const headers: Record<string, string> = {};
	const led = await next(fields, () => {
		const { device, cookie } = readDevice(header('cookie'), environment.origin);
		if (cookie) headers['set-cookie'] = cookie;
		return device;
	});
	if (typeof led === 'string' && !fields.has('script'))
		return { status: 303, headers: { ...headers, location: led, 'cache-control': 'no-store' }, body: '' };
	return json(typeof led === 'string' ? { location: led } : led, 200, headers);
}

/** A plain page, since the policy of the API lets nothing else be drawn; a reload sends the same form again. */
export function refuseForm(code: ProblemCode): Answer {
	const { status, message, ...rest } = PROBLEMS[code];
	const says = status >= 500 ? TRY_AGAIN : message;
	const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lắng nghe</title>';
	const body = `<!doctype html><html lang="vi">${head}<h1>${says}</h1><p><code>${code}</code></p></html>`;
	const retry: Record<string, string> = 'retryAfter' in rest ? { 'retry-after': String(rest.retryAfter) } : {};
	return {
		status,
		headers: { ...retry, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
		body
	};
}

const TRY_AGAIN =
	'Chưa lưu được câu trả lời. Xin chờ một lát rồi tải lại trang này để gửi lại; gửi lại nhiều lần vẫn chỉ tính một phiếu. ' +
	'<span lang="en">Your answers could not be saved yet. Please wait a moment and reload this page to send them again.</span>';
