import { CRITERIA } from '$lib/domain/survey/criterion.ts';
import { criterionName } from '../words.ts';

/** The five criteria for a list, after what it means to choose none. */
export function criterionOptions(none: string) {
	const five = CRITERIA.map((criterion) => ({
		value: criterion as string,
		text: `${criterion} · ${criterionName(criterion)}`
	}));
	return [{ value: '', text: none }, ...five];
}
