import type { Outcome } from '../shared/outcome.ts';
import { clean } from '../shared/text.ts';
import { COMMENT_CHARACTERS } from '../submission/sheet.ts';
import type { SurveyAnswers } from './answers.ts';
import { DEMOGRAPHICS, type DemographicId } from './demographics.ts';
import { lowestOf, pagesOf, type Section } from './paging.ts';
import type { Item, QuestionnaireVersion } from './questionnaire.ts';
import { SCORES, type Score } from './scale.ts';

/** The fields of a form as it came; of `URLSearchParams` only what is needed. */
export interface FormFields {
	getAll: (name: string) => string[];
	has: (name: string) => boolean;
}

/** Which part of a questionnaire a form holds: a page of it from 1, or all of it. */
export type PageNumber = number | 'all';

/** Why answers cannot become a sheet yet; each has a sentence on the page. */
export type AnswerProblem = 'answers-empty' | 'adult-missing' | 'comment-too-long';

/** A comment that is too long is still shown again, up to here. */
const LONGEST_DRAFT = 4 * COMMENT_CHARACTERS;

export const noAnswers = (sheetId: string, language: string): SurveyAnswers => ({
	sheetId,
	items: {},
	gates: {},
	reasons: [],
	comment: '',
	bands: {},
	adult: false,
	language
});

/** What the parts of a form are called; the page and this reading agree by it. */
export const FIELD = {
	item: (id: string) => `answer.${id}`,
	gate: (id: string) => `gate.${id}`,
	reasons: (criterion: string | null) => `reasons.${criterion ?? ''}`,
	band: (id: string) => `band.${id}`,
	comment: 'comment',
	adult: 'adult'
};

/** A reason as a draft keeps it: "another reason" is offered under every criterion. */
export const reasonKey = (criterion: string | null, code: string) => `${criterion ?? ''}:${code}`;

/**
 * The answers so far, with what a page says in the place of what it said before. Anything that no page of ours can send, a value
 * twice or out of its range, is refused as a whole.
 */
export function withPage(
	before: SurveyAnswers,
	version: QuestionnaireVersion,
	page: PageNumber,
	form: FormFields
): Outcome<SurveyAnswers, 'form-malformed'> {
	const pages = pagesOf(version);
	const sections = page === 'all' ? pages.flat() : pages[page - 1];
	if (!sections) return refuse();
	const isLast = page === 'all' || page === pages.length;
	const { items, gates, bands } = before;
	const after = { ...before, items: { ...items }, gates: { ...gates }, bands: { ...bands } };
	for (const section of sections) if (!readSection(after, section, form)) return refuse();
	after.reasons = readReasons(before, sections, form);
	if (!isLast) return { ok: true, value: after };
	if (version.comment !== false) {
		const comment = oneOf(form, FIELD.comment);
		if (comment === null) return refuse();
		after.comment = comment.slice(0, LONGEST_DRAFT);
	}
	return readBands(after, version, form) ? { ok: true, value: after } : refuse();
}

function readSection(after: SurveyAnswers, { gate, asksGate, items }: Section, form: FormFields): boolean {
	if (gate && asksGate) {
		const said = oneOf(form, FIELD.gate(gate.id));
		if (said === null || !['', 'yes', 'no'].includes(said)) return false;
		if (said === '') delete after.gates[gate.id];
		else after.gates[gate.id] = said === 'yes';
	}
	return items.every((item) => readItem(after, item, form));
}

const SCORE_OF: Record<string, Score | undefined> = Object.fromEntries(SCORES.map((score) => [String(score), score]));

function readItem(after: SurveyAnswers, { id, notApplicable }: Item, form: FormFields): boolean {
	const said = oneOf(form, FIELD.item(id));
	const score = said === null ? undefined : SCORE_OF[said];
	if (score) after.items[id] = score;
	else if (said === 'na' && notApplicable !== false) after.items[id] = null;
	else if (said === '') delete after.items[id];
	else return false;
	return true;
}

/** A box that nobody offered is as good as not ticked. */
function readReasons(before: SurveyAnswers, sections: readonly Section[], form: FormFields): string[] {
	const said = new Set(before.reasons);
	for (const { criterion, reasons } of sections) {
		const ticked = form.getAll(FIELD.reasons(criterion));
		for (const { code } of reasons) {
			if (ticked.includes(code)) said.add(reasonKey(criterion, code));
			else if (said.size > 0) said.delete(reasonKey(criterion, code));
		}
	}
	return [...said];
}

function readBands(after: SurveyAnswers, { demographics = [] }: QuestionnaireVersion, form: FormFields): boolean {
	for (const id of demographics) {
		const said = oneOf(form, FIELD.band(id));
		if (said === '') delete after.bands[id];
		else if (said !== null && /^[1-9]$/.test(said) && Number(said) <= DEMOGRAPHICS[id].bands.length)
			after.bands[id] = Number(said);
		else return false;
	}
	after.adult = demographics.length > 0 && form.has(FIELD.adult);
	return true;
}

/** '' where the field is missing; null where it came more than once. */
function oneOf(form: FormFields, name: string): string | null {
	const values = form.getAll(name);
	return values.length > 1 ? null : (values[0] ?? '');
}

/** What of a sheet is the citizen's own. */
export interface AnsweredSheet {
	answers: { itemId: string; value: Score | null }[];
	reasons: string[];
	comment: string | null;
	/** 'age=3,gender=1', places from 1; '' where nothing was said. */
	bands: string;
}

/**
 * Answers as a sheet: without the items that a gate skips, and with the reasons of a criterion only where one of its scores is low,
 * for a box that was ticked stays so when the score is changed.
 */
export function sheetOf(version: QuestionnaireVersion, said: SurveyAnswers): Outcome<AnsweredSheet, AnswerProblem> {
	const skipped = new Set(version.gates?.flatMap(({ id, skips }) => (said.gates[id] === false ? skips : [])));
	const answers = version.items.flatMap(({ id, criterion }) => {
		const value = skipped.has(id) || !Object.hasOwn(said.items, id) ? undefined : said.items[id];
		return value === undefined ? [] : [{ itemId: id, value, criterion }];
	});
	if (answers.every(({ value }) => value === null)) return { ok: false, reason: 'answers-empty' };
	const comment = clean(said.comment);
	if (comment.length > COMMENT_CHARACTERS) return { ok: false, reason: 'comment-too-long' };
	const bands = Object.entries(said.bands).map(([id, place]) => `${id as DemographicId}=${place}`);
	if (bands.length > 0 && !said.adult) return { ok: false, reason: 'adult-missing' };

	const isLow = (value: Score | null) => value !== null && value <= lowestOf(version);
	const low = new Set<string>(answers.filter(({ value }) => isLow(value)).map(({ criterion }) => criterion ?? ''));
	const reasons = said.reasons.map((key) => key.split(':')).filter(([criterion]) => low.has(criterion));
	return {
		ok: true,
		value: {
			answers: answers.map(({ itemId, value }) => ({ itemId, value })),
			reasons: [...new Set(reasons.map(([, code]) => code))].slice(0, 20),
			comment: comment || null,
			bands: bands.sort().join(',')
		}
	};
}

const refuse = () => ({ ok: false, reason: 'form-malformed' }) as const;
