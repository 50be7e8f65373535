import { randomUUID } from 'node:crypto';
import type { PageNumber } from '../../domain/survey/answering.ts';
import type { Secret } from '../secret/secret.ts';

/**
 * What a form is for, sealed when it was drawn: nobody can send answers to a version they were not shown or to a place they made up,
 * and however often a form is sent it is one sheet. A ticket stands in it by its hash; its code is in no address.
 */
export interface SurveyForm {
	kind: 'poster' | 'ticket';
	organizationId: string;
	/** The poster's id, or the hash of the ticket. */
	target: string;
	/** The poster's code; '' of a ticket. */
	code: string;
	versionId: string;
	sheetId: string;
	madeAt: number;
}

export function newForm(what: Omit<SurveyForm, 'sheetId' | 'madeAt'>, now: number): SurveyForm {
	return { ...what, sheetId: randomUUID(), madeAt: now };
}

export function sealForm(secret: Secret, form: SurveyForm): string {
	const { kind, organizationId, target, code, versionId, sheetId, madeAt } = form;
	return secret.seal('form', JSON.stringify([kind, organizationId, target, code, versionId, sheetId, madeAt]));
}

/** Nothing of ours is longer. */
const LONGEST_TOKEN = 1024;

export function openForm(secret: Secret, token: string | null): SurveyForm | null {
	const text = token && token.length <= LONGEST_TOKEN ? secret.unseal('form', token) : null;
	if (!text?.startsWith('[')) return null;
	const [kind, organizationId, target, code, versionId, sheetId, madeAt] = JSON.parse(text);
	return { kind, organizationId, target, code, versionId, sheetId, madeAt };
}

/** What somebody typed that opens nothing: carried back to the field it came from, for nobody else to read. */
export const sealTyped = (secret: Secret, typed: string) => secret.seal('form', `typed ${typed.slice(0, 64)}`);

export function openTyped(secret: Secret, sealed: string | null): string {
	const text = sealed && sealed.length <= LONGEST_TOKEN ? secret.unseal('form', sealed) : null;
	return text?.startsWith('typed ') ? text.slice(6) : '';
}

/** Where the page of a form is, without its query. */
export const pathOf = ({ kind, code }: Pick<SurveyForm, 'kind' | 'code'>) => (kind === 'poster' ? `/s/${code}` : '/r');

/** The page of a form, to be drawn anew from what is kept. */
export function addressOfPage(
	form: SurveyForm,
	query: { form: string; page: PageNumber; lang: string; problem?: string }
): string {
	const { page, lang, ...rest } = query;
	const parameters = { ...rest, ...(page !== 1 && { page: String(page) }), ...(lang !== 'vi' && { lang }) };
	return `${pathOf(form)}?${new URLSearchParams(parameters)}${query.problem ? '#trouble' : ''}`;
}

/** 'all', a page from 1, or null for anything else. */
export function readPageNumber(text: string | null): PageNumber | null {
	if (text === 'all') return 'all';
	return text && /^[1-9]\d?$/.test(text) ? Number(text) : null;
}
