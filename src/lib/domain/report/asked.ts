import type { Criterion } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import { mapCriteria } from './cell.ts';
import { type ItemCounts, mergeByItem } from './counts.ts';

/**
 * The counts of the version's items by criterion. A correction of a day before the period can leave less than nothing of one
 * answer inside it; that is nothing.
 */
export function itemsOf(counts: readonly ItemCounts[], version: QuestionnaireVersion): Record<Criterion, ItemCounts[]> {
	const criterionOf = new Map(version.items.map(({ id, criterion }) => [id, criterion]));
	const items = mapCriteria<ItemCounts[]>(() => []);
	for (const { itemId, n, notApplicable } of mergeByItem(counts)) {
		const criterion = criterionOf.get(itemId);
		if (!criterion) continue; // of another version, or part of no criterion
		const [n1, n2, n3, n4, n5] = n.map((each) => Math.max(0, each)) as ItemCounts['n'];
		items[criterion].push({ itemId, n: [n1, n2, n3, n4, n5], notApplicable });
	}
	return items;
}
