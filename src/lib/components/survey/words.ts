import { CRITERION_NAMES, type Criterion } from '$lib/domain/survey/criterion.ts';
import type { LssNote } from '$lib/domain/survey/limesurvey/content.ts';
import type { ContentProblem, TrendBreak } from '$lib/domain/survey/publishing.ts';
import type { QuestionnaireContent } from '$lib/domain/survey/questionnaire.ts';
import { formatCount } from '$lib/domain/shared/number.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

const CONTENT_PROBLEMS = {
	'vietnamese-missing': m.questionnaire_problem_vietnamese_missing,
	'too-long': m.questionnaire_problem_too_long,
	'criterion-missing': m.questionnaire_problem_criterion_missing,
	'too-many': m.questionnaire_problem_too_many,
	'id-malformed': m.questionnaire_problem_id_malformed,
	'id-taken': m.questionnaire_problem_id_taken,
	'id-reserved': m.questionnaire_problem_id_reserved,
	'reasons-missing': m.questionnaire_problem_reasons_missing,
	'skips-nothing': m.questionnaire_problem_skips_nothing,
	'skips-unknown': m.questionnaire_problem_skips_unknown,
	'skips-everything': m.questionnaire_problem_skips_everything,
	'language-malformed': m.questionnaire_problem_language_malformed
} satisfies Record<ContentProblem, () => string>;

const PROBLEMS: Record<string, () => string> = {
	...CONTENT_PROBLEMS,
	'name-missing': m.questionnaire_problem_name_missing,
	'name-too-long': m.questionnaire_problem_name_too_long,
	'source-unknown': m.questionnaire_problem_source_unknown,
	'form-stale': m.questionnaire_problem_form_stale,
	'too-large': m.questionnaire_problem_too_large,
	'too-often': m.questionnaire_problem_too_often,
	'file-missing': m.questionnaire_problem_file_missing,
	'file-too-large': m.questionnaire_problem_file_too_large,
	'lss-too-large': m.questionnaire_problem_lss_too_large,
	'lss-not-xml': m.questionnaire_problem_lss_not_xml,
	'lss-doctype': m.questionnaire_problem_lss_doctype,
	'lss-not-survey': m.questionnaire_problem_lss_not_survey,
	'lss-too-many': m.questionnaire_problem_lss_too_many,
	'not-json': m.questionnaire_problem_not_json,
	'not-ours': m.questionnaire_problem_not_ours,
	missing: m.questionnaire_problem_missing,
	'not-object': m.questionnaire_problem_not_object,
	'not-list': m.questionnaire_problem_not_list,
	'not-text': m.questionnaire_problem_not_text,
	'not-texts': m.questionnaire_problem_not_texts,
	'not-yes-or-no': m.questionnaire_problem_not_yes_or_no,
	'criterion-unknown': m.questionnaire_problem_criterion_unknown,
	'scale-unknown': m.questionnaire_problem_scale_unknown,
	'score-unknown': m.questionnaire_problem_score_unknown,
	'demographic-unknown': m.questionnaire_problem_demographic_unknown,
	'version-unknown': m.questionnaire_problem_version_unknown,
	'not-a-draft': m.questionnaire_problem_not_a_draft,
	'not-published': m.questionnaire_problem_not_published,
	'changed-meanwhile': m.questionnaire_problem_changed_meanwhile,
	'not-ready': m.questionnaire_problem_not_ready,
	'trend-broken': m.questionnaire_problem_trend_broken
};

/** What is said about a refusal or about a part of a questionnaire; undefined where there is nothing to say. */
export function questionnaireProblem(code: string | undefined): string | undefined {
	return code === undefined ? undefined : (PROBLEMS[code] ?? m.questionnaire_problem_unknown)();
}

