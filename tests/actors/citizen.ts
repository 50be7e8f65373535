import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Answer } from '../../src/lib/server/http/call.ts';
import { newForm, sealForm, type SurveyForm } from '../../src/lib/server/http/survey-form.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { NOON } from '../factories/sheet.ts';

type Fields = Record<string, string> | string;

/** Somebody with a phone and no JavaScript: what their browser sends, to the API as it stands before Kit. */
export function aCitizen(serving: Serving, now = NOON) {
	const post = (path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> => {
		const origin = serving.environment.origin;
		const sent: Record<string, string> = {
			host: new URL(origin).host,
			origin,
			'content-type': 'application/x-www-form-urlencoded',
			...headers
		};
		const body = typeof fields === 'string' ? fields : String(new URLSearchParams(fields));
		const header = (name: string) => sent[name];
		return answerApi(serving, { method: 'POST', path, query: new URLSearchParams(), header, body }, now);
	};
	return {
		post,
		/** The token of a form as a page draws it. */
		form: (what: Partial<SurveyForm> = {}) => {
			const poster = {
				kind: 'poster' as const,
				organizationId: 'w1',
				target: 'c1',
				code: 'k7m29qxd',
				versionId: 'SIPAS5-v1'
			};
			return sealForm(serving.secret, { ...newForm(poster, now), ...what });
		},
		send: (form: string, fields: Record<string, string>, headers = {}) =>
			post('/api/v1/surveys/answers', { form, page: '1', lang: 'vi', ...fields }, headers),
		open: (code: string) => post('/api/v1/surveys/tickets', { code, lang: 'vi' })
	};
}

/** Where an answer leads on to, without the seal that the page of thanks makes codes of. */
export const leadsTo = ({ status, headers }: Answer) => `${status} ${unsealed(headers.location ?? '')}`;
export const unsealed = (address: string) => address.replace(/[?&]follow=[^&]*$/, '');
