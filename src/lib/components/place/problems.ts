import { m } from '$lib/paraglide/messages.js';

const SENTENCES: Record<string, () => string> = {
	required: m.place_problem_required,
	'too-long': m.place_problem_too_long,
	name: m.place_problem_name,
	number: m.place_problem_number,
	code: m.place_problem_code,
	target: m.place_problem_target,
	'name-taken': m.place_problem_name_taken,
	'number-taken': m.place_problem_number_taken,
	'code-taken': m.place_problem_code_taken,
	'form-stale': m.place_problem_form_stale,
	'counters-standing': m.place_problem_counters_standing,
	'site-archived': m.place_problem_site_archived,
	'sites-standing': m.place_problem_sites_standing,
	'wards-standing': m.place_problem_wards_standing,
	'own-organization': m.place_problem_own_organization,
	'not-a-province': m.place_problem_not_a_province,
	'photo-missing': m.place_photo_missing,
	'photo-too-large': m.place_photo_too_large,
	'photo-too-often': m.place_photo_too_often,
	'photo-kind': m.place_photo_kind,
	'photo-broken': m.place_photo_broken,
	'photo-too-many-pixels': m.place_photo_too_many_pixels
};

/** What is said about a refusal or about what was typed; undefined where there is nothing to say. */
export function placeProblem(code: string | undefined): string | undefined {
	return code === undefined ? undefined : (SENTENCES[code] ?? m.place_problem_unknown)();
}
