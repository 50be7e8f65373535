import { searchKey } from '../../shared/list.ts';
import { SCALES, SCORES, type ScaleId } from '../scale.ts';
import type { LssChoice } from './tables.ts';

/** How other surveys write the five points of our scales, worst first, as search keys. */
const ALSO: Record<ScaleId, readonly (readonly string[])[]> = {
	satisfaction: [
		[
			...['rat khong hai long', 'hoan toan khong hai long', 'very dissatisfied', 'very unsatisfied'],
			...['completely dissatisfied', 'extremely dissatisfied', 'not at all satisfied']
		],
		['khong hai long', 'chua hai long', 'dissatisfied', 'unsatisfied', 'rather dissatisfied', 'not satisfied'],
		[
			...['binh thuong', 'trung binh', 'trung lap', 'tam duoc', 'neutral', 'neither', 'ok', 'average'],
			'neither satisfied nor dissatisfied'
		],
		['hai long', 'kha hai long', 'satisfied', 'rather satisfied', 'somewhat satisfied'],
		['rat hai long', 'hoan toan hai long', 'very satisfied', 'completely satisfied', 'extremely satisfied']
	],
	agreement: [
		['rat khong dong y', 'hoan toan khong dong y', 'strongly disagree', 'completely disagree', 'fully disagree'],
		['khong dong y', 'disagree', 'rather disagree', 'somewhat disagree'],
		[
			...['phan van', 'binh thuong', 'trung lap', 'khong y kien', 'neutral', 'undecided', 'neither'],
			'neither agree nor disagree'
		],
		['dong y', 'agree', 'rather agree', 'somewhat agree'],
		['rat dong y', 'hoan toan dong y', 'strongly agree', 'completely agree', 'fully agree']
	],
	quality: [
		['rat kem', 'rat te', 'very poor', 'very bad'],
		['kem', 'te', 'poor', 'bad'],
		['trung binh', 'binh thuong', 'fair', 'average', 'neutral', 'ok', 'acceptable'],
		['tot', 'kha', 'good'],
		['rat tot', 'very good', 'excellent', 'xuat sac']
	]
};
const SCALE_IDS = Object.keys(SCALES) as ScaleId[];
const NOT_APPLICABLE =
	/^(?:khong ap dung|khong phu hop|khong biet|khong co y kien|not applicable|n\/?a|no answer|don'?t know)$/;

export type Likert =
	| { ok: true; scale: ScaleId }
	| { ok: false; reason: 'answers-missing' | 'not-five-points' | 'answers-unlike' | 'answers-unordered' };

/**
 * Whether a list of answers is five points of a scale of ours, in either direction; one more may say "not applicable". We ask by our own
 * words, the worst first: so only a list that surely means the same is taken.
 */
export function judgeAnswers(answers: readonly LssChoice[]): Likert {
	if (answers.length === 0) return { ok: false, reason: 'answers-missing' };
	const keys = answers.map(({ words }) => [...words.values()].map(keyOf));
	const points = keys.filter((each) => !each.some((key) => NOT_APPLICABLE.test(key)));
	if (points.length !== SCORES.length || answers.length > points.length + 1)
		return { ok: false, reason: 'not-five-points' };
	const scale = SCALE_IDS.find((id) => runs(points, id) || runs(points.toReversed(), id));
	if (scale) return { ok: true, scale };
	const known = SCALE_IDS.some((id) => points.every((each) => wordsOf(id).some((words) => says(each, words))));
	return { ok: false, reason: known ? 'answers-unordered' : 'answers-unlike' };
}

function wordsOf(id: ScaleId): readonly (readonly string[])[] {
	return SCORES.map((score, i) => [...ALSO[id][i], ...Object.values(SCALES[id][score]).map(searchKey)]);
}

const runs = (points: readonly (readonly string[])[], id: ScaleId) =>
	wordsOf(id).every((words, i) => says(points[i], words));

/** One language that says it is enough, for we know two. */
const says = (keys: readonly string[], words: readonly string[]) => keys.some((key) => words.includes(key));

/** '5. Rất hài lòng' and 'Rất hài lòng (5)' are 'rat hai long'. */
function keyOf(text: string): string {
	return searchKey(text)
		.replace(/^\(?\d{1,2}\)?\s*[-–.):=]?\s*/, '')
		.replace(/\s*[([]?\d{1,2}[)\]]?$/, '')
		.replace(/[.!]+$/, '')
		.trim();
}
