import { matches } from '../shared/list.ts';
import { localDay } from '../shared/time.ts';
import type { CaseClass } from './case.ts';

/** A case as everybody reads it: what a person has looked through and let out, and nothing else of it. */
export interface PublishedCase {
	/** '2026-0012'. */
	number: string;
	class: CaseClass;
	/** '' where it is about none. */
	fieldId: string;
	question: string;
	answer: string;
	receivedAt: number;
	answeredAt: number;
	publishedAt: number;
}

export interface RegisterFilter {
	search: string;
	class: CaseClass | '';
	fieldId: string;
	/** Of its receipt, as in its number; '' for all. */
	year: string;
}

export function findAnswers<Each extends PublishedCase>(
	all: readonly Each[],
	{ search, class: its, fieldId, year }: RegisterFilter
): Each[] {
	return all.filter(
		(each) =>
			(its === '' || each.class === its) &&
			(fieldId === '' || each.fieldId === fieldId) &&
			(year === '' || yearOf(each) === year) &&
			matches(`${each.number} ${each.question} ${each.answer}`, search)
	);
}

/** The years of which there are answers, the newest first, and the present one. */
export function yearsOf(all: readonly PublishedCase[], now: number): string[] {
	return [...new Set([localDay(now).slice(0, 4), ...all.map(yearOf)])].sort().reverse();
}

const yearOf = ({ number }: PublishedCase) => number.slice(0, 4);

/** '2026-0012' → its year and number of that year; null for what is none, or is written otherwise. */
export function readCaseNumber(text: string): { year: number; seq: number } | null {
	const [, year, seq] = /^(\d{4})-(\d{4}|[1-9]\d{4,5})$/.exec(text) ?? [];
	return year ? { year: Number(year), seq: Number(seq) } : null;
}
