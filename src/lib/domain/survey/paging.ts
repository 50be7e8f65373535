import type { Criterion } from './criterion.ts';
import type { Gate, Item, QuestionnaireVersion, Reason } from './questionnaire.ts';
import { LOW_SCORE } from './scale.ts';
import { reasonsFor } from './reasons.ts';
import type { SurveyAnswers } from './answers.ts';

/** Up to this many questions stand on one page, for each page more is a chance that a bad network loses somebody. */
export const QUESTIONS_ON_A_PAGE = 7;

/** Questions of one criterion that follow each other, with the one question that may skip them all. */
export interface Section {
	criterion: Criterion | null;
	/** Whoever answers no to it is not asked these items. */
	gate: Gate | null;
	/** Whether the gate is asked here: before the first of its items. */
	asksGate: boolean;
	items: Item[];
	/** Offered after a low score in this section. */
	reasons: Reason[];
}

/** A version never changes, and each form that is sent asks for its pages. */
const laidOut = new WeakMap<QuestionnaireVersion, Section[][]>();

/** The questions of a version, page by page: on one page where they are few, else a page a criterion. */
export function pagesOf(version: QuestionnaireVersion): Section[][] {
	let pages = laidOut.get(version);
	if (!pages) laidOut.set(version, (pages = layOut(version)));
	return pages;
}

function layOut(version: QuestionnaireVersion): Section[][] {
	const asked = new Set<string>();
	const pages: Section[][] = [];
	let page: Section[] = [];
	const short = version.items.length <= QUESTIONS_ON_A_PAGE;
	for (const item of version.items) {
		const gate = version.gates?.find(({ skips }) => skips.includes(item.id)) ?? null;
		const last = page.at(-1);
		const full = page.reduce((sum, { items }) => sum + items.length, 0) === QUESTIONS_ON_A_PAGE;
		const turns = !last || (!short && (full || last.criterion !== item.criterion));
		if (turns) pages.push((page = []));
		else if (last.criterion === item.criterion && last.gate === gate) {
			last.items.push(item);
			continue;
		}
		page.push({
			criterion: item.criterion,
			gate,
			asksGate: gate !== null && !asked.has(gate.id),
			items: [item],
			reasons: lowestOf(version) === 0 ? [] : reasonsFor(version, item.criterion)
		});
		if (gate) asked.add(gate.id);
	}
	return pages;
}

/** After a score this low or lower reasons are offered. */
export const lowestOf = ({ reasonsUpTo }: Pick<QuestionnaireVersion, 'reasonsUpTo'>) => reasonsUpTo ?? LOW_SCORE;

/** Whether a section is shown, by what was answered on the pages before it. Its own gate's answer hides nothing of it. */
export function isShown({ gate, asksGate }: Section, { gates }: Pick<SurveyAnswers, 'gates'>): boolean {
	return gate === null || asksGate || gates[gate.id] !== false;
}

/** The next page with something to ask, from 1; null after the last. */
export function pageAfter(pages: Section[][], number: number, answers: Pick<SurveyAnswers, 'gates'>): number | null {
	return seek(pages, answers, (index) => index >= number, 1);
}

export function pageBefore(pages: Section[][], number: number, answers: Pick<SurveyAnswers, 'gates'>): number | null {
	return seek(pages, answers, (index) => index < number - 1, -1);
}

function seek(pages: Section[][], answers: Pick<SurveyAnswers, 'gates'>, fits: (i: number) => boolean, step: 1 | -1) {
	const found = pages.flatMap((page, index) =>
		fits(index) && page.some((section) => isShown(section, answers)) ? [index + 1] : []
	);
	return found.at(step === 1 ? 0 : -1) ?? null;
}
