import type { Criterion, Texts } from '../criterion.ts';
import { filledOut } from '../editing.ts';
import { LANGUAGE, LIMITS } from '../publishing.ts';
import type { Item, QuestionnaireContent } from '../questionnaire.ts';
import type { ScaleId } from '../scale.ts';
import { guessCriterion } from './criterion.ts';
import { judgeAnswers } from './likert.ts';
import type { LssQuestion, LssSurvey, Wording } from './tables.ts';

/** What became of a question otherwise than it stood; each has a sentence in components/survey/words.ts. */
export type LssNote =
	// left out
	| 'type-unknown'
	| 'type-text-only'
	| 'type-choice'
	| 'type-number'
	| 'not-five-points'
	| 'answers-missing'
	| 'answers-unlike'
	| 'answers-unordered'
	| 'rows-missing'
	| 'second-comment'
	| 'too-many-items'
	| 'language-dropped'
	// taken, with something lost
	| 'became-comment'
	| 'words-given'
	| 'condition-dropped'
	| 'own-answer-dropped'
	| 'expression-left'
	| 'text-cut';

/** `code` is the question's in the file, or the language's; `text` its words. */
export interface LssRemark {
	code: string;
	text: string;
	note: LssNote;
	/** Whether the question is missing from the draft. */
	left: boolean;
}

export interface LssDraft {
	name: string;
	content: QuestionnaireContent;
	remarks: LssRemark[];
}

const FREE_TEXT = new Set(['S', 'T', 'U', 'Q']);
/** Why the other types are left out. */
const LEFT_OUT: Readonly<Record<string, LssNote>> = {
	X: 'type-text-only',
	B: 'not-five-points',
	...Object.fromEntries([...'MPYGCEIORH1:;|^'].map((type) => [type, 'type-choice' as const])),
	...Object.fromEntries([...'NKD*'].map((type) => [type, 'type-number' as const]))
};

/** A survey of LimeSurvey as a draft of ours, and all that did not come over as it stood. */
export function draftOfLss(survey: LssSurvey): LssDraft {
	const { kept, dropped } = languagesOf(survey);
	const remarks: LssRemark[] = dropped.map((code) => ({ code, text: '', note: 'language-dropped', left: false }));
	const texts = (words: Wording, longest: number) => textsOf(words, kept, longest);
	const items: Item[] = [];
	let comment = false;
	for (const question of survey.questions) {
		const say = (note: LssNote, left = false) => {
			const text = first(texts(question.words, LIMITS.item));
			remarks.push({ code: cut(question.code, 40), text: cut(text, 160), note, left });
		};
		if (FREE_TEXT.has(question.type)) {
			say(comment ? 'second-comment' : 'became-comment', comment);
			comment = true;
			continue;
		}
		const read = itemsOf(question);
		if (!read.ok) {
			say(read.reason, true);
			continue;
		}
		if (items.length + read.words.length > LIMITS.items) {
			say('too-many-items', true);
			continue;
		}
		const group = guessCriterion(question.group);
		for (const words of read.words) {
			const criterion = group ?? guessCriterion(words) ?? guessCriterion(question.words);
			items.push(itemOf({ id: freshId(items, criterion), criterion, words, scale: read.scale }, texts));
		}
		if (read.scale === undefined) say('words-given');
		if (read.words.some(isCut)) say('text-cut');
		if (question.conditional) say('condition-dropped');
		if (question.other) say('own-answer-dropped');
		if (read.words.some((words) => [...words.values()].some((text) => /\{[^{}]+\}/.test(text)))) say('expression-left');
	}
	const title = texts(survey.title, LIMITS.title);
	const introduction = texts(survey.welcome, LIMITS.introduction);
	const content: QuestionnaireContent = {
		title,
		...(first(introduction) === '' ? {} : { introduction }),
		languages: ['vi', ...kept.keys().filter((language) => language !== 'vi')],
		items,
		reasons: [],
		reasonsUpTo: 0,
		comment
	};
	return { name: cut(first(title), LIMITS.name), content: filledOut(content), remarks };
}

type Read = { ok: true; words: Wording[]; scale: ScaleId | undefined } | { ok: false; reason: LssNote };

/** The questions of ours that one of theirs is: one for each row of an array. */
function itemsOf({ type, words, answers, rows }: LssQuestion): Read {
	const asked = type === 'A' || type === 'F' ? rows.map((row) => row.words) : [words];
	if (asked.length === 0) return { ok: false, reason: 'rows-missing' };
	if (type === '5' || type === 'A') return { ok: true, words: asked, scale: undefined };
	if (type !== 'F' && type !== 'L' && type !== '!')
		return { ok: false, reason: Object.hasOwn(LEFT_OUT, type) ? LEFT_OUT[type] : 'type-unknown' };
	const likert = judgeAnswers(answers);
	return likert.ok ? { ok: true, words: asked, scale: likert.scale } : likert;
}

function itemOf(
	{ id, criterion, words, scale }: { id: string; criterion: Criterion | null; words: Wording; scale?: ScaleId },
	texts: (words: Wording, longest: number) => Texts
): Item {
	const item = { id, criterion, text: texts(words, LIMITS.item) };
	return scale === undefined || scale === 'satisfaction' ? item : { ...item, scale };
}

const freshId = (items: readonly Item[], criterion: Criterion | null) =>
	`${criterion ?? 'Q'}${items.filter((item) => item.criterion === criterion).length + 1}`;

/** Ours by theirs: 'pt' for 'pt-BR', each once; Vietnamese and the survey's own come first. */
function languagesOf({ languages }: LssSurvey): { kept: Map<string, string>; dropped: string[] } {
	const kept = new Map<string, string>();
	const dropped: string[] = [];
	for (const theirs of languages.slice(0, 200).toSorted((a, b) => Number(b === 'vi') - Number(a === 'vi'))) {
		const own = theirs.toLowerCase().split('-')[0];
		if (!LANGUAGE.test(own) || kept.has(own) || kept.size >= LIMITS.languages - 1) dropped.push(cut(theirs, 40));
		else kept.set(own, theirs);
	}
	return { kept, dropped };
}

/** Vietnamese is '' where the file has none: the draft then says that it is missing. */
function textsOf(words: Wording, languages: ReadonlyMap<string, string>, longest: number): Texts {
	const texts: Texts = { vi: '' };
	for (const [own, theirs] of languages) {
		const text = cut(words.get(theirs) ?? '', longest);
		if (text !== '') texts[own] = text;
	}
	return texts;
}

/** Never through the middle of a character of two units. */
const cut = (text: string, longest: number) =>
	text
		.slice(0, longest)
		.replace(/[\uD800-\uDBFF]$/, '')
		.trim();
const isCut = (words: Wording) => [...words.values()].some((text) => text.length > LIMITS.item);
const first = (texts: Texts) => texts.vi || (Object.values(texts).find((text) => text) ?? '');