const LSS_NOTES = {
	'type-unknown': m.questionnaire_lss_note_type_unknown,
	'type-text-only': m.questionnaire_lss_note_type_text_only,
	'type-choice': m.questionnaire_lss_note_type_choice,
	'type-number': m.questionnaire_lss_note_type_number,
	'not-five-points': m.questionnaire_lss_note_not_five_points,
	'answers-missing': m.questionnaire_lss_note_answers_missing,
	'answers-unlike': m.questionnaire_lss_note_answers_unlike,
	'answers-unordered': m.questionnaire_lss_note_answers_unordered,
	'rows-missing': m.questionnaire_lss_note_rows_missing,
	'second-comment': m.questionnaire_lss_note_second_comment,
	'too-many-items': m.questionnaire_lss_note_too_many_items,
	'language-dropped': m.questionnaire_lss_note_language_dropped,
	'became-comment': m.questionnaire_lss_note_became_comment,
	'words-given': m.questionnaire_lss_note_words_given,
	'condition-dropped': m.questionnaire_lss_note_condition_dropped,
	'own-answer-dropped': m.questionnaire_lss_note_own_answer_dropped,
	'expression-left': m.questionnaire_lss_note_expression_left,
	'text-cut': m.questionnaire_lss_note_text_cut
} satisfies Record<LssNote, () => string>;
export const sayLssNote = (note: LssNote): string => LSS_NOTES[note]();

const BREAKS: Record<TrendBreak['code'], (inputs: { id: string }) => string> = {
	'item-gone': m.questionnaire_break_item_gone,
	'item-new': m.questionnaire_break_item_new,
	'item-moved': m.questionnaire_break_item_moved,
	'item-rescaled': m.questionnaire_break_item_rescaled
};
export const sayBreak = ({ id, code }: TrendBreak): string => BREAKS[code]({ id });

/** 'Tiếng Anh' for 'en'; a code that nobody knows stands for itself. */
export function languageName(code: string): string {
	try {
		const name = new Intl.DisplayNames([getLocale()], { type: 'language' }).of(code) ?? code;
		return name.charAt(0).toLocaleUpperCase(getLocale()) + name.slice(1);
	} catch {
		return code;
	}
}

/** The same amid a sentence: 'tiếng Anh', but 'English'. */
export function languageInSentence(code: string): string {
	const name = languageName(code);
	return getLocale() === 'vi' ? name.charAt(0).toLocaleLowerCase('vi') + name.slice(1) : name;
}

export const criterionName = (criterion: Criterion | null): string =>
	criterion === null ? m.questionnaire_no_criterion() : CRITERION_NAMES[criterion][getLocale()];

/** What a reader calls the field that a judgement is about: 'items.3.text.en' → 'Câu 4 (TC2), tiếng Anh'. */
export function fieldName(path: string, content: QuestionnaireContent): string {
	const [list, place, part, ...rest] = path.split('.');
	const language = rest[0] ?? (place && !/^\d+$/.test(place) ? place : '');
	const at = Number(place);
	const n = formatCount(at + 1);
	const names: Record<string, () => string> = {
		name: m.questionnaire_field_name,
		title: m.questionnaire_title_word,
		introduction: m.questionnaire_introduction,
		languages: m.questionnaire_languages,
		items: () =>
			place ? m.questionnaire_field_item({ n, id: content.items[at]?.id ?? '' }) : m.questionnaire_field_items(),
		reasons: () =>
			place
				? m.questionnaire_field_reason({ n, id: content.reasons[at]?.code ?? '' })
				: m.questionnaire_field_reasons(),
		gates: () => (place ? m.questionnaire_field_gate({ n }) : m.questionnaire_field_gates())
	};
	const name = names[list]?.() ?? path;
	return language && (part === 'text' || rest.length === 0) ? `${name}, ${languageInSentence(language)}` : name;
}

/** Where a version is in use, in one line; '' where nowhere. */
export function sayUse({
	organizations,
	posters,
	batches
}: {
	organizations: readonly string[];
	posters: number;
	batches: number;
}): string {
	const [first] = organizations;
	return [
		organizations.length === 1 && first,
		organizations.length > 1 && m.questionnaire_use_organizations({ n: formatCount(organizations.length) }),
		posters > 0 && m.questionnaire_use_posters({ n: formatCount(posters) }),
		batches > 0 && m.questionnaire_use_batches({ n: formatCount(batches) })
	]
		.filter(Boolean)
		.join(' · ');
}

/** How many texts of a questionnaire have no translation in one of its languages. */
export function countUntranslated(content: QuestionnaireContent): number {
	const { title, introduction, items, reasons, gates = [], languages = ['vi'] } = content;
	const texts = [
		title,
		...(introduction ? [introduction] : []),
		...[...items, ...reasons, ...gates].map((one) => one.text)
	];
	return texts.flatMap((text) => languages.filter((language) => !text[language])).length;
}
