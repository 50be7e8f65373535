import type { TicketProblem } from '../submission/direct.ts';
import type { AnswerProblem, PageNumber } from './answering.ts';
import type { SurveyAnswers } from './answers.ts';
import type { LocalText } from './criterion.ts';
import type { QuestionnaireContent, QuestionnaireVersion } from './questionnaire.ts';

/** What the answers are about, by name; null where the poster or ticket does not say. */
export interface SurveyPlace {
	organization: string;
	site: string | null;
	counter: string | null;
	field: LocalText | null;
	officer: string | null;
}

/** Why a page of a survey is shown again, or instead of the survey. */
export const ENTRY_PROBLEMS = [
	'ticket-unknown',
	'ticket-used',
	'ticket-void',
	'ticket-expired',
	'form-malformed',
	'survey-closed'
] as const;
export type EntryProblem = TicketProblem | (typeof ENTRY_PROBLEMS)[number];

export const PAGE_PROBLEMS = [
	'answers-empty',
	'adult-missing',
	'comment-too-long',
	'draft-forgotten',
	'crowded'
] as const;
export type PageProblem = AnswerProblem | (typeof PAGE_PROBLEMS)[number];

/** One page of a questionnaire as somebody is about to answer it. */
export interface SurveyView {
	/** Seals what the form is for; goes back with the answers. */
	token: string;
	version: QuestionnaireVersion;
	place: SurveyPlace;
	page: PageNumber;
	answers: SurveyAnswers;
	problem: PageProblem | null;
	/** The address of this page, without its query. */
	path: string;
}

/** What a questionnaire can be answered in; the built-in ones speak both of our own languages. */
export const languagesOf = ({ languages }: Pick<QuestionnaireContent, 'languages'>) => languages ?? ['vi', 'en'];
