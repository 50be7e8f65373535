import type { Locale } from '../../domain/survey/criterion.ts';
import { noAnswers } from '../../domain/survey/answering.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import { pagesOf } from '../../domain/survey/paging.ts';
import { languagesOf, PAGE_PROBLEMS, type SurveyView } from '../../domain/survey/view.ts';
import type { Serving } from '../serving.ts';
import { readDraft } from '../survey/drafts/reads.ts';
import { readSurveyPlace } from '../survey/form/reads.ts';
import { knowVersions } from '../survey/reads.ts';
import { pathOf, readPageNumber, sealForm, type SurveyForm } from './survey-form.ts';

interface Look {
	/** The token that the form was opened from, under which answers may be kept; null of a form that is new. */
	token: string | null;
	aim: Parameters<typeof readSurveyPlace>[1];
	url: URL;
	now: number;
}

/** One page of a questionnaire as it is to be drawn; null where nobody knows its version or its organization any more. */
export async function drawSurvey(
	{ db, secret }: Pick<Serving, 'db' | 'secret'>,
	form: SurveyForm,
	{ token, aim, url, now }: Look
): Promise<SurveyView | null> {
	await knowVersions(db, [form.versionId]);
	const version = findVersion(form.versionId);
	const place = version && (await readSurveyPlace(db, aim));
	if (!place) return null;
	const asked = url.searchParams.get('lang') ?? 'vi';
	const language = languagesOf(version).includes(asked) ? asked : 'vi';
	const draft = token ? await readDraft(db, token, now) : undefined;
	const page = readPageNumber(url.searchParams.get('page')) ?? 1;
	return {
		token: token ?? sealForm(secret, form),
		version,
		place,
		page: page === 'all' ? page : Math.min(page, pagesOf(version).length),
		answers: { ...(draft ?? noAnswers(form.sheetId, language)), language },
		problem: PAGE_PROBLEMS.find((each) => each === url.searchParams.get('problem')) ?? null,
		path: pathOf(form)
	};
}

/** The language of our own words by the address alone; a questionnaire may speak more of them. */
export const languageAsked = (url: URL): Locale => (url.searchParams.get('lang') === 'en' ? 'en' : 'vi');
